//! One phone of what its rows say.

use super::claims::{AllClaims, Claims, Named, Running, Side, rank};
use crate::assess::{Field, Verdict};
use crate::destination::{Destination, Request};
use crate::firmware::FirmwareType;
use crate::fleet::{Conflict, ConflictValue, FleetRow, Origin, RowLabel, Source, SourceKind, Trail};
use crate::phone::{Mac, Phone};
use crate::rulebook::RuleBook;
use crate::rulebook::rows::LicenseNeed;

/// The fields of which a choice between two values can change an answer.
const DECISIVE: [Field; 5] = [Field::Pid, Field::Vid, Field::Load, Field::FirmwareType, Field::Authorization];

/// So many ways to choose are tried; with more, no choice is trusted.
const MOST_WAYS: usize = 256;

/// The phone that these rows are.
pub(in crate::inventory) fn phone(mut rows: Vec<FleetRow>, sources: &[Source]) -> FleetRow {
    rows.sort_by_key(|row| (rank(row.origin(), sources), !is_registered(row)));
    let set_aside = set_aside(&mut rows, sources);
    if rows.len() == 1 && set_aside.is_empty() {
        return rows.swap_remove(0);
    }
    let claims = AllClaims::of(&rows, sources);
    let mac = rows.iter().find_map(|row| row.phone().mac_evidence().known());
    let mac = mac.or_else(|| rows.iter().find_map(|row| row.phone().product().known()?.mac()));
    let ways = Ways { claims: &claims, mac };
    let open = ways.open_fields();
    let phone = ways.settled(&open);

    let mut trail = Trail {
        rows: rows
            .iter()
            .flat_map(|row| row.trail().map_or(vec![row.origin()], |trail| trail.rows().to_vec()))
            .collect(),
        set_aside: rows.iter().filter_map(FleetRow::trail).flat_map(Trail::set_aside).copied().collect(),
        ..claims.trail(&open)
    };
    trail.rows.extend(&set_aside);
    trail.set_aside.extend(set_aside);
    if let Some(row) = rows.iter().find(|row| row.phone().mac_evidence().known().is_some()) {
        let origin = row.trail().and_then(|trail| trail.origin(Field::Mac)).unwrap_or(row.origin());
        trail.fields.push((Field::Mac, origin));
    }
    let origin = rows.first().map_or(Origin::new(0, 0), FleetRow::origin);
    let problems: Vec<&str> = rows.iter().filter_map(FleetRow::problem).collect();
    let problem = (!problems.is_empty()).then(|| problems.join("; "));
    FleetRow::at(origin, phone).labeled(label(&rows)).with_problem(problem).with_trail(trail)
}

fn is_registered(row: &FleetRow) -> bool {
    let status = row.label().and_then(|label| label.status.as_deref());
    status.is_some_and(|status| status.trim().eq_ignore_ascii_case("registered"))
}

/// Takes out the rows of RisPort that are no evidence, because another answer shows the phone registered.
fn set_aside(rows: &mut Vec<FleetRow>, sources: &[Source]) -> Vec<Origin> {
    let is_of_risport =
        |row: &FleetRow| sources.get(row.origin().source()).is_some_and(|source| source.kind() == SourceKind::Risport);
    if !rows.iter().any(|row| is_of_risport(row) && is_registered(row)) {
        return Vec::new();
    }
    let is_stale = |row: &FleetRow| row.trail().is_none() && is_of_risport(row) && !is_registered(row);
    let stale = rows.iter().filter(|row| is_stale(row)).map(FleetRow::origin).collect();
    rows.retain(|row| !is_stale(row));
    stale
}

