//! What the words of a status say of a phone.

/// What a word says of a phone; `data/registration.toml` has the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Registered,
    /// It is reached, and nobody says by which call control.
    There,
    PartlyRegistered,
    Gone,
    /// It is gone, where the table is of registrations or of loads.
    Ambiguous,
    Yes,
    No,
}
