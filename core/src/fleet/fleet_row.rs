use std::sync::Arc;

use super::kept_cells::Kept;
use super::source::RowOrigin;
use super::trail::Trail;
use crate::assess::Field;
use crate::phone::{Evidence, Phone};
use crate::text::listed;

/// One row of an inventory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetRow {
    origin: RowOrigin,
    phone: Phone<'static>,
    label: Option<Box<RowLabel>>,
    problem: Option<Box<str>>,
    trail: Option<Box<Trail>>,
    kept: Option<Box<Kept>>,
}

/// What a source says of a phone that decides nothing, and by which people and programs find it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RowLabel {
    /// The name of the device, such as `SEP00CCFC123456`.
    pub name: Option<String>,
    /// What somebody wrote about it.
    pub description: Option<String>,
    /// Its IP address.
    pub ip_address: Option<String>,
    /// Its registration or connection, in the words of the source; of a phone that Unified CM does not show registered also
    /// the load that it was last seen with, which is no evidence of what runs.
    pub status: Option<String>,
    /// The node of the cluster that says so.
    pub node: Option<String>,
}

/// A setter for each part.
macro_rules! parts {
    ($($part:ident $setter:ident)+) => {$(
        #[doc = concat!("The same with this `", stringify!($part), "`; blank text says nothing.")]
        #[must_use]
        pub fn $setter(self, $part: impl Into<String>) -> Self {
            let text: String = $part.into();
            Self { $part: Some(text).filter(|text| !text.trim().is_empty()), ..self }
        }
    )+};
}

impl RowLabel {
    parts! {
        name with_name
        description with_description
        ip_address with_ip_address
        status with_status
        node with_node
    }

    fn says_nothing(&self) -> bool {
        let Self { name, description, ip_address, status, node } = self;
        [name, description, ip_address, status, node].into_iter().all(Option::is_none)
    }
}

impl FleetRow {
    /// A phone that stood in this row of a source.
    pub fn new(row: u64, phone: Phone<'static>) -> Self {
        Self::at(RowOrigin::new(0, row), phone)
    }

    /// A phone that stands for several rows, of which this is the best.
    pub(crate) fn at(origin: RowOrigin, phone: Phone<'static>) -> Self {
        Self { origin, phone, label: None, problem: None, trail: None, kept: None }
    }

    /// The same row, of which more is known of the phone.
    #[cfg_attr(not(feature = "webex"), allow(dead_code, reason = "only device lists say something of all their rows"))]
    pub(crate) fn with_phone(self, more: impl FnOnce(Phone<'static>) -> Phone<'static>) -> Self {
        Self { phone: more(self.phone), ..self }
    }

    /// The same with a label.
    #[must_use]
    pub fn labeled(self, label: RowLabel) -> Self {
        Self { label: (!label.says_nothing()).then(|| Box::new(label)), ..self }
    }

    /// The same with what it says in kept columns.
    #[must_use]
    pub(crate) fn with_kept(self, kept: Kept) -> Self {
        Self { kept: (!kept.is_nothing()).then(|| Box::new(kept)), ..self }
    }

    /// Takes out what it says in kept columns.
    pub(crate) fn take_kept(&mut self) -> Option<Box<Kept>> {
        self.kept.take()
    }

    /// What it says in kept columns.
    fn all_kept(&self) -> Option<&Kept> {
        self.kept.as_deref()
    }

    /// The names of the kept columns in which it says something.
    pub(super) fn kept_names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.all_kept().into_iter().flat_map(Kept::texts).map(|(column, _)| column)
    }

    /// The same with what is wrong with it.
    #[must_use]
    pub(crate) fn with_problem(self, problem: Option<String>) -> Self {
        Self { problem: problem.map(String::into_boxed_str), ..self }
    }

    /// One more thing that is wrong with it.
    pub(crate) fn add_problem(&mut self, told: String) {
        self.problem = Some(match self.problem.take() {
            Some(problem) => listed([problem.into_string(), told], "; ", 0, |problem| problem).into(),
            None => told.into(),
        });
    }

    /// The same with the way it took through a merge.
    #[must_use]
    pub(crate) fn with_trail(self, trail: Trail) -> Self {
        Self { trail: Some(Box::new(trail)), ..self }
    }

    /// The same row under another number in its source.
    #[cfg(feature = "inventory")]
    pub(crate) fn renumbered(mut self, number: impl Fn(u64) -> u64) -> Self {
        let moved = |origin: RowOrigin| RowOrigin::new(origin.source(), number(origin.row()));
        if let Some(trail) = &mut self.trail {
            trail.move_origins(moved);
        }
        if let Some(kept) = &mut self.kept {
            kept.move_origins(moved);
        }
        self.origin = moved(self.origin);
        self
    }

