//! The session file: one versioned JSON document. Files come from anywhere, so everything in them
//! is checked before any of it is used, and what is wrong is said plainly.

use super::edit::LONGEST_STEP;
pub use super::envelope::FileProblem;
use super::envelope::{Expected, FileKind, not_as_expected, read_head};
use super::session::{Choose, Field, Input, Link, Session, Step};
use super::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io;

pub const SESSION_FORMAT: &str = "bright-spots/session";
pub const SESSION_VERSION: u32 = 1;
/// A session file is at most this many bytes: ten times the largest that comes with the app.
pub const LARGEST_SESSION: usize = 2_000_000;
const MOST_STEPS: usize = 200;
const MOST_FIELDS: usize = 40;
const MOST_ITEMS: usize = 80;
const LONGEST_TEXT: usize = 4_000;
const LONGEST_ID: usize = 64;

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    version: u32,
    session: &'a Session,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u32,
    session: Session,
}

/// The session as the text of a file, the same bytes for the same session: a line for each part of
/// a step, so that two versions compare well and the app stays small.
#[must_use]
pub fn encode(session: &Session) -> String {
    let written = Written { format: SESSION_FORMAT, version: SESSION_VERSION, session };
    let mut bytes = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut bytes, Lines::default());
    // Only maps with keys that are not strings can fail to become JSON; a session has none.
    written.serialize(&mut writer).expect("a session holds only strings, numbers and lists");
    bytes.push(b'\n');
    // JSON is UTF-8 by its definition, and the writer adds only ASCII.
    String::from_utf8(bytes).expect("JSON is text")
}

/// How deep a part of the file still begins a line of its own: the places to answer of a step.
const DEEPEST_LINE: usize = 5;

/// Breaks lines down to [`DEEPEST_LINE`] and writes what is deeper without any space.
#[derive(Default)]
struct Lines {
    depth: usize,
    any_inside: bool,
}

impl Lines {
    fn begin<W: ?Sized + io::Write>(&mut self, writer: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.any_inside = false;
        writer.write_all(mark)
    }

    fn end<W: ?Sized + io::Write>(&mut self, writer: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.any_inside && self.depth < DEEPEST_LINE {
            self.new_line(writer)?;
        }
        self.any_inside = true;
        writer.write_all(mark)
    }

    fn item<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth <= DEEPEST_LINE {
            self.new_line(writer)?;
        }
        self.any_inside = true;
        Ok(())
    }

    fn new_line<W: ?Sized + io::Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| writer.write_all(b" "))
    }
}

impl serde_json::ser::Formatter for Lines {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.item(writer, first)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.item(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(if self.depth <= DEEPEST_LINE { b": " } else { b":" })
    }
}

/// Reads a session file. Every problem found is named, up to ten.
pub fn decode(bytes: &[u8]) -> Result<Session, FileProblem> {
    let expected = Expected {
        kind: FileKind::Session,
        format: SESSION_FORMAT,
        version: SESSION_VERSION,
        most_bytes: LARGEST_SESSION,
    };
    let text = read_head(bytes, &expected)?;
    let read: Read = serde_json::from_str(text).map_err(|error| not_as_expected(&error))?;
    let problems = validate(&read.session);
    if problems.is_empty() {
        return Ok(read.session);
    }
    let n = problems.len();
    let n_more = n.saturating_sub(10);
    let mut message = problems.into_iter().take(10).collect::<Vec<_>>().join(" ");
    if n_more > 0 {
        message.push_str(&format!(" And {n_more} more."));
    }
    let spanish = match n {
        1 => "Hay una parte de esta sesión que no está como debería.".to_owned(),
        _ => format!("Hay {n} partes de esta sesión que no están como deberían."),
    };
    Err(FileProblem::new(
        Text::new(&message, &spanish),
        Text::new(
            "Nothing was changed. Ask whoever made the file for a fresh copy.",
            "No se cambió nada. Pida una copia nueva a quien hizo el archivo.",
        ),
    ))
}

/// Everything that is wrong with a session, in plain words; empty for a sound one.
#[must_use]
pub fn validate(session: &Session) -> Vec<String> {
    let mut problems = Vec::new();
    if !is_id(&session.id) {
        problems.push("The session's id must be lower-case letters, digits and hyphens.".to_owned());
    }
    if session.title.is_empty() {
        problems.push("The session has no title.".to_owned());
    }
    if session.steps.is_empty() || session.steps.len() > MOST_STEPS {
        problems.push(format!("A session has between 1 and {MOST_STEPS} steps; this one has {}.", session.steps.len()));
    }
    let lists = [("goals", session.goals.len()), ("ground rules", session.ground_rules.len())];
    for (what, n) in lists.into_iter().chain([("links", session.learn_more.len())]) {
        if n > MOST_ITEMS {
            problems.push(format!("There are more than {MOST_ITEMS} {what}."));
        }
    }
    let mut texts: Vec<&Text> = vec![&session.title, &session.summary];
    texts.extend(session.goals.iter().chain(&session.ground_rules));
    texts.extend(session.learn_more.iter().map(|link| &link.label));
    if texts.into_iter().any(|text| !is_fit(text)) || !is_fit_str(&session.credit) {
        problems.push("A text about the session is too long or holds control characters.".to_owned());
    }
    check_links(&session.learn_more, "The session", &mut problems);
    let mut seen = BTreeSet::new();
    for (at, step) in session.steps.iter().enumerate() {
        if !seen.insert(step.id.as_str()) {
            problems.push(format!("Step {} has the same id as an earlier step.", at + 1));
        }
        check_step(step, at + 1, &mut problems);
    }
    problems
}

