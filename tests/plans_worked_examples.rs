//! The worked examples of the sources, entered completely (their facts in our words), stored,
//! read back and used; and the table of worksheets, whose every place must exist.

use bright_spots::attendance::Day;
use bright_spots::plans::content::{partners, peers};
use bright_spots::plans::edits::{self, test_of_change as toc};
use bright_spots::plans::model::*;
use bright_spots::plans::personal::{Backup, Contact, Conversation, HelpBank, StudentRef};
use bright_spots::plans::sharing::{Freshness, freshness};
use bright_spots::plans::storage;
use bright_spots::plans::{
    Body, Change, Document, History, Id, Link, Moment, Personal, PersonalBody, Stamp, Workspace,
};
use std::collections::BTreeMap;

fn id(text: &str) -> Id {
    Id::from(text)
}

fn stamp() -> Stamp {
    Stamp { actor: "tab".into(), at: Moment(1) }
}

fn counter() -> impl FnMut() -> Id {
    let mut n = 0;
    move || {
        n += 1;
        Id(format!("new-{n}"))
    }
}

fn day(y: i32, m: u8, d: u8) -> Day {
    Day::from_ymd(y, m, d).expect("a day")
}

fn notes(texts: &[&str]) -> Vec<Note> {
    texts.iter().enumerate().map(|(n, t)| Note { id: Id(format!("n{n}")), text: (*t).to_owned() }).collect()
}

fn stored(workspace: &Workspace) -> Workspace {
    storage::decode(&storage::encode(workspace)).expect("what was written can be read")
}

/// The 2x10 example: questions with prediction and result.
const QUESTIONS: [(&str, &str, &str, Against); 5] = [
    ("Will adults do it, and can they?", "All 8 of the team", "All 8, on each of the ten days", Against::AsPredicted),
    ("How many students come ten days running?", "5", "6 of 8", Against::Better),
    (
        "Do those who take part miss fewer days afterwards?",
        "Those with all ten days do",
        "Two missed days for illness (2 and 1, excused); none of the 6 missed an unexcused day in two weeks",
        Against::AsPredicted,
    ),
    (
        "What would it mean to do it widely?",
        "We learn what it takes",
        "One more student each, and weekly check-ins with the first",
        Against::Mixed,
    ),
    (
        "Does anything else change?",
        "Perhaps more taking part in class",
        "Fewer behavior referrals for the 6",
        Against::Better,
    ),
];

fn two_by_ten() -> Test {
    Test {
        title: "2x10".into(),
        testers: vec![Who::from("Attendance team")],
        cycle: 1,
        change_idea: "Each of us meets one student for two minutes on ten school days; the student picks the subject"
            .into(),
        begins: Some(day(2023, 10, 2)),
        ends: Some(day(2023, 10, 13)),
        goal: "Students who seem cut off, with 10 to 19 % missed, miss fewer days because someone cares".into(),
        driver: "Adults see how the days look to these students".into(),
        reflections: notes(&[
            "What did I learn about the student?",
            "How did we get on?",
            "What follows for the school?",
        ]),
        questions: QUESTIONS
            .iter()
            .enumerate()
            .map(|(n, (text, ..))| Question {
                id: Id(format!("q{n}")),
                text: (*text).to_owned(),
                ..Question::default()
            })
            .collect(),
        steps: [
            "Go through 2x10 together, with ways to begin a talk",
            "Find the students in the data",
            "Invite one student each, with a time and place",
            "At each end, settle tomorrow’s meeting",
            "Tick the grid",
        ]
        .iter()
        .enumerate()
        .map(|(n, what)| Step {
            id: Id(format!("s{n}")),
            what: (*what).to_owned(),
            who: Who::from("each of us"),
            ..Step::default()
        })
        .collect(),
        data: vec![
            Datum { id: id("d0"), what: "Each member’s 2x10 checklist".into(), ..Datum::default() },
            Datum {
                id: id("d1"),
                what: "Absences before, during, two weeks and a month after".into(),
                taking: Taking::FromTheData,
                ..Datum::default()
            },
            Datum { id: id("d2"), what: "A talk with team and students".into(), ..Datum::default() },
        ],
        group: Group {
            tiers: vec![bright_spots::attendance::Tier::Moderate],
            words: "Seem cut off".into(),
            ..Group::default()
        },
        ..Test::default()
    }
}

