//! Many answers files brought together without a server. The order of files does not matter, the
//! same file may come twice, a later version of the same answers replaces an earlier one, and what
//! cannot be used is named and kept in sight.

use super::answers::{Answers, Value};
use super::catalogue;
use super::envelope::FileProblem;
use super::payload;
use super::session::{Field, Input, Session, Step};
use super::text::{Language, Text};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The answers of one version, by the text of their file. Texts are canonical, so the same answers
/// are the same entry; with each stand the names under which it came.
type Texts = BTreeMap<String, (Answers, BTreeSet<String>)>;

/// Everything that was dropped for one session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathering {
    /// By participant and revision.
    kept: BTreeMap<String, BTreeMap<u32, Texts>>,
    /// Files that could not be used, by name.
    refused: BTreeMap<String, BTreeSet<FileProblem>>,
}

/// What became of one dropped file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    New,
    /// The same answers are here already.
    Again,
    /// An earlier version of these answers was here; this one is shown now.
    Replaced,
    /// A later version is here; this one is kept but not shown.
    Older,
    /// Other answers claim to be the same version; both are shown.
    Differs,
    Refused(FileProblem),
}

/// One set of answers that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// What to call it: the name written, the team, or "Answer 3".
    pub label: String,
    /// "Answer 3": for a projector, where nobody is named.
    pub neutral_label: String,
    pub answers: Answers,
    /// The names of the files in which it came.
    pub files: Vec<String>,
}

/// Something the facilitator should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The file or the person it is about.
    pub about: String,
    pub kind: RemarkKind,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// Not used at all.
    Refused,
    /// Two texts for the same version.
    Differs,
    /// Some answers have no place in this session: it was changed since, or the file was.
    OtherVersion,
    /// Replaced by a later file.
    Superseded,
}

/// An answer that no place in the session can show; kept as text so that nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    pub who: String,
    pub step: String,
    pub field: String,
    pub text: String,
}

impl Gathering {
    #[must_use]
    pub fn new() -> Gathering {
        Gathering::default()
    }

    /// Takes one dropped file, or a pasted line of answers.
    pub fn add(&mut self, session: &Session, file: &str, bytes: &[u8]) -> Added {
        let read = match std::str::from_utf8(bytes) {
            Ok(text) if payload::looks_like_line(text) => {
                let others = related(session);
                let mut candidates = vec![session];
                candidates.extend(&others);
                payload::from_line(&candidates, text)
            }
            _ => Answers::decode(bytes),
        };
        let problem = match read {
            Ok(answers) if answers.session == session.id => return self.keep(file, answers),
            Ok(answers) => {
                let (theirs, ours) = (&answers.session, &session.id);
                FileProblem::new(
                    Text::new(
                        &format!("These answers belong to another session (“{theirs}”, not “{ours}”)."),
                        &format!("Estas respuestas son de otra sesión («{theirs}», no «{ours}»)."),
                    ),
                    Text::new(
                        "Open that session to see them. The file was left as it is.",
                        "Abra esa sesión para verlas. El archivo quedó como estaba.",
                    ),
                )
            }
            Err(problem) => problem,
        };
        self.refused.entry(file.to_owned()).or_default().insert(problem.clone());
        Added::Refused(problem)
    }

    fn keep(&mut self, file: &str, answers: Answers) -> Added {
        let revisions = self.kept.entry(answers.participant.clone()).or_default();
        let newest = revisions.keys().next_back().copied();
        let texts = revisions.entry(answers.revision).or_default();
        let canonical = answers.encode();
        if let Some((_, files)) = texts.get_mut(&canonical) {
            files.insert(file.to_owned());
            return Added::Again;
        }
        let differs = !texts.is_empty();
        let revision = answers.revision;
        texts.insert(canonical, (answers, BTreeSet::from([file.to_owned()])));
        match newest {
            None => Added::New,
            Some(newest) if revision < newest => Added::Older,
            Some(_) if differs => Added::Differs,
            Some(_) => Added::Replaced,
        }
    }

