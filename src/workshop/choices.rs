//! What teams chose in a session, as data that the workspace turns into plans.

use super::answers::Value;
use super::gather::{Participant, filled_rows};
use super::session::{Becomes, Input, Role, Session};

/// One choice of a team, ready to become a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The same choice has the same key, so that taking it over twice makes one plan.
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

/// What a team chose, as data for the workspace.
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
            let key = |part: &str| format!("{}/{}/{}/{}/{part}", session.id, answers.participant, step.id, field.id);
            let plain = |key: String, what: String| Chosen {
                key,
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
                    let filled = filled_rows(&field.input, rows);
                    for (at, row) in rows.iter().enumerate().filter(|(_, row)| filled.contains(row)) {
                        let mut choice = plain(key(&at.to_string()), String::new());
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
                        chosen.push(plain(key(&option.id), option.label.get(language).to_owned()));
                    }
                    if !other.trim().is_empty() {
                        chosen.push(plain(key("other"), other.trim().to_owned()));
                    }
                }
                (Value::Text(text), _) => chosen.push(plain(key("text"), text.trim().to_owned())),
                _ => {}
            }
        }
    }
    chosen
}