fn test_at<'a>(workspace: &'a Workspace, at: &str) -> &'a Test {
    match workspace.get(&id(at)) {
        Some(Body::Test(test)) => test,
        other => panic!("{other:?}"),
    }
}

fn write(workspace: &mut Workspace, history: &mut History<Body>, at: &str, edit: impl Fn(&mut Test)) {
    let mut test = test_at(workspace, at).clone();
    edit(&mut test);
    workspace.apply(Change::put("Edited", id(at), vec![], Body::Test(Box::new(test))), &stamp(), history);
}

#[test]
fn the_2x10_test_goes_from_plan_to_the_next_cycle() {
    let mut workspace: Workspace = Document::new(id("w"));
    let mut history = History::default();
    workspace.apply(Change::put("New", id("t"), vec![], Body::Test(Box::new(two_by_ten()))), &stamp(), &mut history);

    // It cannot start: every question needs its prediction.
    let missing = toc::start(&workspace, &id("t"), day(2023, 10, 2)).expect_err("no predictions yet");
    let wanted: Vec<toc::Missing> = (0..5).map(|n| toc::Missing::Prediction(Id(format!("q{n}")))).collect();
    assert_eq!(missing, wanted);
    write(&mut workspace, &mut history, "t", |test| {
        for (q, (_, prediction, ..)) in test.questions.iter_mut().zip(QUESTIONS).take(4) {
            q.prediction = prediction.to_owned();
        }
        test.questions[4].prediction = "   ".into();
    });
    let missing = toc::start(&workspace, &id("t"), day(2023, 10, 2)).expect_err("blanks are no prediction");
    assert_eq!(missing, [toc::Missing::Prediction(id("q4"))]);
    write(&mut workspace, &mut history, "t", |test| test.questions[4].prediction = QUESTIONS[4].1.to_owned());
    let change = toc::start(&workspace, &id("t"), day(2023, 10, 2)).expect("everything is there");
    workspace.apply(change, &stamp(), &mut history);
    assert_eq!(test_at(&workspace, "t").state, State::Running);
    assert_eq!(toc::start(&workspace, &id("t"), day(2023, 10, 2)), Err(vec![toc::Missing::Not(State::ToDo)]));
    assert_eq!(
        toc::decide(&workspace, &id("t"), Act::Adapt, day(2023, 10, 2)),
        Err(vec![toc::Missing::Not(State::Check)])
    );
    assert_eq!(toc::state_on(test_at(&workspace, "t"), day(2023, 10, 13)), State::Running);
    assert_eq!(toc::state_on(test_at(&workspace, "t"), day(2023, 10, 14)), State::Check);

    let change = toc::finish(&workspace, &id("t"), day(2023, 10, 16)).expect("it runs");
    workspace.apply(change, &stamp(), &mut history);
    write(&mut workspace, &mut history, "t", |test| {
        test.invited = Some(8);
        test.took_part = Some(6);
        test.happened = "Each of us met one student; 6 of 8 came on all ten days".into();
        test.surprises = "Some first thought they were in trouble, most of all with the principal".into();
        test.obstacles = "Choosing among students who are chronically absent was hard".into();
        test.successes = "Nobody on the team missed a day".into();
        for datum in &mut test.data {
            datum.collected = Some(day(2023, 11, 13));
        }
    });
    let missing = toc::decide(&workspace, &id("t"), Act::Adapt, day(2023, 11, 14)).expect_err("nothing studied yet");
    assert_eq!(missing.len(), 5);
    write(&mut workspace, &mut history, "t", |test| {
        for (q, (_, _, result, against)) in test.questions.iter_mut().zip(QUESTIONS) {
            q.result = result.to_owned();
            q.against = against;
        }
        test.modifications = notes(&[
            "Agree how students are chosen",
            "Train the team and others in caring conversations and listening",
            "One more cycle with other students, before teachers join",
        ]);
    });
    let change = toc::decide(&workspace, &id("t"), Act::Adapt, day(2023, 11, 14)).expect("all is studied");
    workspace.apply(change, &stamp(), &mut history);

    let mut new = counter();
    let (next, change) = toc::next_cycle(&workspace, &id("t"), &mut new).expect("it is done");
    workspace.apply(change, &stamp(), &mut history);
    let workspace = stored(&workspace);
    let (first, second) = (test_at(&workspace, "t"), test_at(&workspace, &next.0));
    assert_eq!((first.state, first.act, first.next.as_ref()), (State::Done, Some(Act::Adapt), Some(&next)));
    assert_eq!((second.state, second.cycle, second.previous.as_ref()), (State::ToDo, 2, Some(&id("t"))));
    assert_eq!(second.steps.len(), 8, "three modifications, then the five steps");
    assert_eq!(second.steps[0].what, "Agree how students are chosen");
    assert_eq!(second.questions.len(), 5);
    assert!(
        second.questions.iter().all(|q| q.prediction.is_empty() && q.result.is_empty()),
        "each cycle predicts anew"
    );
    assert!(second.begins.is_none() && second.data.iter().all(|d| d.collected.is_none()));
    assert_eq!(toc::next_cycle(&workspace, &id("t"), &mut new), Err(vec![toc::Missing::Not(State::ToDo)]), "only once");
    assert!(workspace.around(&id("t")).contains(&next) && workspace.around(&next).contains(&id("t")));

    // Undo takes the whole of it back, step by step.
    let mut undone = workspace.clone();
    let label = history.undo(&mut undone, &stamp()).expect("the next cycle").label;
    assert_eq!(label, "Made cycle 2");
    assert!(undone.get(&next).is_none() && test_at(&undone, "t").next.is_none());
}

