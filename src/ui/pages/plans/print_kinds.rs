//! What stands on each worksheet, as data: filled in where there is a plan, blank where not.

use super::agenda;
use crate::attendance::Day;
use crate::plans::content::assessment::ELEMENTS;
use crate::plans::content::peers::{KIT, PURPOSE, SUPPORTS};
use crate::plans::content::reasons::{name, question};
use crate::plans::content::strategies::{evidence_name, tier_name};
use crate::plans::content::tests_of_change::QUESTIONS;
use crate::plans::content::{find, partners::AUDIENCES};
use crate::plans::model::*;
use crate::plans::{Body, Id};
use crate::state::plans::Plans;
use leptos::prelude::*;

/// One worksheet.
pub struct Paper {
    pub kicker: String,
    pub title: String,
    pub stamp: String,
    pub sentence: String,
    pub parts: Vec<Part>,
}

/// A part of a worksheet.
pub enum Part {
    /// A text, or so many empty lines.
    Text {
        title: String,
        text: String,
        lines: usize,
    },
    Facts {
        title: String,
        facts: Vec<(String, String)>,
    },
    /// Rows, then so many empty ones.
    Table {
        title: String,
        heads: Vec<String>,
        rows: Vec<Vec<String>>,
        blank: usize,
    },
}

fn text(title: &str, text: &str, lines: usize) -> Part {
    Part::Text { title: title.to_owned(), text: text.to_owned(), lines }
}

fn facts(title: &str, rows: &[(&str, String)]) -> Part {
    Part::Facts { title: title.to_owned(), facts: rows.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect() }
}

fn table(title: &str, heads: &[&str], rows: Vec<Vec<String>>, least: usize) -> Part {
    let blank = least.saturating_sub(rows.len());
    Part::Table { title: title.to_owned(), heads: heads.iter().map(|h| (*h).to_owned()).collect(), rows, blank }
}

