//! A part of a batch: so many rows that their answers stay in a cache, and the unit that threads share out.

use std::ops::Range;
use std::sync::Mutex;

use arrow_array::{Array, StringArray};

use super::AuditError;
use super::array_cells::Cells;
use super::audited_columns::AuditedColumns;
use crate::audit::{AnswerId, Answers, Identity, Memo, Place};
use crate::destination::Request;
use crate::fleet::FleetRow;
use crate::inventory::InventoryField;
use crate::phone::{Mac, Phone};
use crate::rulebook::RuleBook;

/// How many rows a part has at most.
pub(super) const ROWS: usize = 8192;
/// How many rows are read before they are decided: their cells stay in the nearest cache.
const BLOCK: usize = 512;

/// The answers to the rows of a part.
pub(super) struct BatchPart {
    pub(super) answers: Vec<AnswerId>,
    /// The MAC address of each row, if it is asked for.
    pub(super) macs: Vec<Option<Mac>>,
    /// The different answers, in the order in which they came, and how often.
    pub(super) distinct: Vec<(AnswerId, usize)>,
}

/// A batch, as all threads see it.
pub(super) struct Input<'a> {
    pub(super) plan: &'a AuditedColumns,
    pub(super) rows: RowsOf<'a>,
    pub(super) answers: &'a Mutex<Answers>,
}

/// What the rows of a batch are made of.
pub(super) enum RowsOf<'a> {
    /// Cells of a table.
    Cells {
        /// The columns that rows are read from, in the order of the plan.
        cells: Vec<Cells<'a>>,
        /// Rows that are broken as a whole, with a text that nobody can read.
        broken: Option<&'a StringArray>,
    },
    /// Phones that were read before.
    Phones(&'a [FleetRow]),
}

impl<'a> RowsOf<'a> {
    fn cells(&self) -> &[Cells<'a>] {
        match self {
            Self::Cells { cells, .. } => cells,
            Self::Phones(_) => &[],
        }
    }
}

/// What a thread keeps from part to part.
pub(super) struct Worker {
    memo: Memo,
    /// By answer: how many rows of this part have it.
    counts: Vec<usize>,
    codes: Option<CodeTable>,
}

/// The places of combinations by the codes of their dictionaries, for one batch: a slot holds the last code that came by.
struct CodeTable {
    slots: Vec<(u64, Option<Place>)>,
    /// What the code of each column counts.
    strides: Vec<u64>,
    generation: u32,
}

impl CodeTable {
    const SLOTS: usize = 1 << Self::BITS;
    const BITS: u32 = 12;

