//! A fleet as CSV, for programs.

use csv::{Writer, WriterBuilder};

use super::ExportError;
use crate::fleet::Fleet;
use crate::text::formula;

/// The fleet as CSV with a header row: the columns of [`FleetColumn`](crate::fleet::FleetColumn), then those that the caller
/// keeps, separated by commas, lines ending in LF. Read again, it gives the same phones, whatever their texts hold, and the
/// kept columns too if they are kept again. Cells are as they are: what a spreadsheet would run as a formula is not
/// marked.
///
/// # Errors
/// If memory for it cannot be had.
///
/// # Example
/// ```
/// use crossgrade::exports::fleet;
/// use crossgrade::{Fleet, Phone};
///
/// let mut phones = Fleet::default();
/// phones.push(2, Phone::new("CP-7821-K9=").vid("V03"));
/// let csv = String::from_utf8(fleet::to_csv(&phones)?)?;
/// assert!(csv.starts_with("device,description,ip_address,status,pid,vid,mac,"));
/// assert!(csv.contains("CP-7821-K9=,V03,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_csv(fleet: &Fleet) -> Result<Vec<u8>, ExportError> {
    let mut out: Writer<Vec<u8>> = WriterBuilder::new().from_writer(Vec::new());
    let names = fleet.column_names().map(|name| formula::raw(name.as_bytes()));
    out.write_record(names)?;
    for row in fleet.rows() {
        for text in fleet.cells(row) {
            out.write_field(formula::raw(text.as_deref().unwrap_or_default().as_bytes()))?;
        }
        out.write_record(None::<&[u8]>)?;
    }
    Ok(out.into_inner().map_err(csv::IntoInnerError::into_error)?)
}