    /// Takes one participant's answers away, every version of them.
    pub fn remove(&mut self, participant: &str) {
        self.kept.remove(participant);
    }

    /// Forgets the files that could not be used.
    pub fn dismiss_refused(&mut self) {
        self.refused.clear();
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.refused.is_empty()
    }

    /// The answers to show: the latest version of each participant, in an order that does not
    /// depend on how they came. Same-numbered versions that differ are all shown.
    #[must_use]
    pub fn participants(&self, language: Language) -> Vec<Participant> {
        let mut shown = Vec::new();
        for revisions in self.kept.values() {
            let Some(latest) = revisions.values().next_back() else { continue };
            shown.extend(latest.values());
        }
        let word = language.pick("Answer", "Respuesta");
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let numbered = shown.into_iter().enumerate().map(|(at, (answers, files))| {
            let neutral_label = format!("{word} {}", at + 1);
            let named = if answers.name.trim().is_empty() { &answers.team } else { &answers.name };
            let label = if named.trim().is_empty() { neutral_label.clone() } else { named.trim().to_owned() };
            let n_before = taken.entry(label.clone()).or_default();
            *n_before += 1;
            let label = if *n_before > 1 { format!("{label} ({n_before})") } else { label };
            Participant { label, neutral_label, answers: answers.clone(), files: files.iter().cloned().collect() }
        });
        numbered.collect()
    }

    /// What the facilitator should know: files not used, versions that differ, changed sessions.
    #[must_use]
    pub fn remarks(&self, session: &Session) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for (file, problems) in &self.refused {
            for problem in problems {
                let message = format!("{file}: {problem}");
                remarks.push(Remark { about: file.clone(), kind: RemarkKind::Refused, message });
            }
        }
        let fits = |answers: &Answers| {
            let mut all = answers.steps.iter().flat_map(|(step, fields)| fields.iter().map(move |at| (step, at)));
            all.all(|(step, (field, value))| {
                session.step(step).and_then(|step| step.field(field)).is_some_and(|place| value.fits(place))
            })
        };
        for revisions in self.kept.values() {
            let latest = revisions.keys().next_back();
            for (revision, texts) in revisions {
                let files: Vec<&str> = texts.values().flat_map(|(_, files)| files.iter().map(String::as_str)).collect();
                let about = files.join(", ");
                if Some(revision) != latest {
                    let message = format!("{about}: replaced by a later file from the same device.");
                    remarks.push(Remark { about, kind: RemarkKind::Superseded, message });
                    continue;
                }
                if texts.len() > 1 {
                    let message = format!(
                        "{about}: these come from the same device and differ, yet none says it is later. All are shown; take out what is out of date."
                    );
                    remarks.push(Remark { about: about.clone(), kind: RemarkKind::Differs, message });
                }
                if !texts.values().all(|(answers, _)| fits(answers)) {
                    let message = format!(
                        "{about}: some answers have no place in this version of the session. What fits is shown; the rest stands at the end."
                    );
                    remarks.push(Remark { about, kind: RemarkKind::OtherVersion, message });
                }
            }
        }
        remarks.sort_by(|a, b| (a.kind, &a.about).cmp(&(b.kind, &b.about)));
        remarks
    }

    /// Answers for which this session has no fitting place.
    #[must_use]
    pub fn unplaced(&self, session: &Session, language: Language) -> Vec<Unplaced> {
        let mut unplaced = Vec::new();
        for person in self.participants(language) {
            for (step, fields) in &person.answers.steps {
                for (field, value) in fields {
                    let place = session.step(step).and_then(|step| step.field(field));
                    if !place.is_some_and(|place| value.fits(place)) {
                        unplaced.push(Unplaced {
                            who: person.label.clone(),
                            step: step.clone(),
                            field: field.clone(),
                            text: value.as_plain_text(),
                        });
                    }
                }
            }
        }
        unplaced
    }

    /// Participants by team, those without one each on their own.
    #[must_use]
    pub fn teams(&self, language: Language) -> Vec<(String, Vec<Participant>)> {
        let mut teams: BTreeMap<(u8, String), (String, Vec<Participant>)> = BTreeMap::new();
        for person in self.participants(language) {
            let team = person.answers.team.split_whitespace().collect::<Vec<_>>().join(" ");
            let (key, name) = if team.is_empty() {
                ((1, person.answers.participant.clone() + &person.label), person.label.clone())
            } else {
                ((0, team.to_lowercase()), team)
            };
            teams.entry(key).or_insert_with(|| (name, Vec::new())).1.push(person);
        }
        teams.into_values().collect()
    }

    /// Everything kept, as text, to survive a reload.
    #[must_use]
    pub fn save(&self) -> String {
        let files = self.kept.values().flat_map(BTreeMap::values).flat_map(|texts| {
            texts.iter().flat_map(|(text, (_, files))| files.iter().map(|file| (file.clone(), text.clone())))
        });
        let kept = Kept { files: files.collect(), refused: self.refused.clone() };
        // Only maps with keys that are not strings can fail to become JSON; these are strings.
        serde_json::to_string(&kept).expect("a gathering holds only strings")
    }

    /// Reads back what was kept. A file that no longer reads is named like any other.
    pub fn restore(session: &Session, text: &str) -> Result<Gathering, FileProblem> {
        let kept: Kept = serde_json::from_str(text).map_err(|_| {
            FileProblem::new(
                Text::new(
                    "What was collected could not be read back.",
                    "No se pudo volver a leer lo que se había reunido.",
                ),
                Text::new("Drop the answers files again.", "Vuelva a poner los archivos de respuestas."),
            )
        })?;
        let mut gathering = Gathering { refused: kept.refused, ..Gathering::default() };
        for (file, text) in kept.files {
            gathering.add(session, &file, text.as_bytes());
        }
        Ok(gathering)
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    files: Vec<(String, String)>,
    refused: BTreeMap<String, BTreeSet<FileProblem>>,
}

