//! The book that answers judges the target (specification 2.6), whichever way a caller says it.

use std::collections::BTreeSet;

use crossgrade::{Code, Destination, FirmwareType, LoadName, Phone, Release, Request, RuleBook, Target, Verdict};
use crossgrade_tests::overlays;

/// Loads that make of an Enterprise release an MPP release too, and the other way round, and one of a release of its
/// own.
const LOADS: &str = r#"
[amendments.acme-1.loads]
"sip88xx.14-3-1MPP0001-1" = {}
"sip78xx.14-2-1MPP0101-1" = {}
"sip88xx.12-0-3-0001-1" = {}
"sip8832.13-7-1MPP0001-1" = {}
"#;

/// `guide`, `field` as of each of its dates, `field`, and overlays with [`LOADS`] over `guide` and `field`.
fn books() -> Vec<RuleBook> {
    let dated = RuleBook::field_dates().map(RuleBook::field_as_of);
    let embedded: Vec<_> = [RuleBook::guide()].into_iter().chain(dated).chain([RuleBook::field()]).collect();
    let overlaid = [RuleBook::guide(), RuleBook::field()].map(|base| {
        let text = overlays::head(base.edition(), "acme") + LOADS;
        base.overlay(&text).unwrap_or_else(|error| panic!("{error}"))
    });
    embedded.into_iter().cloned().chain(overlaid).collect()
}

/// Every load and every release that some book knows, some that none knows, lists, and texts that are no target.
fn texts(books: &[RuleBook]) -> BTreeSet<String> {
    let loads: BTreeSet<LoadName> = books.iter().flat_map(RuleBook::loads).map(|row| row.load).collect();
    let releases: BTreeSet<Release> = loads.iter().filter_map(LoadName::release).collect();
    let others = [
        "99.9",
        "1.0(1)",
        "14-3-1",
        "14.3.1",
        "sip78xx.99-9-9MPP0001-1",
        "sip6821.12-0-3MPP0001-87",
        "sip88xx.TLexE2M-11-2-3C-12",
        "sip78xx.12-0-3MPP0001-87, sip88xx.12-0-3MPP0001-87",
        "sip78xx.12-0-3MPP0001-87, sip88xx.14-2-1-0101-26",
        "sip78xx.12-0-3MPP0001-87, sip78xx.12-0-3MPP0001-87",
        "",
        " ",
        ",",
        "newest",
        "14.3(1), 12.0(3)",
    ];
    let known = loads.iter().map(ToString::to_string).chain(releases.iter().map(ToString::to_string));
    known.chain(others.map(str::to_owned)).collect()
}

type Judged = Result<Request, String>;

/// The request made in every way that there is.
fn in_each_way(book: &RuleBook, destination: Destination, text: &str) -> Vec<(&'static str, Judged)> {
    let judged = |target: Option<Target>| book.request(destination, target).map_err(|error| error.to_string());
    let mut ways = vec![
        ("text", book.request(destination, text).map_err(|error| error.to_string())),
        ("owned text", book.request(destination, text.to_owned()).map_err(|error| error.to_string())),
        ("optional text", book.request(destination, Some(text)).map_err(|error| error.to_string())),
    ];
    if text.trim().is_empty() {
        ways.push(("none", judged(None)));
        ways.push(("Request::to", Ok(Request::to(destination))));
    }
    if let Ok(target) = text.parse::<Target>() {
        ways.push(("Target", judged(Some(target.clone()))));
        ways.push(("&Target", book.request(destination, &target).map_err(|error| error.to_string())));
        match target {
            Target::Release(release) => {
                ways.push(("Release", book.request(destination, release).map_err(|error| error.to_string())));
            }
            Target::Load(load) => {
                ways.push(("LoadName", book.request(destination, load).map_err(|error| error.to_string())));
            }
            Target::LoadPerFamily(loads) => {
                let reversed = loads.iter().rev().copied();
                ways.push((
                    "of_loads",
                    Target::of_loads(reversed.clone()).map_or_else(|e| Err(e.to_string()), |t| judged(Some(t))),
                ));
                ways.push(("loads by hand", judged(Some(Target::LoadPerFamily(reversed.collect())))));
            }
            _ => panic!("{text}: a kind of target that this test does not know"),
        }
    }
    ways
}

/// What 2.6 says of it, read off the rows of the book: an error names the type that was found.
fn wrong_type(book: &RuleBook, destination: Destination, target: &Target) -> Option<FirmwareType> {
    let needed = destination.needs();
    let types: Vec<FirmwareType> = match target {
        Target::Release(release) => {
            let known = book.loads().filter(|row| row.load.release() == Some(*release));
            let types: Vec<_> = known.map(|row| row.load.firmware_type()).collect();
            if types.contains(&needed) { Vec::new() } else { types }
        }
        _ => target.to_string().split(',').map(|load| load.parse::<LoadName>().unwrap().firmware_type()).collect(),
    };
    types.into_iter().find(|found| *found != needed)
}

