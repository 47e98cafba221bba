//! A fleet to measure with.
//!
//! It has the products, versions and loads of `examples/data/fleet.csv`, a few of them often and most seldom, in random
//! order, and a MAC and a serial of its own for each phone.

use std::collections::BTreeSet;

/// One phone a line: PID, VID, load, MAC and serial behind tabs; the same in every run.
pub(crate) fn inventory(phones: usize) -> String {
    let kinds = kinds();
    assert!(kinds.len() > 200, "only {} kinds of phones", kinds.len());
    let weights: Vec<u64> = (0..kinds.len() as u64).map(|rank| 1_000_000 / (rank + 5)).collect();
    let total = weights.iter().sum();
    let mut random = Random(0x5EED);
    let mut line = || {
        let mut left = random.below(total);
        let kind = weights.iter().position(|weight| left.checked_sub(*weight).map(|rest| left = rest).is_none());
        let kind = &kinds[kind.expect("less than the sum of the weights")];
        format!("{}\t{}\t{}\n", kind.join("\t"), mac(&mut random), serial(&mut random))
    };
    (0..phones).map(|_| line()).collect()
}

/// The different products, versions and loads of the example fleet, shuffled.
fn kinds() -> Vec<[String; 3]> {
    let bytes = include_bytes!("../../../examples/data/fleet.csv");
    let mut kinds = BTreeSet::new();
    for line in String::from_utf8_lossy(bytes).lines().skip(1) {
        // Only descriptions are quoted, and they stand before these columns.
        let mut cells = line.rsplit(',').skip(3);
        let [load, _serial, vid, pid, device] = std::array::from_fn(|_| cells.next().unwrap_or_default().to_owned());
        if ![&load, &vid].iter().any(|text| text.is_empty()) {
            kinds.insert([if pid.is_empty() { device } else { pid }, vid, load]);
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    let mut random = Random(0xF1EE7);
    kinds.sort_by_cached_key(|_| random.next());
    kinds
}

/// Most inventories have the name that Unified CM made of it.
fn mac(random: &mut Random) -> String {
    let bytes = random.next().to_be_bytes();
    let digits = [0x00, 0x56, 0x2B].iter().chain(&bytes[..3]).map(|byte| format!("{byte:02X}")).collect::<Vec<_>>();
    if random.below(8) == 0 { digits.join(":") } else { format!("SEP{}", digits.concat()) }
}

fn serial(random: &mut Random) -> String {
    let site = ["FCH", "FCH", "FVH", "WZP"][random.below(4) as usize];
    let (year, week) = (18 + random.below(11), 1 + random.below(53));
    let last: String =
        (0..4).map(|_| char::from(b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"[random.below(34) as usize])).collect();
    format!("{site}{year}{week:02}{last}")
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}
