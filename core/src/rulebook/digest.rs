//! The digest of a book: SHA-256 over a canonical form that does not depend on the order or spelling of its rows.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::rows::*;
use super::tables::Tables;

/// 64 lower-case hexadecimal digits.
pub(super) fn of(tables: &Tables) -> String {
    let mut lines: Vec<String> = Vec::new();
    rows(tables, |line| lines.push(line));
    lines.sort_unstable();
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// One line for each row; every field of it stands there. `{:?}` quotes texts, so that no text can pretend to be two.
fn rows(tables: &Tables, mut line: impl FnMut(String)) {
    let Tables {
        edition,
        revision,
        digest: _,
        sources,
        models,
        single_firmware,
        conversions,
        gates,
        loads,
        targets,
        load_servers,
        licenses,
        evidence,
        advice,
        disagreements,
        errata,
        profiles: _,
    } = tables;
    line(format!("book {edition:?} {revision}"));
    for SourceRow { id, title, section, language, read } in sources.iter() {
        line(format!("source {id:?} {title:?} {section:?} {language:?} {read:?}"));
    }
    for ModelRow { origin, model, family, series } in models.iter() {
        line(format!("model {} {model} {family} {series:?}", canonical(origin)));
    }
    for SingleFirmwareRow { origin, models, runs } in single_firmware.iter() {
        line(format!("single-firmware {} {:?} {runs}", canonical(origin), sorted(models)));
    }
    for ConversionRow { origin, models, destinations, pid, answer, vid } in conversions.iter() {
        let (models, destinations) = (sorted(models), sorted(destinations));
        line(format!("conversion {} {models:?} {destinations:?} {pid} {answer} {vid:?}", canonical(origin)));
    }
    for GateRow { origin, on, models, destinations, vid, minimum, lasting } in gates.iter() {
        let (models, destinations) = (sorted(models), sorted(destinations));
        let row = format!("{on} {models:?} {destinations:?} {vid:?} {minimum} {lasting}");
        line(format!("gate {} {row}", canonical(origin)));
    }
    for LoadRow { origin, load } in loads.iter() {
        line(format!("load {} {load}", canonical(origin)));
    }
    for TargetRow { origin, destination, load } in targets.iter() {
        line(format!("target {} {destination} {load}", canonical(origin)));
    }
    for LoadServerRow { origin, destination, server } in load_servers.iter() {
        line(format!("load-server {} {destination} {server:?}", canonical(origin)));
    }
    for LicenseRow { origin, destination, series, when, need, sku, service_sku, file } in licenses.iter() {
        let row = format!("{destination} {series:?} {when} {need} {sku:?} {service_sku:?} {file:?}");
        line(format!("license {} {row}", canonical(origin)));
    }
    for EvidenceRow { origin, means, release } in evidence.iter() {
        line(format!("evidence {} {means} {release}", canonical(origin)));
    }
    for AdviceRow { origin, says, models, destinations, choose, below } in advice.iter() {
        let (models, destinations) = (sorted(models), sorted(destinations));
        let row = format!("{says} {models:?} {destinations:?} {choose:?} {below:?}");
        line(format!("advice {} {row}", canonical(origin)));
    }
    for DisagreementRow { origin, subject, vid, sides, follows } in disagreements.iter() {
        line(format!("disagreement {} {subject:?} {vid:?} {sides:?} {follows:?}", canonical(origin)));
    }
    for ErratumRow { origin, says } in errata.iter() {
        line(format!("erratum {} {says:?}", canonical(origin)));
    }
}

fn canonical(Origin { id, sources, disagreements }: &Origin) -> String {
    format!("{id:?} {:?} {:?}", sorted(sources), sorted(disagreements))
}

fn sorted<T: Clone + Ord>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort();
    list
}