#[test]
fn what_the_next_cycle_carries_follows_the_act() {
    for (act, idea, steps, questions) in
        [(Act::Adapt, true, 6, 5), (Act::Expand, true, 6, 5), (Act::Adopt, true, 6, 1), (Act::Abandon, false, 0, 0)]
    {
        let mut workspace: Workspace = Document::new(id("w"));
        let mut done = two_by_ten();
        (done.state, done.act) = (State::Done, Some(act));
        done.modifications = notes(&["One thing", "  "]);
        let links = vec![Link::School("Alder".into())];
        let put = Change::put("New", id("t"), links.clone(), Body::Test(Box::new(done)));
        workspace.apply(put, &stamp(), &mut History::default());
        let (next, change) = toc::next_cycle(&workspace, &id("t"), &mut counter()).expect("done");
        workspace.apply(change, &stamp(), &mut History::default());
        let test = test_at(&workspace, &next.0);
        assert_eq!(!test.change_idea.is_empty(), idea, "{act:?}");
        assert_eq!((test.steps.len(), test.questions.len()), (steps, questions), "{act:?}");
        assert_eq!(test.goal, two_by_ten().goal);
        assert_eq!(workspace.links(&next), links, "{act:?} keeps its ties");
    }
}

#[test]
fn the_partner_list_is_entered_with_all_its_columns() {
    let mut workspace: Workspace = Document::new(id("w"));
    let mut personal: Personal = Document::new(id("w"));
    let contact = |name: &str| Contact {
        name: name.into(),
        title: "Coordinator".into(),
        email: "someone@example.org".into(),
        phone: "555-0100".into(),
        notes: String::new(),
    };
    for (at, name) in [("c1", "Pat Ash"), ("c2", "Kit Elm"), ("c3", "Jo Oak")] {
        let change = Change::put("Contact", id(at), vec![], PersonalBody::Contact(contact(name)));
        personal.apply(change, &stamp(), &mut History::default());
    }
    let who = |at: &str, label: &str| Who { label: label.into(), contact: Some(id(at)) };
    let head = PartnerList { school: "Alder".into(), district: "Example".into(), primary: who("c1", "counselor") };
    let partner = Partner {
        name: "Springfield County Food Bank".into(),
        kind: "hunger".into(),
        status: PartnerStatus::Active,
        contact: who("c2", "front desk"),
        provides: "food".into(),
        serves: "all students".into(),
        period: "SY 2021-2022".into(),
        established_by: who("c3", "former principal"),
        last_updated: Some(day(2021, 8, 1)),
        ..Partner::default()
    };
    let mut history = History::default();
    workspace.apply(Change::put("List", id("l"), vec![], Body::PartnerList(head.clone())), &stamp(), &mut history);
    workspace.apply(Change::put("Partner", id("p"), vec![], Body::Partner(partner.clone())), &stamp(), &mut history);
    let back = stored(&workspace);
    assert_eq!(back.get(&id("p")), Some(&Body::Partner(partner.clone())));
    assert_eq!(back.get(&id("l")), Some(&Body::PartnerList(head)));
    let text = storage::encode(&workspace);
    for detail in ["Pat Ash", "someone@example.org", "555-0100"] {
        assert!(!text.contains(detail), "{detail} belongs in the personal part");
    }
    let back: Personal = storage::decode(&storage::encode(&personal)).expect("read");
    assert_eq!(partner.contact.contact.as_ref().and_then(|c| back.contact(c)), Some(&contact("Kit Elm")));
    assert_eq!(freshness(&partner, day(2022, 8, 1)), Freshness::Fresh, "on its anniversary");
    assert_eq!(freshness(&partner, day(2022, 8, 2)), Freshness::OlderThanAYear);
}

