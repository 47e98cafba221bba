//! The facts of `guide` and the amendments of `field`, typed in from spec.md and facts/ as tables of words.

use std::sync::LazyLock;

/// 2.2: model, family, E2M webex-calling, E2M third-party, VID for E2M, M2E 3PCC PID, M2E other PID.
/// `not-listed` (8832NR) is an unknown because of the PID (CG106), `unknown` one because of the model (CG105).
pub(super) static MODELS: Table = LazyLock::new(|| {
    rows(
        "
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
",
    )
});

/// 2.5: the audio models whose hardware from V15 on needs MPP 11.3(3).
pub(super) const V15_MODELS: &[&str] = &["8811", "8841", "8851", "8861"];

/// 2.6: family, third-party (S2 Table 5), webex-calling (S1), unified-cm (S2 Table 6).
pub(super) static LOADS: Table = LazyLock::new(|| {
    rows(
        "
    78xx    sip78xx.12-0-3MPP0001-87    sip78xx.11-3-6MPP0001-272    sip78xx.14-2-1-0101-26
    7832    sip7832.12-0-3MPP0001-87    sip7832.11-3-6MPP0001-272    sip7832.14-2-1-0101-26
    88xx    sip88xx.12-0-3MPP0001-87    sip88xx.11-3-6MPP0001-272    sip88xx.14-2-1-0101-26
    8832    sip8832.12-0-3MPP0101-92    sip8832.11-3-6MPP0001-272    sip8832.14-2-1-0101-26
    8845_65 sip8845_65.12-0-3MPP0001-87 sip8845_65.11-3-6MPP0001-272 sip8845_65.14-2-1-0101-26
",
    )
});

/// 2.6: where the loads for webex-calling are.
pub(super) const WEBEX_LOAD_SERVER: &str = "cloudupgrader.webex.com";

/// 5, A01 to A03, as R39 has them: id, date, models, who, VID, what must run at least, target at least.
/// `returning` is a phone on its way back that is not marked 3PCC.
pub(super) static AMENDED_CONVERSIONS: Table = LazyLock::new(|| {
    rows(
        "
    A01  2024-08-26  8851NR,8865NR  to-mpp     any       any      12.0(5)
    A01  2024-08-26  8851NR,8865NR  returning  any       any      any
    A02  2024-09-10  7821           to-mpp     V26-V26   14.3(1)  any
    A03  2024-11-25  7821           to-mpp     V03-V999  any      12.0(6)
",
    )
});

/// 5, A04: the day of FN74296, the models at V14 or earlier, the models at any VID.
pub(super) static DEGRADED: Table = LazyLock::new(|| {
    rows(
        "
    A04  2025-07-25  8811,8841,8851,8851NR,8861  8845,8865,8865NR
",
    )
});

/// 5, A05 to A19, the rows of facts/hw_floor.tsv in their order: id, date, models, VID, for whom it is a gate (R37),
/// lowest release, no_downgrade_below. `no-gate`: A14 is only the other side of D13; `guide`: A16 is a gate there already.
pub(super) static FLOORS: Table = LazyLock::new(|| {
    rows(
        "
    A05  -           7841                   V02-V999  unified-cm     10.1(1)SR1  yes
    A06  -           7811                   V01-V999  unified-cm     10.3(1)     yes
    A07  -           7821                   V03-V999  unified-cm     10.3(1)     yes
    A08  -           7841                   V04-V999  unified-cm     10.3(1)     yes
    A09  -           7861                   V03-V999  unified-cm     10.3(1)     yes
    A10  2017-01-27  8811,8841,8851,8851NR  V08-V999  unified-cm     11.7(1)     yes
    A11  -           8811,8841,8851,8861    V15-V999  unified-cm     12.6(1)     yes
    A12  -           7841                   V18-V999  unified-cm     14.0(1)SR2  yes
    A13  2021-04-01  7821,7841,7861         V20-V999  unified-cm     14.0(1)     yes
    A14  2021-11-15  7821,7841,7861         V20-V999  no-gate        14.0(1)SR3  yes
    A15  2024-09-10  7821                   V26-V26   unified-cm     14.3(1)     unknown
    A16  -           8811,8841,8851,8861    V15-V999  guide          11.3(3)     yes
    A17  2024-08-26  8851NR,8865NR          any       to-mpp         12.0(5)     unknown
    A18  2024-11-25  7821                   V25-V999  to-mpp         12.0(6)     unknown
    A19  -           8832,8832NR            any       webex-calling  12.0(3)SR1  n/a
",
    )
});

