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

/// 5, A05 to A18, the rows of facts/hw_floor.tsv in their order: id, date, models, VID, firmware type, lowest release,
/// no_downgrade_below. A14 is only the other side of D13 (the lower of the two is the floor); `guide` has A16 already.
pub(super) static FLOORS: Table = LazyLock::new(|| {
    rows(
        "
    A05  -           7841                   V02-V999  enterprise  10.1(1)SR1  yes
    A06  -           7811                   V01-V999  enterprise  10.3(1)     yes
    A07  -           7821                   V03-V999  enterprise  10.3(1)     yes
    A08  -           7841                   V04-V999  enterprise  10.3(1)     yes
    A09  -           7861                   V03-V999  enterprise  10.3(1)     yes
    A10  2017-01-27  8811,8841,8851,8851NR  V08-V999  enterprise  11.7(1)     yes
    A11  -           8811,8841,8851,8861    V15-V999  enterprise  12.6(1)     yes
    A12  -           7841                   V18-V999  enterprise  14.0(1)SR2  yes
    A13  2021-04-01  7821,7841,7861         V20-V999  enterprise  14.0(1)     yes
    A15  2024-09-10  7821                   V26-V26   enterprise  14.3(1)     unknown
    V15  guide       8811,8841,8851,8861    V15-V999  mpp         11.3(3)     yes
    A17  2024-08-26  8851NR,8865NR          any       mpp         12.0(5)     unknown
    A18  2024-11-25  7821                   V25-V999  mpp         12.0(6)     unknown
",
    )
});

/// 5, A19, the last row of facts/hw_floor.tsv ("migration floor"): 8832 and 8832NR to webex-calling.
pub(super) const MIGRATION_FLOOR_8832: &str = "12.0(3)SR1";

/// 5, A20 and on: date, family, direction, newest target load, in the order of their dates. "per family the 12.0(7) load with
/// the highest service release ..., for both E2M destinations, and the newest Enterprise load for unified-cm".
pub(super) static NEWEST_TARGETS: Table = LazyLock::new(|| {
    rows(
        "
    2025-03-25  88xx     to-mpp  sip88xx.12-0-7MPP0101-52
    2025-03-25  7832     to-mpp  sip7832.12-0-7MPP0101-52
    2025-06-26  78xx     to-mpp  sip78xx.12-0-7MPP0201-66
    2025-06-26  7832     to-mpp  sip7832.12-0-7MPP0201-66
    2025-06-26  8845_65  to-mpp  sip8845_65.12-0-7MPP0201-66
    2025-11-19  7832     to-mpp  sip7832.12-0-7MPP0301-92
    2025-11-19  8832     to-mpp  sip8832.12-0-7MPP0301-92
    2026-03-17  78xx     to-mpp  sip78xx.12-0-7MPP0501-123
    2026-03-17  7832     to-mpp  sip7832.12-0-7MPP0501-123
    2026-03-17  88xx     to-mpp  sip88xx.12-0-7MPP0501-123
    2026-03-17  8832     to-mpp  sip8832.12-0-7MPP0501-123
    2026-07-02  78xx     back    sip78xx.14-4-1-0301-6
    2026-07-02  7832     back    sip7832.14-4-1-0301-6
    2026-07-02  88xx     back    sip88xx.14-4-1-0301-6
    2026-07-02  8832     back    sip8832.14-4-1-0301-6
    2026-09-02  8845_65  back    sip8845_65.14-4-1-0401-1
",
    )
});

