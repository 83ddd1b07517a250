//! The finding above a list of schools: the clearest bright spot, or what it means that there is none.

use crate::ui::components::{ComparisonRow, Verdict};
use crate::ui::format;
use crate::ui::prose::Prose;

/// With whom a school is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Like {
    /// Students like its own, elsewhere.
    Students,
    /// Schools with the same conditions, as public files give them.
    Schools,
}

impl Like {
    const fn words(self) -> &'static str {
        match self {
            Like::Students => "students like these",
            Like::Schools => "a school like this",
        }
    }

    const fn nothing(self) -> &'static str {
        match self {
            Like::Students => {
                "No school here can be compared fairly: expected rates need at least two other schools that teach the same grades."
            }
            Like::Schools => "No rate can be expected of these schools, so none is praised: the reason stands below.",
        }
    }
}

/// The clearest bright spot first, whatever the order of the rows; without one, what has to be checked, who may
/// be higher, and only where there is neither, that luck is explanation enough.
pub fn finding(rows: &[ComparisonRow], like: Like) -> Prose {
    let mut spots = of(rows, &[Verdict::LikelyBrightSpot, Verdict::PossibleBrightSpot]);
    spots.sort_by(|a, b| {
        let key = |row: &ComparisonRow| {
            let likely = row.verdict.as_ref().is_some_and(|(v, _)| *v == Verdict::LikelyBrightSpot);
            (!likely, row.guess.map_or(f64::INFINITY, |guess| guess.ratio))
        };
        let ((a_likely, a), (b_likely, b)) = (key(a), key(b));
        a_likely.cmp(&b_likely).then(a.total_cmp(&b))
    });
    match spots.as_slice() {
        [first, rest @ ..] => {
            let likely = first.verdict.as_ref().is_some_and(|(v, _)| *v == Verdict::LikelyBrightSpot);
            let what = if likely { " is a likely bright spot" } else { " is a possible bright spot" };
            let prose = Prose::new().strong(first.name.clone()).plain(format!("{what}{}", rates(first, like)));
            match rest.len() {
                0 => prose,
                1 => prose.plain(" One more school may be one."),
                n => prose.plain(format!(" {} more schools may be too.", format::count(n as u64))),
            }
        }
        // Nothing is known of any: hidden, or still being prepared, as each row says.
        [] if rows.iter().all(|row| row.rate.is_none()) => Prose::new(),
        [] if rows.iter().all(|row| row.expected.is_none()) => Prose::new().plain(like.nothing()),
        [] => without_spots(rows, like),
    }
}

fn without_spots(rows: &[ComparisonRow], like: Like) -> Prose {
    let flagged = of(rows, &[Verdict::CheckDataFirst]);
    let higher = of(rows, &[Verdict::PossiblyHigher, Verdict::LikelyHigher]);
    let hidden = rows.iter().any(|row| row.rate.is_none());
    let none = match (flagged.is_empty(), hidden) {
        (true, false) => "No school stands out below what is expected of it.",
        (false, false) => "No other school stands out below what is expected of it.",
        (true, true) => "Of the schools whose numbers are known here, none stands out below what is expected of it.",
        (false, true) => {
            "Of the other schools whose numbers are known here, none stands out below what is expected of it."
        }
    };
    let prose = match flagged.as_slice() {
        [] => Prose::new(),
        [one] => Prose::new()
            .plain("The recording of ")
            .strong(one.name.clone())
            .plain(format!(" needs a look before anything is said of it{} ", rates(one, like))),
        [first, rest @ ..] => Prose::new().plain("The recording of ").strong(first.name.clone()).plain(format!(
            " and {} needs a look before anything is said of them. ",
            format::plural(rest.len() as u64, "other school", "other schools")
        )),
    };
    let prose = prose.plain(none);
    match higher.as_slice() {
        [] if flagged.is_empty() && !hidden => prose.plain(
            " That is a finding too: where schools differ here, luck and ordinary differences are enough to explain it.",
        ),
        [] => prose,
        [one] => prose.plain(" ").strong(one.name.clone()).plain(" may be higher than expected."),
        more => prose.plain(format!(" {} schools may be higher than expected.", format::count(more.len() as u64))),
    }
}

