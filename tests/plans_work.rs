//! What the plans show: agenda, board, calendar, movement, sharing, ratings, gaps, capacity, the
//! family's page and the four questions.

#[path = "fixtures/plans/everything.rs"]
mod everything;

use bright_spots::attendance::{Day, Days, Tier};
use bright_spots::plans::agenda::{self, Sources};
use bright_spots::plans::board::board;
use bright_spots::plans::calendar::{self, Entry, Names};
use bright_spots::plans::content::{conversation, strategies as catalogue};
use bright_spots::plans::edits::{assessment, peers, reasons, strategies};
use bright_spots::plans::family_page::{self, Facts};
use bright_spots::plans::measuring;
use bright_spots::plans::model::Strategy;
use bright_spots::plans::model::*;
use bright_spots::plans::movement::{Moved, Standing, Whom, movement, notes};
use bright_spots::plans::personal::*;
use bright_spots::plans::sharing::{self, About, ConsentState, Eyes, finding_may_show};
use bright_spots::plans::{
    Body, Change, Document, History, Id, Link, Moment, Personal, PersonalBody, Stamp, Workspace,
};
use everything::id;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn day(m: u8, d: u8) -> Day {
    Day::from_ymd(2026, m, d).expect("a day")
}

fn stamp() -> Stamp {
    Stamp { actor: "tab".into(), at: Moment(1) }
}

fn with(bodies: Vec<(&str, Vec<Link>, Body)>) -> Workspace {
    let mut workspace = Document::new(id("w"));
    for (at, links, body) in bodies {
        workspace.apply(Change::put("New", id(at), links, body), &stamp(), &mut History::default());
    }
    workspace
}

fn personal_with(bodies: Vec<(&str, PersonalBody)>) -> Personal {
    let mut personal = Document::new(id("w"));
    for (at, body) in bodies {
        personal.apply(Change::put("New", id(at), vec![], body), &stamp(), &mut History::default());
    }
    personal
}

fn counter() -> impl FnMut() -> Id {
    let mut n = 0;
    move || {
        n += 1;
        Id(format!("new-{n}"))
    }
}

fn running_test(ends: Day) -> Body {
    Body::Test(Box::new(Test {
        title: "Two by ten".into(),
        cycle: 2,
        testers: vec![Who::from("J. Okafor")],
        begins: Some(day(1, 26)),
        ends: Some(ends),
        state: State::Running,
        ..Test::default()
    }))
}

fn active_partner(updated: Day) -> Body {
    Body::Partner(Partner {
        name: "Riverside Clinic".into(),
        status: PartnerStatus::Active,
        last_updated: Some(updated),
        owner: Who::from("L. Marsh"),
        ..Partner::default()
    })
}

fn a_visit(on: Day) -> Body {
    Body::Visit(Visit { school: "Birch".into(), on: Some(on), owner: Who::from("A. Reyes"), ..Visit::default() })
}

fn standing(student: &str, school: &str, tier: Option<Tier>) -> Standing {
    Standing { student: student.into(), school: school.into(), tier }
}

#[test]
fn the_agenda_is_made_from_what_is_due() {
    let last_year = Day::from_ymd(2024, 12, 1).expect("a day");
    let workspace = with(vec![
        ("t", vec![], running_test(day(2, 12))),
        ("p", vec![], active_partner(last_year)),
        ("p2", vec![], active_partner(day(2, 1))),
        ("v", vec![], a_visit(day(3, 3))),
    ]);
    let tiers = |tier| [standing("1", "Alder", Some(tier)), standing("2", "Alder", Some(Tier::AtRisk))];
    let moved = movement(&tiers(Tier::AtRisk), &tiers(Tier::Moderate));
    let sources =
        Sources { workspace: &workspace, personal: None, movement: &moved, today: day(2, 13), meeting: day(2, 17) };
    let due = agenda::due(&sources);
    let said: Vec<(&str, &str)> = due.iter().map(|l| (l.what.as_str(), l.leads.label.as_str())).collect();
    assert_eq!(
        said,
        [
            ("Study the results of Two by ten, cycle 2", "J. Okafor"),
            ("1 student newly chronic since the last export: who calls whom", "everyone"),
            ("Partner older than a year: Riverside Clinic", "L. Marsh"),
            ("Who goes to Birch on 3 Mar 2026, and what each will look for", "A. Reyes"),
        ]
    );
    assert_eq!(agenda::due(&Sources { movement: &[], ..sources }).len(), 3);

    // The team turns it round, rewords a line, drops one, adds one; making it again keeps all that.
    let mut meeting = Meeting { agenda: due.clone(), ..Meeting::default() };
    meeting.agenda.reverse();
    meeting.agenda[0].minutes = 15;
    meeting.agenda[2].dropped = true;
    meeting.agenda.push(AgendaLine { id: id("own"), what: "Thank the nurse".into(), ..AgendaLine::default() });
    assert_eq!(agenda::refresh(&meeting, &due), meeting.agenda);
    // The partner was checked meanwhile, but L. Marsh had taken it on: the line stays. Nobody's line goes.
    let mut later = due.clone();
    later.retain(|l| !l.id.0.contains("partner"));
    assert_eq!(agenda::refresh(&meeting, &later).len(), 5);
    meeting.agenda.iter_mut().for_each(|l| l.leads = Who::default());
    assert_eq!(agenda::refresh(&meeting, &later).len(), 4);
}

