//! Runs: where each ends, and its value.

use arrow_data::ArrayData;
use arrow_schema::DataType;

use crate::error::Fault;

/// The ends must rise, reach behind the last row, and have a value each: rows are looked up in them.
pub(super) fn check(ends: &ArrayData, values: &ArrayData, rows: i64) -> Result<(), Fault> {
    if ends.nulls().is_some() {
        return Err(Fault::new("ends of runs that are null; expected none"));
    }
    if values.len() < ends.len() {
        let (values, ends) = (values.len(), ends.len());
        return Err(Fault::new(format!("{values} values for {ends} runs; expected as many")));
    }
    let last = match ends.data_type() {
        DataType::Int16 => last::<i16>(ends),
        DataType::Int32 => last::<i32>(ends),
        _ => last::<i64>(ends),
    }?;
    match last >= rows {
        true => Ok(()),
        false => Err(Fault::new(format!("runs that end at row {last} of {rows}; expected them to reach the end"))),
    }
}

fn last<N: Copy + Into<i64> + arrow_buffer::ArrowNativeType>(ends: &ArrayData) -> Result<i64, Fault> {
    // An empty array has no buffer that anything is read of.
    let all = if ends.is_empty() { &[][..] } else { ends.buffer::<N>(0) };
    let mut before = 0;
    for end in all.iter().take(ends.len()) {
        let end: i64 = (*end).into();
        if end <= before {
            return Err(Fault::new(format!(
                "a run that ends at {end} behind one at {before}; expected ends that rise"
            )));
        }
        before = end;
    }
    Ok(before)
}