fn check_step(step: &Step, number: usize, problems: &mut Vec<String>) {
    let name = format!("Step {number}");
    if !is_id(&step.id) {
        problems.push(format!("{name} has an id that is not lower-case letters, digits and hyphens."));
    }
    if step.title.is_empty() {
        problems.push(format!("{name} has no title."));
    }
    if step.minutes > LONGEST_STEP {
        problems.push(format!("{name} takes longer than {LONGEST_STEP} minutes."));
    }
    if step.fields.len() > MOST_FIELDS || step.cards.len() > MOST_ITEMS || step.links.len() > MOST_ITEMS {
        problems.push(format!("{name} holds too many parts."));
    }
    let mut texts: Vec<&Text> = vec![&step.title, &step.prompt];
    for card in &step.cards {
        texts.push(&card.title);
        texts.extend(&card.lines);
        if card.lines.len() > MOST_ITEMS {
            problems.push(format!("{name} holds a card of more than {MOST_ITEMS} lines."));
        }
    }
    texts.extend(step.links.iter().map(|link| &link.label));
    texts.extend(step.fields.iter().flat_map(field_texts));
    if texts.into_iter().any(|text| !is_fit(text)) || !is_fit_str(&step.facilitator_note) {
        problems.push(format!("{name} has a text that is too long or holds control characters."));
    }
    check_links(&step.links, &name, problems);
    let mut seen = BTreeSet::new();
    for field in &step.fields {
        if !is_id(&field.id) || !seen.insert(field.id.as_str()) {
            problems.push(format!("{name} has a place to answer without an id of its own."));
        }
        check_input(&field.input, &name, problems);
    }
}

fn field_texts(field: &Field) -> Vec<&Text> {
    let mut texts = vec![&field.label, &field.hint];
    match &field.input {
        Input::Choice { options, key, .. } => {
            texts.extend(options.iter().map(|option| &option.label));
            texts.extend(key.iter().map(|key| &key.explanation));
        }
        Input::Table { columns, rows, .. } => {
            texts.extend(columns.iter().map(|column| &column.label));
            texts.extend(rows.iter().flatten());
        }
        Input::Notes | Input::Line | Input::Number { .. } | Input::Predictions { .. } => {}
    }
    texts
}

fn check_input(input: &Input, name: &str, problems: &mut Vec<String>) {
    match input {
        Input::Choice { choose, options, key, .. } => {
            let ids: BTreeSet<&str> = options.iter().map(|option| option.id.as_str()).collect();
            if options.len() < 2 || options.len() > MOST_ITEMS || ids.len() != options.len() {
                problems.push(format!("{name} needs between 2 and {MOST_ITEMS} options, each with its own id."));
            }
            if !ids.iter().all(|id| is_id(id)) {
                problems.push(format!("{name} has an option whose id is not letters, digits and hyphens."));
            }
            if let Some(key) = key
                && (!ids.contains(key.correct.as_str()) || *choose == Choose::Several)
            {
                problems.push(format!("{name} is a quiz whose right answer is not one of its options."));
            }
        }
        Input::Number { least, most } => {
            if least > most {
                problems.push(format!("{name} asks for a number whose least is above its most."));
            }
        }
        Input::Table { columns, rows, blank_rows } => {
            let ids: BTreeSet<&str> = columns.iter().map(|column| column.id.as_str()).collect();
            let sound = (1..=12).contains(&columns.len())
                && ids.len() == columns.len()
                && ids.iter().all(|id| is_id(id))
                && rows.len() + usize::from(*blank_rows) <= MOST_ITEMS
                && rows.iter().all(|row| row.len() <= columns.len());
            if !sound {
                problems.push(format!("{name} has a table whose rows and columns do not fit together."));
            }
        }
        Input::Notes | Input::Line | Input::Predictions { .. } => {}
    }
}

/// A link that runs a script would be the one way in which a file could act; only web pages pass.
fn check_links(links: &[Link], name: &str, problems: &mut Vec<String>) {
    for link in links {
        let address = link.url.strip_prefix("https://").or_else(|| link.url.strip_prefix("http://"));
        let sound = address.is_some_and(|rest| {
            !rest.is_empty() && !rest.starts_with('/') && rest.len() < 500 && rest.chars().all(|c| c.is_ascii_graphic())
        });
        if !sound {
            problems.push(format!("{name} has a link that is not the address of a web page."));
        }
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= LONGEST_ID
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_fit(text: &Text) -> bool {
    is_fit_str(&text.en) && is_fit_str(&text.es)
}

fn is_fit_str(text: &str) -> bool {
    text.chars().count() <= LONGEST_TEXT && !text.chars().any(|c| c.is_control() && c != '\n')
}
