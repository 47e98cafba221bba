//! What threads may share and hand on.

use crossgrade::{
    Assessment, Destination, Finding, FirmwareToInstall, Fleet, Gate, License, OwnedAssessment, Phone, Request,
    RuleBook, Summary, Verdict,
};

fn is_shared<T: Send + Sync>() {}

#[test]
fn questions_books_and_answers_are_shared_by_threads() {
    is_shared::<Phone<'_>>();
    is_shared::<Request>();
    is_shared::<RuleBook>();
    is_shared::<Assessment<'_>>();
    is_shared::<OwnedAssessment>();
    is_shared::<Finding<'_>>();
    is_shared::<Gate<'_>>();
    is_shared::<FirmwareToInstall<'_>>();
    is_shared::<License<'_>>();
    is_shared::<Fleet>();
    is_shared::<Summary>();
    let fleet: Fleet = ["CP-7821-K9=", "CP-8841-K9="].into_iter().map(|pid| Phone::new(pid).vid("V01")).collect();
    let request = Request::to(Destination::ThirdParty);
    let verdicts = std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for row in &fleet {
            threads.push(scope.spawn(|| RuleBook::guide().assess_request(row.phone(), &request).verdict()));
        }
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect::<Vec<_>>()
    });
    assert_eq!(verdicts, [Verdict::Ineligible, Verdict::Eligible]);
}