/// Other forms of the same session that a line of answers may have been made with: as it comes with
/// the app, and cut to its starred steps.
fn related(session: &Session) -> Vec<Session> {
    let built_in = catalogue::session(&session.id);
    let short = |session: &Session| session.short_path().ok();
    [short(session), built_in.as_ref().and_then(short), built_in].into_iter().flatten().collect()
}

/// Every usable answer to one place, with whose it is.
#[must_use]
pub fn answers_to<'a>(people: &'a [Participant], step: &Step, field: &Field) -> Vec<(&'a Participant, &'a Value)> {
    people
        .iter()
        .filter_map(|person| Some((person, person.answers.get(&step.id, &field.id)?)))
        .filter(|(_, value)| value.fits(field))
        .collect()
}

/// The rows of a table that someone filled in: not empty, and not as they stood at the start.
#[must_use]
pub fn filled_rows<'a>(input: &Input, rows: &'a [Vec<String>]) -> Vec<&'a Vec<String>> {
    let starts: Vec<_> = Language::ALL.iter().map(|language| super::run::starting_rows(input, *language)).collect();
    let untouched = |at: usize, row: &Vec<String>| {
        starts.iter().any(|start| {
            start.get(at).is_some_and(|given| {
                let width = given.len().max(row.len());
                (0..width).all(|column| {
                    let cell = |cells: &[String]| cells.get(column).map_or("", |cell| cell.trim()).to_owned();
                    cell(given) == cell(row)
                })
            })
        })
    };
    rows.iter()
        .enumerate()
        .filter(|(at, row)| row.iter().any(|cell| !cell.trim().is_empty()) && !untouched(*at, row))
        .map(|(_, row)| row)
        .collect()
}
