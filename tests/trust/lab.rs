//! The definition lab counts each definition as the product counts it when it is in force.

use crate::districts::{daily, ordinary, plain_daily, read};
use bright_spots::attendance::{Definition, Kind, Preset, summarise};
use bright_spots::trust::lab::{definitions, side_by_side, thresholds};

#[test]
fn each_column_is_what_the_definition_gives_in_force() {
    let outcome = read(&[&plain_daily()]);
    let all = definitions(&Definition::default());
    assert_eq!(all.iter().map(|d| d.preset).collect::<Vec<_>>(), Preset::NAMED);
    for row in side_by_side(&outcome.dataset, &all) {
        let summary = summarise(&outcome.dataset, &row.definition);
        assert_eq!(
            (row.all.counted, row.all.chronic, row.all.apart),
            (summary.all.counted, summary.all.chronic, summary.all.too_few_days)
        );
        for (ours, group) in row.schools.iter().zip(&summary.schools) {
            assert_eq!((ours.counted, ours.chronic), (group.counted, group.chronic), "{}", group.name);
        }
    }
}

#[test]
fn ones_own_definition_stands_first_and_all_named_ones_beside_it() {
    let own = Definition { threshold: 15_000, ..Preset::Own.definition() };
    let all = definitions(&own);
    assert_eq!((all.len(), &all[0]), (7, &own));
}

#[test]
fn definitions_move_the_numbers_the_way_they_must() {
    // Late joiners of thirty-one to forty-four days, and kinds of absence.
    let file = daily(40, 60, &|student, _, at, draw| {
        let status = ordinary(student, draw);
        (student % 7 != 3 || at >= 25).then_some(status)
    });
    let outcome = read(&[&file]);
    let of = |definition: Definition| side_by_side(&outcome.dataset, &[definition])[0].all;
    let federal = of(Preset::Federal.definition());
    assert_eq!(federal.apart, 0);
    assert!(of(Preset::NewJersey.definition()).apart > 0, "thirty-five days are too few in New Jersey");
    assert_eq!(of(Preset::California.definition()).apart, 0, "and enough in California");
    let mut unexcused = Definition::default();
    unexcused.set_kind(Kind::Excused, false);
    assert!(of(unexcused).chronic < federal.chronic);
}

#[test]
fn a_higher_line_never_has_more_students_beyond_it() {
    let outcome = read(&[&plain_daily()]);
    let lines: Vec<u32> = (1..=50).collect();
    let counts = thresholds(&outcome.dataset, &Definition::default(), &lines);
    assert!(counts.windows(2).all(|pair| pair[0].1.chronic >= pair[1].1.chronic));
    let federal = side_by_side(&outcome.dataset, &[Definition::default()])[0].all;
    assert_eq!(counts[9].1, federal);
}
