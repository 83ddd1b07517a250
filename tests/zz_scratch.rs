use bright_spots::attendance::{Day, Definition, records};
use bright_spots::example::{self, Through};
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::tally::Tally;
use bright_spots::share::audit::published::{examine, rows_of_release};
use bright_spots::share::gate::Rule;
use bright_spots::share::prepare::Preparing;
use bright_spots::share::suppress::linked::{Job, Measure};
use bright_spots::share::suppress::tables::{Record, Tables};

#[test]
fn look() {
    let text = example::chunks(Through::February).concat();
    let reading = propose(&Head { name: "example", bytes: &text.as_bytes()[..60_000], whole: false }).unwrap();
    let mut tally = Tally::new(vec![reading], &[text.len() as u64], Day(20_600));
    tally.start(0);
    tally.push(text.as_bytes());
    tally.end();
    let dataset = tally.finish().dataset;
    let of: Vec<Record> = records::at_schools(&dataset, &Definition::default())
        .iter()
        .filter_map(|r| {
            r.tier().map(|tier| Record {
                student: r.student,
                school: r.school,
                grade: r.grade,
                tier,
                chronic: r.is_chronic(),
            })
        })
        .collect();
    let tables = Tables::new(&dataset.schools, &of, &dataset.attributes, Rule::default());
    for c in &tables.conditions {
        println!("{} {} / {}", c.key, c.value, c.others);
    }
    let mut job = Job::new(&tables, Rule::default(), &|_, _, _| false);
    while job.step() {}
    let s = job.take();
    for t in &s.layers {
        let name = t.condition.map_or("all", |c| tables.conditions[c].key.as_str());
        let hidden = t.layer.sizes.arcs.iter().filter(|a| a.state.is_hidden()).count();
        let hidden_x = t.layer.outcomes.arcs.iter().filter(|a| a.state.is_hidden()).count();
        println!(
            "{name}: {:?} {:?} hidden {hidden} / {hidden_x} of {}",
            t.sizes,
            t.outcomes,
            t.layer.grid.students.len()
        );
    }
    let weak: Vec<_> = s.certificates.iter().filter(|c| c.width() < c.need).collect();
    println!("weak {}", weak.len());
    let prepared = Preparing::new(tables, Rule::default(), &[], Day(20_600), &|_| 0).ok().unwrap().finish();
    println!("{:?}\n{:?}", prepared.coarser, prepared.report);
    println!("{:?}", examine(&rows_of_release(&prepared.release, "")));
    let _ = Measure::Sizes;
}