#[test]
fn every_way_to_choose_a_target_is_judged_by_the_book_and_alike() {
    let books = books();
    let (mut accepted, mut refused) = (0, 0);
    for (book, text) in books.iter().flat_map(|book| texts(&books).into_iter().map(move |text| (book, text))) {
        for destination in Destination::ALL.iter().copied() {
            let ways = in_each_way(book, destination, &text);
            let judged = &ways[0].1;
            for (way, other) in &ways[1..] {
                assert_eq!(judged, other, "{text:?} for {destination} as {way}");
            }
            let Ok(target) = text.parse::<Target>() else { continue };
            match (judged, wrong_type(book, destination, &target)) {
                (Ok(request), None) => {
                    assert_eq!(request.chosen_target(), Some(&target));
                    accepted += 1;
                }
                (Err(error), Some(found)) => {
                    let name = format!("rule book {} {}", book.edition(), book.revision());
                    let needed = destination.needs().name();
                    for part in [&*name, found.name(), &format!("{destination} needs {needed} firmware, such as ")] {
                        assert!(error.contains(part), "{error}: no {part}");
                    }
                    let right = error.split_once("such as ").unwrap().1.split(' ').next().unwrap();
                    assert!(book.request(destination, right).is_ok(), "{error}: {right} is refused too");
                    refused += 1;
                }
                (judged, expected) => panic!("{text} for {destination} by {book:?}: {judged:?}, not {expected:?}"),
            }
        }
    }
    assert!(accepted > 1000 && refused > 1000, "{accepted} accepted, {refused} refused");
}

#[test]
fn a_request_that_is_written_is_read_as_the_same_and_judged_by_the_book_that_reads() {
    let books = books();
    for (book, text) in books.iter().flat_map(|book| texts(&books).into_iter().map(move |text| (book, text))) {
        for destination in Destination::ALL.iter().copied() {
            let read = |json: &str| book.read_request(&mut serde_json::Deserializer::from_str(json));
            let asked = serde_json::json!({ "destination": destination.as_str(), "target": text }).to_string();
            match (book.request(destination, &text), read(&asked)) {
                (Ok(request), Ok(same)) => {
                    assert_eq!(request, same, "{asked}");
                    let written = serde_json::to_string(&request).unwrap();
                    assert_eq!(read(&written).unwrap(), request, "{written}");
                }
                (Err(error), Err(same)) => {
                    assert!(same.to_string().starts_with(&error.to_string()), "{asked}: {same}");
                }
                (one, other) => panic!("{asked}: {one:?}, but {other:?}"),
            }
        }
    }
}

/// Phones that go, phones that may not, phones that need not, and phones of which little is known.
fn phones() -> Vec<Phone<'static>> {
    let enterprise = |pid, family: &str| Phone::new(pid).vid("V05").load(format!("sip{family}.14-2-1-0101-26"));
    let mpp = |pid, family: &str| Phone::new(pid).vid("V05").load(format!("sip{family}.12-0-3MPP0001-87"));
    [
        enterprise("CP-8841-K9=", "88xx"),
        enterprise("CP-7821-K9=", "78xx"),
        enterprise("CP-8845-K9=", "8845_65"),
        enterprise("CP-8851NR-K9=", "88xx"),
        enterprise("CP-7821-K9=", "78xx").vid("V26"),
        mpp("CP-8841-3PCC-K9=", "88xx"),
        mpp("CP-7841-K9=", "78xx"),
        Phone::new("CP-8832-K9="),
        Phone::new("CP-8871-K9="),
        Phone::new("CP-6841-3PCC-K9="),
        Phone::new("8841").release("14.3(1)"),
    ]
    .map(Phone::into_owned)
    .into()
}

/// A request that another book made is answered as the book that answers would judge it, and never `eligible` where
/// that book would refuse it.
#[test]
fn a_request_of_another_book_is_judged_by_the_book_that_answers() {
    let books = books();
    let few = [0, 1, books.len() - 3, books.len() - 2, books.len() - 1].map(|book| &books[book]);
    let phones = phones();
    let (mut alike, mut refused) = (0, BTreeSet::new());
    for (text, to) in texts(&books).iter().flat_map(|text| Destination::ALL.iter().map(move |to| (text, *to))) {
        let judged = few.map(|book| book.request(to, text).ok());
        let Some(request) = judged.iter().flatten().next() else { continue };
        for (book, own) in few.into_iter().zip(&judged) {
            if let Some(own) = own {
                // The same request, so the same answers.
                assert_eq!(own, request);
                alike += 1;
                continue;
            }
            for answer in phones.iter().map(|phone| book.assess_request(phone, request)) {
                assert_ne!(answer.verdict(), Verdict::Eligible, "{answer}");
                let firmware = answer.firmware();
                assert!(firmware.is_none_or(|it| it.load().is_none() && it.release().is_none()), "{answer}");
                if let Some(said) = answer.findings().find(|finding| finding.code() == Code::CG312) {
                    assert!(said.message().starts_with("The rule book knows the chosen release"), "{}", said.message());
                    refused.insert((to, text.clone()));
                }
            }
        }
    }
    assert!(alike > 500 && refused.len() > 10, "{alike} alike, {} refused", refused.len());
}

#[test]
fn an_impact_shows_what_the_book_before_did_not_know() {
    let guide = RuleBook::guide();
    let after = guide.overlay(&(overlays::head("guide", "acme") + LOADS)).unwrap();
    let target = "14.2(1)SR1";
    assert!(guide.request(Destination::ThirdParty, target).is_err());
    let request = after.request(Destination::ThirdParty, target).unwrap();
    let mut fleet = crossgrade::Fleet::default();
    fleet.push(2, Phone::new("CP-7841-K9=").vid("V05").load("sip78xx.14-2-1-0101-26"));
    let impact = fleet.impact(guide, &after, &request);
    assert_eq!(impact.verdicts().collect::<Vec<_>>(), [((Verdict::Unknown, Verdict::Eligible), 1)]);
    let answer = guide.assess_request(fleet.rows()[0].phone(), &request);
    let said = answer.findings().find(|finding| finding.code() == Code::CG312).unwrap();
    assert_eq!(
        said.message(),
        "The rule book knows the chosen release 14.2(1)SR1 as Enterprise firmware only; third-party call control needs MPP \
         firmware."
    );
}