/// Of each label what the best row says. A row that does not say which phone it is of is asked last.
fn label(rows: &[FleetRow]) -> RowLabel {
    let says_which = |row: &&FleetRow| row.phone().mac_evidence().known().is_some();
    let asked: Vec<_> = rows.iter().filter(says_which).chain(rows.iter().filter(|row| !says_which(row))).collect();
    let first = |part: fn(&RowLabel) -> &Option<String>| asked.iter().find_map(|row| part(row.label()?).clone());
    RowLabel {
        name: first(|label| &label.name),
        description: first(|label| &label.description),
        ip_address: first(|label| &label.ip_address),
        status: first(|label| &label.status),
        node: first(|label| &label.node),
    }
}

/// Which side of each decisive field is taken.
type Picks = [usize; DECISIVE.len()];

/// All ways to choose between the sides.
struct Ways<'c> {
    claims: &'c AllClaims,
    mac: Option<Mac>,
}

/// What matters of an answer.
type Outcome = (Verdict, Option<LicenseNeed>, Option<String>);

impl<'c> Ways<'c> {
    /// How many sides each field has.
    fn sides(&self) -> [usize; DECISIVE.len()] {
        let AllClaims { product, vid, running, firmware_type, authorization, .. } = self.claims;
        [
            product.sides.len(),
            vid.sides.len(),
            running.sides.len(),
            firmware_type.sides.len(),
            authorization.sides.len(),
        ]
    }

    /// Every way to choose, or none if they are too many.
    fn all(&self) -> Option<Vec<Picks>> {
        let mut ways = vec![Picks::default()];
        for (field, sides) in self.sides().into_iter().enumerate() {
            let with = |way: Picks| {
                (0..sides.max(1)).map(move |side| {
                    let mut way = way;
                    way[field] = side;
                    way
                })
            };
            ways = ways.into_iter().flat_map(with).collect();
            if ways.len() > MOST_WAYS {
                return None;
            }
        }
        Some(ways)
    }

    /// The fields of which another choice gives another answer, whatever else is chosen.
    fn open_fields(&self) -> Vec<Field> {
        let contested = |sides: usize| sides > 1;
        let fields = DECISIVE.into_iter().zip(self.sides());
        if self.sides().into_iter().all(|sides| !contested(sides)) {
            return Vec::new();
        }
        let Some(ways) = self.all() else {
            return fields.filter(|(_, sides)| contested(*sides)).map(|(field, _)| field).collect();
        };
        let answered: Vec<(Picks, Vec<Outcome>)> =
            ways.into_iter().map(|way| (way, outcomes(&self.phone(way)))).collect();
        let is_open = |field: usize| {
            answered.iter().any(|(one, answers)| {
                answered.iter().any(|(two, others)| differ_in(one, two) == Some(field) && answers != others)
            })
        };
        let fields = fields.enumerate().filter(|(index, (_, sides))| contested(*sides) && is_open(*index));
        fields.map(|(_, (field, _))| field).collect()
    }

