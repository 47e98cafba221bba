//! Circles and arrows against the order that are not mended yet, each with a reason. The lists only shrink: an entry that
//! fits nothing is a mistake too.

use crate::circles::Circle;

pub(crate) struct KnownCircle {
    pub(crate) folder: &'static str,
    /// The siblings; a circle of some of them is known too.
    pub(crate) siblings: &'static [&'static str],
    pub(crate) reason: &'static str,
}

pub(crate) struct KnownArrow {
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) reason: &'static str,
}

pub(crate) const CIRCLES: &[KnownCircle] = &[];

pub(crate) const ARROWS: &[KnownArrow] = &[];

pub(crate) fn compare(found: &[Circle]) -> Vec<String> {
    compare_with(found, CIRCLES)
}

pub(crate) fn compare_with(found: &[Circle], known: &[KnownCircle]) -> Vec<String> {
    let fits = |circle: &Circle, entry: &KnownCircle| {
        circle.folder == entry.folder && circle.siblings.iter().all(|name| entry.siblings.contains(&&**name))
    };
    let new = found.iter().filter(|circle| !known.iter().any(|entry| fits(circle, entry)));
    let new = new.map(|circle| {
        let names: Vec<&str> = circle.siblings.iter().map(String::as_str).collect();
        let arrows: String = circle.arrows.iter().map(|arrow| format!("\n    {arrow}")).collect();
        format!(
            "modules of {} import in a circle: {}{arrows}\n  move what they share into the lower one, or into a file of its own",
            circle.folder,
            names.join(", ")
        )
    });
    let gone = known.iter().filter(|entry| !found.iter().any(|circle| fits(circle, entry)));
    let gone = gone.map(|entry| {
        let names = entry.siblings.join(", ");
        format!(
            "{}: the circle of {names} is mended ({}); take it off the list in known_circles.rs",
            entry.folder, entry.reason
        )
    });
    new.chain(gone).collect()
}
