//! The worksheets of the team: agenda, minutes, reasons, strategies, partners.

use super::super::{agenda, long_day};
use super::{Made, Paper, day, facts, lines, people, steps, table, text};
use crate::plans::Body;
use crate::plans::content::assessment::ELEMENTS;
use crate::plans::content::peers::{PURPOSE, SUPPORTS};
use crate::plans::content::reasons::{name, question};
use crate::plans::content::strategies::{evidence_name, tier_name};
use crate::plans::content::{find, partners::AUDIENCES};
use crate::plans::model::*;
use crate::state::plans::Plans;
use leptos::prelude::*;

pub(super) fn agenda_paper(plans: Plans) -> Paper {
    let rows = agenda::lines(plans).into_iter().filter(|l| !l.dropped);
    let rows = rows.map(|l| vec![format!("{} min", l.minutes), l.what, l.leads.label, String::new()]).collect();
    Paper {
        kicker: "Attendance team".to_owned(),
        title: format!("Agenda, {}", long_day(agenda::meeting_day(plans))),
        stamp: format!("Printed {}", plans.today()),
        sentence: String::new(),
        parts: vec![
            table("To talk about", &["Time", "What", "Who leads", "Decision"], rows, 6),
            table("Decisions", &["What", "Who", "By"], Vec::new(), 4),
        ],
    }
}

pub(super) fn reasons_paper(plans: Plans) -> Paper {
    let parts = FamilySet::Four.families().iter().map(|family| {
        let rows = plans.workspace.with(|w| {
            w.live()
                .filter_map(|(_, b)| match b {
                    Body::Reason(r) if r.family == *family => Some(vec![
                        r.text.clone(),
                        r.how_known.clone(),
                        r.addressed_by.iter().map(|a| a.who.clone()).collect::<Vec<_>>().join(", "),
                    ]),
                    _ => None,
                })
                .collect()
        });
        let title = format!("{}: {}", name(FamilySet::Four, *family), question(*family));
        table(&title, &["Reason", "How we know", "Who addresses it"], rows, 4)
    });
    Paper {
        kicker: String::new(),
        title: "Reasons for absence".to_owned(),
        stamp: format!("Printed {}", plans.today()),
        sentence: "What families, students and staff say keeps students away, and who does something about it."
            .to_owned(),
        parts: parts.collect(),
    }
}

pub(super) fn partners_paper(plans: Plans) -> Paper {
    let rows = plans.workspace.with(|w| {
        w.live()
            .filter_map(|(_, b)| match b {
                Body::Partner(p) => Some(vec![
                    p.name.clone(),
                    p.contact.label.clone(),
                    p.provides.clone(),
                    p.serves.clone(),
                    p.period.clone(),
                    p.established_by.label.clone(),
                    day(p.last_updated),
                ]),
                _ => None,
            })
            .collect::<Vec<_>>()
    });
    let head = plans
        .workspace
        .with(|w| {
            w.live().find_map(|(_, b)| match b {
                Body::PartnerList(l) => Some(l.clone()),
                _ => None,
            })
        })
        .unwrap_or_default();
    Paper {
        kicker: String::new(),
        title: "List of partners".to_owned(),
        stamp: format!("Printed {}", plans.today()),
        sentence: "Checked at least once a year.".to_owned(),
        parts: vec![
            facts(
                "School",
                &[("School", head.school), ("District", head.district), ("Primary contact", head.primary.label)],
            ),
            table("Partners", &["Partner", "Contact", "Provides", "Serves", "Period", "Set up by", "Updated"], rows, 8),
        ],
    }
}

pub(super) fn supports_paper() -> Paper {
    let rows = SUPPORTS
        .iter()
        .map(|s| {
            vec![
                s.name.to_owned(),
                s.goal.to_owned(),
                s.focus.to_owned(),
                s.duration.to_owned(),
                s.process.join("; "),
                s.measured_by.to_owned(),
            ]
        })
        .collect();
    Paper {
        kicker: String::new(),
        title: "Supports menu".to_owned(),
        stamp: String::new(),
        sentence: format!("{PURPOSE}."),
        parts: vec![table(
            "Four supports",
            &["Support", "Goal", "Focus", "Duration", "Process", "Measured by"],
            rows,
            0,
        )],
    }
}

