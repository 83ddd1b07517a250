//! What stands on each worksheet, as data: filled in where there is a plan, blank where not.

mod peers;
mod team;

use crate::attendance::Day;
use crate::plans::model::*;
use crate::plans::{Body, Id};
use crate::state::plans::Plans;
use leptos::prelude::*;
use peers::{measure, network, profile, recognition, shared, support, test, visit};
use team::{
    agenda_paper, assessment, case, meeting, organising, partners_paper, reasons_paper, strategy, supports_paper,
};

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
    /// A drawing, and what it says in words.
    Chart {
        title: String,
        svg: String,
        summary: String,
        words: String,
    },
    /// Rows, then so many empty ones.
    Table {
        title: String,
        heads: Vec<String>,
        rows: Vec<Vec<String>>,
        blank: usize,
    },
}

pub(super) fn text(title: &str, text: &str, lines: usize) -> Part {
    Part::Text { title: title.to_owned(), text: text.to_owned(), lines }
}

pub(super) fn facts(title: &str, rows: &[(&str, String)]) -> Part {
    Part::Facts { title: title.to_owned(), facts: rows.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect() }
}

pub(super) fn table(title: &str, heads: &[&str], rows: Vec<Vec<String>>, least: usize) -> Part {
    let blank = least.saturating_sub(rows.len());
    Part::Table { title: title.to_owned(), heads: heads.iter().map(|h| (*h).to_owned()).collect(), rows, blank }
}

pub(super) fn day(day: Option<Day>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

pub(super) fn people(all: &[Who]) -> String {
    all.iter().map(|w| w.label.clone()).collect::<Vec<_>>().join(", ")
}

pub(super) fn lines(notes: &[Note]) -> String {
    notes.iter().map(|n| n.text.clone()).filter(|t| !t.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

pub(super) fn steps(all: &[Step]) -> Vec<Vec<String>> {
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

pub(super) type Made = (String, String, Vec<Part>);

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
