//! A part of a batch: so many rows that their answers stay in a cache, and the unit that threads share out.

use std::ops::Range;
use std::sync::Mutex;

use arrow_array::{Array, StringArray};

use super::AuditError;
use super::cells::Cells;
use super::plan::Plan;
use crate::audit::{AnswerId, Answers, Identity, Memo, Place, SaidMac};
use crate::destination::Request;
use crate::inventory::row::phone;
use crate::phone::{Mac, Phone};
use crate::rulebook::RuleBook;

/// How many rows a part has at most.
pub(super) const ROWS: usize = 8192;
/// How many rows are read before they are decided: their cells stay in the nearest cache.
const BLOCK: usize = 512;

/// The answers to the rows of a part.
pub(super) struct Part {
    pub(super) answers: Vec<AnswerId>,
    /// The MAC address of each row, if it is asked for.
    pub(super) macs: Vec<Option<Mac>>,
    /// The different answers, in the order in which they came, and how often.
    pub(super) distinct: Vec<(AnswerId, usize)>,
}

/// A batch, as all threads see it.
pub(super) struct Input<'a> {
    pub(super) plan: &'a Plan,
    /// The columns that rows are read from, in the order of the plan.
    pub(super) cells: Vec<Cells<'a>>,
    /// Rows that are broken as a whole, with a text that nobody can read.
    pub(super) broken: Option<&'a StringArray>,
    pub(super) answers: &'a Mutex<Answers>,
}

/// What a thread keeps from part to part.
pub(super) struct Worker {
    memo: Memo,
    /// By answer: 1 + its place among the different answers of this part, or 0.
    seen: Vec<u32>,
    codes: Option<CodeTable>,
}

/// The places of combinations by the codes of their dictionaries, for one batch.
struct CodeTable {
    places: Vec<Option<Place>>,
    /// What the code of each column counts.
    strides: Vec<usize>,
    generation: u32,
}

