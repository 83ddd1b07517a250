//! Any column can be made a condition by the person, under the column's own name.

mod support_reading;

use bright_spots::ingest::problem::Kind as Why;
use bright_spots::ingest::reading::Reading;
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::tally::Outcome;
use support_reading::{read, read_answering};

/// Eighty students; the third column is called `header` and has the value of `value`.
fn totals(header: &str, value: impl Fn(usize) -> String) -> String {
    let rows = (0..80).map(|n| format!("s{n},Alder,{},100,{}\n", value(n), n % 20));
    format!("Student ID,School,{header},Days Enrolled,Days Absent\n{}", rows.collect::<String>())
}

fn named_by_its_column(_: usize, reading: &mut Reading) {
    let header = reading.columns[2].header.clone();
    reading.columns[2].role = Role::Condition(String::new()).of_column(&header);
}

fn conditions(outcome: &Outcome) -> Vec<(&str, &str, Vec<&str>)> {
    outcome
        .dataset
        .attributes
        .iter()
        .map(|a| (a.key.as_str(), a.label.as_str(), a.values.iter().map(String::as_str).collect()))
        .collect()
}

#[test]
fn a_column_without_a_role_becomes_a_condition_when_the_person_says_so() {
    let by_bus = |n: usize| if n.is_multiple_of(3) { "walks".to_string() } else { "bus".into() };
    let text = totals("Way to school", by_bus);
    assert_eq!(conditions(&read(&[&text])), []);
    let outcome = read_answering(&[&text], &named_by_its_column);
    assert_eq!(conditions(&outcome), [("Way to school", "Way to school", vec!["bus", "walks"])]);
    let codes = &outcome.dataset.attributes[0].codes;
    assert_eq!(codes.iter().filter(|code| **code == 2).count(), 27);

    let yes = totals("Breakfast", |n| if n.is_multiple_of(2) { "Y".into() } else { String::from("N") });
    let outcome = read_answering(&[&yes], &named_by_its_column);
    assert_eq!(conditions(&outcome), [("Breakfast", "Breakfast", vec!["No", "Yes"])]);
}

#[test]
fn a_column_of_very_many_values_is_no_condition_and_says_so() {
    let remarks = |outcome: &Outcome| -> Vec<(u64, String)> {
        let of_kind = outcome.problems.iter().filter(|p| p.kind == Why::TooManyValues);
        of_kind.map(|p| (p.rows, p.about.clone())).collect()
    };
    let outcome = read_answering(&[&totals("Locker", |n| format!("L{n}"))], &named_by_its_column);
    assert_eq!(conditions(&outcome), []);
    assert_eq!(remarks(&outcome), [(80, "Locker".to_string())]);
    let outcome = read_answering(&[&totals("Locker", |n| format!("L{}", n % 60))], &named_by_its_column);
    assert_eq!(remarks(&outcome), []);
    assert_eq!(outcome.dataset.attributes[0].values.len(), 60);
}

#[test]
fn two_columns_are_two_conditions() {
    let a = Role::Condition(String::new()).of_column(" Bus ");
    let b = Role::Condition(String::new()).of_column("Breakfast");
    assert_ne!(a, b);
    assert_eq!(a, Role::Condition("Bus".into()));
    // Whatever else is chosen stays what it is.
    assert_eq!(Role::Homeroom.of_column("Bus"), Role::Homeroom);
    assert!(Role::choices().iter().any(|role| role.label() == a.label()), "the list of roles shows it as chosen");
}
