// GENERATED from data/products.toml by `cargo rules`. Do not edit.

/// Whether the number is of a series of Cisco phones, so that it may stand without `CP`.
#[rustfmt::skip]
pub(super) fn is_of_series(word: &[u8]) -> bool {
    matches!(word.first_chunk(), Some(b"39" | b"68" | b"69" | b"78" | b"79" | b"88" | b"89" | b"98" | b"99"))
}

/// Whether these letters may stand directly behind a number of the series.
#[rustfmt::skip]
pub(super) fn is_suffix(number: &[u8], word: &[u8]) -> bool {
    match number.first_chunk() {
        Some(b"79") => matches!(word, b"G" | b"GE"),
        _ => false,
    }
}

/// Whether this word may stand behind a number of the series, apart.
#[rustfmt::skip]
pub(super) fn is_word_of_series(number: &[u8], word: &[u8]) -> bool {
    match number.first_chunk() {
        Some(b"79") => matches!(word, b"GE"),
        _ => false,
    }
}

/// Whether numbers that begin so are of phones and of other devices.
pub(super) fn may_be_no_phone(number: &[u8]) -> bool {
    number.starts_with(b"791")
}

/// Cisco devices that are no phones of those series; a number follows.
#[rustfmt::skip]
pub(super) const OTHER_DEVICES: [&[u8]; 5] = [b"ATA", b"DBS", b"DX", b"SPA", b"VG"];

/// Marks of MPP hardware.
#[rustfmt::skip]
pub(super) fn is_mark(word: &[u8]) -> bool {
    matches!(word, b"3PB" | b"3PC" | b"3PCC" | b"3PW")
}

/// Variants of the same phone that documents explain. Any other word may name another phone.
#[rustfmt::skip]
pub(super) fn is_variant(word: &[u8]) -> bool {
    matches!(word, b"A" | b"C" | b"CE" | b"CL" | b"EU" | b"J" | b"L" | b"LA" | b"NA" | b"NC" | b"R" | b"RC" | b"W")
}

/// What Cisco sells the same phone as, behind `K9`.
#[rustfmt::skip]
pub(super) fn is_sales_form(word: &[u8]) -> bool {
    matches!(word, b"BUN" | b"RF" | b"WS")
}

/// Words of marketing names between `Cisco` and the number.
#[rustfmt::skip]
pub(super) fn is_name_word(word: &[u8]) -> bool {
    matches!(word, b"CONFERENCE" | b"DESK" | b"IP" | b"PHONE" | b"UNIFIED" | b"VIDEO" | b"WIRELESS")
}