#[test]
fn the_agenda_counts_families_without_naming_them() {
    let mut talk = Conversation::started(everything::student(), [id("b1"), id("b2")]);
    talk.plan.check_in = Some(day(2, 16));
    let consent = Consent {
        student: everything::student(),
        partner: id("p"),
        scope: "Absences".into(),
        given_by: "Father".into(),
        given_on: Some(day(1, 1)),
        expires: Some(day(2, 28)),
        ..Consent::default()
    };
    let personal =
        personal_with(vec![("t", PersonalBody::Conversation(Box::new(talk))), ("c", PersonalBody::Consent(consent))]);
    let workspace = with(vec![]);
    let due = agenda::due(&Sources {
        workspace: &workspace,
        personal: Some(&personal),
        movement: &[],
        today: day(2, 13),
        meeting: day(2, 17),
    });
    let said: Vec<&str> = due.iter().map(|l| l.what.as_str()).collect();
    assert_eq!(said, ["1 check-in with a family is due", "1 consent ends by 19 Mar 2026: renew or stop sharing"]);
    let hidden = calendar::entries(&workspace, Some(&personal), Names::Hidden);
    assert!(hidden.iter().all(|e| !e.title.contains("Robin")), "{hidden:?}");
    let shown = calendar::entries(&workspace, Some(&personal), Names::Shown);
    assert_eq!(shown[0].title, "Check-in with a family: Sample, Robin");
}

#[test]
fn the_board_has_a_card_for_each_plan() {
    let last_year = Day::from_ymd(2024, 12, 1).expect("a day");
    let reason = Body::Reason(Reason { family: Family::Disengagement, text: "No adult".into(), ..Reason::default() });
    let outreach = Outreach {
        title: "12 families".into(),
        planned: Some(12),
        held: Some(8),
        stage: Stage::Running,
        due: Some(day(2, 28)),
        ..Outreach::default()
    };
    let workspace = with(vec![
        ("r", vec![], reason),
        ("t", vec![Link::Item(id("r"))], running_test(day(2, 12))),
        ("t2", vec![], running_test(day(2, 27))),
        ("p", vec![], active_partner(last_year)),
        ("quiet", vec![], active_partner(day(2, 1))),
        ("v", vec![Link::School("Birch".into())], a_visit(day(3, 3))),
        ("o", vec![], Body::Outreach(outreach)),
        ("s", vec![], Body::Strategy(Strategy { name: "Calls".into(), ..Strategy::default() })),
    ]);
    let columns = board(&workspace, None, day(2, 13));
    let ids = |at: usize| columns[at].iter().map(|c| c.id.0.as_str()).collect::<Vec<_>>();
    assert_eq!((ids(0), ids(1), ids(2), ids(3)), (vec!["v", "s"], vec!["t2", "o"], vec!["t", "p"], vec![]));
    let studied = &columns[2][0];
    assert_eq!(
        (studied.kind.as_str(), studied.from.as_deref(), studied.when.as_str(), studied.late),
        ("Test, cycle 2", Some("From: reason, disengagement"), "ended 12 Feb 2026", true)
    );
    assert_eq!((columns[2][1].when.as_str(), columns[2][1].late), ("stale", true));
    assert_eq!(columns[1][1].from.as_deref(), Some("8 held, 4 to go"));
    assert_eq!(columns[0][0].from.as_deref(), Some("From: Birch"));
    assert_eq!((columns[0][1].who.as_str(), columns[0][1].when.as_str()), ("open", "no date"));
}