    /// The same row in a fleet whose sources have other numbers.
    pub(crate) fn moved(mut self, source: impl Fn(usize) -> usize) -> Self {
        self.origin = self.origin.moved(&source);
        if let Some(trail) = &mut self.trail {
            trail.move_origins(|origin| origin.moved(&source));
        }
        if let Some(kept) = &mut self.kept {
            kept.move_origins(|origin| origin.moved(&source));
        }
        self
    }

    /// Where the row stood; of a merged phone, the row of the best source.
    pub fn origin(&self) -> RowOrigin {
        self.origin
    }

    /// Where the row begins in its file, the first line being 1; or the number of the device, from 1.
    pub fn line(&self) -> u64 {
        self.origin.row()
    }

    /// The phone.
    pub fn phone(&self) -> &Phone<'static> {
        &self.phone
    }

    /// The fields of which there is evidence, readable or not, each with the row that it came from. Fields of which no side
    /// of a conflict counts are missing.
    pub fn evidence(&self) -> impl Iterator<Item = (Field, RowOrigin)> {
        fields(&self.phone).filter_map(|field| {
            let origin = match self.trail() {
                None => self.origin,
                Some(trail) if trail.is_of_several_rows() => trail.origin(field)?,
                Some(_) => self.origin,
            };
            Some((field, origin))
        })
    }

    /// The fields that were said differently, each with all that was said and the place where, the best first.
    ///
    /// # Example
    /// ```
    /// use crossgrade::{Evidence, Field, FleetRow, Phone};
    ///
    /// let vid = Evidence::said([("V03", "page 10.0.0.7"), ("V01", "export.csv line 2")]);
    /// let row = FleetRow::new(1, Phone::new("CP-7821-K9=").vid(vid));
    /// let said: Vec<_> = row.said_differently().collect();
    /// assert_eq!(said, [(Field::Vid, vec![("V03", "page 10.0.0.7"), ("V01", "export.csv line 2")])]);
    /// ```
    pub fn said_differently(&self) -> impl Iterator<Item = (Field, Vec<(&str, &str)>)> {
        fn sides<'p, T>(field: Field, evidence: &'p Evidence<'_, T>) -> Option<(Field, Vec<(&'p str, &'p str)>)> {
            Some((field, evidence.sides()?.iter().map(|side| (side.text(), side.place())).collect()))
        }
        let phone = &self.phone;
        [
            sides(Field::Pid, phone.product()),
            sides(Field::Vid, phone.vid_evidence()),
            sides(Field::Mac, phone.mac_evidence()),
            sides(Field::Serial, phone.serial_evidence()),
            sides(Field::Load, phone.load_evidence()),
            sides(Field::Release, phone.release_evidence()),
            sides(Field::FirmwareType, phone.firmware_type_evidence()),
            sides(Field::Authorization, phone.authorization_evidence()),
        ]
        .into_iter()
        .flatten()
    }

    /// What else the source says of it.
    pub fn label(&self) -> Option<&RowLabel> {
        self.label.as_deref()
    }

    /// What it says in the columns that the caller keeps: name and text of those in which it says something. Of a merged
    /// phone, what the best source says that says anything. See [`Keep`](crate::inventory::Keep).
    pub fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all_kept().into_iter().flat_map(Kept::texts).map(|(column, text)| (&**column, text))
    }

    /// What it says in one of these columns, by its name; case does not matter.
    pub fn kept_in(&self, column: &str) -> Option<&str> {
        self.all_kept()?.text(column)
    }

    /// What is wrong with the row, if anything.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Where each piece of evidence came from, if the phone was merged from several rows.
    pub fn trail(&self) -> Option<&Trail> {
        self.trail.as_deref()
    }
}

/// The fields of which a phone has evidence, readable or not.
fn fields(phone: &Phone<'_>) -> impl Iterator<Item = Field> {
    let has = |is_absent: bool, field| (!is_absent).then_some(field);
    [
        has(matches!(phone.product(), Evidence::Absent), Field::Pid),
        has(matches!(phone.vid_evidence(), Evidence::Absent), Field::Vid),
        has(matches!(phone.mac_evidence(), Evidence::Absent), Field::Mac),
        has(matches!(phone.serial_evidence(), Evidence::Absent), Field::Serial),
        has(matches!(phone.load_evidence(), Evidence::Absent), Field::Load),
        has(matches!(phone.release_evidence(), Evidence::Absent), Field::Release),
        has(matches!(phone.firmware_type_evidence(), Evidence::Absent), Field::FirmwareType),
        has(matches!(phone.authorization_evidence(), Evidence::Absent), Field::Authorization),
    ]
    .into_iter()
    .flatten()
}
