//! What other pages hand over to the plans, with everything that speaks for it.

use bright_spots::plans::edits::{handed_over, peers};
use bright_spots::plans::model::{Finding, Who};
use bright_spots::plans::sharing::{Eyes, finding_may_show};
use bright_spots::plans::{Body, Change, History, Id, Link, Moment, Stamp, Workspace};
use serde_json::{Value, json};

fn id(text: &str) -> Id {
    Id::from(text)
}

fn stamp() -> Stamp {
    Stamp { actor: "tab".into(), at: Moment(1) }
}

#[test]
fn a_visit_handed_over_carries_the_pair_and_what_was_compared() {
    let school = |name: &str, counted: u32, chronic: u32| {
        json!({
            "name": name, "counted": counted, "chronic": chronic, "rate": f64::from(chronic) / f64::from(counted),
            "expected": 0.19, "verdict": "likely_bright_spot",
        })
    };
    let item = json!({
        "kind": "visit", "made_on": "2026-02-13", "stamp": "Example district", "distance": 0.44,
        "compared_on": ["Economic disadvantage", "Size"],
        "from": school("Alder", 430, 74), "to": school("Birch", 388, 39),
    });
    let take = |item: &Value, at: &str| {
        let edits = handed_over::visit(item, &id(at));
        let mut workspace = Workspace::default();
        workspace.apply(Change { label: "1 plan came in".into(), edits }, &stamp(), &mut History::default());
        workspace
    };
    let with_pair = take(&item, "pair");
    let Some(Body::Visit(visit)) = with_pair.get(&id("pair")) else { panic!("a visit") };
    assert_eq!(visit.school, "Birch");
    for name in ["Alder", "Birch"] {
        assert!(with_pair.links(&id("pair")).contains(&Link::School(name.into())), "found from {name}");
    }
    let said: Vec<&Finding> = visit
        .why
        .iter()
        .map(|at| match with_pair.get(at) {
            Some(Body::Finding(finding)) => finding,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        said[0].sentence,
        "Birch: 10.1 % of 388 students chronically absent, where 19 % was expected for its students"
    );
    assert_eq!(
        said[1].sentence,
        "Alder would visit Birch. Alder: 17.2 % of 430 students chronically absent, where 19 % was expected for its \
         students. At Birch it is 7 points fewer; the gap could be 2 to 12. Compared on economic disadvantage, size. \
         Distance 0.4: 0 is alike in everything known of the two."
    );
    assert!(finding_may_show(said[1], Eyes::Others));
    // Hidden numbers stay unknown, and then others do not see the pair's.
    let mut hidden = item.clone();
    for key in ["counted", "chronic", "rate", "expected"] {
        hidden["from"][key] = Value::Null;
    }
    let hidden = take(&hidden, "hidden");
    let Some(Body::Finding(pair)) = hidden.get(&id("hidden-pair")) else { panic!("a finding") };
    assert!(pair.sentence.starts_with("Alder would visit Birch. Alder. Compared on"), "{}", pair.sentence);
    assert!(!finding_may_show(pair, Eyes::Others));
    // From a school's own page, nobody visits yet.
    let mut alone = item;
    alone["from"] = Value::Null;
    let alone = take(&alone, "alone");
    assert!(matches!(alone.get(&id("alone")), Some(Body::Visit(visit)) if visit.why.len() == 1));
    assert_eq!(alone.links(&id("alone")), [Link::School("Birch".into())]);
}

#[test]
fn a_finding_of_the_data_is_taken_once() {
    let mut n = 0;
    let mut new = move || {
        n += 1;
        Id(format!("new-{n}"))
    };
    let mut workspace = Workspace::default();
    let apply = |workspace: &mut Workspace, change| workspace.apply(change, &stamp(), &mut History::default());
    let (recognition, change) = peers::begin_recognition(Finding::default(), Who::default(), &mut new);
    apply(&mut workspace, change);
    let finding = Finding { sentence: "Birch: 10 %".into(), school: "Birch".into(), ..Finding::default() };
    let change = peers::add_evidence(&workspace, &recognition, finding.clone(), &mut new).expect("taken");
    apply(&mut workspace, change);
    let Some(Body::Recognition(now)) = workspace.get(&recognition) else { panic!("there") };
    let taken = now.evidence.iter().filter(|at| workspace.get(at) == Some(&Body::Finding(finding.clone()))).count();
    assert_eq!((taken, now.evidence.len()), (1, 2));
    assert!(workspace.links(&recognition).contains(&Link::School("Birch".into())));
    assert!(peers::add_evidence(&workspace, &recognition, finding, &mut new).is_none(), "not twice");
}
