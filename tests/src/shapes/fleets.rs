//! Several sources in one fleet.

use crossgrade::inventory::{Document, Inventory, ReadOptions, read};
use crossgrade::merge::merge;

use super::{Shape, Work, tell};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "merge: sources of one name", size: 1_000, make: |n| merging(n, |at| page(at, "page")) },
    Shape {
        name: "merge: sources of one phone",
        size: 1_000,
        make: |n| {
            merging(n, |at| ("export.csv".to_owned(), format!("PID,MAC\nCP-88{:02}-K9=,00CCFC000001\n", at % 90)))
        },
    },
    Shape {
        name: "merge: sources whose names end with numbers",
        size: 1_000,
        make: |n| merging(n, |at| page(at, &if at % 2 == 0 { format!("page ({at})") } else { "page".to_owned() })),
    },
    Shape { name: "appending: sources of one name", size: 1_000, make: appending },
    Shape {
        name: "merge: rows of one phone",
        size: 5_000,
        make: |n| one_phone(n, |at| format!("CP-8841-K9=,V{:02}", at % 60)),
    },
    Shape {
        name: "merge: rows of one phone that nobody can read",
        size: 5_000,
        make: |n| one_phone(n, |at| format!("CP-8841-K9=,revision {at}")),
    },
    Shape { name: "merge: broken rows of one phone", size: 5_000, make: broken },
    Shape {
        name: "merge: phones of two sides",
        size: 500,
        make: |n| {
            let row = |at: usize| format!("CP-88{}1-K9=,V0{},00CCFC{:06X}\n", 4 + at % 2, at % 2, at / 2);
            let file = "PID,VID,MAC\n".to_owned() + &(0..2 * n).map(row).collect::<String>();
            merging(1, move |_| ("a.csv".to_owned(), file.clone()))
        },
    },
    Shape {
        name: "merge: phones without MAC address of one serial number",
        size: 5_000,
        make: |n| {
            let file = "PID,Serial Number\n".to_owned() + &"CP-8841-K9=,FCH20101234\n".repeat(n);
            merging(1, move |_| ("a.csv".to_owned(), file.clone()))
        },
    },
];

fn page(at: usize, name: &str) -> (String, String) {
    let page = format!("<DeviceInformation><MACAddress>00CCFC{at:06X}</MACAddress></DeviceInformation>");
    (name.to_owned(), page)
}

fn one_phone(rows: usize, cells: impl Fn(usize) -> String) -> Work {
    let rows: String = (0..rows).map(|at| format!("{},00CCFC000001\n", cells(at))).collect();
    let file = format!("PID,VID,MAC\n{rows}");
    merging(1, move |_| ("a.csv".to_owned(), file.clone()))
}

/// Each row has bytes that are not UTF-8: it is broken, and what can be read of it is read.
fn broken(rows: usize) -> Work {
    let rows_of_phone = b"CP-8841-K9=,V05,00CCFC000001,\xff\n".repeat(rows);
    let bytes = [&b"\xef\xbb\xbfPID,VID,MAC,Notes\n"[..], &rows_of_phone].concat();
    let run = move || tell(merge(read(&Document::new("a.csv", &bytes), &ReadOptions::default())).inventory());
    Work { bytes: 34 * rows, run: Box::new(run) }
}

/// Merges so many files.
fn merging(count: usize, file: impl Fn(usize) -> (String, String)) -> Work {
    let files: Vec<_> = (0..count).map(file).collect();
    let bytes = files.iter().map(|(_, text)| text.len()).sum();
    let run = move || tell(merge(inventories(&files)).inventory());
    Work { bytes, run: Box::new(run) }
}

fn appending(count: usize) -> Work {
    let files: Vec<_> = (0..count).map(|at| page(at, "page")).collect();
    let bytes = files.iter().map(|(_, text)| text.len()).sum();
    let run = move || {
        let mut all = inventories(&files);
        let mut inventory = all.next().expect("a file");
        all.for_each(|more| inventory.append(more));
        tell(&inventory);
    };
    Work { bytes, run: Box::new(run) }
}

fn inventories(files: &[(String, String)]) -> impl Iterator<Item = Inventory> {
    let read = |(name, text): &(String, String)| read(&Document::new(name, text), &ReadOptions::default());
    files.iter().map(read).map(|inventory| inventory.expect("an inventory"))
}
