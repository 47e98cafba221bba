//! What rows say, in the words of the pages.

use crossgrade::rulebook::rows::{AdviceKind, Origin, VidRange};
use crossgrade::{Code, Destination, Direction, LoadName, Model, RuleBook};

use super::markdown::{code, codes, comma, grouped, lines, link};

/// What rows call every model with a load.
const LISTED: &str = "listed";

/// `V03 to V24`; nothing for any hardware version.
pub(super) fn vids(vid: VidRange) -> Option<String> {
    match (vid.from, vid.to) {
        (None, None) => None,
        (Some(from), Some(to)) if from == to => Some(from.to_string()),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("{from} or later")),
        (None, Some(to)) => Some(format!("{to} or earlier")),
    }
}

/// `8811, 8841 V15 or later`, `all listed but 8832`
pub(super) fn phones(models: &[Model], except: &[Model], vid: VidRange) -> String {
    let mut phones = match models {
        [model] if model.as_str() == LISTED => "all listed".to_owned(),
        models => comma(models),
    };
    if !except.is_empty() {
        phones = format!("{phones} but {}", comma(except));
    }
    vids(vid).map_or(phones.clone(), |vids| format!("{phones}: {vids}"))
}

/// `E2M` and `M2E` for all destinations of a direction, where it has several; else their names.
pub(super) fn destinations(of: &[Destination]) -> String {
    for (direction, name) in [(Direction::EnterpriseToMpp, "E2M"), (Direction::MppToEnterprise, "M2E")] {
        let all = destinations_of(direction);
        if of.len() > 1 && all.len() == of.len() && all.iter().all(|destination| of.contains(destination)) {
            return name.to_owned();
        }
    }
    comma(of.iter().map(code))
}

/// The destinations of a direction.
pub(super) fn destinations_of(direction: Direction) -> Vec<Destination> {
    Destination::ALL.iter().copied().filter(|destination| destination.direction() == direction).collect()
}

/// `MPP 12.0(7)SR5`
pub(super) fn firmware(load: LoadName) -> String {
    let release = load.release().map(|release| format!(" {release}")).unwrap_or_default();
    format!("{}{release}", load.firmware_type().name())
}

/// Every model and series that some row names, listed models first, `other` last.
pub(super) fn keys(books: &[&RuleBook]) -> Vec<Model> {
    let listed = books.iter().flat_map(|book| book.models().map(|row| row.model));
    let named = books.iter().flat_map(|book| book.conversions().flat_map(|row| row.models.iter().copied()));
    let single = books.iter().flat_map(|book| book.single_firmware().flat_map(|row| row.models.iter().copied()));
    let mut keys: Vec<Model> = Vec::new();
    for key in listed.chain(named).chain(single) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.sort_by_key(|key| key.as_str() == "other");
    keys
}

/// A model or series in words.
pub(super) fn name_of(key: Model, keys: &[Model]) -> String {
    let names_a_model_of = |series: &str| {
        let start = series.trim_end_matches('x');
        keys.iter().any(|other| *other != key && other.as_str().starts_with(start))
    };
    match key.as_str() {
        "other" => "any other Cisco device".to_owned(),
        series if series.ends_with("xx") && names_a_model_of(series) => format!("other {series}"),
        model => model.to_owned(),
    }
}

/// The finding that a row of this kind makes.
pub(super) fn finding_of(kind: AdviceKind) -> Code {
    kind.as_str().parse().unwrap_or_else(|error| panic!("advice {kind}: {error}"))
}

/// `(S1, S2; [D03])`: who says what a row says, and on what they disagree. The sources of a row that `field` added
/// stand beside the amendment.
pub(super) fn backing(origin: &Origin) -> Option<String> {
    let sources = if origin.amendment.is_none() { comma(&*origin.sources) } else { String::new() };
    let disagreements = comma(origin.disagreements.iter().map(link));
    let texts: Vec<String> = [sources, disagreements].into_iter().filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then(|| format!("({})", texts.join("; ")))
}

/// Each row once, as the first book has it.
pub(super) fn once_each<'b>(origins: impl IntoIterator<Item = &'b Origin>) -> Vec<&'b Origin> {
    let mut rows: Vec<&Origin> = Vec::new();
    for origin in origins {
        if !rows.iter().any(|row| row.id == origin.id) {
            rows.push(origin);
        }
    }
    rows
}

/// The ids of rows with what backs them, which is said once for all that have the same.
pub(super) fn row_ids<'b>(origins: impl IntoIterator<Item = &'b Origin>) -> String {
    let groups = grouped(origins.into_iter().map(|origin| (backing(origin), &*origin.id)));
    let groups = groups.into_iter().map(|(backing, ids)| {
        let ids = codes(ids);
        backing.map_or(ids.clone(), |backing| format!("{ids} {backing}"))
    });
    lines(groups)
}
