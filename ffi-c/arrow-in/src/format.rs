//! The format strings of the interface, read here so that the arrow crates get types that exist.

use std::sync::Arc;

use arrow_schema::{DataType, IntervalUnit, TimeUnit, UnionMode};
use crossgrade::text::Shown;

use crate::error::Fault;

/// What a format string says of a type; the children say the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    /// A type without children.
    Leaf(DataType),
    List,
    LargeList,
    ListView,
    LargeListView,
    FixedSizeList(i32),
    Struct,
    Map,
    RunEndEncoded,
    /// With the type ids of its children.
    Union(UnionMode, Vec<i8>),
}

impl Format {
    /// Reads a format string.
    pub(crate) fn read(text: &str) -> Result<Self, Fault> {
        let unknown =
            || Fault::new(format!("its format {} is none of the Arrow C data interface", Shown::quoted(text)));
        if let Some(leaf) = leaf(text) {
            return Ok(Self::Leaf(leaf));
        }
        let nested = match text {
            "+l" => Some(Self::List),
            "+L" => Some(Self::LargeList),
            "+vl" => Some(Self::ListView),
            "+vL" => Some(Self::LargeListView),
            "+s" => Some(Self::Struct),
            "+m" => Some(Self::Map),
            "+r" => Some(Self::RunEndEncoded),
            _ => None,
        };
        if let Some(nested) = nested {
            return Ok(nested);
        }
        let (kind, rest) = text.split_once(':').ok_or_else(unknown)?;
        let wrong = |expected: &str| Fault::new(format!("its format is {}; expected {expected}", Shown::quoted(text)));
        let size = || whole::<i32>(rest).ok_or_else(|| wrong("a number from 0 to 2147483647 behind the colon"));
        match kind {
            "w" => Ok(Self::Leaf(DataType::FixedSizeBinary(size()?))),
            "+w" => Ok(Self::FixedSizeList(size()?)),
            "d" => decimal(rest).map(Self::Leaf).ok_or_else(|| {
                wrong("\"d:\", a precision, a scale and 32, 64, 128 (if left out) or 256 bits, as in \"d:19,4,128\"")
            }),
            "tss" | "tsm" | "tsu" | "tsn" => {
                let zone = (!rest.is_empty()).then(|| Arc::from(rest));
                Ok(Self::Leaf(DataType::Timestamp(unit(&kind[2..]).ok_or_else(unknown)?, zone)))
            }
            "+ud" | "+us" => {
                let mode = if kind == "+ud" { UnionMode::Dense } else { UnionMode::Sparse };
                let ids = type_ids(rest);
                Ok(Self::Union(mode, ids.ok_or_else(|| wrong("different type ids from 0 to 127, as in \"+ud:0,1\""))?))
            }
            _ => Err(unknown()),
        }
    }

    /// How many children a type of this format has; none if it may be any number.
    pub(crate) fn children(&self) -> Option<usize> {
        match self {
            Self::Leaf(_) => Some(0),
            Self::List | Self::LargeList | Self::ListView | Self::LargeListView => Some(1),
            Self::FixedSizeList(_) | Self::Map => Some(1),
            Self::RunEndEncoded => Some(2),
            Self::Union(_, ids) => Some(ids.len()),
            Self::Struct => None,
        }
    }
}

fn leaf(text: &str) -> Option<DataType> {
    Some(match text {
        "n" => DataType::Null,
        "b" => DataType::Boolean,
        "c" => DataType::Int8,
        "C" => DataType::UInt8,
        "s" => DataType::Int16,
        "S" => DataType::UInt16,
        "i" => DataType::Int32,
        "I" => DataType::UInt32,
        "l" => DataType::Int64,
        "L" => DataType::UInt64,
        "e" => DataType::Float16,
        "f" => DataType::Float32,
        "g" => DataType::Float64,
        "z" => DataType::Binary,
        "Z" => DataType::LargeBinary,
        "vz" => DataType::BinaryView,
        "u" => DataType::Utf8,
        "U" => DataType::LargeUtf8,
        "vu" => DataType::Utf8View,
        "tdD" => DataType::Date32,
        "tdm" => DataType::Date64,
        "tts" => DataType::Time32(TimeUnit::Second),
        "ttm" => DataType::Time32(TimeUnit::Millisecond),
        "ttu" => DataType::Time64(TimeUnit::Microsecond),
        "ttn" => DataType::Time64(TimeUnit::Nanosecond),
        "tiM" => DataType::Interval(IntervalUnit::YearMonth),
        "tiD" => DataType::Interval(IntervalUnit::DayTime),
        "tin" => DataType::Interval(IntervalUnit::MonthDayNano),
        _ => DataType::Duration(unit(text.strip_prefix("tD")?)?),
    })
}

