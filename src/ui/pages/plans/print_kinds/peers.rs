//! The worksheets of testing and of learning from others: tests, visits, profiles, measuring.

use super::super::measure::filled;
use super::{Made, Part, day, facts, lines, people, steps, table, text};
use crate::charts::rate_rows::{RateRow, RateRows, rate_rows};
use crate::charts::{Precision, Rate, Width};
use crate::compare::wilson95;
use crate::plans::content::peers::{KIT, SUPPORTS};
use crate::plans::content::tests_of_change::QUESTIONS;
use crate::plans::model::*;
use crate::plans::sharing::{Eyes, finding_may_show, finding_words};
use crate::plans::{Body, Id};
use crate::state::plans::Plans;
use leptos::prelude::*;

pub(super) fn test(x: &Test) -> Made {
    let questions = x.questions.iter().map(|q| {
        let against = if q.against == Against::NotCompared { String::new() } else { q.against.label().to_owned() };
        vec![q.text.clone(), q.prediction.clone(), q.result.clone(), against]
    });
    let data = x.data.iter().map(|d| vec![d.what.clone(), d.who.label.clone(), day(d.collected)]).collect();
    let cycle = if x.cycle == 0 { String::new() } else { x.cycle.to_string() };
    let act = x.act.map_or("☐ Adapt    ☐ Adopt    ☐ Expand    ☐ Abandon".to_owned(), |a| a.label().to_owned());
    (
        "Test of change".into(),
        x.change_idea.clone(),
        vec![
            facts(
                "Plan",
                &[
                    ("Title", x.title.clone()),
                    ("Cycle", cycle),
                    ("Testers", people(&x.testers)),
                    ("Dates", format!("{} – {}", day(x.begins), day(x.ends))),
                    ("Goal", x.goal.clone()),
                    ("Driver", x.driver.clone()),
                    ("For whom", x.group.words.clone()),
                ],
            ),
            table("Questions", &["We ask", "We predict", "We saw", "Against the prediction"], questions.collect(), 3),
            table("Steps", &["What", "Who", "By", "Done"], steps(&x.steps), 4),
            table("Data to collect", &["What", "Who", "Collected"], data, 2),
            text(
                "Do: what happened, surprises, obstacles, what went well",
                [x.happened.as_str(), &x.surprises, &x.obstacles, &x.successes].join("\n").trim(),
                4,
            ),
            text("Act", &format!("{act}\n{}", lines(&x.modifications)), 3),
        ],
    )
}

pub(super) fn support(x: &PeerSupport) -> Made {
    let menu = SUPPORTS.iter().find(|s| s.kind == x.kind);
    let process = x.process.iter().map(|t| vec![t.what.clone(), day(t.done)]).collect();
    (
        "Peer support".into(),
        menu.map_or(String::new(), |m| m.what.to_owned()),
        vec![
            facts(
                "Plan",
                &[
                    ("Goal", x.goal.clone()),
                    ("Focus", x.focus.clone()),
                    ("Duration", x.duration.clone()),
                    ("With", people(&x.with)),
                    ("Dates", format!("{} – {}", day(x.begins), day(x.ends))),
                ],
            ),
            table("Process", &["Step", "Done"], process, 5),
            facts("Measure", &[("Measured by", x.measured_by.clone())]),
            text("What was made or seen", &lines(&x.artifacts), 3),
            text("Looking back", &x.reflection, 4),
        ],
    )
}

pub(super) fn network(x: &Network) -> Made {
    let members = x.members.iter().map(|m| vec![m.who.label.clone(), m.from.clone(), m.role.clone()]).collect();
    let meetings = x
        .meetings
        .iter()
        .map(|m| vec![day(m.on), m.strand.clone(), m.question.clone(), m.brought_by.label.clone(), m.notes.clone()])
        .collect();
    let pilots = x.pilots.iter().map(|p| vec![p.what.clone(), p.at.clone(), p.result.clone()]).collect();
    (
        "Network".into(),
        x.purpose.clone(),
        vec![
            table("Members", &["Who", "From", "Part"], members, 5),
            text("Strands", &lines(&x.strands), 2),
            table("Meetings", &["Day", "Strand", "Question of practice", "Brought by", "Notes"], meetings, 5),
            table("Pilots", &["What", "Where", "What came of it"], pilots, 3),
        ],
    )
}

/// The findings of schools as rows of one chart, where their numbers may leave the room; otherwise in words.
fn evidence(plans: Plans, ids: &[Id]) -> Part {
    let (rows, stamp) = plans.workspace.with(|w| {
        let found = ids.iter().filter_map(|id| match w.get(id) {
            Some(Body::Finding(f)) if finding_may_show(f, Eyes::Others) => Some(f),
            _ => None,
        });
        let mut stamp = String::new();
        let rows: Vec<RateRow> = found
            .filter_map(|f| {
                let (counted, chronic) = (f.counted?, f.chronic?);
                stamp.clone_from(&f.stamp);
                Some(RateRow {
                    name: f.school.clone(),
                    note: f.seen.map(|day| format!("to {day}")).unwrap_or_default(),
                    rate: Rate::of(chronic, counted, wilson95(u64::from(chronic), u64::from(counted))),
                    expected: f.expected.map(|millionths| f64::from(millionths) / 1e6),
                    verdict: None,
                })
            })
            .collect();
        (rows, stamp)
    });
    let words = findings(plans, ids);
    if rows.is_empty() {
        return text("The evidence", &words, 3);
    }
    let chart = rate_rows(&RateRows {
        title: "Chronically absent".to_owned(),
        stamp,
        row_label: "School".to_owned(),
        rows,
        width: PAPER,
        precision: Precision::Tenths,
    });
    Part::Chart { title: "The evidence".to_owned(), svg: chart.svg, summary: chart.summary, words }
}