    /// The phone with these sides.
    fn phone(&self, [product, vid, running, firmware_type, authorization]: Picks) -> Phone<'c> {
        let claims = self.claims;
        let named = claims.product.sides.get(product).map(|side| side.value.text.as_str());
        let phone = Phone::new(named.or(claims.product.not_read()));
        let phone = match self.mac {
            Some(mac) => phone.mac(mac),
            None => phone,
        };
        let phone = match claims.serial.sides.first() {
            Some(side) => phone.serial(side.value),
            None => phone.serial(claims.serial.not_read()),
        };
        let phone = match claims.vid.sides.get(vid) {
            Some(side) => phone.vid(side.value),
            None => phone.vid(claims.vid.not_read()),
        };
        let phone = match claims.authorization.sides.get(authorization) {
            Some(side) => phone.authorization(side.value),
            None => phone.authorization(claims.authorization.not_read()),
        };
        let phone = match claims.firmware_type.sides.get(firmware_type) {
            Some(side) => phone.firmware_type(side.value),
            None => phone.firmware_type(claims.firmware_type.not_read()),
        };
        match claims.running.sides.get(running) {
            Some(side) => with_running(phone, side.value),
            None => phone.load(claims.running.not_read()),
        }
    }

    /// The phone in which no side of an open field is evidence.
    fn settled(&self, open: &[Field]) -> Phone<'static> {
        let best = self.phone(Picks::default());
        if open.is_empty() {
            return best.into_owned();
        }
        let verdicts = |way: Picks| verdicts(&self.phone(way));
        let ways: Vec<_> = self.all().unwrap_or_default().into_iter().map(verdicts).collect();
        let is_unsettled = |phone: &Phone<'_>| {
            self::verdicts(phone).into_iter().enumerate().all(|(index, verdict)| {
                let mut answers = ways.iter().filter_map(|way| way.get(index));
                let is_agreed = answers.next().is_some_and(|first| answers.all(|other| other == first));
                is_agreed || verdict == Verdict::Unknown
            })
        };
        let phone = self.without(best, open);
        if is_unsettled(&phone) {
            return phone;
        }
        // The rest of the evidence would still settle it: then nobody knows what runs, nor what it is.
        let phone = phone.firmware_type(BOTH_TYPES);
        if is_unsettled(&phone) {
            return phone;
        }
        let text = self.claims.product.sides.first().map_or("", |side| side.value.text.as_str());
        let whole = Phone::new(format!("{text}, contradicted by its sources"));
        match self.mac {
            Some(mac) => whole.mac(mac),
            None => whole,
        }
    }

    /// The phone without the sides of these fields, whose texts stay for whoever reads the findings.
    fn without(&self, phone: Phone<'_>, open: &[Field]) -> Phone<'static> {
        let claims = self.claims;
        let is_open = |field| open.contains(&field);
        let mut phone = phone.into_owned();
        if is_open(Field::Pid) {
            let text = texts(&claims.product, |named: &Named| named.text.clone());
            phone = renamed(phone, text);
        }
        if is_open(Field::Vid) {
            phone = phone.vid(texts(&claims.vid, ToString::to_string));
        }
        if is_open(Field::Authorization) {
            phone = phone.authorization(texts(&claims.authorization, ToString::to_string));
        }
        if is_open(Field::Load) {
            phone = without_running(phone, &claims.running.sides);
        }
        if is_open(Field::FirmwareType) {
            phone = match phone.load_evidence().known().map(|load| load.firmware_type()) {
                // The load says the one, this says the other.
                Some(FirmwareType::Mpp) => phone.firmware_type(FirmwareType::Enterprise),
                Some(FirmwareType::Enterprise) => phone.firmware_type(FirmwareType::Mpp),
                Some(_) | None => phone.firmware_type(BOTH_TYPES),
            };
        }
        phone
    }
}

/// What is said of a phone that one source shows with either type.
const BOTH_TYPES: &str = "enterprise and mpp";

impl<T> Claims<T> {
    fn not_read(&self) -> Option<&str> {
        self.unreadable.as_ref().map(|(text, _)| text.as_str())
    }

    fn origin(&self) -> Option<Origin> {
        self.sides.first().map(|side| side.origin).or(self.unreadable.as_ref().map(|(_, origin)| *origin))
    }

    fn conflict(&self, field: Field, open: &[Field], text: impl Fn(&T) -> String) -> Option<Conflict> {
        if self.sides.len() < 2 {
            return None;
        }
        let value = |side: &Side<T>| ConflictValue { value: text(&side.value), origin: side.origin };
        Some(Conflict { field, values: self.sides.iter().map(value).collect(), is_open: open.contains(&field) })
    }
}

