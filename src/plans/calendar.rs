//! Every date of every plan in one list, and as an .ics file (RFC 5545).

use super::document::{Id, Moment};
use super::model::{Body, Step};
use super::sharing::year_after;
use super::{Personal, PersonalBody, Workspace};
use crate::attendance::Day;

/// One date of one plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub day: Day,
    pub title: String,
    /// The item it belongs to.
    pub item: Id,
    /// Tells two dates of one item apart: stable over time.
    pub key: String,
    pub done: bool,
}

/// Whether entries from the personal part say whom they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    Hidden,
    Shown,
}

/// Every date, in order.
#[must_use]
pub fn entries(workspace: &Workspace, personal: Option<&Personal>, names: Names) -> Vec<Entry> {
    let mut all = Vec::new();
    for (id, body) in workspace.live() {
        of_plan(id, body, &mut all);
    }
    for (id, body) in personal.iter().flat_map(|p| p.live()) {
        of_person(id, body, names, &mut all);
    }
    all.sort();
    all
}

fn of_plan(id: &Id, body: &Body, all: &mut Vec<Entry>) {
    let title = body.title();
    let mut add = |key: &str, day: Option<Day>, title: String, done: bool| {
        if let Some(day) = day {
            all.push(Entry { day, title, item: id.clone(), key: key.to_owned(), done });
        }
    };
    let done = |stage| stage == super::model::Stage::Done;
    match body {
        Body::Team(x) => add("next", x.next_meeting, "Meeting of the attendance team".to_owned(), false),
        Body::Meeting(x) => {
            add("on", x.on, "Meeting of the attendance team".to_owned(), x.held);
            for d in &x.decisions {
                add(&format!("decision:{}", d.id), d.by, format!("Due: {}", d.what), d.done.is_some());
            }
        }
        Body::Assessment(x) => add("on", x.on, "Self-assessment".to_owned(), !x.ratings.is_empty()),
        Body::Priority(x) => add("due", x.due, format!("Priority: {title}"), done(x.stage)),
        Body::Strategy(x) => {
            add("due", x.due, format!("Strategy: {title}"), done(x.stage));
            steps(&x.steps, &title, &mut add);
        }
        Body::Partner(x) => {
            add("due", x.due, format!("Partner: {title}"), false);
            add("review", x.last_updated.map(year_after), format!("Check the entry of {title}"), false);
        }
        Body::Organising(x) => {
            add("on", x.on, format!("Partners meet: {title}"), done(x.stage));
            steps(&x.commitments, &title, &mut add);
        }
        Body::Outreach(x) => add("due", x.due, format!("Conversations: {title}"), done(x.stage)),
        Body::Test(x) => {
            let over = x.state == super::model::State::Done;
            let started = x.state != super::model::State::ToDo;
            add("begins", x.begins, format!("Test begins: {title}, cycle {}", x.cycle.max(1)), started);
            add("ends", x.ends, format!("Test ends: {title}, cycle {}", x.cycle.max(1)), over);
            steps(&x.steps, &title, &mut add);
        }
        Body::PeerSupport(x) => {
            add("begins", x.begins, format!("Begins: {title}"), x.stage != super::model::Stage::ToDo);
            add("ends", x.ends, format!("Ends: {title}"), done(x.stage));
        }
        Body::Network(x) => {
            for m in &x.meetings {
                add(&format!("meeting:{}", m.id), m.on, format!("{title}: {}", m.question), !m.notes.is_empty());
            }
            for p in &x.pilots {
                add(&format!("pilot:{}", p.id), p.to, format!("Pilot ends: {}", p.what), !p.result.is_empty());
            }
        }
        Body::Visit(x) => {
            add("on", x.on, format!("Visit to {title}"), done(x.stage));
            for v in &x.visitor_tests {
                add(&format!("look:{}", v.id), v.look_again, format!("Look again: {}", v.will_test), false);
            }
        }
        Body::Shared(x) => {
            for p in &x.products {
                add(&format!("product:{}", p.id), p.by, format!("To share: {}", p.what), p.done.is_some());
            }
        }
        Body::Recognition(x) => add("on", x.on, format!("Recognition: {title}"), false),
        Body::Reason(_)
        | Body::Alignment(_)
        | Body::PartnerList(_)
        | Body::Case(_)
        | Body::Measure(_)
        | Body::Profile(_)
        | Body::Finding(_)
        | Body::Annotation(_)
        | Body::Difference(_) => {}
    }
}

