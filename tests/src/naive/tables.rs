//! The facts of `guide`, typed in from spec.md as tables of words.

/// 2.2: model, family, E2M webex-calling, E2M third-party, VID for E2M, M2E 3PCC PID, M2E other PID.
/// `not-listed` (8832NR) is an unknown because of the PID (CG106), `unknown` one because of the model (CG105).
pub(super) const MODELS: &str = "
    7811    78xx     yes  yes      any      yes         yes
    7832    7832     yes  yes      any      yes         yes
    7821    78xx     yes  yes      V03-V24  yes         yes
    7841    78xx     yes  yes      V04-V999 yes         yes
    7861    78xx     yes  yes      V03-V999 yes         yes
    8811    88xx     yes  yes      any      yes         yes
    8841    88xx     yes  yes      any      yes         yes
    8851    88xx     yes  yes      any      yes         yes
    8861    88xx     yes  yes      any      yes         yes
    8832    8832     yes  yes      any      yes         yes
    8832NR  8832     yes  yes      any      not-listed  yes
    8845    8845_65  yes  yes      any      yes         yes
    8865    8845_65  yes  yes      any      yes         yes
    8851NR  88xx     no   unknown  any      unknown     unknown
    8865NR  8845_65  no   unknown  any      unknown     unknown
";

/// 2.5: the audio models whose hardware from V15 on needs MPP 11.3(3).
pub(super) const V15_MODELS: &[&str] = &["8811", "8841", "8851", "8861"];

/// 2.6: family, third-party (S2 Table 5), webex-calling (S1), unified-cm (S2 Table 6).
pub(super) const LOADS: &str = "
    78xx    sip78xx.12-0-3MPP0001-87    sip78xx.11-3-6MPP0001-272    sip78xx.14-2-1-0101-26
    7832    sip7832.12-0-3MPP0001-87    sip7832.11-3-6MPP0001-272    sip7832.14-2-1-0101-26
    88xx    sip88xx.12-0-3MPP0001-87    sip88xx.11-3-6MPP0001-272    sip88xx.14-2-1-0101-26
    8832    sip8832.12-0-3MPP0101-92    sip8832.11-3-6MPP0001-272    sip8832.14-2-1-0101-26
    8845_65 sip8845_65.12-0-3MPP0001-87 sip8845_65.11-3-6MPP0001-272 sip8845_65.14-2-1-0101-26
";

/// 2.6: where the loads for webex-calling are.
pub(super) const WEBEX_LOAD_SERVER: &str = "cloudupgrader.webex.com";

/// 2.7: destination, series, license, support.
pub(super) const LICENSES: &str = "
    third-party  7  L-CP-E2M-78XX-CNV=  CON-SW-LCPE2M7N
    third-party  8  L-CP-E2M-88XX-CNV=  CON-SW-LCPE2M8V
    unified-cm   7  L-CP-M2E-78XX-CNV=  CON-SW-LCPM2E7X
    unified-cm   8  L-CP-M2E-88XX-CNV=  CON-SW-LCPM2E8C
";

/// facts/cucm_typemodel.tsv, second column: code, model; `KEM` for the two key expansion modules; 255 is nothing (R4).
pub(super) const TYPE_CODES: &str = "
    36213 7811
    621   7821
    36247 7832
    622   7841
    623   7861
    36217 8811
    36216 8821
    659   8831
    36258 8832
    36260 8832NR
    683   8841
    36224 8845
    684   8851
    36232 8851NR
    685   8861
    36225 8865
    36248 8865NR
    36256 KEM
    36257 KEM
";

/// R4: the series of four-digit models.
pub(super) const SERIES: &str = "39 68 69 78 79 88 89 98 99";

/// 2.2: the series that never run MPP.
pub(super) const LEGACY_SERIES: &str = "39 69 79 89 99";

/// 2.3: the marks of MPP hardware.
pub(super) const MARKS: &str = "3PCC 3PC 3PW 3PB";

/// 2.3: the variants that count without `-K9` (R3).
pub(super) const VARIANTS: &str = "W A NC R L EU J LA EU-W 3PCC 3PC 3PC-RC 3PW 3PB";

/// R5: other Cisco devices, when a number follows.
pub(super) const OTHER_BRANDS: &str = "SPA ATA VG DX DBS";

/// The row of a table that starts with these words.
pub(super) fn row(table: &'static str, start: &[&str]) -> Option<Vec<&'static str>> {
    let mut rows = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.find(|row| !row.is_empty() && row.starts_with(start))
}

/// Whether a list of words has this word.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}
