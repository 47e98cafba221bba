use super::{List, Origin, Text, VidRange, row};

/// A document that rules come from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceRow {
    /// Its id: `S2`. A source has no sources.
    pub origin: Origin,
    /// What it is.
    pub title: Text,
    /// Which part was used.
    pub section: Text,
    /// Its language, by ISO 639.
    pub language: Text,
    /// When it was read, `YYYY-MM-DD`.
    pub read: Text,
    /// The id of the source that replaced it. The rules that cite it stay until an amendment changes them.
    pub superseded_by: Option<Text>,
}

row! {
    SourceRow in "sources" { title, section, language, read, superseded_by } fields => {
        fields.text("title", title);
        fields.text("section", section);
        fields.text("language", language);
        fields.text("read", read);
        fields.if_any("superseded-by", superseded_by.as_ref());
    }
}

/// A change of the rules, with all rows that it added or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AmendmentRow {
    /// Its id, sources, date and confidence.
    pub origin: Origin,
    /// What it changes, in words.
    pub says: Text,
}

row! {
    AmendmentRow in "amendments" { says } fields => {
        fields.text("says", says);
    }
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Side {
    /// What is said.
    pub says: Text,
    /// Who says so.
    pub sources: List<Text>,
}

/// A point on which the sources disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DisagreementRow {
    /// Where it comes from: the sources of all sides.
    pub origin: Origin,
    /// What it is about.
    pub subject: Text,
    /// The hardware versions that it touches.
    pub vid: VidRange,
    /// Every side.
    pub sides: List<Side>,
    /// What this book does.
    pub follows: Text,
}

row! {
    DisagreementRow in "disagreements" { subject, vid, sides, follows } fields => {
        fields.text("subject", subject);
        fields.if_any("vid", vid.has_bound().then_some(vid));
        let side = |Side { says, sources }: &Side| format!("{}: {says}", sources.join(", "));
        fields.in_order("sides", sides.iter().map(side).collect());
        fields.text("follows", follows);
    }
}

/// An error in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErratumRow {
    /// Where it stands.
    pub origin: Origin,
    /// What is wrong.
    pub says: Text,
}

row! {
    ErratumRow in "errata" { says } fields => {
        fields.text("says", says);
    }
}