#[test]
fn the_alignment_table_is_ready_and_can_be_extended() {
    let mut workspace: Workspace = Document::new(id("w"));
    let mut new = counter();
    let change = edits::reasons::fill_alignment(&workspace, &mut new);
    workspace.apply(change, &stamp(), &mut History::default());
    let own =
        Alignment { reason: "Asthma".into(), interventions: notes(&["Plans"]), partners: notes(&["Clinic"]), order: 4 };
    workspace.apply(Change::put("Row", id("own"), vec![], Body::Alignment(own)), &stamp(), &mut History::default());
    let workspace = stored(&workspace);
    let rows = edits::reasons::alignment(&workspace);
    let shape: Vec<(&str, usize, usize)> =
        rows.iter().map(|(_, r)| (r.reason.as_str(), r.interventions.len(), r.partners.len())).collect();
    assert_eq!(
        shape,
        [
            ("Anxiety", 3, 3),
            ("Disengaged", 4, 3),
            ("Family and work responsibilities", 3, 2),
            ("Transportation barriers", 3, 3),
            ("Asthma", 1, 1),
        ]
    );
    let again = edits::reasons::fill_alignment(&workspace, &mut new);
    assert!(again.edits.is_empty(), "filling it twice adds nothing");
    assert_eq!(partners::ALIGNMENT.len(), 4);
}

#[test]
fn the_help_bank_is_entered_completely() {
    let student = StudentRef { id: "0007".into(), name: "Sample, Robin".into(), school: "Birch".into() };
    let mut talk = Conversation::started(student, [id("b1"), id("b2")]);
    assert_eq!(talk.help_bank.backups.len(), 2);
    talk.help_bank = HelpBank {
        household: notes(&["Dad", "Kim"]),
        everyday: notes(&["Aunt Lee, next door"]),
        occasional: notes(&["Godmother"]),
        potential: notes(&["The choir"]),
        backups: vec![
            Backup { id: id("b1"), name: "Aunt Lee".into(), number: "555-0100".into() },
            Backup { id: id("b2"), name: "Mr. Roe".into(), number: "555-0101".into() },
        ],
    };
    let mut personal: Personal = Document::new(id("w"));
    let body = PersonalBody::Conversation(Box::new(talk));
    personal.apply(Change::put("Talk", id("t"), vec![], body.clone()), &stamp(), &mut History::default());
    let back: Personal = storage::decode(&storage::encode(&personal)).expect("read");
    assert_eq!(back.get(&id("t")), Some(&body));
}