    /// None if some column of the combination is no dictionary, or if 64 bits cannot number all combinations.
    fn new(columns: &[Cells<'_>], generation: u32) -> Option<Self> {
        let mut size = 1_u64;
        let mut strides = Vec::with_capacity(columns.len());
        for column in columns {
            let Cells::Dictionary { values, .. } = column else { return None };
            strides.push(size);
            size = size.checked_mul(values.len() as u64)?;
        }
        Some(Self { slots: vec![(0, None); Self::SLOTS], strides, generation })
    }

    /// The number of the combination of a row.
    fn code(&self, columns: &[Cells<'_>], row: usize) -> u64 {
        let code = |(column, stride): (&Cells<'_>, &u64)| match column {
            Cells::Dictionary { codes, .. } => u64::from(codes[row]) * stride,
            _ => 0,
        };
        columns.iter().zip(&self.strides).map(code).sum()
    }

    /// Forgets what the memory does not know any more.
    fn renew(&mut self, generation: u32) {
        if self.generation != generation {
            self.slots.fill((0, None));
            self.generation = generation;
        }
    }

    #[inline]
    fn slot(&mut self, code: u64) -> &mut (u64, Option<Place>) {
        // The highest bits of the product depend on all bits of the code.
        const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
        &mut self.slots[(code.wrapping_mul(GOLDEN) >> (u64::BITS - Self::BITS)) as usize]
    }
}

impl Worker {
    pub(super) fn new(book: &RuleBook, request: &Request) -> Self {
        Self { memo: Memo::new(book.clone(), vec![request.clone()]), counts: Vec::new(), codes: None }
    }

    /// Forgets every answer.
    pub(super) fn clear(&mut self) {
        self.memo.clear();
        self.counts.clear();
    }

    /// Prepares for a batch.
    pub(super) fn begin(&mut self, input: &Input<'_>) {
        self.codes = match &input.rows {
            RowsOf::Cells { cells, .. } => CodeTable::new(&cells[..input.plan.combination], self.memo.generation()),
            RowsOf::Phones(_) => None,
        };
    }

    /// Decides about these rows.
    pub(super) fn part(&mut self, input: &Input<'_>, rows: Range<usize>) -> Result<BatchPart, AuditError> {
        let wants_macs = input.plan.select.iter().any(|column| column.holds_mac());
        let mut part = BatchPart {
            answers: Vec::with_capacity(rows.len()),
            macs: Vec::with_capacity(if wants_macs { rows.len() } else { 0 }),
            distinct: Vec::new(),
        };
        let mut block = Block::new(input, self.codes.is_some());
        for begin in rows.clone().step_by(BLOCK) {
            let rows = begin..rows.end.min(begin + BLOCK);
            self.memo.make_room(BLOCK);
            match &input.rows {
                RowsOf::Cells { .. } => {
                    block.read(rows)?;
                    self.find_places(&mut block);
                }
                RowsOf::Phones(phones) => block.find_phones(&phones[rows], &mut self.memo),
            }
            for (place, identity) in block.places.iter().zip(&block.identities) {
                let answer = self.memo.answer(*place, *identity, 0, input.answers);
                part.answers.push(answer);
                self.count(answer, &mut part.distinct);
            }
            if wants_macs {
                part.macs.extend(block.identities.iter().map(Identity::mac));
            }
        }
        for (answer, times) in &mut part.distinct {
            *times = std::mem::take(&mut self.counts[*answer as usize]);
        }
        Ok(part)
    }

    fn count(&mut self, answer: AnswerId, distinct: &mut Vec<(AnswerId, usize)>) {
        let index = answer as usize;
        if index >= self.counts.len() {
            self.counts.resize(index + 1, 0);
        }
        if self.counts[index] == 0 {
            distinct.push((answer, 0));
        }
        self.counts[index] += 1;
    }

    /// Finds the places of the combinations of a block.
    fn find_places(&mut self, block: &mut Block<'_, '_>) {
        block.places.clear();
        match &mut self.codes {
            None => {
                for row in 0..block.rows {
                    let cells = block.combination(row);
                    block.places.push(self.memo.place(cells.iter().copied(), || block.phone(cells)));
                }
            }
            Some(table) => {
                table.renew(self.memo.generation());
                for row in 0..block.rows {
                    let code = table.code(block.columns(), block.begin + row);
                    let slot = table.slot(code);
                    let place = match *slot {
                        (known, Some(place)) if known == code => place,
                        _ => {
                            let cells = block.decoded(row);
                            self.memo.place(cells.iter().copied(), || block.phone(&cells))
                        }
                    };
                    *slot = (code, Some(place));
                    block.places.push(place);
                }
            }
        }
        for row in 0..block.rows {
            if let Some(text) = block.broken(row) {
                block.places[row] = self.memo.place_of_broken(text);
                block.identities[row] = Identity::NOTHING;
            }
        }
    }
}

/// Some rows, read column by column.
struct Block<'i, 'a> {
    input: &'i Input<'a>,
    begin: usize,
    rows: usize,
    /// The cells of the combination, by row, then by column; not read where the codes of dictionaries tell enough.
    cells: Vec<&'a [u8]>,
    is_coded: bool,
    identities: Vec<Identity>,
    places: Vec<Place>,
}

impl<'i, 'a> Block<'i, 'a> {
    fn new(input: &'i Input<'a>, is_coded: bool) -> Self {
        let has_cells = !is_coded && matches!(input.rows, RowsOf::Cells { .. });
        let cells = vec![&b""[..]; if has_cells { BLOCK * input.plan.combination } else { 0 }];
        let (identities, places) = (Vec::with_capacity(BLOCK), Vec::with_capacity(BLOCK));
        Self { input, begin: 0, rows: 0, cells, is_coded, identities, places }
    }

    fn read(&mut self, rows: Range<usize>) -> Result<(), AuditError> {
        (self.begin, self.rows) = (rows.start, rows.len());
        self.identities.clear();
        self.identities.resize(rows.len(), Identity::NOTHING);
        let (plan, width, identities) = (self.input.plan, self.input.plan.combination, &mut self.identities);
        for (index, column) in self.input.rows.cells().iter().enumerate() {
            let rows = rows.clone();
            match plan.field(index) {
                field @ (InventoryField::Mac | InventoryField::Serial) if plan.is_everyday(index) => {
                    column.each(rows, |row, cell| identities[row].hear_everyday(field, cell))
                }
                InventoryField::Serial if plan.is_of_udi(index) => {
                    column.each(rows, |row, cell| identities[row].hear_serial(plan.cell(index, cell).bytes))
                }
                InventoryField::Mac => column.each(rows, |row, cell| identities[row].hear_mac(cell)),
                InventoryField::Serial if plan.has_one_serial() => {
                    column.each(rows, |row, cell| identities[row].hear_only_serial(cell))
                }
                InventoryField::Serial => column.each(rows, |row, cell| identities[row].hear_serial(cell)),
                _ if self.is_coded => Ok(()),
                _ => column.each(rows, |row, cell| self.cells[row * width + index] = cell),
            }
            .map_err(|fault| plan.error(index, fault))?;
        }
        Ok(())
    }

    /// Finds the places of phones that were read before.
    fn find_phones(&mut self, phones: &[FleetRow], memo: &mut Memo) {
        self.places.clear();
        self.identities.clear();
        self.places.extend(phones.iter().map(|row| memo.place_of_phone(row.phone())));
        self.identities.extend(phones.iter().map(|row| Identity::of(row.phone())));
    }

    /// The columns of the combination.
    fn columns(&self) -> &'i [Cells<'a>] {
        &self.input.rows.cells()[..self.input.plan.combination]
    }

    fn combination(&self, row: usize) -> &[&'a [u8]] {
        let width = self.input.plan.combination;
        &self.cells[row * width..][..width]
    }

    /// The same where codes stand for the cells.
    fn decoded(&self, row: usize) -> Vec<&'a [u8]> {
        let cell = |column: &Cells<'a>| match column {
            Cells::Dictionary { codes, values } => values[codes[self.begin + row] as usize],
            _ => b"",
        };
        self.columns().iter().map(cell).collect()
    }

    /// The phone of a combination.
    fn phone(&self, combination: &[&'a [u8]]) -> Phone<'static> {
        let plan = self.input.plan;
        let is_of =
            |field| move |(column, _): &(usize, _)| !plan.is_registration(*column) && plan.field(*column) == field;
        let cell = |(index, bytes): (usize, &'a [u8])| plan.cell(index, bytes);
        let cells = |field| combination.iter().copied().enumerate().filter(is_of(field)).map(cell);
        let status = |column| combination.get(plan.place_of_registration(column)?).copied();
        plan.columns.phone(cells, status).into_owned()
    }

    /// What stands for a row that is broken as a whole.
    fn broken(&self, row: usize) -> Option<&'a str> {
        let RowsOf::Cells { broken: Some(broken), .. } = &self.input.rows else { return None };
        let row = self.begin + row;
        broken.is_valid(row).then(|| broken.value(row))
    }
}