impl CodeTable {
    /// None if some column of the combination is no dictionary, or if there would be more places than rows.
    fn new(columns: &[Cells<'_>], rows: usize) -> Option<Self> {
        let mut size = 1_usize;
        let mut strides = Vec::with_capacity(columns.len());
        for column in columns {
            let Cells::Dictionary { values, .. } = column else { return None };
            strides.push(size);
            size = size.checked_mul(values.len()).filter(|size| *size <= rows)?;
        }
        Some(Self { places: vec![None; size], strides, generation: 0 })
    }

    fn code(&self, columns: &[Cells<'_>], row: usize) -> usize {
        let code = |(column, stride): (&Cells<'_>, &usize)| match column {
            Cells::Dictionary { codes, .. } => codes[row] as usize * stride,
            _ => 0,
        };
        columns.iter().zip(&self.strides).map(code).sum()
    }
}

impl Worker {
    pub(super) fn new(book: &RuleBook, request: &Request) -> Self {
        Self { memo: Memo::new(book.clone(), vec![request.clone()]), seen: Vec::new(), codes: None }
    }

    /// Forgets every answer.
    pub(super) fn clear(&mut self) {
        self.memo.clear();
        self.seen.clear();
    }

    /// Prepares for a batch.
    pub(super) fn begin(&mut self, input: &Input<'_>, rows: usize) {
        self.codes = CodeTable::new(&input.cells[..input.plan.combination], rows);
    }

    /// Decides about these rows.
    pub(super) fn part(&mut self, input: &Input<'_>, rows: Range<usize>) -> Result<Part, AuditError> {
        let wants_macs = input.plan.select.iter().any(|column| column.holds_mac());
        let mut part = Part {
            answers: Vec::with_capacity(rows.len()),
            macs: Vec::with_capacity(if wants_macs { rows.len() } else { 0 }),
            distinct: Vec::new(),
        };
        let mut block = Block::new(input);
        let (begin, end) = (rows.start, rows.end);
        for begin in (begin..end).step_by(BLOCK) {
            block.read(begin..end.min(begin + BLOCK))?;
            let mut last = None;
            for row in 0..block.len() {
                let (place, identity) = match block.broken(row) {
                    Some(text) => (self.memo.place_of_broken(text), Identity::NOTHING),
                    None => (self.place(&block, row, last), block.identity(row)),
                };
                last = block.broken(row).is_none().then_some(place);
                let answer = self.memo.answer(place, identity, 0, input.answers);
                part.answers.push(answer);
                if wants_macs {
                    part.macs.push(match identity.mac {
                        SaidMac::Known(mac) => Some(mac),
                        SaidMac::Nothing | SaidMac::Unreadable => None,
                    });
                }
                self.count(answer, &mut part.distinct);
            }
        }
        part.distinct.iter().for_each(|(answer, _)| self.seen[*answer as usize] = 0);
        Ok(part)
    }

    fn count(&mut self, answer: AnswerId, distinct: &mut Vec<(AnswerId, usize)>) {
        let answer = answer as usize;
        if answer >= self.seen.len() {
            self.seen.resize(answer + 1, 0);
        }
        match self.seen[answer] {
            0 => {
                distinct.push((answer as AnswerId, 1));
                self.seen[answer] = distinct.len() as u32;
            }
            place => distinct[place as usize - 1].1 += 1,
        }
    }

    /// The place of the combination of a row; `last` is that of the row before.
    fn place(&mut self, block: &Block<'_, '_>, row: usize, last: Option<Place>) -> Place {
        let Some(table) = &mut self.codes else {
            return match last {
                Some(last) if block.repeats(row) => last,
                _ => self.memo.place(block.combination(row), || block.phone(row)),
            };
        };
        if table.generation != self.memo.generation() {
            table.places.fill(None);
            table.generation = self.memo.generation();
        }
        let code = table.code(block.columns(), block.begin + row);
        if let Some(place) = table.places[code] {
            return place;
        }
        let place = self.memo.place(block.combination(row), || block.phone(row));
        if table.generation == self.memo.generation() {
            table.places[code] = Some(place);
        }
        place
    }
}

/// The cells of some rows.
struct Block<'i, 'a> {
    input: &'i Input<'a>,
    begin: usize,
    rows: usize,
    /// By column, then by row; nothing for dictionaries, whose cells are found by their codes.
    cells: Vec<Vec<&'a [u8]>>,
}

impl<'i, 'a> Block<'i, 'a> {
    fn new(input: &'i Input<'a>) -> Self {
        let cells = input.cells.iter().map(|_| Vec::with_capacity(BLOCK)).collect();
        Self { input, begin: 0, rows: 0, cells }
    }

    fn read(&mut self, rows: Range<usize>) -> Result<(), AuditError> {
        (self.begin, self.rows) = (rows.start, rows.len());
        for (index, (column, cells)) in self.input.cells.iter().zip(&mut self.cells).enumerate() {
            cells.clear();
            if !matches!(column, Cells::Dictionary { .. }) {
                column.read(rows.clone(), cells).map_err(|error| self.input.plan.malformed(index, error))?;
            }
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.rows
    }

    fn cell(&self, column: usize, row: usize) -> &'a [u8] {
        match &self.input.cells[column] {
            Cells::Dictionary { codes, values } => values[codes[self.begin + row] as usize],
            _ => self.cells[column][row],
        }
    }

    /// The columns of the combination.
    fn columns(&self) -> &'i [Cells<'a>] {
        &self.input.cells[..self.input.plan.combination]
    }

    fn combination(&self, row: usize) -> impl Iterator<Item = &'a [u8]> {
        (0..self.input.plan.combination).map(move |column| self.cell(column, row))
    }

    /// Whether the combination is that of the row before.
    fn repeats(&self, row: usize) -> bool {
        row > 0 && self.combination(row).eq(self.combination(row - 1))
    }

    fn identity(&self, row: usize) -> Identity {
        let plan = self.input.plan;
        let serials = plan.combination + plan.macs;
        let cells = |columns: Range<usize>| columns.map(move |column| self.cell(column, row));
        Identity::read(cells(plan.combination..serials), cells(serials..self.cells.len()))
    }

    /// The phone of a row, but for its identity.
    fn phone(&self, row: usize) -> Phone<'static> {
        let columns =
            |field| (0..self.input.plan.combination).filter(move |column| self.input.plan.field(*column) == field);
        phone(|field| columns(field).map(|column| self.cell(column, row))).into_owned()
    }

    /// What stands for a row that is broken as a whole.
    fn broken(&self, row: usize) -> Option<&'a str> {
        let broken = self.input.broken?;
        let row = self.begin + row;
        broken.is_valid(row).then(|| broken.value(row))
    }
}