/// The width of a sheet’s text, in the chart’s pixels.
const PAPER: Width = Width(700);

fn findings(plans: Plans, ids: &[Id]) -> String {
    plans.workspace.with(|w| {
        ids.iter()
            .filter_map(|id| match w.get(id) {
                Some(Body::Finding(f)) => Some(format!("{} {}", finding_words(f, plans.eyes()), f.stamp)),
                _ => None,
            })
            .collect::<Vec<_>>()
            .join("\n")
    })
}

pub(super) fn visit(plans: Plans, x: &Visit) -> Made {
    let mut parts = vec![
        facts("Visit", &[("School", x.school.clone()), ("Day", day(x.on)), ("Who has it", x.owner.label.clone())]),
        text("Why this school", &format!("{}\n{}", findings(plans, &x.why), x.why_in_words), 2),
        text("Whom to invite", &x.invite.iter().map(|m| m.who.label.clone()).collect::<Vec<_>>().join(", "), 1),
    ];
    for part in &KIT {
        let rows = part.questions.iter().filter(|q| !x.kit.iter().any(|k| k.id.0 == q.key && k.left_out)).map(|q| {
            let answer = x.kit.iter().find(|k| k.id.0 == q.key).map(|k| k.answer.clone()).unwrap_or_default();
            vec![q.title.to_owned(), answer]
        });
        parts.push(table(part.title, &["We ask", "We heard"], rows.collect(), 0));
    }
    let own: Vec<Vec<String>> = x.own_questions.iter().map(|k| vec![k.question.clone(), k.answer.clone()]).collect();
    if !own.is_empty() {
        parts.push(table("Our own questions", &["We ask", "We heard"], own, 0));
    }
    let tests = x
        .visitor_tests
        .iter()
        .map(|t| {
            vec![t.who.label.clone(), t.will_test.clone(), t.with_whom.clone(), t.predicts.clone(), day(t.look_again)]
        })
        .collect();
    parts.push(table(
        "What each of us will test",
        &["Who", "We will test", "With whom", "We predict", "Look again"],
        tests,
        3,
    ));
    ("Visit".into(), String::new(), parts)
}

pub(super) fn profile(plans: Plans, x: &Profile) -> Made {
    (
        "Practice profile".into(),
        x.sentence.clone(),
        vec![
            facts("School", &[("School", x.school.clone()), ("Made", day(x.made))]),
            evidence(plans, &x.evidence),
            text("What they do", &x.what_they_do, 3),
            text("What it takes", &x.what_it_takes, 2),
            text("How they know", &x.how_they_know, 2),
            text("What may not travel", &x.may_not_travel, 2),
            table("If you try it", &["We will test", "With whom", "We predict", "Look again"], Vec::new(), 4),
            text("Ask them", &x.ask_them, 1),
        ],
    )
}

pub(super) fn recognition(plans: Plans, x: &Recognition) -> Made {
    let criteria = x.criteria.iter().map(|c| vec![c.what.clone(), c.met_by.clone()]).collect();
    (
        "Recognition".into(),
        x.practices.clone(),
        vec![
            facts(
                "Who",
                &[
                    ("Recognised", x.who.clone()),
                    ("School", x.school.clone()),
                    ("Proposed by", x.proposed_by.label.clone()),
                    ("Day", day(x.on)),
                ],
            ),
            text("The evidence", &findings(plans, &x.evidence), 2),
            table("Criteria", &["Criterion", "How it is met"], criteria, 3),
            text("How to thank them", &x.how_to_thank, 2),
        ],
    )
}

pub(super) fn shared(x: &Shared) -> Made {
    let rows = x
        .products
        .iter()
        .map(|p| vec![p.what.clone(), p.for_whom.clone(), p.who.label.clone(), day(p.by), day(p.done)])
        .collect();
    (
        "What we will share".into(),
        String::new(),
        vec![table("Products", &["What", "For whom", "Who", "By", "Done"], rows, 5)],
    )
}

pub(super) fn measure(plans: Plans, x: &Measure, id: Option<&Id>) -> Made {
    let told = id.and_then(|id| filled(plans, id));
    let mut parts = vec![facts("Period", &[("School", x.school.clone()), ("From", day(x.from)), ("To", day(x.to))])];
    for (n, q) in QUESTIONS.iter().enumerate() {
        let words = told.as_ref().map(|t| {
            let section = &t.sections[n];
            section.filled.iter().cloned().chain([section.by_hand.clone()]).collect::<Vec<_>>().join("\n")
        });
        parts.push(text(q.title, words.unwrap_or_default().trim(), 4));
    }
    parts.push(text("What follows", &x.conclusion, 2));
    ("Four questions".into(), String::new(), parts)
}