pub(super) fn meeting(x: &Meeting) -> Made {
    let agenda = x
        .agenda
        .iter()
        .filter(|l| !l.dropped)
        .map(|l| vec![format!("{} min", l.minutes), l.what.clone(), l.leads.label.clone()])
        .collect();
    let decisions =
        x.decisions.iter().map(|d| vec![d.what.clone(), d.owner.label.clone(), day(d.by), day(d.done)]).collect();
    (
        "Minutes".into(),
        String::new(),
        vec![
            facts("Meeting", &[("Day", day(x.on)), ("Place", x.place.clone()), ("Present", people(&x.present))]),
            table("Agenda", &["Time", "What", "Who leads"], agenda, 5),
            text("Minutes", &x.minutes, 6),
            table("Decisions", &["What", "Who", "By", "Done"], decisions, 5),
        ],
    )
}

pub(super) fn assessment(x: &Assessment) -> Made {
    let own = x.own_elements.iter().map(|o| (o.id.0.clone(), o.what.clone()));
    let rows = ELEMENTS.iter().map(|e| (e.key.to_owned(), e.title.to_owned())).chain(own).map(|(key, title)| {
        let mine: Vec<&Rating> = x.ratings.iter().filter(|r| r.element == key).collect();
        let levels = mine
            .iter()
            .map(|r| format!("{}: {}", r.rater, r.level.label().to_lowercase()))
            .collect::<Vec<_>>()
            .join("; ");
        let how = mine.iter().map(|r| r.how_known.clone()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ");
        vec![title, levels, how]
    });
    (
        "Self-assessment".into(),
        "One of four levels, from strongly in place down to urgent gap; in between stand measurable progress and needs improvement. Or: don’t know.".into(),
        vec![
            facts("Round", &[("School", x.school.clone()), ("Day", day(x.on))]),
            table("Elements", &["Element", "Level", "How do you know?"], rows.collect(), 0),
        ],
    )
}

pub(super) fn strategy(x: &Strategy) -> Made {
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    (
        "Strategy".into(),
        x.what.clone(),
        vec![
            facts(
                "At a glance",
                &[
                    ("Tier", tier_name(x.tier).to_owned()),
                    ("For whom", x.group.words.clone()),
                    ("Adults", number(x.adults)),
                    ("Students for each adult", number(x.students_each)),
                    (
                        "Impact, effort (1 to 5)",
                        format!(
                            "{} {}",
                            x.impact.map(|n| n.to_string()).unwrap_or_default(),
                            x.effort.map(|n| n.to_string()).unwrap_or_default()
                        ),
                    ),
                    ("Evidence", format!("{} {}", evidence_name(x.evidence), x.evidence_link)),
                    ("Who has it", x.owner.label.clone()),
                    ("By", day(x.due)),
                ],
            ),
            table("Steps", &["What", "Who", "By", "Done"], steps(&x.steps), 6),
            text("How well it worked", &x.assessed, 4),
        ],
    )
}

pub(super) fn case(x: &Case) -> Made {
    let audience = find(&AUDIENCES, &x.audience).map_or(x.audience.clone(), |a| a.title.to_owned());
    let numbers =
        x.numbers.iter().map(|n| vec![n.text.clone(), n.n.map(|n| n.to_string()).unwrap_or_default()]).collect();
    (
        "Making the case".into(),
        String::new(),
        vec![
            facts("To whom", &[("Audience", audience), ("Who says it", x.messenger.label.clone())]),
            text("What they want to reach", &x.their_goals, 2),
            text("Our argument", &x.argument, 4),
            table("Numbers that may be shared", &["Number", "Of how many students"], numbers, 3),
            text("What we ask for", &x.ask, 2),
        ],
    )
}

pub(super) fn organising(x: &Organising) -> Made {
    (
        "Organizing partners".into(),
        String::new(),
        vec![
            facts(
                "Meeting",
                &[
                    ("Day", day(x.on)),
                    ("Who leads", x.leads.label.clone()),
                    ("Who helps", people(&x.helpers)),
                    ("Time frame", x.timeframe.clone()),
                ],
            ),
            text("Goals and roles", &lines(&x.goals), 4),
            text("Resources", &lines(&x.resources), 4),
            table("Commitments", &["What", "Who", "By", "Done"], steps(&x.commitments), 6),
        ],
    )
}
