//! An empty book that stands in for `baked.rs` when a row type changed and the baked file does not compile any more:
//! `RUSTFLAGS="--cfg crossgrade_unbaked" UPDATE=1 cargo test -p crossgrade --features load baked`.

use std::borrow::Cow;

use super::tables::Tables;

pub(super) static GUIDE: Tables = Tables {
    edition: Cow::Borrowed("unbaked"),
    revision: semver::Version::new(0, 0, 0),
    digest: Cow::Borrowed(""),
    sources: Cow::Borrowed(&[]),
    models: Cow::Borrowed(&[]),
    single_firmware: Cow::Borrowed(&[]),
    conversions: Cow::Borrowed(&[]),
    gates: Cow::Borrowed(&[]),
    loads: Cow::Borrowed(&[]),
    targets: Cow::Borrowed(&[]),
    load_servers: Cow::Borrowed(&[]),
    licenses: Cow::Borrowed(&[]),
    evidence: Cow::Borrowed(&[]),
    advice: Cow::Borrowed(&[]),
    disagreements: Cow::Borrowed(&[]),
    errata: Cow::Borrowed(&[]),
    profiles: Cow::Borrowed(&[]),
};