fn day(day: Option<Day>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

fn people(all: &[Who]) -> String {
    all.iter().map(|w| w.label.clone()).collect::<Vec<_>>().join(", ")
}

fn lines(notes: &[Note]) -> String {
    notes.iter().map(|n| n.text.clone()).filter(|t| !t.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

fn steps(all: &[Step]) -> Vec<Vec<String>> {
    all.iter()
        .map(|s| {
            vec![
                s.what.clone(),
                s.who.label.clone(),
                if s.by.is_some() { day(s.by) } else { s.when.clone() },
                day(s.done),
            ]
        })
        .collect()
}

/// The worksheet of this word, filled in from an item where one is named.
#[must_use]
pub fn paper(plans: Plans, what: &str, id: Option<&Id>) -> Option<Paper> {
    let body = match id {
        Some(id) => Some(plans.workspace.with(|w| w.get(id).cloned())?),
        None => None,
    };
    let (kind, sentence, parts) = match what {
        "agenda" => return Some(agenda_paper(plans)),
        "reasons" => return Some(reasons_paper(plans)),
        "partners" => return Some(partners_paper(plans)),
        "supports" => return Some(supports_paper()),
        "meeting" => match body {
            Some(Body::Meeting(x)) => meeting(&x),
            None => meeting(&Meeting::default()),
            _ => return None,
        },
        "assessment" => match body {
            Some(Body::Assessment(x)) => assessment(&x),
            None => assessment(&Assessment::default()),
            _ => return None,
        },
        "strategy" => match body {
            Some(Body::Strategy(x)) => strategy(&x),
            None => strategy(&Strategy::default()),
            _ => return None,
        },
        "case" => match body {
            Some(Body::Case(x)) => case(&x),
            None => case(&Case::default()),
            _ => return None,
        },
        "organising" => match body {
            Some(Body::Organising(x)) => organising(&x),
            None => organising(&Organising::default()),
            _ => return None,
        },
        "test" => match body {
            Some(Body::Test(x)) => test(&x),
            None => test(&Test::default()),
            _ => return None,
        },
        "support" => match body {
            Some(Body::PeerSupport(x)) => support(&x),
            None => support(&PeerSupport::default()),
            _ => return None,
        },
        "network" => match body {
            Some(Body::Network(x)) => network(&x),
            None => network(&Network::default()),
            _ => return None,
        },
        "visit" => match body {
            Some(Body::Visit(x)) => visit(plans, &x),
            None => visit(plans, &Visit::default()),
            _ => return None,
        },
        "profile" => match body {
            Some(Body::Profile(x)) => profile(plans, &x),
            None => profile(plans, &Profile::default()),
            _ => return None,
        },
        "recognition" => match body {
            Some(Body::Recognition(x)) => recognition(plans, &x),
            _ => return None,
        },
        "shared" => match body {
            Some(Body::Shared(x)) => shared(&x),
            _ => return None,
        },
        "measure" => match (body, id) {
            (Some(Body::Measure(x)), Some(id)) => measure(plans, &x, Some(id)),
            (None, _) => measure(plans, &Measure::default(), None),
            _ => return None,
        },
        _ => return None,
    };
    let title = match id {
        Some(id) => plans.workspace.with(|w| w.get(id).map(Body::title)).unwrap_or_default(),
        None => kind.clone(),
    };
    let kicker = if id.is_some() { kind } else { String::new() };
    Some(Paper { kicker, title, stamp: format!("Printed {}", plans.today()), sentence, parts })
}

type Made = (String, String, Vec<Part>);

fn agenda_paper(plans: Plans) -> Paper {
    let rows = agenda::lines(plans).into_iter().filter(|l| !l.dropped);
    let rows = rows.map(|l| vec![format!("{} min", l.minutes), l.what, l.leads.label, String::new()]).collect();
    Paper {
        kicker: "Attendance team".to_owned(),
        title: format!("Agenda, {}", super::long_day(agenda::meeting_day(plans))),
        stamp: format!("Printed {}", plans.today()),
        sentence: String::new(),
        parts: vec![
            table("To talk about", &["Time", "What", "Who leads", "Decision"], rows, 6),
            table("Decisions", &["What", "Who", "By"], Vec::new(), 4),
        ],
    }
}

fn reasons_paper(plans: Plans) -> Paper {
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

fn partners_paper(plans: Plans) -> Paper {
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

fn supports_paper() -> Paper {
    let rows = SUPPORTS
        .iter()
        .map(|s| {
            vec![
                s.name.to_owned(),
                s.goal.to_owned(),
                s.focus.to_owned(),
                s.duration.to_owned(),
                s.process.join(", "),
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

fn meeting(x: &Meeting) -> Made {
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

fn assessment(x: &Assessment) -> Made {
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

fn strategy(x: &Strategy) -> Made {
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

fn case(x: &Case) -> Made {
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

fn organising(x: &Organising) -> Made {
    (
        "Organising partners".into(),
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

fn test(x: &Test) -> Made {
    let questions = x.questions.iter().map(|q| {
        let against = if q.against == Against::NotCompared { String::new() } else { q.against.label().to_owned() };
        vec![q.text.clone(), q.prediction.clone(), q.result.clone(), against]
    });
    let data = x.data.iter().map(|d| vec![d.what.clone(), d.who.label.clone(), day(d.collected)]).collect();
    let cycle = if x.cycle == 0 { String::new() } else { x.cycle.to_string() };
    let act = x.act.map_or("Adapt   Adopt   Expand   Abandon".to_owned(), |a| a.label().to_owned());
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

fn support(x: &PeerSupport) -> Made {
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

fn network(x: &Network) -> Made {
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

fn findings(plans: Plans, ids: &[Id]) -> String {
    plans.workspace.with(|w| {
        ids.iter()
            .filter_map(|id| match w.get(id) {
                Some(Body::Finding(f)) => Some(format!("{} {}", f.sentence, f.stamp)),
                _ => None,
            })
            .collect::<Vec<_>>()
            .join("\n")
    })
}

fn visit(plans: Plans, x: &Visit) -> Made {
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

fn profile(plans: Plans, x: &Profile) -> Made {
    (
        "Practice profile".into(),
        x.sentence.clone(),
        vec![
            facts("School", &[("School", x.school.clone()), ("Made", day(x.made))]),
            text("The evidence", &findings(plans, &x.evidence), 3),
            text("What they do", &x.what_they_do, 3),
            text("What it takes", &x.what_it_takes, 2),
            text("How they know", &x.how_they_know, 2),
            text("What may not travel", &x.may_not_travel, 2),
            table("If you try it", &["We will test", "With whom", "We predict", "Look again"], Vec::new(), 4),
            text("Ask them", &x.ask_them, 1),
        ],
    )
}

fn recognition(plans: Plans, x: &Recognition) -> Made {
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

fn shared(x: &Shared) -> Made {
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

fn measure(plans: Plans, x: &Measure, id: Option<&Id>) -> Made {
    let told = id.and_then(|id| super::measure::filled(plans, id));
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
