//! Rows of CSV with their answers: whatever a row comes from, its texts are those of the assessment of its phone. Tables of
//! Arrow take the same answers from the same memory ([`Memo`], [`Answers`]), column by column.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use super::answer_columns::{AnswerId, Answers, MAC};
use super::answer_memory::{Memo, Place};
use super::phone_identity::Identity;
use crate::destination::Request;
use crate::fleet::{ResultColumn, Summary, result_columns};
use crate::phone::Phone;
use crate::rulebook::RuleBook;

/// Decides about phones, one after another, and counts the answers: what is written of a phone and what is counted of it
/// cannot differ.
pub(crate) struct ResultRows {
    memo: Memo,
    answers: Mutex<Answers>,
    /// By request, then by answer: how many phones got it since the answers were forgotten.
    counts: Vec<Vec<usize>>,
    summaries: Vec<Summary>,
    /// The answers about the last phone, by request.
    row: Vec<AnswerId>,
    identity: Identity,
}

impl ResultRows {
    pub(crate) fn new(book: &RuleBook, requests: &[Request]) -> Self {
        Self {
            memo: Memo::new(book.clone(), requests.to_vec()),
            answers: Mutex::default(),
            counts: vec![Vec::new(); requests.len()],
            summaries: requests.iter().map(|request| Summary::new(book.clone(), request.clone())).collect(),
            row: vec![0; requests.len()],
            identity: Identity::NOTHING,
        }
    }

    /// Decides about a phone that was read.
    pub(crate) fn decide_phone(&mut self, phone: &Phone<'_>) {
        self.decide(|memo| (memo.place_of_phone(phone), Identity::of(phone)));
    }

    /// Decides about the phone whose place in the memory `find` finds or makes.
    pub(crate) fn decide(&mut self, find: impl FnOnce(&mut Memo) -> (Place, Identity)) {
        if self.answers.get_mut().unwrap_or_else(PoisonError::into_inner).is_full() {
            self.forget();
        }
        self.memo.make_room(1);
        let (place, identity) = find(&mut self.memo);
        self.identity = identity;
        for (request, (id, counts)) in self.row.iter_mut().zip(&mut self.counts).enumerate() {
            *id = self.memo.answer(place, identity, request, &self.answers);
            let index = *id as usize;
            if index >= counts.len() {
                counts.resize(index + 1, 0);
            }
            counts[index] += 1;
        }
    }

    /// Hands over the texts of the result columns of the last phone, request by request; an empty text where there is none.
    pub(crate) fn each_text<E>(&mut self, mut take: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        let answers = self.answers.get_mut().unwrap_or_else(PoisonError::into_inner);
        for (request, answer) in self.row.iter().enumerate() {
            for column in result_columns(request) {
                take(&text(answers, *answer, *column, self.identity))?;
            }
        }
        Ok(())
    }

    /// Answers that are forgotten are counted before.
    fn forget(&mut self) {
        let answers = std::mem::take(self.answers.get_mut().unwrap_or_else(PoisonError::into_inner));
        for (counts, summary) in self.counts.iter_mut().zip(&mut self.summaries) {
            for (answer, times) in counts.iter().enumerate().filter(|(_, times)| **times > 0) {
                answers.count(answer as AnswerId, *times, summary);
            }
            counts.clear();
        }
        self.memo.clear();
    }

    /// The answers counted, by request.
    pub(crate) fn into_summaries(mut self) -> Vec<Summary> {
        self.forget();
        self.summaries
    }
}

fn text<'a>(answers: &'a Answers, answer: AnswerId, column: ResultColumn, identity: Identity) -> Cow<'a, str> {
    let text = answers.text(column, answers.word(answer, column)).unwrap_or_default();
    match identity.mac() {
        Some(mac) if column.holds_mac() => text.replace(MAC, &mac.to_string()).into(),
        _ => text.into(),
    }
}