fn steps(steps: &[Step], title: &str, add: &mut impl FnMut(&str, Option<Day>, String, bool)) {
    for s in steps {
        add(&format!("step:{}", s.id), s.by, format!("{title}: {}", s.what), s.done.is_some());
    }
}

fn of_person(id: &Id, body: &PersonalBody, names: Names, all: &mut Vec<Entry>) {
    let mut add = |key: &str, day: Option<Day>, what: &str, name: &str, done: bool| {
        if let Some(day) = day {
            let title = match names {
                Names::Shown if !name.is_empty() => format!("{what}: {name}"),
                _ => what.to_owned(),
            };
            all.push(Entry { day, title, item: id.clone(), key: key.to_owned(), done });
        }
    };
    match body {
        PersonalBody::Conversation(x) => {
            let name = &x.student.name;
            add("planned", x.planned, "Conversation with a family", name, x.plan.made.is_some());
            add("check-in", x.plan.check_in, "Check-in with a family", name, x.plan.checked.is_some());
            let steps = [&x.plan.family_steps, &x.plan.student_steps, &x.plan.school_steps];
            for s in steps.into_iter().flatten() {
                add(&format!("step:{}", s.id), s.by, "Step of a family’s plan", name, s.done.is_some());
            }
        }
        PersonalBody::Consent(x) => {
            add("expires", x.expires, "A consent ends", &x.student.name, x.withdrawn.is_some());
        }
        PersonalBody::Contact(_)
        | PersonalBody::Chosen(_)
        | PersonalBody::InPlan(_)
        | PersonalBody::Snapshot(_)
        | PersonalBody::Difference(_) => {}
    }
}

/// Conversations whose check-in has come by a day and was not held.
#[must_use]
pub fn upcoming_check_ins(personal: &Personal, by: Day) -> Vec<Id> {
    let mut due: Vec<(Day, Id)> = personal
        .live()
        .filter_map(|(id, body)| match body {
            PersonalBody::Conversation(talk) if talk.plan.checked.is_none() => {
                talk.plan.check_in.filter(|day| *day <= by).map(|day| (day, id.clone()))
            }
            _ => None,
        })
        .collect();
    due.sort();
    due.into_iter().map(|(_, id)| id).collect()
}

/// The entries as a calendar file: whole days, CRLF, lines of at most 75 octets. `made` is the
/// moment of making it, which the format wants.
#[must_use]
pub fn ics(entries: &[Entry], made: Moment) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(text, &mut out);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Bright Spots//Plans//EN");
    line("CALSCALE:GREGORIAN");
    for entry in entries {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@bright-spots", escape(&format!("{}-{}", entry.item, entry.key))));
        line(&format!("DTSTAMP:{}", utc(made)));
        line(&format!("DTSTART;VALUE=DATE:{}", compact(entry.day)));
        line(&format!("DTEND;VALUE=DATE:{}", compact(entry.day.plus(1))));
        line(&format!("SUMMARY:{}", escape(&entry.title)));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

fn compact(day: Day) -> String {
    day.iso().replace('-', "")
}

fn utc(moment: Moment) -> String {
    let seconds = moment.0.div_euclid(1000);
    let day = Day(i32::try_from(seconds.div_euclid(86_400)).unwrap_or(0));
    let rest = seconds.rem_euclid(86_400);
    format!("{}T{:02}{:02}{:02}Z", compact(day), rest / 3600, rest / 60 % 60, rest % 60)
}

/// Backslash, semicolon, comma and line breaks, as RFC 5545 3.3.11 wants; other control characters
/// are not allowed and left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// Ends a line, after at most 75 octets each; a continued line begins with a space, and no
/// character is cut in two.
fn fold(text: &str, out: &mut String) {
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}
