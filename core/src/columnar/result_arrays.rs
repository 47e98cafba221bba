//! The result columns of some parts.

use std::sync::Arc;

use arrow_array::{ArrayRef, DictionaryArray, Int16Array, StringArray};
use arrow_buffer::{BooleanBuffer, BooleanBufferBuilder, NullBuffer};
use arrow_schema::ArrowError;

use super::TextLayout;
use super::audited_columns::AuditedColumns;
use super::batch_part::BatchPart;
use super::decided_rows::Decided;
use super::mac_texts::with_macs;
use super::repeated_texts::gather;
use crate::audit::Answers;
use crate::fleet::ResultColumn;

/// How many different texts a dictionary with 16-bit keys can hold.
const MOST_TEXTS: usize = 1 << 15;

/// One result column.
///
/// Words are numbered as they come, so that the column depends on nothing but its rows.
pub(super) fn column(column: ResultColumn, layout: TextLayout, rows: &Decided<'_>) -> Result<ArrayRef, ArrowError> {
    if column.holds_mac() {
        return with_macs(column, layout, rows);
    }
    let words = Words::of(column, rows);
    let nulls = words.nulls(rows);
    match layout {
        TextLayout::Dictionary => {
            let keys = Int16Array::new(words.keys(rows, |key| key as i16).into(), nulls);
            let values = StringArray::from_iter_values(&words.texts);
            Ok(Arc::new(DictionaryArray::try_new(keys, Arc::new(values))?))
        }
        TextLayout::Utf8 | TextLayout::LargeUtf8 | TextLayout::Utf8View => {
            gather(layout, &words.texts, &words.keys(rows, |key| key), nulls)
        }
    }
}

/// The different words of a column in some parts.
struct Words<'a> {
    texts: Vec<&'a str>,
    /// By answer: the place of its word among the texts.
    keys: Vec<Option<u32>>,
    has_nulls: bool,
}

impl<'a> Words<'a> {
    fn of(column: ResultColumn, rows: &Decided<'a>) -> Self {
        let answers = rows.answers;
        let mut words = Self { texts: Vec::new(), keys: vec![None; answers.len()], has_nulls: false };
        let mut keys: Vec<Option<u32>> = vec![None; answers.word_count(column) + 1];
        for answer in &rows.distinct {
            let word = answers.word(*answer, column);
            words.keys[*answer as usize] = match answers.text(column, word) {
                None => {
                    words.has_nulls = true;
                    None
                }
                Some(text) => Some(*keys[word as usize].get_or_insert_with(|| {
                    words.texts.push(text);
                    words.texts.len() as u32 - 1
                })),
            };
        }
        words
    }

    /// The place of the text of each row; 0 where there is none.
    fn keys<K>(&self, rows: &Decided<'_>, key: impl Fn(u32) -> K) -> Vec<K> {
        let by_answer: Vec<u32> = self.keys.iter().map(|key| key.unwrap_or(0)).collect();
        let mut keys = Vec::with_capacity(rows.rows());
        for part in rows.parts {
            keys.extend(part.answers.iter().map(|answer| key(by_answer[*answer as usize])));
        }
        keys
    }

    fn nulls(&self, rows: &Decided<'_>) -> Option<NullBuffer> {
        self.has_nulls.then(|| {
            let mut nulls = BooleanBufferBuilder::new(rows.rows());
            for part in rows.parts {
                let is_there = |row| self.keys[part.answers[row] as usize].is_some();
                nulls.append_buffer(&BooleanBuffer::collect_bool(part.answers.len(), is_there));
            }
            nulls.finish().into()
        })
    }
}

/// How many of the parts, but at least one, fit into one dictionary of each column.
pub(super) fn fitting(parts: &[BatchPart], plan: &AuditedColumns, answers: &Answers) -> Fit {
    let mut fit = Fit { parts: parts.len(), full: None };
    if plan.layout != TextLayout::Dictionary {
        return fit;
    }
    for column in plan.select.iter().filter(|column| !column.holds_mac()) {
        if answers.word_count(*column) <= MOST_TEXTS {
            continue;
        }
        let mut is_known = vec![false; answers.word_count(*column) + 1];
        let mut known = 0;
        for (index, part) in parts[..fit.parts].iter().enumerate() {
            for (answer, _) in &part.distinct {
                let word = answers.word(*answer, *column);
                known += usize::from(word > 0 && !std::mem::replace(&mut is_known[word as usize], true));
            }
            if known > MOST_TEXTS && index > 0 {
                fit = Fit { parts: index, full: Some(*column) };
                break;
            }
        }
    }
    fit
}

/// How many parts fit into one batch.
pub(super) struct Fit {
    pub(super) parts: usize,
    /// The column that takes no more.
    pub(super) full: Option<ResultColumn>,
}