fn of<'a>(rows: &'a [ComparisonRow], verdicts: &[Verdict]) -> Vec<&'a ComparisonRow> {
    rows.iter().filter(|row| row.verdict.as_ref().is_some_and(|(verdict, _)| verdicts.contains(verdict))).collect()
}

/// `: 6.2 % of its 390 students are chronically absent, where 15 % would be expected for students like these.`
fn rates(row: &ComparisonRow, like: Like) -> String {
    let (Some(rate), Some(expected)) = (row.rate, row.expected) else { return ".".to_owned() };
    let n = row.students.map_or_else(String::new, |n| format!(" of its {} students", format::count(n)));
    let expected = if row.whole { format::percent_whole(expected) } else { format::percent(expected) };
    format!(
        ": {}{n} are chronically absent, where {expected} would be expected for {}.",
        format::percent(rate),
        like.words()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::shrinkage::Guess;
    use crate::ui::components::RowKind;

    fn school(name: &str, rate: f64, expected: Option<f64>, verdict: Verdict) -> ComparisonRow {
        ComparisonRow {
            name: name.to_owned(),
            href: String::new(),
            band: String::new(),
            students: Some(390),
            rate: Some(rate),
            interval: None,
            expected,
            guess: expected.map(|expected| Guess { rate, ratio: rate / expected }),
            verdict: Some((verdict, String::new())),
            tiers: None,
            attendance: None,
            whole: false,
            kind: RowKind::Plain,
        }
    }

    fn said(rows: &[ComparisonRow]) -> String {
        finding(rows, Like::Students).text().replace(format::NBSP, " ")
    }

    #[test]
    fn luck_is_enough_only_where_nothing_is_flagged_and_nothing_is_higher() {
        let ordinary = school("C", 0.2, Some(0.21), Verdict::AsExpected);
        let low = school("A", 0.058, Some(0.238), Verdict::CheckDataFirst);
        let high = school("E", 0.31, Some(0.22), Verdict::PossiblyHigher);
        assert!(said(&[ordinary.clone(), ordinary.clone()]).contains("luck and ordinary differences are enough"));
        assert_eq!(
            said(&[low.clone(), ordinary.clone(), high.clone()]),
            "The recording of A needs a look before anything is said of it: 5.8 % of its 390 students are chronically \
             absent, where 23.8 % would be expected for students like these. No other school stands out below what is \
             expected of it. E may be higher than expected."
        );
        for rows in [vec![low.clone(), ordinary.clone()], vec![high, ordinary.clone()], vec![low.clone(), low]] {
            assert!(!said(&rows).contains("luck"), "{}", said(&rows));
        }
        let hidden = ComparisonRow { rate: None, students: None, verdict: None, ..ordinary.clone() };
        assert!(said(&[hidden.clone(), ordinary]).starts_with("Of the schools whose numbers are known here, none"));
        assert_eq!(said(&[hidden]), "");
    }

    #[test]
    fn the_clearest_bright_spot_comes_first_in_every_order_and_no_finer_than_it_is_told() {
        let possible = school("B", 0.062, Some(0.15), Verdict::PossibleBrightSpot);
        let likely = school("L", 0.1, Some(0.2), Verdict::LikelyBrightSpot);
        assert!(said(&[possible.clone(), likely.clone()]).starts_with("L is a likely bright spot"));
        assert!(said(&[likely, possible.clone()]).ends_with("One more school may be one."));
        let told = ComparisonRow { whole: true, ..possible };
        assert!(said(&[told]).contains("where 15 % would be expected"));
    }

    #[test]
    fn schools_without_expected_rates_are_not_judged() {
        let rates = [school("A", 0.1, None, Verdict::TooFewToTell)];
        assert!(said(&rates).starts_with("No school here can be compared fairly"));
        assert!(finding(&rates, Like::Schools).text().starts_with("No rate can be expected"));
    }
}
