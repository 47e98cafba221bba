//! Fleets as Arrow tables, and the result columns written a second time.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int16Type;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::DataType;
use crossgrade::audit::ResultColumn;
use crossgrade::{Assessment, Effect, GateStatus, Stage, Verdict};

use crate::corpus_cases::PhoneTexts;

/// A field of a phone.
pub type Field = fn(&PhoneTexts) -> Option<&str>;

/// The columns of an inventory and the fields that they are read as.
pub const COLUMNS: [(&str, Field); 8] = [
    ("PID", |phone| phone.pid.as_deref()),
    ("VID", |phone| phone.vid.as_deref()),
    ("MAC", |phone| phone.mac.as_deref()),
    ("Serial Number", |phone| phone.serial.as_deref()),
    ("Active Load ID", |phone| phone.load.as_deref()),
    ("Release", |phone| phone.release.as_deref()),
    ("Firmware Type", |phone| phone.firmware_type.as_deref()),
    ("Authorization", |phone| phone.authorization.as_deref()),
];

/// The phones as a table of plain strings.
pub fn table(phones: &[PhoneTexts]) -> RecordBatch {
    let column = |(name, field): &(&'static str, Field)| {
        let texts: StringArray = phones.iter().map(field).collect();
        (*name, Arc::new(texts) as ArrayRef)
    };
    RecordBatch::try_from_iter_with_nullable(COLUMNS.iter().map(column).map(|(name, texts)| (name, texts, true)))
        .expect("columns of one length")
}

/// How many result columns there are.
pub const RESULTS: usize = ResultColumn::ALL.len();

/// What the result columns must hold, in order.
pub fn result_columns(answer: &Assessment<'_>) -> [Option<String>; RESULTS] {
    let read = answer.phone_read();
    let (firmware, license) = (answer.firmware(), answer.license());
    let mut codes: Vec<String> = answer.findings().map(|finding| finding.code().to_string()).collect();
    codes.dedup();
    let decides = match answer.verdict() {
        Verdict::NotNeeded => Some(Effect::Settled),
        Verdict::Ineligible => Some(Effect::Blocks),
        Verdict::Unknown => Some(Effect::Unsettled),
        Verdict::Eligible => None,
    };
    let deciding: Vec<_> = answer.findings().filter(|finding| Some(finding.effect()) == decides).collect();
    let of_deciding: Vec<_> = Vec::from_iter(deciding.iter().map(|finding| finding.code().to_string()));
    let decided_by = codes.iter().filter(|code| of_deciding.contains(code)).cloned().collect::<Vec<_>>();
    let asked = |field: &&crossgrade::Field| deciding.iter().any(|finding| finding.evidence().contains(field));
    let needed: Vec<_> = match answer.verdict() {
        Verdict::Unknown => crossgrade::Field::ALL.iter().filter(asked).map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    let joined = |words: Vec<String>| (!words.is_empty()).then(|| words.join(" "));
    let gate = |on: Stage| {
        let statuses: Vec<_> = answer.gates().filter(|gate| gate.on() == on).map(|gate| gate.status()).collect();
        let worst = [GateStatus::Unmet, GateStatus::Unknown, GateStatus::Met];
        worst.into_iter().find(|status| statuses.contains(status)).map(|status| status.to_string())
    };
    [
        read.model.map(|model| model.to_string()),
        read.vid.map(|vid| vid.to_string()),
        read.mac.map(|mac| mac.to_string()),
        read.firmware_type.map(|firmware_type| firmware_type.to_string()),
        read.release.map(|release| release.to_string()),
        Some(answer.verdict().to_string()),
        Some(codes.join(" ")),
        joined(decided_by),
        joined(needed),
        gate(Stage::Start),
        gate(Stage::Target),
        answer.gates().filter_map(|gate| gate.install_first()).map(|load| load.to_string()).next(),
        firmware.and_then(|firmware| firmware.load()).map(|load| load.to_string()),
        firmware.and_then(|firmware| firmware.load_server()).map(str::to_owned),
        license.map(|license| license.need().to_string()),
        license.and_then(|license| license.sku()).map(str::to_owned),
        license.and_then(|license| license.service_sku()).map(str::to_owned),
        license.and_then(|license| license.file()),
        Some(answer.why()),
    ]
}

/// The texts of a column, whatever its layout.
///
/// # Panics
/// If it is no column of text.
pub fn texts(column: &dyn Array) -> Vec<Option<String>> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().iter().map(owned).collect(),
        DataType::LargeUtf8 => column.as_string::<i64>().iter().map(owned).collect(),
        DataType::Utf8View => column.as_string_view().iter().map(owned).collect(),
        DataType::Dictionary(..) => {
            let column = column.as_dictionary::<Int16Type>();
            let values = texts(&**column.values());
            column.keys().iter().map(|key| values[usize::try_from(key?).expect("a key")].clone()).collect()
        }
        other => panic!("{other} is no column of text"),
    }
}
