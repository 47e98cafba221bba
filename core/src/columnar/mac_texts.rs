//! Columns whose texts hold the MAC address of their row, and so are another in every row.

use std::sync::Arc;

use arrow_array::builder::StringViewBuilder;
use arrow_array::{ArrayRef, GenericStringArray, OffsetSizeTrait};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer};
use arrow_schema::ArrowError;

use super::TextLayout;
use super::decided_rows::Decided;
use crate::audit::{MAC, ResultColumn};
use crate::phone::Mac;

/// The texts of such a column.
pub(super) fn with_macs(column: ResultColumn, layout: TextLayout, rows: &Decided<'_>) -> Result<ArrayRef, ArrowError> {
    // By answer: what stands before, between and behind the places of the address.
    let mut texts: Vec<Option<Vec<&str>>> = vec![None; rows.answers.len()];
    for answer in &rows.distinct {
        let text = rows.answers.text(column, rows.answers.word(*answer, column));
        texts[*answer as usize] = text.map(|text| text.split(MAC).collect());
    }
    let count = rows.rows();
    let rows = rows.parts.iter().flat_map(|part| part.answers.iter().zip(&part.macs));
    let rows = rows.map(|(answer, mac)| texts[*answer as usize].as_deref().map(|pieces| (pieces, *mac)));
    match layout {
        TextLayout::Dictionary | TextLayout::Utf8 => strings::<i32>(rows, count),
        TextLayout::LargeUtf8 => strings::<i64>(rows, count),
        TextLayout::Utf8View => {
            let mut views = StringViewBuilder::with_capacity(count);
            let mut text = Vec::new();
            for row in rows {
                text.clear();
                match row {
                    Some((pieces, mac)) => {
                        write(pieces, mac, &mut text);
                        views.try_append_value(str::from_utf8(&text).unwrap_or_default())?;
                    }
                    None => views.append_null(),
                }
            }
            Ok(Arc::new(views.finish()))
        }
    }
}

fn strings<'a, O: OffsetSizeTrait>(
    rows: impl Iterator<Item = Option<(&'a [&'a str], Option<Mac>)>>,
    count: usize,
) -> Result<ArrayRef, ArrowError> {
    // An address is twelve bytes, and what stands around it is short.
    let mut texts = Vec::with_capacity(count * 20);
    let mut offsets = Vec::with_capacity(count + 1);
    offsets.push(O::zero());
    let mut nulls = NullBufferBuilder::new(count);
    for row in rows {
        if let Some((pieces, mac)) = row {
            write(pieces, mac, &mut texts);
        }
        nulls.append(row.is_some());
        offsets.push(O::from_usize(texts.len()).ok_or(ArrowError::OffsetOverflowError(texts.len()))?);
    }
    let offsets = OffsetBuffer::new(offsets.into());
    Ok(Arc::new(GenericStringArray::<O>::try_new(offsets, texts.into(), nulls.finish())?))
}

/// Writes the address between the pieces.
fn write(pieces: &[&str], mac: Option<Mac>, text: &mut Vec<u8>) {
    for (index, piece) in pieces.iter().enumerate() {
        if let (1.., Some(mac)) = (index, mac) {
            text.extend_from_slice(&mac.digits());
        }
        text.extend_from_slice(piece.as_bytes());
    }
}