fn unit(text: &str) -> Option<TimeUnit> {
    match text {
        "s" => Some(TimeUnit::Second),
        "m" => Some(TimeUnit::Millisecond),
        "u" => Some(TimeUnit::Microsecond),
        "n" => Some(TimeUnit::Nanosecond),
        _ => None,
    }
}

/// A number of decimal digits, without a sign.
fn whole<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// `19,10` or `19,10,256`; a scale may be negative.
fn decimal(text: &str) -> Option<DataType> {
    let parts: Vec<&str> = text.splitn(4, ',').collect();
    let (precision, scale, bits) = match *parts {
        [precision, scale] => (precision, scale, "128"),
        [precision, scale, bits] => (precision, scale, bits),
        _ => return None,
    };
    let precision: u8 = whole(precision)?;
    whole::<u16>(scale.strip_prefix('-').unwrap_or(scale))?;
    let scale: i8 = scale.parse().ok()?;
    let (most, data_type): (u8, fn(u8, i8) -> DataType) = match bits {
        "32" => (9, DataType::Decimal32),
        "64" => (18, DataType::Decimal64),
        "128" => (38, DataType::Decimal128),
        "256" => (76, DataType::Decimal256),
        _ => return None,
    };
    (1..=most).contains(&precision).then(|| data_type(precision, scale))
}

fn type_ids(text: &str) -> Option<Vec<i8>> {
    let mut ids = Vec::new();
    for id in text.split(',') {
        let id = whole::<i8>(id).filter(|id| !ids.contains(id))?;
        ids.push(id);
    }
    Some(ids)
}

#[cfg(test)]
mod tests {
    use arrow_array::ffi::FFI_ArrowSchema;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formats_of_the_interface_are_read_as_arrow_reads_them() {
        let formats = "n b c C s S i I l L e f g z Z vz u U vu w:0 w:42 d:19,10 d:19,-10,256 d:9,2,32 d:18,2,64 tdD tdm tts \
                       ttm ttu ttn tss: tsm:UTC tsu:Europe/Paris tsn:a:b tDs tDm tDu tDn tiM tiD tin";
        for format in formats.split(' ') {
            let arrow = FFI_ArrowSchema::try_new(format, Vec::new(), None).expect("no NUL");
            let expected = DataType::try_from(&arrow).expect("arrow reads it");
            assert_eq!(Format::read(format), Ok(Format::Leaf(expected)), "{format}");
        }
        assert_eq!(Format::read("+ud:0,127"), Ok(Format::Union(UnionMode::Dense, vec![0, 127])));
        assert_eq!(Format::read("+us:5"), Ok(Format::Union(UnionMode::Sparse, vec![5])));
        assert_eq!(Format::read("+w:3"), Ok(Format::FixedSizeList(3)));
    }

    #[test]
    fn what_contradicts_itself_is_refused_with_what_would_be_right() {
        let message = |format| Format::read(format).map_err(|fault| fault.to_string());
        let size = "expected a number from 0 to 2147483647 behind the colon";
        assert_eq!(message("w:-1"), Err(format!("its format is \"w:-1\"; {size}")));
        assert_eq!(message("w:99999999999"), Err(format!("its format is \"w:99999999999\"; {size}")));
        assert_eq!(message("what"), Err("its format \"what\" is none of the Arrow C data interface".to_owned()));
        let wrong = "w: w:+1 w:x +w +w:-1 +w:2147483648 d: d:1 d:0,0 d:39,0 d:10,0,32 d:1,2,3 d:1,+2 d:1,200 d:1,2,128,4 ts \
                     tss tsx: tD tDx +ud +ud: +ud:-1 +ud:128 +ud:0,0 +us:0, +vl: +s: u: vv + : ++ tdd";
        for format in wrong.split(' ').chain([""]) {
            assert!(Format::read(format).is_err(), "{format}");
        }
        let long = Format::read(&"x".repeat(60_000)).unwrap_err().to_string();
        assert!(long.len() < 250, "{long}");
    }

    proptest! {
        /// Whatever is read is a type that arrow can name in C again, and it is the same.
        #[test]
        fn what_is_read_comes_back(format in "[+tdwvu]{0,3}[a-zA-Z]{0,2}:?[0-9,+-]{0,12}") {
            if let Ok(Format::Leaf(data_type)) = Format::read(&format) {
                let arrow = FFI_ArrowSchema::try_from(&data_type).expect("it can be named");
                prop_assert_eq!(Format::read(arrow.format()), Ok(Format::Leaf(data_type)));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(format in ".{0,40}") {
            let _ = Format::read(&format);
        }
    }
}
