//! What teams chose in a session, as data that the workspace turns into plans.

use super::answers::Value;
use super::gather::{Participant, filled_rows};
use super::session::{Becomes, Input, Role, Session, fnv1a};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One choice of a team, ready to become a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The same choice of the same team has the same key, whoever typed it and in whatever order
    /// files came, so that taking it over twice makes one plan.
    pub key: String,
    pub becomes: Becomes,
    pub what: String,
    /// Empty where nobody was named.
    pub who: String,
    /// As written: a date or words such as "before winter break".
    pub by_when: String,
    pub reason: String,
    pub partner: String,
    /// The other filled cells of the row, with the head of their column.
    pub more: Vec<(String, String)>,
    pub session: String,
    pub step: String,
    pub team: String,
}

/// Adds choices to those that wait to become plans, each key once and the newest wording kept. What
/// waits is a JSON list of [`Chosen`]; text that is no such list is an error and stays untouched.
pub fn queue(waiting: &str, more: &[Chosen]) -> Result<String, serde_json::Error> {
    let mut all: Vec<Chosen> = if waiting.trim().is_empty() { Vec::new() } else { serde_json::from_str(waiting)? };
    all.retain(|old| more.iter().all(|new| new.key != old.key));
    all.extend(more.iter().cloned());
    serde_json::to_string(&all)
}

/// What a team chose, as data for the workspace; what several members chose alike stands once.
#[must_use]
pub fn chosen(session: &Session, members: &[Participant], team: &str) -> Vec<Chosen> {
    let mut chosen = Vec::new();
    for person in members {
        let answers = &person.answers;
        let language = answers.language;
        for (step, field) in session.answer_places() {
            let (Some(becomes), Some(value)) = (field.becomes, answers.get(&step.id, &field.id)) else { continue };
            if !value.fits(field) {
                continue;
            }
            // What makes a choice the same one: its place, its team and what it says.
            let plain = |identity: &str, what: String| Chosen {
                key: format!(
                    "{}/{}/{}/{:016x}",
                    session.id,
                    step.id,
                    field.id,
                    fnv1a(format!("{}\n{identity}", team.to_lowercase()).as_bytes())
                ),
                becomes,
                what,
                who: String::new(),
                by_when: String::new(),
                reason: String::new(),
                partner: String::new(),
                more: Vec::new(),
                session: session.id.clone(),
                step: step.id.clone(),
                team: team.to_owned(),
            };
            match (value, &field.input) {
                (Value::Table(rows), Input::Table { columns, .. }) => {
                    for row in filled_rows(&field.input, rows) {
                        let cells: Vec<&str> = row.iter().map(|cell| cell.trim()).collect();
                        let mut choice = plain(&cells.join("\t"), String::new());
                        for (column, cell) in columns.iter().zip(row) {
                            let cell = cell.trim().to_owned();
                            match column.role {
                                Some(Role::What) => choice.what = cell,
                                Some(Role::Who) => choice.who = cell,
                                Some(Role::ByWhen) => choice.by_when = cell,
                                Some(Role::Reason) => choice.reason = cell,
                                Some(Role::Partner) => choice.partner = cell,
                                None if cell.is_empty() => {}
                                None => choice.more.push((column.label.get(language).to_owned(), cell)),
                            }
                        }
                        if choice.what.is_empty() {
                            choice.what = [&choice.partner, &choice.reason]
                                .into_iter()
                                .find(|text| !text.is_empty())
                                .cloned()
                                .unwrap_or_default();
                        }
                        if !choice.what.is_empty() {
                            chosen.push(choice);
                        }
                    }
                }
                (Value::Choices { chosen: ids, other }, Input::Choice { options, .. }) => {
                    for option in options.iter().filter(|option| ids.contains(&option.id)) {
                        chosen.push(plain(&option.id, option.label.get(language).to_owned()));
                    }
                    if !other.trim().is_empty() {
                        chosen.push(plain(other.trim(), other.trim().to_owned()));
                    }
                }
                (Value::Text(text), _) => chosen.push(plain(text.trim(), text.trim().to_owned())),
                _ => {}
            }
        }
    }
    let mut seen = BTreeSet::new();
    chosen.retain(|choice| seen.insert(choice.key.clone()));
    chosen
}
