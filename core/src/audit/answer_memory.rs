//! What was decided before.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use foldhash::fast::RandomState;

use super::answer_columns::{AnswerId, Answers};
use super::phone_identity::{Identity, Kind};
use crate::destination::Request;
use crate::inventory::Combinations;
use crate::phone::{Mac, Phone};
use crate::rulebook::RuleBook;

/// Remembers combinations of cells, and their answers.
pub(crate) struct Memo {
    book: RuleBook,
    requests: Vec<Request>,
    combinations: Combinations<Combination>,
    generation: u32,
    /// Answers that are remembered for one month of manufacture, in all combinations.
    months: usize,
}

/// At most about this many: some megabytes.
const MOST_MONTHS: usize = 1 << 16;

pub(crate) use crate::inventory::Place;

/// A phone without the identity that differs from row to row.
struct Combination {
    phone: Phone<'static>,
    /// The MAC address that its product text holds.
    mac: Option<Mac>,
    /// By request, then by kind of identity.
    answers: Box<[Option<AnswerId>]>,
    /// Whether some answer depends on the month of manufacture.
    asks_for_month: bool,
    /// Then the answers for phones whose serial tells the month, by place among the answers and by month.
    of_months: HashMap<(usize, u16), AnswerId, RandomState>,
}

impl Memo {
    pub(crate) fn new(book: RuleBook, requests: Vec<Request>) -> Self {
        Self { book, requests, combinations: Combinations::default(), generation: 0, months: 0 }
    }

    /// Forgets everything; places from before mean nothing any more.
    pub(crate) fn clear(&mut self) {
        self.combinations.clear();
        self.months = 0;
        self.generation = self.generation.wrapping_add(1);
    }

    /// How often it was emptied.
    #[cfg(feature = "arrow")]
    pub(crate) fn generation(&self) -> u32 {
        self.generation
    }

    /// The place of these cells; `phone` reads them the first time. Of MAC address and serial number nothing is kept.
    #[inline]
    pub(crate) fn place<'c>(
        &mut self,
        cells: impl Iterator<Item = &'c [u8]> + Clone,
        phone: impl FnOnce() -> Phone<'static>,
    ) -> Place {
        self.place_of_cells(false, cells, phone)
    }

    /// The place of a row that is broken as a whole.
    pub(crate) fn place_of_broken(&mut self, text: &str) -> Place {
        self.place_of_cells(true, std::iter::once(text.as_bytes()), || Phone::new(text).into_owned())
    }

    #[inline]
    fn place_of_cells<'c>(
        &mut self,
        is_broken: bool,
        cells: impl Iterator<Item = &'c [u8]> + Clone,
        phone: impl FnOnce() -> Phone<'static>,
    ) -> Place {
        let Self { book, requests, combinations, .. } = self;
        combinations.place(is_broken, cells, || Combination::of(phone(), book, requests))
    }

    /// The place of a phone, whatever its MAC address and serial number.
    pub(crate) fn place_of_phone(&mut self, phone: &Phone<'_>) -> Place {
        let Self { book, requests, combinations, .. } = self;
        combinations.place_of_value(
            |hasher| phone.hash_without_identity(hasher),
            |combination| combination.phone.differs_in_identity_only(phone),
            || {
                let mut phone = phone.clone().into_owned();
                phone.forget_identity(false);
                Combination::of(phone, book, requests)
            },
            phone.text_size(),
        )
    }

    /// Forgets everything if so many rows may be too many. Until the next time, places stay.
    pub(crate) fn make_room(&mut self, rows: usize) {
        if self.months > MOST_MONTHS || self.combinations.make_room(rows) {
            self.clear();
        }
    }

    /// The answer for the phone of this place and identity. A new one goes to `answers`.
    #[inline]
    pub(crate) fn answer(
        &mut self,
        place: Place,
        identity: Identity,
        request: usize,
        answers: &Mutex<Answers>,
    ) -> AnswerId {
        let combination = self.combinations.value(place);
        let identity = identity.or_contradictory(&combination.phone);
        let kind = match combination.mac {
            None => identity.kind(),
            Some(mac) => identity.kind_beside(mac),
        };
        let asked = Asked { request, kind, month: if combination.asks_for_month { identity.month() } else { None } };
        match combination.known(asked) {
            Some(id) => id,
            None => self.decide(place, identity, asked, answers),
        }
    }

    #[cold]
    fn decide(&mut self, place: Place, identity: Identity, asked: Asked, answers: &Mutex<Answers>) -> AnswerId {
        let combination = self.combinations.value(place);
        let (mac, serial) = identity.evidence();
        let phone = combination.phone.clone().mac(mac).serial(serial);
        let assessment = self.book.assess_request(&phone, &self.requests[asked.request]);
        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
        let id = answers.add(&assessment, asked.kind.has_mac_of_row());
        match asked.month {
            None => combination.answers[asked.index()] = Some(id),
            Some(month) => {
                combination.of_months.insert((asked.index(), month), id);
                self.months += 1;
            }
        }
        id
    }
}

/// What the answer for a phone depends on besides its combination.
#[derive(Clone, Copy)]
struct Asked {
    request: usize,
    kind: Kind,
    /// Only where some answer depends on it.
    month: Option<u16>,
}

impl Asked {
    /// The place among the answers of a combination.
    fn index(self) -> usize {
        self.request * Kind::COUNT + self.kind.index()
    }
}

impl Combination {
    #[cold]
    fn of(phone: Phone<'static>, book: &RuleBook, requests: &[Request]) -> Self {
        let product = phone.product().known();
        let mac = product.and_then(|product| product.mac());
        let mut destinations = requests.iter().map(Request::destination);
        // What a notice says of 3PCC products, it says of all units.
        let asks_for_month = product
            .filter(|product| !product.is_marked_3pcc())
            .is_some_and(|product| destinations.any(|destination| book.asks_for_month(product.model(), destination)));
        let answers = vec![None; Kind::COUNT * requests.len()].into();
        Self { phone, mac, answers, asks_for_month, of_months: HashMap::default() }
    }

    #[inline]
    fn known(&self, asked: Asked) -> Option<AnswerId> {
        match asked.month {
            None => self.answers[asked.index()],
            Some(month) => self.of_months.get(&(asked.index(), month)).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::runs;
    use crate::destination::Destination;

    /// CG406 names the month in its message, which no result column holds.
    #[test]
    fn a_phone_is_decided_anew_for_its_month_only_where_advice_of_the_destination_asks_for_it() {
        for (pid, destination, decisions) in [
            ("CP-8841-K9=", Destination::WebexCalling, 1),
            ("CP-8841-K9=", Destination::ThirdParty, 3),
            ("CP-8841-K9=", Destination::UnifiedCm, 3),
            ("CP-8841-3PCC-K9=", Destination::ThirdParty, 1),
            ("CP-8861-K9=", Destination::WebexCalling, 1),
        ] {
            let mut memo = Memo::new(RuleBook::field().clone(), vec![Request::to(destination)]);
            let answers = Mutex::default();
            let decided = runs::of(|| {
                for serial in ["FCH20100312", "FCH26300123", "FCH26310124", "FCH27300125", "FCH20110312"] {
                    let phone = Phone::new(pid).serial(serial);
                    let place = memo.place_of_phone(&phone);
                    memo.answer(place, Identity::of(&phone), 0, &answers);
                }
            });
            assert_eq!(decided, decisions, "{pid} to {destination}");
        }
    }
}
