//! CSV files and workbooks.

use super::{Shape, Work};
use crate::workbook::{Part, Sheet, parts, row, text, zip};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "CSV: rows", size: 10_000, make: |n| csv(&"CP-7821-K9=,V03,note\n".repeat(n)) },
    Shape {
        name: "CSV: rows behind one long note",
        size: 10_000,
        make: |n| csv(&(format!("CP-7821-K9=,V03,{}\n", "x".repeat(n)) + &"CP-7821-K9=,V03,note\n".repeat(n))),
    },
    Shape {
        name: "CSV: rows behind one wide row",
        size: 10_000,
        make: |n| csv(&(",".repeat(n) + "\n" + &"CP-7821-K9=,V03,note\n".repeat(n))),
    },
    Shape { name: "CSV: comment lines", size: 10_000, make: |n| csv(&"# a comment\n".repeat(n)) },
    Shape { name: "CSV: comment lines whose quotes stay open", size: 10_000, make: |n| csv(&"#a\",\"b\n".repeat(n)) },
    Shape {
        name: "CSV: quotes that are never closed",
        size: 10_000,
        make: |n| csv(&"CP-7821-K9=,\"V03,note\n".repeat(n)),
    },
    Shape { name: "CSV: the header, again and again", size: 10_000, make: |n| csv(&"PID,VID,Notes\n".repeat(n)) },
    Shape {
        name: "CSV: kept columns, each of which a merge hears twice",
        size: 1_000,
        make: |n| {
            let columns: String = (0..n).map(|at| format!(",kept column {at}")).collect();
            let row = format!("00CCFC123456{}\n", ",x".repeat(n));
            Work::keeping("a.csv", format!("MAC{columns}\n{row}{row}"), &columns.replacen(',', "", 1))
        },
    },
    Shape {
        name: "CSV: columns of a header",
        size: 500,
        make: |n| {
            let columns: String = (0..n).map(|at| format!(",c{at}")).collect();
            Work::reading("a.csv", format!("PID{columns}\n{}", "CP-7821-K9=\n".repeat(1_000)))
        },
    },
    Shape {
        name: "CSV: short rows below a wide header",
        size: 2_000,
        make: |n| Work::reading("a.csv", format!("PID{}\n{}", ",x".repeat(4_095), "CP-7821-K9=\n".repeat(n))),
    },
    Shape {
        name: "xlsx: rows",
        size: 2_000,
        make: |n| {
            let cells = ["CP-7821-K9=", "V03"].map(text);
            workbook(&header(&["PID", "VID"]), (2..n + 2).map(|number| row(number, &cells)).collect(), 1)
        },
    },
    Shape {
        name: "xlsx: short rows below a wide header",
        size: 2_000,
        make: |n| {
            let headers: String = (1..4_096).map(|_| "<c t=\"inlineStr\"><is><t>x</t></is></c>").collect();
            let header = format!("<row><c t=\"inlineStr\"><is><t>PID</t></is></c>{headers}</row>");
            workbook(&header, "<row><c t=\"inlineStr\"><is><t>CP-7821-K9=</t></is></c></row>".repeat(n), 1)
        },
    },
    Shape {
        name: "xlsx: rows with nothing but the last cell of a wide header",
        size: 2_000,
        make: |n| {
            let headers: String = (1..4_096).map(|_| "<c t=\"inlineStr\"><is><t>x</t></is></c>").collect();
            let header = format!("<row r=\"1\">{headers}<c t=\"inlineStr\"><is><t>Model</t></is></c></row>");
            workbook(&header, (2..n + 2).map(|at| format!("<row><c r=\"FAN{at}\"><v>683</v></c></row>")).collect(), 1)
        },
    },
    Shape {
        name: "xlsx: rows of one number",
        size: 2_000,
        make: |n| workbook(&header(&["Model"]), "<row r=\"2\"><c r=\"A2\"><v>683</v></c></row>".repeat(n), 1),
    },
    Shape {
        name: "xlsx: every other row, in descending order",
        size: 2_000,
        make: |n| {
            let row = |at: usize| format!("<row r=\"{at}\"><c r=\"A{at}\"><v>683</v></c></row>");
            workbook(&header(&["Model"]), (1..=n).rev().map(|at| row(2 * at)).collect(), 1)
        },
    },
    Shape {
        name: "xlsx: a cell, said again and again",
        size: 2_000,
        make: |n| {
            let cells: String = (0..n).map(|at| format!("<c r=\"A2\"><v>{at}</v></c>")).collect();
            workbook(&header(&["Model"]), format!("<row r=\"2\">{cells}</row>"), 1)
        },
    },
    Shape {
        name: "xlsx: formulas without value",
        size: 2_000,
        make: |n| workbook(&header(&["Model"]), "<row><c><f>UPPER(B1)</f></c></row>".repeat(n), 1),
    },
    Shape {
        name: "xlsx: tables of cells behind the first",
        size: 2_000,
        make: |n| {
            let more = "</sheetData><sheetData><row><c r=\"A2\"/></row>".repeat(n);
            workbook(&header(&["Model"]), more, 1)
        },
    },
    Shape {
        name: "xlsx: sheets that share one part",
        size: 50,
        make: |n| workbook("", "<row r=\"1\"><c r=\"A1\"/></row>".repeat(20_000), n),
    },
    Shape {
        name: "xlsx: empty cells",
        size: 20_000,
        make: |n| workbook(&header(&["PID", "VID"]), "<row r=\"2\"><c r=\"A2\"/></row>".repeat(n), 1),
    },
];

fn csv(rows: &str) -> Work {
    Work::reading("a.csv", format!("PID,VID,Notes\n{rows}"))
}

fn header(texts: &[&str]) -> String {
    row(1, &texts.iter().map(|cell| text(cell)).collect::<Vec<_>>())
}

/// A workbook of so many sheets, all of which are these rows.
pub(super) fn workbook(header: &str, rows: String, sheets: usize) -> Work {
    Work::reading("a.xlsx", sharing(header, rows, sheets))
}

/// The same as bytes.
pub(super) fn sharing(header: &str, rows: String, sheets: usize) -> Vec<u8> {
    let mut parts = parts(&[Sheet::new("s1", header.to_owned() + &rows)], &[]);
    let more: String = (2..=sheets)
        .map(|at| format!("<sheet name=\"s{at}\" sheetId=\"{at}\" state=\"visible\" r:id=\"s1\"/>"))
        .collect();
    for part in parts.iter_mut().filter(|part| part.name == "xl/workbook.xml") {
        let text = String::from_utf8_lossy(&part.bytes).replace("</sheets>", &format!("{more}</sheets>"));
        *part = Part::new("xl/workbook.xml", text);
    }
    zip(&parts)
}
