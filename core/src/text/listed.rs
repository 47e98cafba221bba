//! Many things in one text that a person reads.

/// So many are named; the others are counted.
const NAMED: usize = 20;
/// No further one is named behind so many bytes.
const LONG: usize = 4 << 10;

/// The things as one text, which stays one that a person reads however many there are: `a; b and 98 more`. `uncounted` are
/// further ones that are not among the things.
pub(crate) fn listed<T>(
    things: impl IntoIterator<Item = T>,
    between: &str,
    uncounted: usize,
    tell: impl Fn(T) -> String,
) -> String {
    let (mut text, mut named) = (String::new(), 0);
    let mut things = things.into_iter();
    while named < NAMED && text.len() < LONG {
        let Some(thing) = things.next() else { break };
        text.push_str(if named == 0 { "" } else { between });
        text.push_str(&tell(thing));
        named += 1;
    }
    match things.count() + uncounted {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_named_and_many_are_counted() {
        let text = |count: usize| listed(1..=count, "; ", 0, |number| number.to_string());
        assert_eq!((text(0), text(2)), (String::new(), "1; 2".to_owned()));
        assert!(text(20).ends_with("; 20"));
        assert!(text(100_000).ends_with("; 20 and 99980 more"));
        assert_eq!(listed(["a"], "; ", 3, str::to_owned), "a and 3 more");
        let long = listed(0..100, "; ", 0, |_| "x".repeat(LONG));
        assert!(long.len() < 2 * LONG && long.ends_with(" and 99 more"), "{}", long.len());
    }
}
