//! A thousand plans stay quick, and how much room they take. Prints its numbers.

#[path = "fixtures/plans/everything.rs"]
mod everything;

use bright_spots::plans::seal::{self, Fresh};
use bright_spots::plans::storage::{self, merge, space};
use bright_spots::plans::{Body, Document, Id, Moment, Stamp, Workspace};
use std::time::{Duration, Instant};

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    let took = start.elapsed();
    println!("{what}: {:.1} ms", took.as_secs_f64() * 1000.0);
    (result, took)
}

/// A thousand plans with every field filled in, far more than a team writes.
fn thousand() -> Workspace {
    let one = everything::workspace();
    let mut all: Workspace = Document::new(Id::from("w"));
    for (n, (id, item)) in (0..).zip(one.items.iter().cycle()).take(1000) {
        let _ = all.items.insert(Id(format!("{id}-{n}")), item.clone());
    }
    all
}

#[test]
fn a_thousand_plans_stay_quick() {
    let all = thousand();
    let (text, encode) = timed("encode 1,000 plans", || storage::encode(&all));
    println!("1,000 full plans: {}", space::words(space::units(&text), space::USUAL_LIMIT));
    let (back, decode) = timed("decode", || storage::decode::<Body>(&text));
    assert_eq!(back.as_ref(), Ok(&all));
    let mut theirs = all.clone();
    for item in theirs.items.values_mut() {
        item.versions.step("another tab");
    }
    let by = Stamp { actor: "tab".into(), at: Moment(1) };
    let (merged, merging) = timed("merge 1,000 changed plans", || merge::merge(Some(&all), &all, &theirs, &by));
    assert_eq!(merged.document, theirs);
    let mut apart = all.clone();
    for item in apart.items.values_mut() {
        item.versions.step("a third tab");
    }
    let (_, both) = timed("merge 1,000 plans changed on both sides", || merge::merge(Some(&all), &apart, &theirs, &by));
    let (_, board) =
        timed("board", || bright_spots::plans::board::board(&all, None, bright_spots::attendance::Day(20_500)));
    assert!(space::units(&text) < space::USUAL_LIMIT / 2, "a thousand plans take less than half of the room");
    // Unoptimised on a busy machine these take tenths of a second: only something quadratic gets here.
    // How quick it is in a browser is measured by `make bench`.
    for took in [encode, decode, merging, both, board] {
        assert!(took < Duration::from_secs(20), "{took:?}");
    }
}

#[test]
fn locking_takes_a_moment_and_no_longer() {
    let personal = everything::personal();
    let fresh = Fresh { salt: [1; 16], nonce: [2; 12] };
    let (text, lock) = timed("lock (19 MiB, 2 passes)", || seal::seal(&personal, "four green words here", &fresh));
    let (_, open) = timed("open", || seal::open(&text.expect("locked"), "four green words here"));
    assert!(lock > Duration::from_millis(2), "guessing must cost something");
    assert!(lock < Duration::from_secs(60) && open < Duration::from_secs(60));
}