/// 5, A20 to A25, as R38 has them: id, date of the release notes, family, newest target load.
pub(super) static NEWEST_TARGETS: Table = LazyLock::new(|| {
    rows(
        "
    A20  2025-03-25  88xx     sip88xx.12-0-7MPP0101-52
    A21  2025-06-26  78xx     sip78xx.12-0-7MPP0201-66
    A22  2025-06-26  8845_65  sip8845_65.12-0-7MPP0201-66
    A23  2025-11-19  7832     sip7832.12-0-7MPP0301-92
    A24  2026-03-17  88xx     sip88xx.12-0-7MPP0501-123
    A25  2026-03-17  8832     sip8832.12-0-7MPP0501-123
",
    )
});

/// 5, A26: the load names of facts/load_names.tsv, in its order.
pub(super) static LOAD_NAMES: Table = LazyLock::new(|| {
    rows(
        "
    sip78xx.10-1-1SR1-4
    sip78xx.10-2-1-12
    sip78xx.11-5-1-18
    sip78xx.11-7-1-17
    sip78xx.12-5-1SR1-4
    sip78xx.12-5-1SR2-2
    sip78xx.12-7-1-0001-393
    sip78xx.12-8-1-0001-455
    sip78xx.14-0-1-0201-169
    sip78xx.14-0-1-0306-175
    sip78xx.14-1-1-0211-134
    sip78xx.14-2-1-0001-14
    sip78xx.14-2-1-0101-26
    sip78xx.14-2-1-0201-40
    sip78xx.14-3-1-0001-60
    sip78xx.14-3-1-0201-246
    sip78xx.14-3-1-0301-349
    sip78xx.14-4-1-0101-153
    sip78xx.14-4-1-0301-6
    sip7832.14-0-1-0001-135
    sip7832.14-1-1-0211-134
    sip7832.14-2-1-0101-26
    sip7832.14-4-1-0201-225
    sip7832.14-4-1-0301-6
    sip88xx.10-3-1-20
    sip88xx.11-0-1-10
    sip88xx.11-7-1-17
    sip88xx.12-0-1SR1-1
    sip88xx.12-5-1SR1-4
    sip88xx.12-5-1SR2-2
    sip88xx.12-7-1-0001-393
    sip88xx.12-8-1-0001-455
    sip88xx.14-0-1-0001-135
    sip88xx.14-0-1-0101-145
    sip88xx.14-1-1-0211-134
    sip88xx.14-2-1-0101-26
    sip88xx.14-3-1-0001-60
    sip88xx.14-3-1-0201-246
    sip88xx.14-4-1-0301-6
    sip8832.12-1-1-23
    sip8832.12-5-1SR3-74
    sip8832.12-6-1-0001-668
    sip8832.14-0-1-0201-171
    sip8832.14-2-1-0101-26
    sip8832.14-4-1-0001-36
    sip8832.14-4-1-0101-153
    sip8845_65.11-7-1-17
    sip8845_65.12-0-1SR1-1
    sip8845_65.12-5-1SR2-2
    sip8845_65.12-7-1-0001-393
    sip8845_65.14-0-1-0001-135
    sip8845_65.14-1-1-0001-125
    sip8845_65.14-2-1-0101-26
    sip8845_65.14-3-1-0301-349
    sip8845_65.14-4-1-0001-36
    sip8821.11-0-5SR1-4
    sip8821.11-0-6SR2-4
    sip8821.11-0-6SR7-2
    sip8821.11-0-6SR8-2
    sip88xx.14-0-1MN-1036
    sip78xx.14-1-1MN-366
    sip78xx.TLexE2M-11-2-3C-4
    sip88xx.TLexE2M-11-2-3C-12
    sip8832.TLexE2M-11-2-3C-12
    sip7832.TLexE2M-11-2-3C-12
    sip78xx.11-1-1MPP-897
    sip78xx.11-1-2MPP-351
    sip88xx.11-1-1MSR2-1
    sip78xx.11-2-1MPP-630
    sip8832.11-2-3MPP-412
    sip88xx.11-2-3MSR1-1
    sip88xx.11-3-1MSR3-3
    sip7832.11-3-1MSR4-1
    sip88xx.11-3-3MPP0001-377
    sip8845_65.11-3-4MPP0001-374
    sip88xx.11-3-6MPP0001-273
    sip8832.11-3-6MPP0001-272
    sip8832.11-3-7MPP0001-272
    sip88xx.11-3-7MPP0101-284
    sip8845_65.12-0-2MPP0001-116
    sip88xx.12-0-3MPP0001-87
    sip8832.12-0-3MPP0001-87
    sip8832.12-0-3MPP0101-92
    sip6821.12-0-3MPP0203-204
    sip78xx.12-0-4MPP0101-205
    sip8832.12-0-5MPP0001-325
    sip7832.12-0-7MPP0001-46
    sip88xx.12-0-7MPP0101-52
    sip78xx.12-0-7MPP0201-66
    sip8845_65.12-0-7MPP0201-66
    sip7832.12-0-7MPP0301-92
    sip88xx.12-0-7MPP0501-123
    sip8832.12-0-7MPP0501-123
    sip88xx.12-0-1-8
",
    )
});