#[test]
fn the_supports_menu_is_whole_and_starts_each_support() {
    let names: Vec<&str> = peers::SUPPORTS.iter().map(|s| s.name).collect();
    assert_eq!(names.len(), 4);
    let mut workspace: Workspace = Document::new(id("w"));
    let mut new = counter();
    for menu in &peers::SUPPORTS {
        for text in [menu.what, menu.goal, menu.focus, menu.duration, menu.measured_by] {
            assert!(!text.is_empty());
        }
        let (at, change) = edits::peers::start_support(menu.kind, &mut new);
        workspace.apply(change, &stamp(), &mut History::default());
        let back = stored(&workspace);
        let Some(Body::PeerSupport(support)) = back.get(&at) else { panic!("a support") };
        assert_eq!(support.kind, menu.kind);
        assert_eq!((support.goal.as_str(), support.duration.as_str()), (menu.goal, menu.duration));
        let process: Vec<&str> = support.process.iter().map(|t| t.what.as_str()).collect();
        assert_eq!(process, menu.process);
        assert_eq!(process.len(), 5);
    }
}

/// Every `Record.field` that the table of worksheets names is a stored field, and every path of a
/// module names something that is there.
#[test]
fn every_place_in_the_table_of_worksheets_exists() {
    let root = env!("CARGO_MANIFEST_DIR");
    let table = std::fs::read_to_string(format!("{root}/docs/worksheets.md")).expect("the table");
    let declared = std::fs::read_to_string(format!("{root}/src/plans/storage/v1.rs")).expect("the stored fields");
    let declared = &declared[declared.find("records! {\n").expect("records")..];
    let mut records: BTreeMap<&str, &str> = BTreeMap::new();
    for part in declared.split('}') {
        if let Some((head, fields)) = part.rsplit_once('{') {
            let name = head.split_whitespace().last().unwrap_or_default();
            let _ = records.insert(name, fields);
        }
    }
    let mut source = String::new();
    let mut folders = vec![std::path::PathBuf::from(format!("{root}/src/plans"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                source.push_str(&std::fs::read_to_string(entry.path()).expect("a file"));
            }
        }
    }
    let rows: Vec<&str> = table.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| Field")).collect();
    assert!(rows.len() > 100, "{}", rows.len());
    for row in rows {
        let places: Vec<&str> = row.split('|').nth(2).unwrap_or_default().split('`').skip(1).step_by(2).collect();
        for place in &places {
            let last = place.rsplit("::").next().unwrap_or(place);
            match last.split_once('.') {
                Some((record, field)) if records.contains_key(record) => {
                    let found = records[record].split(',').any(|f| f.trim().starts_with(&format!("{field}:")));
                    assert!(found, "{place} is not stored: {row}");
                }
                Some((record, field)) => {
                    let there =
                        source.contains(&format!("pub struct {record} ")) && source.contains(&format!("pub {field}: "));
                    assert!(there, "{place} is not there: {row}");
                }
                None => {
                    let there = ["fn ", "const ", "struct ", "enum ", "pub mod "]
                        .iter()
                        .any(|kind| source.contains(&format!("{kind}{last}")))
                        || source.contains(&format!("    {last},"));
                    assert!(there, "{place} is not there: {row}");
                }
            }
        }
        let by_data = row.contains("shown from the loaded data");
        assert!(!places.is_empty() || by_data, "no place: {row}");
    }
}
