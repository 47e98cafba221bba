//! The result columns of some parts.

use std::sync::Arc;

use arrow_array::{ArrayRef, DictionaryArray, Int16Array, UInt32Array};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::ArrowError;
use arrow_select::take::take;

use super::TextLayout;
use super::layout::plain;
use super::part::Part;
use super::plan::Plan;
use super::texts::with_macs;
use crate::audit::{AnswerId, Answers, ResultColumn, WordId};

/// How many different texts a dictionary with 16-bit keys can hold.
const MOST_TEXTS: usize = 1 << 15;

/// One result column, for the rows of these parts.
///
/// Words are numbered as they come, so that the column depends on nothing but its rows.
pub(super) fn column(
    column: ResultColumn,
    layout: TextLayout,
    parts: &[Part],
    answers: &Answers,
) -> Result<ArrayRef, ArrowError> {
    if column.holds_mac() {
        return with_macs(column, layout, parts, answers);
    }
    let words = Words::of(column, parts, answers);
    let values = plain(layout, words.texts.iter().copied());
    let nulls = words.nulls(parts);
    Ok(match layout {
        TextLayout::Dictionary => {
            let keys = Int16Array::new(words.keys(parts, |key| key as i16), nulls);
            Arc::new(DictionaryArray::try_new(keys, values)?)
        }
        TextLayout::Utf8 | TextLayout::LargeUtf8 | TextLayout::Utf8View => {
            take(&values, &UInt32Array::new(words.keys(parts, |key| key), nulls), None)?
        }
    })
}

/// The different words of a column in some parts.
struct Words<'a> {
    texts: Vec<&'a str>,
    /// By answer: the place of its word among the texts.
    keys: Vec<Option<u32>>,
    has_nulls: bool,
}

impl<'a> Words<'a> {
    fn of(column: ResultColumn, parts: &[Part], answers: &'a Answers) -> Self {
        let mut words = Self { texts: Vec::new(), keys: vec![None; answers.len()], has_nulls: false };
        let mut keys: Vec<Option<u32>> = vec![None; answers.word_count(column) + 1];
        for answer in distinct(parts) {
            let word = answers.word(answer, column);
            words.keys[answer as usize] = match answers.text(column, word) {
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

    fn keys<K, B: FromIterator<K>>(&self, parts: &[Part], key: impl Fn(u32) -> K) -> B {
        let keys: Vec<u32> = self.keys.iter().map(|key| key.unwrap_or(0)).collect();
        parts.iter().flat_map(|part| &part.answers).map(|answer| key(keys[*answer as usize])).collect()
    }

    fn nulls(&self, parts: &[Part]) -> Option<NullBuffer> {
        self.has_nulls.then(|| {
            let rows = parts.iter().flat_map(|part| &part.answers);
            rows.map(|answer| self.keys[*answer as usize].is_some()).collect::<BooleanBuffer>().into()
        })
    }
}

/// The different answers of parts, in the order in which they came; an answer may come once for each part.
pub(super) fn distinct(parts: &[Part]) -> impl Iterator<Item = AnswerId> {
    parts.iter().flat_map(|part| &part.distinct).map(|(answer, _)| *answer)
}

/// How many of the parts, but at least one, fit into one dictionary of each column.
pub(super) fn fitting(parts: &[Part], plan: &Plan, answers: &Answers) -> Fit {
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
                let word: WordId = answers.word(*answer, *column);
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