impl AllClaims {
    /// Where evidence came from, and where rows disagree.
    fn trail(&self, open: &[Field]) -> Trail {
        let load = self.running.sides.first();
        let running = match load {
            Some(side) if side.value.load.is_none() => Field::Release,
            Some(_) | None => Field::Load,
        };
        let fields = [
            (Field::Pid, Field::Pid, self.product.origin()),
            (Field::Vid, Field::Vid, self.vid.origin()),
            (Field::Serial, Field::Serial, self.serial.origin()),
            (Field::Load, running, self.running.origin()),
            (Field::FirmwareType, Field::FirmwareType, self.firmware_type.origin()),
            (Field::Authorization, Field::Authorization, self.authorization.origin()),
        ];
        let counts = |(asked, field, origin): (Field, Field, Option<Origin>)| {
            Some((field, origin.filter(|_| !open.contains(&asked))?))
        };
        let conflicts = [
            self.product.conflict(Field::Pid, open, |named| named.text.clone()),
            self.vid.conflict(Field::Vid, open, ToString::to_string),
            self.serial.conflict(Field::Serial, open, ToString::to_string),
            self.running.conflict(Field::Load, open, Running::text),
            self.firmware_type.conflict(Field::FirmwareType, open, ToString::to_string),
            self.authorization.conflict(Field::Authorization, open, ToString::to_string),
        ];
        Trail {
            fields: fields.into_iter().filter_map(counts).collect(),
            conflicts: conflicts.into_iter().flatten().collect(),
            ..Trail::default()
        }
    }
}

fn with_running<'a>(phone: Phone<'a>, Running { load, said_release }: Running) -> Phone<'a> {
    let phone = match load {
        Some(load) => phone.load(load),
        None => phone,
    };
    match said_release {
        Some(release) => phone.release(release),
        None => phone,
    }
}

/// What is left where rows disagree about what runs: the type, if all their loads are of one.
fn without_running(phone: Phone<'static>, sides: &[Side<Running>]) -> Phone<'static> {
    let mut releases: Vec<String> = Vec::new();
    for release in sides.iter().filter_map(|side| side.value.release()) {
        let release = release.to_string();
        if !releases.contains(&release) {
            releases.push(release);
        }
    }
    let mut types = sides.iter().filter_map(|side| Some(side.value.load?.firmware_type()));
    let phone = phone.load("").release(releases.join(" and "));
    match types.next() {
        Some(first) if types.all(|other| other == first) => {
            if phone.firmware_type_evidence().known().is_some() {
                phone
            } else {
                phone.firmware_type(first)
            }
        }
        Some(_) => phone.firmware_type(BOTH_TYPES),
        None => phone,
    }
}

/// The same phone under another product text.
fn renamed(phone: Phone<'static>, text: String) -> Phone<'static> {
    Phone::new(text)
        .vid(phone.vid_evidence().clone())
        .mac(phone.mac_evidence().clone())
        .serial(phone.serial_evidence().clone())
        .load(phone.load_evidence().clone())
        .release(phone.release_evidence().clone())
        .firmware_type(phone.firmware_type_evidence().clone())
        .authorization(phone.authorization_evidence().clone())
}

/// All sides in one text, which nobody reads as one of them.
fn texts<T>(claims: &Claims<T>, text: impl Fn(&T) -> String) -> String {
    claims.sides.iter().map(|side| text(&side.value)).collect::<Vec<_>>().join(" and ")
}

/// In which field two ways differ, if it is one alone.
fn differ_in(one: &Picks, two: &Picks) -> Option<usize> {
    let mut fields = (0..DECISIVE.len()).filter(|field| one.get(*field) != two.get(*field));
    fields.next().filter(|_| fields.next().is_none())
}

fn verdicts(phone: &Phone<'_>) -> Vec<Verdict> {
    outcomes(phone).into_iter().map(|(verdict, ..)| verdict).collect()
}

/// What matters of the answers about a phone, to every destination by both books.
fn outcomes(phone: &Phone<'_>) -> Vec<Outcome> {
    let books = [RuleBook::guide(), RuleBook::field()];
    let asked = books.into_iter().flat_map(|book| Destination::ALL.iter().map(move |destination| (book, *destination)));
    let outcome = |(book, destination): (&RuleBook, Destination)| {
        let request = Request::to(destination);
        let answer = book.assess_request(phone, &request);
        let license = answer.license();
        let sku = license.and_then(|license| license.sku().map(str::to_owned));
        (answer.verdict(), license.map(|license| license.need()), sku)
    };
    asked.map(outcome).collect()
}