/// 5: "each from the day of its release": the days that release notes (and for 14.4(1)SR4 an advisory) tell.
pub(super) static RELEASE_DAYS: Table = LazyLock::new(|| {
    rows(
        "
    MPP         12.0(6)     2024-10-30
    MPP         12.0(7)SR1  2025-03-25
    MPP         12.0(7)SR2  2025-06-26
    MPP         12.0(7)SR3  2025-11-19
    MPP         12.0(7)SR5  2026-03-17
    Enterprise  11.7(1)     2017-01-27
    Enterprise  12.8(1)SR1  2020-12-17
    Enterprise  14.0(1)     2021-04-01
    Enterprise  14.0(1)SR3  2021-11-15
    Enterprise  14.3(1)SR1  2024-11-28
    Enterprise  14.4(1)SR2  2026-04-16
    Enterprise  14.4(1)SR3  2026-07-02
    Enterprise  14.4(1)SR4  2026-09-02
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

/// 5, "Advice rows, dated, with source": code, day, where to, models, what it is about, from this release, below this one,
/// disagreement. About `firmware` that is installed or stays, the `end` at the destination, an `arrival`, what runs `now`,
/// or `any`thing.
/// From facts/security_floors.tsv, certificates.tsv, arrival.tsv, model_facts.tsv and third_party.tsv, without what is of low
/// confidence.
pub(super) static ADVICE: Table = LazyLock::new(|| {
    rows(
        "
    CG405  2020-02-05  unified-cm     older                               firmware  -           12.7(1)     -
    CG405  2020-02-05  to-mpp         68xx,listed                         firmware  -           11.3(1)SR1  -
    CG405  2020-06-17  unified-cm     listed,8821,8831,69xx,79xx,89xx,99xx  firmware  -           12.8(1)SR1  -
    CG405  2023-04-27  unified-cm     listed                              firmware  -           14.2(1)     -
    CG405  2023-03-01  to-mpp         68xx,listed                         firmware  -           11.3(7)SR1  -
    CG405  2024-11-06  unified-cm     listed                              firmware  -           14.3(1)     -
    CG405  2024-11-06  to-mpp         68xx,listed                         firmware  -           12.0(6)     -
    CG405  2025-02-28  any            phoneos                             firmware  -           3.3(1)      -
    CG405  2026-09-02  unified-cm     audio                               firmware  -           14.4(1)SR3  -
    CG405  2026-09-02  unified-cm     8845,8865,8865NR                    firmware  -           14.4(1)SR4  -
    CG405  2026-09-02  unified-cm     8821                                firmware  -           11.0(6)SR8  -
    CG405  2026-09-02  unified-cm     phoneos                             firmware  -           5.0(1)      -
    CG406  2023-08-24  to-mpp         68xx,listed                         firmware  -           11.3(5)     -
    CG406  2023-08-24  to-mpp         68xx,listed                         firmware  11.3(5)     12.0(3)     -
    CG406  2023-08-24  to-mpp         68xx,listed                         firmware  12.0(3)     12.0(4)     D21
    CG406  2023-08-24  to-mpp         8831                                mpp       -           -           -
    CG408  -           to-mpp         68xx,listed                         arrival   12.0(4)     -           -
    CG408  -           to-mpp         8832,8832NR                         arrival   12.0(3)     -           -
    CG408  -           to-mpp         8832,8832NR                         arrival   12.0(3)     -           -
    CG408  -           unified-cm     listed                              arrival   14.0(1)     -           -
    CG408  -           unified-cm     8811,8841,8851,8851NR,8861          arrival   14.3(1)     14.4(1)     -
    CG408  2025-06-26  to-mpp         7811,7821,7832,7841,7861            arrival   12.0(7)SR2  -           -
    CG408  2025-06-26  to-mpp         7811,7821,7832,7841,7861            arrival   12.0(7)SR2  -           -
    CG408  2025-06-26  to-mpp         7811,7821,7832,7841,7861            arrival   12.0(7)SR2  -           -
    CG408  2025-11-19  to-mpp         7832,8832,8832NR                    arrival   12.0(7)SR3  -           D19
    CG408  2025-11-19  to-mpp         68xx,7832,8832,8832NR               arrival   12.0(7)SR3  -           -
    CG409  2022-12-01  to-mpp         68xx,listed                         now       -           11.1(2)SR1  -
    CG409  -           webex-calling  68xx,listed                         now       -           11.2(3)SR1  -
    CG411  -           any            8832,8832NR                         now  -           11.3(1)SR2  -
    CG411  -           any            8832,8832NR                         now  11.3(1)SR2  12.0(1)     -
    CG411  -           any            8832,8832NR                         now  12.0(1)     12.0(2)     -
    CG411  -           any            8832,8832NR                         now  12.0(2)     12.0(3)     -
    CG411  -           any            8832,8832NR                         now  12.0(3)     12.0(4)     -
    CG603  -           third-party    8811,8841,8845,8851,8851NR,8861,8865,8865NR end  11.1(1)     11.1(2)SR1  -
    CG603  -           third-party    8811,8841,8845,8851,8851NR,8861,8865,8865NR end  11.1(2)SR1  11.3(2)     -
    CG603  -           third-party    8811,8841,8845,8851,8851NR,8861,8865,8865NR end  11.3(2)     12.0(2)     -
    CG603  -           third-party    7811,7821,7841,7861                 end  11.1(2)     11.2(1)     -
    CG603  -           third-party    7811,7821,7841,7861                 end  11.2(1)     12.0(4)     -
    CG603  -           third-party    8832                                end  11.2(3)SR1  11.3(1)     -
    CG603  -           third-party    8832                                end  11.3(1)     12.0(3)     -
    CG603  -           third-party    68xx,listed                         end  11.3(4)     12.0(2)     -
    CG603  -           third-party    phoneos                             any  -           -           -
    CG603  -           unified-cm     phoneos                             any  -           -           -
    CG603  -           unified-cm     9841NR,9851NR                       any  -           -           -
    CG603  -           third-party    7811,7821,7832,7841,7861            end       12.0(4)     12.0(7)     -
    CG603  -           third-party    8811,8841,8845,8851,8861,8865       end       12.0(2)     12.0(7)     -
    CG603  -           third-party    8832                                end       12.0(3)     12.0(5)     -
    CG603  -           third-party    8832                                end       12.0(5)     12.0(7)     -
    CG603  2025-03-25  third-party    8832                                end       12.0(7)     -           -
    CG603  2025-03-25  third-party    7832                                end       12.0(7)     -           -
    CG603  2025-03-25  third-party    8811,8841,8845,8851,8861,8865       end       12.0(7)     -           -
    CG603  2025-06-26  third-party    7811,7821,7841,7861                 end       12.0(7)     -           -
    CG603  2025-11-19  third-party    68xx                                end       12.0(7)     -           -
",
    )
});

/// FN72302 in facts/certificates.tsv: models, and the earliest month that the notice prints for one of their products.
pub(super) static NEW_AUTHORITY: Table = LazyLock::new(|| {
    rows(
        "
    7811                2022-03
    7821                2022-04
    7841                2022-02
    7861                2022-03
    7832                2022-11
    8811                2022-02
    8841,8851,8861      2021-05
    8851NR              2022-02
    8832,8832NR         2022-08
    8845,8865,8865NR    2022-10
    8875,8875NR         0000-00
",
    )
});