/// 2.7: destination, series, license, support.
pub(super) static LICENSES: Table = LazyLock::new(|| {
    rows(
        "
    third-party  7  L-CP-E2M-78XX-CNV=  CON-SW-LCPE2M7N
    third-party  8  L-CP-E2M-88XX-CNV=  CON-SW-LCPE2M8V
    unified-cm   7  L-CP-M2E-78XX-CNV=  CON-SW-LCPM2E7X
    unified-cm   8  L-CP-M2E-88XX-CNV=  CON-SW-LCPM2E8C
",
    )
});

/// facts/cucm_typemodel.tsv, second column: code, model of the phones that may be asked about; the others are read from the
/// facts themselves (R43).
pub(super) static TYPE_CODES: Table = LazyLock::new(|| {
    rows(
        "
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
",
    )
});

/// R4: the series of four-digit models.
pub(super) const SERIES: &str = "39 68 69 78 79 88 89 98 99";

/// 2.2: the series that never run MPP.
pub(super) const LEGACY_SERIES: &str = "39 69 79 89 99";

/// 2.3: the marks of MPP hardware.
pub(super) const MARKS: &str = "3PCC 3PC 3PW 3PB";

/// 2.3: the words of variants that documents explain (R3).
pub(super) const VARIANTS: &str = "W A NC R L EU J LA C CL NA CE UK AU RC 3PCC 3PC 3PW 3PB";

/// R44: the 8800 phones that no document explains.
pub(super) const NS: &str = "8811NS 8841NS 8851NS";

/// R43: families of devices that are no phones; a number follows.
pub(super) const NO_PHONE_BRANDS: &str = "ATA VG DX";

/// R43: product ids and names of what is no phone that facts/cucm_typemodel.tsv does not have, and the name that is shown.
pub(super) static OTHER_NAMES: &[(&str, &str)] = &[
    ("CP-8800-A-KEM", "CP-8800-Audio 28-Button Key Expansion Module"),
    ("CP-8800-V-KEM", "CP-8800-Video 28-Button Key Expansion Module"),
    ("CP-8800-A-KEM-3PC", "CP-8800-Audio 28-Button Key Expansion Module"),
    ("CP-8800-V-KEM-3PC", "CP-8800-Video 28-Button Key Expansion Module"),
    ("CP-BEKEM", "BEKEM 36-Button Line Expansion Module"),
    ("CP-8851/61-KEM", "BEKEM 36-Button Line Expansion Module"),
    ("CP-CKEM-C", "CKEM 36-Button Line Expansion Module"),
    ("CP-CKEM-W", "CKEM 36-Button Line Expansion Module"),
    ("DP-9800-KEM", "DP-9800-KEM 40-Button Key Expansion Module"),
    ("CP-7914", "7914 Line Expansion Module"),
    ("CP-7915", "7915 Line Expansion Module"),
    ("CP-7916", "7916 Line Expansion Module"),
    ("Cisco Jabber", "Cisco Unified Client Services Framework"),
    ("Cisco Room Kit", "Cisco Webex Room Kit"),
    ("Cisco Spark Room Kit", "Cisco Webex Room Kit"),
    ("Sum", "Sum"),
    ("Total", "Sum"),
    ("Summe", "Sum"),
    ("Grand Total", "Sum"),
];

/// R5: other Cisco devices, when a number follows.
pub(super) const OTHER_BRANDS: &str = "SPA ATA VG DX DBS";

/// A table of words, taken apart once.
pub(super) type Table = LazyLock<Vec<Vec<&'static str>>>;

/// The rows of a table, each as its words.
fn rows(table: &'static str) -> Vec<Vec<&'static str>> {
    let rows = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.filter(|row| !row.is_empty()).collect()
}

/// The row of a table that starts with these words.
pub(super) fn row(table: &Table, start: &[&str]) -> Option<Vec<&'static str>> {
    table.iter().find(|row| row.starts_with(start)).cloned()
}

/// Whether a list like `8851NR,8865NR` has this word.
pub(super) fn listed(list: &str, word: &str) -> bool {
    list.split(',').any(|listed| listed == word)
}

/// Whether a list of words has this word.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}