/// Unfolds and parses the lines of an .ics text, as RFC 5545 says.
fn unfolded(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"));
    assert!(!text.replace("\r\n", "").contains(['\n', '\r']));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    text.replace("\r\n ", "").trim_end().split("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_calendar_file_follows_its_rules() {
    let entries = [Entry {
        day: day(12, 31),
        title: "Visit; with Ana, José\nand \\ all".into(),
        item: id("v"),
        key: "on".into(),
        done: false,
    }];
    // 2026-02-13 08:30:05 UTC.
    let text = calendar::ics(&entries, Moment(1_770_971_405_123));
    assert_eq!(
        unfolded(&text),
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Bright Spots//Plans//EN",
            "CALSCALE:GREGORIAN",
            "BEGIN:VEVENT",
            "UID:v-on@bright-spots",
            "DTSTAMP:20260213T083005Z",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "SUMMARY:Visit\\; with Ana\\, José\\nand \\\\ all",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    );
}

proptest! {
    #[test]
    fn any_title_folds_and_unfolds_to_itself(title in "\\PC{0,120}") {
        let entry = Entry { day: day(1, 1), title: title.clone(), item: id("x"), key: "k".into(), done: false };
        let lines = unfolded(&calendar::ics(&[entry], Moment(0)));
        let summary = lines.iter().find_map(|l| l.strip_prefix("SUMMARY:")).expect("a summary");
        let mut plain = String::new();
        let mut chars = summary.chars();
        while let Some(c) = chars.next() {
            plain.push(if c == '\\' { chars.next().expect("an escaped character") } else { c });
        }
        prop_assert_eq!(plain, title);
    }
}

#[test]
fn every_date_of_every_plan_is_in_the_calendar() {
    let workspace = everything::workspace();
    let entries = calendar::entries(&workspace, Some(&everything::personal()), Names::Hidden);
    let items: BTreeSet<&str> = entries.iter().map(|e| e.item.0.as_str()).collect();
    for (at, body) in workspace.live() {
        let dated = !matches!(
            body,
            Body::Reason(_)
                | Body::Alignment(_)
                | Body::PartnerList(_)
                | Body::Case(_)
                | Body::Measure(_)
                | Body::Profile(_)
                | Body::Finding(_)
                | Body::Annotation(_)
                | Body::Difference(_)
        );
        assert_eq!(items.contains(at.0.as_str()), dated, "{at}: {}", body.kind());
    }
    let unlike: BTreeSet<(&Id, &str)> = entries.iter().map(|e| (&e.item, e.key.as_str())).collect();
    assert_eq!(unlike.len(), entries.len(), "an entry's key tells it from the others of its item");
    assert!(entries.windows(2).all(|w| w[0].day <= w[1].day));
}

fn standings() -> impl proptest::strategy::Strategy<Value = Vec<Standing>> {
    use proptest::strategy::Strategy as _;
    let tier = prop::option::of((0usize..5).prop_map(|t| Tier::ALL[t]));
    prop::collection::vec((0u8..12, 0u8..3, tier), 0..30)
        .prop_map(|rows| rows.into_iter().map(|(s, c, t)| standing(&s.to_string(), &c.to_string(), t)).collect())
}

proptest! {
    #[test]
    fn nobody_vanishes(earlier in standings(), later in standings()) {
        let places = |rows: &[Standing]| rows.iter().map(|r| (r.student.clone(), r.school.clone())).collect::<BTreeSet<_>>();
        let (before, after) = (places(&earlier), places(&later));
        let all = movement(&earlier, &later);
        let mut seen = BTreeSet::new();
        for school in &all {
            for (student, moved) in &school.students {
                let place = (student.clone(), school.school.clone());
                let was = !matches!(moved, Moved::New { .. } | Moved::Arrived { .. });
                let is = !matches!(moved, Moved::Left { .. } | Moved::Transferred { .. });
                prop_assert_eq!(before.contains(&place), was);
                prop_assert_eq!(after.contains(&place), is);
                prop_assert!(seen.insert(place), "twice");
            }
            let both = school.count(|m| match m {
                Moved::Stayed { tier } => tier.is_some(),
                Moved::Between { from, to } => from.is_some() && to.is_some(),
                _ => false,
            });
            prop_assert_eq!(school.flow.iter().flatten().sum::<u32>() as usize, both);
            let same: u32 = (0..5).map(|t| school.flow[t][t]).sum();
            prop_assert_eq!(school.better() + school.worse() + same, both as u32);
            // Every number that is shown leads to exactly as many names, and nobody is left out of the list.
            let asked = |whom: Whom| school.count(|moved| whom.admits(moved));
            prop_assert_eq!(asked(Whom::Everyone), school.students.len());
            prop_assert_eq!((asked(Whom::Worse), asked(Whom::Better)), (school.worse() as usize, school.better() as usize));
            let stayed = school.count(|m| matches!(m, Moved::Stayed { .. }));
            prop_assert_eq!(asked(Whom::Moved) + stayed, school.students.len());
            for (_, moved) in &school.students {
                prop_assert_eq!(Whom::Came.admits(*moved), moved.before().is_none());
                prop_assert_eq!(Whom::Went.admits(*moved), moved.now().is_none());
            }
        }
        prop_assert_eq!(seen, before.union(&after).cloned().collect::<BTreeSet<_>>());
    }
}

#[test]
fn movement_is_said_school_by_school() {
    use Tier::{AtRisk, Moderate, Satisfactory, Severe};
    let s = standing;
    let earlier = [
        s("a", "Alder", Some(AtRisk)),
        s("b", "Alder", Some(Severe)),
        s("c", "Alder", Some(Satisfactory)),
        s("d", "Alder", None),
        s("e", "Alder", Some(AtRisk)),
        s("f", "Birch", Some(AtRisk)),
    ];
    let later = [
        s("a", "Alder", Some(Moderate)),
        s("b", "Alder", Some(AtRisk)),
        s("c", "Alder", Some(Satisfactory)),
        s("d", "Alder", Some(AtRisk)),
        s("f", "Alder", Some(AtRisk)),
        s("g", "Alder", Some(AtRisk)),
    ];
    let all = movement(&earlier, &later);
    assert_eq!(all.iter().map(|m| m.school.as_str()).collect::<Vec<_>>(), ["Alder", "Birch"]);
    let of = |at: usize, student: &str| all[at].students.iter().find(|(s, _)| s == student).expect("there").1;
    assert_eq!(of(0, "d"), Moved::Between { from: None, to: Some(AtRisk) });
    assert_eq!(of(0, "e"), Moved::Left { tier: Some(AtRisk) });
    assert_eq!(of(0, "f"), Moved::Arrived { tier: Some(AtRisk) });
    assert_eq!(of(1, "f"), Moved::Transferred { tier: Some(AtRisk) });
    assert_eq!(of(0, "g"), Moved::New { tier: Some(AtRisk) });
    assert_eq!(
        all[0].sentence(),
        "3 students were counted both times: 1 moved to a better tier, 1 to a worse one. Newly chronic: 1. No longer \
         chronic: 1. Came since: 2. Left since: 1."
    );
}

#[test]
fn notes_on_a_trend_belong_to_their_school_and_time() {
    let note = |text: &str, from: (u8, u8), to: Option<(u8, u8)>, school: &str| {
        Body::Annotation(Annotation {
            text: text.into(),
            from: Some(day(from.0, from.1)),
            to: to.map(|(m, d)| day(m, d)),
            schools: if school.is_empty() { vec![] } else { vec![school.into()] },
        })
    };
    let workspace = with(vec![
        ("1", vec![], note("Influenza", (1, 19), Some((1, 30)), "")),
        ("2", vec![], note("Bus strike", (1, 12), None, "Alder")),
        ("3", vec![], note("New boundary", (1, 12), None, "Birch")),
    ]);
    let at = |school, from: Day, to: Day| {
        notes(&workspace, school, from, to).iter().map(|(_, n)| n.text.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(at(Some("Alder"), day(1, 1), day(1, 31)), ["Bus strike", "Influenza"]);
    assert_eq!(at(None, day(1, 30), day(2, 5)), ["Influenza"]);
    assert_eq!(at(Some("Birch"), day(1, 13), day(1, 18)), Vec::<&str>::new());
}

#[test]
fn a_name_is_shared_only_while_its_consent_holds() {
    let consent = Consent {
        student: everything::student(),
        partner: id("p"),
        scope: "Absences, for asthma plans".into(),
        given_by: "Father".into(),
        given_on: Some(day(1, 10)),
        expires: Some(day(6, 30)),
        withdrawn: None,
        form_kept: String::new(),
    };
    let state = |c: &Consent, m, d| sharing::consent_on(c, day(m, d));
    assert_eq!(state(&consent, 1, 9), ConsentState::NotYet);
    assert_eq!(state(&consent, 1, 10), ConsentState::InForce);
    assert_eq!(state(&consent, 6, 30), ConsentState::InForce);
    assert_eq!(state(&consent, 7, 1), ConsentState::Expired);
    assert_eq!(state(&Consent { withdrawn: Some(day(3, 1)), ..consent.clone() }, 3, 1), ConsentState::Withdrawn);
    assert_eq!(state(&Consent { withdrawn: Some(day(3, 1)), ..consent.clone() }, 2, 28), ConsentState::InForce);
    for incomplete in [
        Consent { scope: " ".into(), ..consent.clone() },
        Consent { given_by: String::new(), ..consent.clone() },
        Consent { given_on: None, ..consent.clone() },
        Consent { expires: None, ..consent.clone() },
    ] {
        assert_eq!(state(&incomplete, 2, 1), ConsentState::Incomplete);
    }
    let personal = personal_with(vec![("c", PersonalBody::Consent(consent))]);
    let named = Partner { sharing: Sharing::NamedWithConsent, ..Partner::default() };
    let ask = |partner: &Partner, at: &str, on: Day| {
        let (allowed, refused) = sharing::named_students(&personal, &id(at), partner, on);
        (allowed.len(), refused.len())
    };
    assert_eq!(ask(&named, "p", day(2, 1)), (1, 0));
    assert_eq!(ask(&named, "another", day(2, 1)), (0, 0));
    assert_eq!(ask(&named, "p", day(7, 1)), (0, 1));
    assert_eq!(ask(&Partner { sharing: Sharing::Groups, ..Partner::default() }, "p", day(2, 1)), (0, 0));
    for (level, about, n, may) in [
        (Sharing::Nothing, About::Everyone, Some(500), false),
        (Sharing::Aggregate, About::Everyone, Some(500), true),
        (Sharing::Aggregate, About::Group, Some(500), false),
        (Sharing::Groups, About::Group, Some(11), true),
        (Sharing::Groups, About::Group, Some(10), false),
        (Sharing::NamedWithConsent, About::Group, None, false),
    ] {
        assert_eq!(sharing::may_share_number(level, about, n), may, "{level:?} {about:?} {n:?}");
    }
    let leap = Day::from_ymd(2024, 2, 29).expect("a day");
    assert_eq!(sharing::year_after(leap).iso(), "2025-03-01");
}

#[test]
fn ratings_show_disagreement_and_become_priorities() {
    let rating = |n: &str, rater: &str, element: &str, level| Rating {
        id: id(n),
        rater: rater.into(),
        element: element.into(),
        level,
        how_known: String::new(),
    };
    use Level::{DontKnow, MeasurableProgress, NeedsImprovement, StronglyInPlace, UrgentGap};
    let round = |on: Day, last| {
        Body::Assessment(Assessment {
            on: Some(on),
            school: "Alder".into(),
            ratings: vec![
                rating("1", "A", "outreach", StronglyInPlace),
                rating("2", "B", "outreach", UrgentGap),
                rating("3", "C", "outreach", DontKnow),
                rating("4", "A", "policy", MeasurableProgress),
                rating("5", "B", "policy", last),
                // The same person again: the later one counts.
                rating("6", "A", "policy", NeedsImprovement),
            ],
            own_elements: vec![OwnElement { id: id("own"), what: "Doors open early".into() }],
        })
    };
    let workspace = with(vec![
        ("late", vec![], round(day(5, 1), MeasurableProgress)),
        ("early", vec![], round(day(1, 14), NeedsImprovement)),
    ]);
    let Some(Body::Assessment(first)) = workspace.get(&id("early")) else { panic!("there") };
    let view = assessment::view(first);
    assert_eq!(view.len(), 12);
    let of = |key: &str| view.iter().find(|v| v.key == key).expect("an element");
    assert_eq!((of("outreach").counts, of("outreach").apart), ([1, 0, 0, 1, 1], 3));
    assert!(of("outreach").disagree() && !of("policy").disagree());
    assert_eq!((of("policy").counts, of("policy").raters()), ([0, 0, 2, 0, 0], 2));
    assert_eq!(of("outreach").furthest(), Some(UrgentGap));
    assert_eq!(assessment::raters(first), ["A", "B", "C"]);
    let progress = assessment::progress(&workspace, "Alder", "policy");
    let counts: Vec<_> = progress.iter().map(|(on, v)| (on.expect("a day"), v.counts)).collect();
    assert_eq!(counts, [(day(1, 14), [0, 0, 2, 0, 0]), (day(5, 1), [0, 1, 1, 0, 0])]);
    let change =
        assessment::prioritise(&workspace, &id("early"), "outreach", Who::from("team"), id("prio")).expect("made");
    let mut workspace = workspace;
    workspace.apply(change, &stamp(), &mut History::default());
    assert_eq!(workspace.around(&id("early")), [id("prio")]);
    assert!(assessment::prioritise(&workspace, &id("early"), "no such", Who::default(), id("x")).is_none());
}

#[test]
fn gaps_are_reasons_that_nobody_addresses() {
    let reason = |family, kind: Option<AddresserKind>| {
        let addressed_by =
            kind.map(|kind| Addresser { id: id("a"), who: "Nurse".into(), kind, partner: None }).into_iter().collect();
        Body::Reason(Reason { family, text: "A reason".into(), addressed_by, ..Reason::default() })
    };
    let workspace = with(vec![
        ("done", vec![], reason(Family::Barriers, Some(AddresserKind::InSchool))),
        ("could", vec![], reason(Family::Barriers, Some(AddresserKind::CouldInSchool))),
        ("tied", vec![], reason(Family::Barriers, None)),
        ("bored", vec![], reason(Family::Disengagement, None)),
        ("s", vec![Link::Item(id("tied"))], Body::Strategy(Strategy::default())),
    ]);
    let four = reasons::by_family(&workspace, FamilySet::Four);
    assert_eq!(four.len(), 4);
    let barriers: Vec<(&str, bool, bool)> =
        four[1].1.iter().map(|v| (v.id.0.as_str(), v.is_gap(), v.could_be)).collect();
    assert_eq!(barriers, [("could", true, true), ("done", false, false), ("tied", false, false)]);
    let three = reasons::by_family(&workspace, FamilySet::Three);
    assert_eq!(three.len(), 3);
    assert_eq!(three[2].0, Family::Aversion);
    assert_eq!(three[2].1[0].id, &id("bored"), "no reason is lost in the smaller set");
}

#[test]
fn from_a_finding_to_a_reason_to_a_strategy_to_a_test_and_back() {
    let mut workspace = with(vec![]);
    let mut history = History::default();
    let mut new = counter();
    let finding = Finding {
        school: "Birch".into(),
        condition: "mobility".into(),
        sentence: "39 % of 88".into(),
        ..Finding::default()
    };
    let (reason, change) = reasons::from_finding(finding, Family::Barriers, &mut new);
    workspace.apply(change, &stamp(), &mut history);
    let Some(Body::Reason(found)) = workspace.get(&reason) else { panic!("a reason") };
    let with_example = Reason { catalogue: "housing".into(), text: "Families move".into(), ..found.clone() };
    let first = reasons::suggest(&with_example);
    assert!(first[..3].iter().all(|e| e.reasons.contains(&"housing")), "those for the example come first");
    assert!(first.iter().all(|e| e.families.contains(&Family::Barriers)));
    assert_eq!(first.iter().map(|e| e.key).collect::<BTreeSet<_>>().len(), first.len());
    let (strategy, change) = strategies::choose(&workspace, first[0], Some(&reason), &mut new);
    workspace.apply(change, &stamp(), &mut history);
    let (test, change) =
        bright_spots::plans::edits::test_of_change::from_strategy(&workspace, &strategy, &mut new).expect("a strategy");
    workspace.apply(change, &stamp(), &mut history);
    assert!(workspace.around(&reason).contains(&strategy) && workspace.around(&strategy).contains(&test));
    let school = bright_spots::plans::board::plans_for(&workspace, &Link::School("Birch".into()));
    assert!(school.contains(&reason) && school.contains(&strategy) && school.contains(&test));
    let condition = workspace.pointing_at(&Link::Condition("mobility".into()));
    assert!(condition.contains(&test), "from the condition to the test: {condition:?}");
    assert_eq!(history.len(), 3);
}

#[test]
fn reach_capacity_and_the_grid_are_counted() {
    let counts = [300, 137, 130, 29, 2];
    assert_eq!(strategies::reach(StrategyTier::One, &counts), 598);
    assert_eq!(strategies::reach(StrategyTier::Two, &counts), 130);
    assert_eq!(strategies::reach(StrategyTier::Three, &counts), 31);
    let mentors = Strategy {
        tier: StrategyTier::Two,
        adults: Some(8),
        students_each: Some(2),
        minutes_each: Some(20),
        ..Strategy::default()
    };
    let capacity = strategies::capacity(&mentors, Some(&counts)).expect("counted");
    assert_eq!((capacity.reach, capacity.places, capacity.short_by()), (130, 16, 114));
    assert_eq!(capacity.minutes_each_adult, Some(40));
    assert_eq!(strategies::capacity(&mentors, None), None, "without data nobody knows how many");
    let by_hand = Strategy { reach_by_hand: Some(10), ..mentors.clone() };
    assert_eq!(strategies::capacity(&by_hand, None).expect("by hand").short_by(), 0);
    assert_eq!(strategies::capacity(&Strategy::default(), Some(&counts)), None);
    use strategies::Quarter::{Later, OnTheSide, PlanIt, StartHere};
    for (impact, effort, quarter) in
        [(5, 1, StartHere), (3, 3, StartHere), (4, 4, PlanIt), (2, 3, OnTheSide), (1, 5, Later)]
    {
        let placed = Strategy { impact: Some(impact), effort: Some(effort), ..Strategy::default() };
        assert_eq!(strategies::quarter(&placed), Some(quarter), "{impact} {effort}");
    }
    assert_eq!(strategies::quarter(&mentors), None);
    assert_eq!(strategies::catalogue(Some(StrategyTier::Three), None).len(), 3);
    assert!(strategies::catalogue(None, Some(Family::Aversion)).iter().all(|e| e.families.contains(&Family::Aversion)));
    assert_eq!(catalogue::entry("mentors").map(|e| e.name), Some("Mentors"));
}

#[test]
fn a_visit_carries_its_evidence_and_leaves_a_test_and_a_profile() {
    let mut workspace = with(vec![]);
    let mut new = counter();
    let finding =
        Finding { school: "Birch".into(), sentence: "9.0 % of 388; 19.4 % expected".into(), ..Finding::default() };
    let (visit, change) = peers::plan_visit(finding.clone(), &mut new);
    workspace.apply(change, &stamp(), &mut History::default());
    let Some(Body::Visit(planned)) = workspace.get(&visit) else { panic!("a visit") };
    assert_eq!(workspace.get(&planned.why[0]), Some(&Body::Finding(finding.clone())));
    assert!(planned.kit.len() >= 20);
    let mut planned = planned.clone();
    planned.kit.iter_mut().find(|k| k.id.0 == "transfer.depends").expect("in the kit").answer = "A small school".into();
    planned.visitor_tests.push(VisitorTest {
        id: id("v1"),
        who: Who::from("S. Dahl"),
        will_test: "A job for the first morning".into(),
        predicts: "Two fewer".into(),
        ..VisitorTest::default()
    });
    let links = workspace.links(&visit).to_vec();
    workspace.apply(
        Change::put("Edited", visit.clone(), links, Body::Visit(planned)),
        &stamp(),
        &mut History::default(),
    );
    let (test, change) = peers::test_from_visit(&workspace, &visit, &id("v1"), &mut new).expect("a row");
    workspace.apply(change, &stamp(), &mut History::default());
    let Some(Body::Test(made)) = workspace.get(&test) else { panic!("a test") };
    assert_eq!(
        (made.title.as_str(), made.questions[0].prediction.as_str()),
        ("A job for the first morning", "Two fewer")
    );
    assert!(peers::test_from_visit(&workspace, &visit, &id("v1"), &mut new).is_none(), "once");
    let (profile, change) = peers::profile_from_visit(&workspace, &visit, &mut new).expect("a visit");
    workspace.apply(change, &stamp(), &mut History::default());
    let Some(Body::Profile(profile)) = workspace.get(&profile) else { panic!("a profile") };
    assert_eq!((profile.may_not_travel.as_str(), profile.evidence.len()), ("A small school", 1));
    let (recognition, change) = peers::begin_recognition(finding, Who::from("J."), &mut new);
    workspace.apply(change, &stamp(), &mut History::default());
    let Some(Body::Recognition(recognition)) = workspace.get(&recognition) else { panic!("there") };
    assert_eq!((recognition.criteria.len(), recognition.evidence.len()), (5, 1));
}

#[test]
fn prompts_change_with_the_tier_and_name_the_student() {
    let inform = &conversation::STEPS[2];
    let of = |tier| inform.prompts_for(tier, "Robin");
    let unlike: BTreeSet<Vec<String>> = Tier::ALL.iter().map(|t| of(Some(*t))).collect();
    assert_eq!(unlike.len(), 5, "each tier has its own");
    for step in &conversation::STEPS {
        for tier in Tier::ALL.map(Some).into_iter().chain([None]) {
            let prompts = step.prompts_for(tier, "Robin");
            assert!(prompts.iter().all(|p| !p.contains('{')), "{prompts:?}");
            assert!(tier.is_none() || !prompts.is_empty(), "{} has nothing to say at {tier:?}", step.key);
        }
    }
}

#[test]
fn the_familys_page_is_plain_short_and_in_both_languages() {
    let personal = everything::personal();
    let Some(PersonalBody::Conversation(talk)) = personal.get(&id("p-talk")) else { panic!("there") };
    let facts = Facts { school: "Birch Elementary".into(), until: Some(day(6, 12)), may_still_miss: Some(4) };
    let spanish = family_page::page(talk, &facts);
    assert_eq!(spanish.title, "Plan para que Robin esté en la escuela");
    assert_eq!(spanish.made, "Hecho en conjunto el 24 de febrero de 2026, por la familia y Birch Elementary");
    assert_eq!(spanish.days_heading.as_deref(), Some("Días de ausencia hasta ahora: 12,5 de 98"));
    assert_eq!(
        spanish.lead.last().map(String::as_str),
        Some("Si Robin falta como máximo 4 días hasta el 12 de junio de 2026, el año todavía termina bien.")
    );
    let english = Conversation { language: Language::English, ..(**talk).clone() };
    let page = family_page::page(&english, &facts);
    assert_eq!(
        page.lead.last().map(String::as_str),
        Some("If Robin misses no more than 4 days until Jun 12, 2026, the year still ends well.")
    );
    assert_eq!(page.days_heading.as_deref(), Some("Days missed so far: 12.5 of 98"));
    assert_eq!(page.again, "Mar 24, 2026, by phone at half past five");
    assert_eq!(page.agreed.len(), 3);
    assert_eq!(page.help[4], ("If plans fall through", "Aunt Lee, 555-0100".to_owned()));
    assert!(page.sheets(10) <= 2, "a full plan and a whole year fit on two sheets");
    // Nothing of the one language is left in the other.
    let fixed = |p: &family_page::FamilyPage| {
        let mut all = vec![p.agreed_heading, p.learning_heading, p.referrals_heading, p.help_heading];
        all.extend([p.again_heading, p.foot]);
        all.extend(p.agreed_columns);
        all.extend(p.signatures);
        all.extend(p.help.iter().map(|(label, _)| *label));
        all
    };
    for (a, b) in fixed(&page).into_iter().zip(fixed(&spanish)) {
        assert_ne!(a, b);
    }
    for text in fixed(&page).iter().chain(&fixed(&spanish)) {
        for word in ["chronic", "crónic", "truan", "!"] {
            assert!(!text.to_lowercase().contains(word), "{text}");
        }
    }
    // A blank plan prints as a blank form.
    let blank = family_page::page(&Conversation::default(), &Facts::default());
    assert_eq!((blank.title.as_str(), blank.help.len()), ("A plan for your child to be at school", 6));
    let none = Facts { may_still_miss: Some(0), ..facts };
    assert_eq!(
        family_page::page(&english, &none).lead.last().map(String::as_str),
        Some("Every day from now on helps Robin to learn and to be with friends.")
    );
    assert_eq!(family_page::days(Language::English, Days::whole(13)), "13");
}

#[test]
fn the_four_questions_fill_themselves_in() {
    let done = Test {
        title: "Two by ten".into(),
        cycle: 1,
        state: State::Done,
        started: Some(day(1, 12)),
        invited: Some(8),
        took_part: Some(6),
        steps: vec![Step { done: Some(day(1, 12)), ..Step::default() }, Step::default()],
        questions: vec![
            Question { against: Against::Better, ..Question::default() },
            Question { against: Against::AsPredicted, ..Question::default() },
            Question::default(),
        ],
        measured: Some(Measured { sentence: "The difference could be chance.".into(), ..Measured::default() }),
        ..Test::default()
    };
    let too_late = Test { started: Some(day(9, 1)), took_part: Some(100), ..done.clone() };
    let not_begun = Test { state: State::ToDo, ..done.clone() };
    let workspace = with(vec![
        ("t", vec![], Body::Test(Box::new(done))),
        ("t2", vec![], Body::Test(Box::new(too_late))),
        ("t3", vec![], Body::Test(Box::new(not_begun))),
        ("p", vec![], active_partner(day(1, 1))),
    ]);
    let measure = Measure {
        title: "First half-year".into(),
        from: Some(day(1, 1)),
        to: Some(day(6, 30)),
        how_well: "It felt rushed".into(),
        ..Measure::default()
    };
    let moved = movement(&[standing("a", "Alder", Some(Tier::AtRisk))], &[standing("a", "Alder", Some(Tier::AtRisk))]);
    let summary = measuring::summary(&workspace, None, &moved, &measure);
    assert_eq!(summary.title, "First half-year");
    let [much, well, served, school] = &summary.sections;
    assert_eq!(much.filled, ["1 test begun.", "6 students took part in tests to the end.", "1 partner active."]);
    assert_eq!(
        well.filled,
        [
            "6 of 8 invited students took part to the end.",
            "1 of 2 planned steps were done.",
            "Of 2 predictions: 1 came out as predicted, 1 better, 0 less good.",
        ]
    );
    assert_eq!(well.by_hand, "It felt rushed");
    assert_eq!(served.filled, ["Two by ten, cycle 1: The difference could be chance."]);
    assert!(school.filled[0].starts_with("Alder: 1 student was counted both times: 0 moved"), "{}", school.filled[0]);
    assert_eq!(school.question, "What changed for the whole school?");
    // Others see nothing that counts students, and that it is hidden: hidden is not nothing.
    let others = measuring::summary_for_others(&workspace, &Personal::default(), &moved, &measure);
    assert_eq!(others.sections.each_ref().map(|s| s.hides), [true, true, false, true]);
    assert!(others.sections.iter().flat_map(|s| &s.filled).all(|line| !line.contains("student")));
    assert_eq!(others.sections[0].filled, ["1 test begun.", "1 partner active."]);
}

#[test]
fn others_see_a_finding_only_where_its_numbers_are_large() {
    let finding = |sentence: &str, counted, chronic| Finding {
        sentence: sentence.into(),
        counted,
        chronic,
        ..Finding::default()
    };
    for (case, shows) in [
        (finding("Birch", None, None), true),
        (finding("Birch: 9.0 % of 388", Some(388), Some(35)), true),
        (finding("Birch: n = 388, rate not shown", Some(388), None), true),
        (finding("Birch: 9.0 % of 388", None, None), false),
        (finding("Birch: 2.1 % of 388", Some(388), Some(8)), false),
        (finding("Grade 5: 40 % of 10", Some(10), Some(4)), false),
    ] {
        assert_eq!(finding_may_show(&case, Eyes::Others), shows, "{case:?}");
        assert!(finding_may_show(&case, Eyes::Team));
    }
    let workspace = with(vec![
        ("f", vec![], Body::Finding(finding("Grade 5: 4 of 10", Some(10), Some(4)))),
        ("v", vec![Link::Item(id("f"))], a_visit(day(3, 3))),
    ]);
    let from = |personal: Option<&Personal>| board(&workspace, personal, day(2, 13))[0][0].from.clone();
    assert_eq!(from(Some(&Personal::default())).as_deref(), Some("From: Grade 5: 4 of 10"));
    assert_eq!(from(None), None);
}
