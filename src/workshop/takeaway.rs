//! What people take away on paper or as text: one page per team and a packet of the whole session.

mod one_page;

use super::answers::Value;
use super::gather::{Gathering, Participant, filled_rows};
use super::session::{Field, Input, Session, Step, Subjects, Takeaway};
use super::tally::{PredictionLine, Reveal, Said, against, tally};
use super::text::Language;
use std::collections::BTreeSet;

/// A page to print: the same content can become HTML or plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub language: Language,
    pub title: String,
    pub subtitle: String,
    /// Prints on one sheet; its text is cut to fit.
    pub one_page: bool,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A question, then what was said.
    Answer {
        question: String,
        lines: Vec<String>,
    },
    Paragraph(String),
    List(Vec<String>),
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    /// Empty lines to write on.
    Blank(u8),
}

const MOST_FINDINGS: usize = 7;
const MOST_CHOICES: usize = 10;
const MOST_COMMITMENTS: usize = 8;

/// One page for one team: what it found, what it chose, who does what by when.
#[must_use]
pub fn team_page(session: &Session, team: &str, members: &[Participant], language: Language) -> Sheet {
    let mut findings = Vec::new();
    let mut choices = Vec::new();
    let mut commitments = Vec::new();
    let mut head = Vec::new();
    for (step, field) in session.answer_places() {
        let Some(place) = field.takeaway else { continue };
        let said = members.iter().filter_map(|person| person.answers.get(&step.id, &field.id));
        let said: Vec<&Value> = said.filter(|value| value.fits(field)).collect();
        if said.is_empty() {
            continue;
        }
        if let (Takeaway::Commitment, Input::Table { columns, .. }) = (place, &field.input) {
            head = columns.iter().map(|column| column.label.get(language).to_owned()).collect();
            for value in said {
                if let Value::Table(rows) = value {
                    let rows = filled_rows(&field.input, rows).into_iter().map(|row| padded(row, head.len()));
                    commitments.extend(rows.map(|row| row.iter().map(|cell| one_page::cell(cell)).collect()));
                }
            }
            continue;
        }
        let lines = once_each(said.into_iter().flat_map(|value| lines_of(field, value, language)));
        if lines.is_empty() {
            continue;
        }
        let block = Block::Answer { question: question(step, field, language), lines };
        match place {
            Takeaway::Finding => findings.push(block),
            Takeaway::Choice | Takeaway::Commitment => choices.push(block),
        }
    }
    if commitments.is_empty() {
        head = [("What", "Qué"), ("Who", "Quién"), ("By when", "Para cuándo")]
            .map(|(en, es)| language.pick(en, es).to_owned())
            .to_vec();
    }
    let mut seen = BTreeSet::new();
    commitments.retain(|row: &Vec<String>| seen.insert(row.clone()));
    let n_rows = commitments.len();
    commitments.truncate(MOST_COMMITMENTS);
    let n_columns = head.len();
    let blank = 3_usize.saturating_sub(commitments.len());
    commitments.extend((0..blank).map(|_| vec![String::new(); n_columns]));
    let room = one_page::room_beside(&commitments);
    let (n_found, n_chose) =
        one_page::how_many(room, findings.len().min(MOST_FINDINGS), choices.len().min(MOST_CHOICES));
    let mut last = vec![Block::Table { head, rows: commitments }];
    last.extend(more_note(n_rows, MOST_COMMITMENTS, language));
    let mut found = limited(language.pick("What we found", "Lo que encontramos"), findings, n_found, language);
    let mut chose = limited(language.pick("What we chose", "Lo que elegimos"), choices, n_chose, language);
    if one_page::fit(&mut [&mut found, &mut chose], room) {
        last.push(Block::Paragraph(
            language
                .pick(
                    "“…” stands where words were cut. The packet has them all.",
                    "“…” indica palabras recortadas. El cuaderno las tiene todas.",
                )
                .to_owned(),
        ));
    }
    let heading = language.pick("Who does what, by when", "Quién hace qué y para cuándo").to_owned();
    Sheet {
        language,
        title: team.to_owned(),
        subtitle: session.title.get(language).to_owned(),
        one_page: true,
        sections: vec![found, chose, Section { heading, blocks: last }],
    }
}

fn limited(heading: &str, mut blocks: Vec<Block>, most: usize, language: Language) -> Section {
    let n = blocks.len();
    blocks.truncate(most);
    if n == 0 {
        blocks.push(Block::Blank(4));
    }
    blocks.extend(more_note(n, most, language));
    Section { heading: heading.to_owned(), blocks }
}

fn more_note(n: usize, most: usize, language: Language) -> Option<Block> {
    (n > most).then(|| {
        Block::Paragraph(match language {
            Language::English => format!("{} more in the session packet.", n - most),
            Language::Spanish => format!("Hay {} más en el cuaderno de la sesión.", n - most),
        })
    })
}

/// The whole session on paper: goals, every step that asks something with all that was said, polls
/// counted, predictions against the reveal, then what no place could show. `reveals` gives the rates that a step's
/// guesses are set against.
#[must_use]
pub fn packet(
    session: &Session,
    gathering: &Gathering,
    reveals: impl Fn(Subjects) -> Vec<Reveal>,
    language: Language,
) -> Sheet {
    let people = gathering.participants(language);
    let mut sections = vec![Section {
        heading: language.pick("Goals", "Metas").to_owned(),
        blocks: vec![Block::List(session.goals.iter().map(|goal| goal.get(language).to_owned()).collect())],
    }];
    for (step, counted) in session.steps.iter().filter(|step| !step.fields.is_empty()).zip(tally(session, &people)) {
        let mut blocks = Vec::new();
        if !step.prompt.is_empty() {
            blocks.push(Block::Paragraph(step.prompt.get(language).to_owned()));
        }
        let reveals = step.predictions().map_or_else(Vec::new, |(_, about)| reveals(about));
        for field in counted.fields {
            let label = field.label.get(language).to_owned();
            blocks.extend(said_blocks(label, field.said, &reveals, language));
        }
        sections.push(Section { heading: step.title.get(language).to_owned(), blocks });
    }
    let unplaced = gathering.unplaced(session, language);
    if !unplaced.is_empty() {
        let rows =
            unplaced.into_iter().map(|left| vec![left.who, format!("{} / {}", left.step, left.field), left.text]);
        sections.push(Section {
            heading: language
                .pick("Answers to steps that this session lacks", "Respuestas a pasos que esta sesión no tiene")
                .to_owned(),
            blocks: vec![Block::Table {
                head: [("Who", "Quién"), ("Step", "Paso"), ("Answer", "Respuesta")]
                    .map(|(en, es)| language.pick(en, es).to_owned())
                    .to_vec(),
                rows: rows.collect(),
            }],
        });
    }
    let n = people.len();
    let subtitle = match (language, n) {
        (Language::English, 1) => "Answers from 1 device".to_owned(),
        (Language::English, _) => format!("Answers from {n} devices"),
        (Language::Spanish, 1) => "Respuestas de 1 dispositivo".to_owned(),
        (Language::Spanish, _) => format!("Respuestas de {n} dispositivos"),
    };
    Sheet { language, title: session.title.get(language).to_owned(), subtitle, one_page: false, sections }
}

fn said_blocks(question: String, said: Said, reveals: &[Reveal], language: Language) -> Vec<Block> {
    let pick = |en, es| language.pick(en, es).to_owned();
    match said {
        Said::Words(words) if words.is_empty() => vec![Block::Answer { question, lines: Vec::new() }, Block::Blank(2)],
        Said::Words(words) => {
            let lines = words.into_iter().map(|words| format!("{}: {}", words.who.label, words.text));
            vec![Block::Answer { question, lines: lines.collect() }]
        }
        Said::Numbers { answers, spread } => {
            let mut lines: Vec<String> =
                answers.into_iter().map(|(who, number)| format!("{}: {number}", who.label)).collect();
            if let Some(spread) = spread {
                lines.push(match language {
                    Language::English => format!("From {} to {} ({} answers)", spread.lowest, spread.highest, spread.n),
                    Language::Spanish => format!("De {} a {} ({} respuestas)", spread.lowest, spread.highest, spread.n),
                });
            }
            vec![Block::Answer { question, lines }]
        }
        Said::Table { columns, rows } => {
            let mut head = vec![pick("Who", "De quién")];
            head.extend(columns.iter().map(|column| column.get(language).to_owned()));
            let width = head.len();
            let mut rows: Vec<Vec<String>> = rows
                .into_iter()
                .map(|(who, cells)| padded(&std::iter::once(who.label).chain(cells).collect::<Vec<_>>(), width))
                .collect();
            if rows.is_empty() {
                rows = vec![vec![String::new(); width]; 3];
            }
            vec![Block::Answer { question, lines: Vec::new() }, Block::Table { head, rows }]
        }
        Said::Poll(poll) => {
            let line = |option: &super::tally::OptionCount| {
                let label = option.label.get(language);
                let mark = if option.is_key { pick(" (right)", " (correcta)") } else { String::new() };
                vec![format!("{label}{mark}"), option.count.to_string()]
            };
            let rows = poll.options.iter().map(line).collect();
            let of = match language {
                Language::English => format!("Answers ({} of {})", poll.answered, poll.of),
                Language::Spanish => format!("Respuestas ({} de {})", poll.answered, poll.of),
            };
            let mut blocks = vec![
                Block::Answer { question, lines: Vec::new() },
                Block::Table { head: vec![pick("Choice", "Opción"), of], rows },
            ];
            if let Some(apart) = poll.disagreement {
                let label = apart.reading.label();
                blocks.push(Block::Paragraph(match language {
                    _ if apart.pairs_apart == 0 => format!("{}.", label.get(language)),
                    Language::English => format!(
                        "{}. In {} of {} pairs, the two people chose differently.",
                        label.en, apart.pairs_apart, apart.pairs
                    ),
                    Language::Spanish => format!(
                        "{}. En {} de {} parejas, las dos personas eligieron distinto.",
                        label.es, apart.pairs_apart, apart.pairs
                    ),
                }));
            }
            if !poll.other.is_empty() {
                let lines = poll.other.into_iter().map(|words| format!("{}: {}", words.who.label, words.text));
                blocks.push(Block::Answer { question: pick("Written in", "Otras respuestas"), lines: lines.collect() });
            }
            blocks
        }
        Said::Predictions(guesses) => {
            let wanted: Vec<Reveal> =
                reveals.iter().filter(|reveal| guesses.iter().any(|guess| guess.key == reveal.key)).cloned().collect();
            let lines = against(&guesses, &wanted);
            vec![Block::Answer { question, lines: Vec::new() }, prediction_table(&lines, language)]
        }
    }
}

fn prediction_table(lines: &[PredictionLine], language: Language) -> Block {
    // Hidden is not the same as unknown.
    let unknown = |line: &PredictionLine| {
        let (en, es) = if line.is_hidden { ("hidden", "oculta") } else { ("not known", "no se conoce") };
        language.pick(en, es).to_owned()
    };
    let percent = |tenths: i64| {
        if tenths % 10 == 0 { format!("{} %", tenths / 10) } else { format!("{}.{} %", tenths / 10, tenths % 10) }
    };
    let row = |line: &PredictionLine| {
        let guesses: Vec<String> = line.guesses.iter().map(u8::to_string).collect();
        vec![
            line.name.clone(),
            guesses.join(", "),
            line.median_tenths.map_or_else(String::new, percent),
            line.actual_tenths.map_or_else(|| unknown(line), |tenths| percent(i64::from(tenths))),
        ]
    };
    Block::Table {
        head: [
            ("School", "Escuela"),
            ("Guesses", "Predicciones"),
            ("Middle guess", "Predicción central"),
            ("Rate", "Tasa"),
        ]
        .map(|(en, es)| language.pick(en, es).to_owned())
        .to_vec(),
        rows: lines.iter().map(row).collect(),
    }
}

impl Sheet {
    /// The page as plain text, for a file that opens anywhere.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n{}\n", self.title, self.subtitle);
        for section in &self.sections {
            text.push_str(&format!("\n{}\n{}\n", section.heading, "-".repeat(section.heading.chars().count())));
            for block in &section.blocks {
                match block {
                    Block::Answer { question, lines } => {
                        text.push_str(&format!("{question}\n"));
                        for line in lines {
                            text.push_str(&format!("  - {}\n", line.replace('\n', "\n    ")));
                        }
                    }
                    Block::Paragraph(paragraph) => text.push_str(&format!("{paragraph}\n")),
                    Block::List(items) => items.iter().for_each(|item| text.push_str(&format!("  - {item}\n"))),
                    Block::Table { head, rows } => {
                        text.push_str(&format!("  {}\n", head.join(" | ")));
                        for row in rows {
                            text.push_str(&format!("  {}\n", row.join(" | ").replace('\n', " / ")));
                        }
                    }
                    Block::Blank(n) => (0..*n).for_each(|_| text.push_str("  ____________________\n")),
                }
            }
        }
        text
    }
}

fn lines_of(field: &Field, value: &Value, language: Language) -> Vec<String> {
    match (value, &field.input) {
        (Value::Text(text), _) => vec![text.trim().to_owned()],
        (Value::Choices { chosen, other }, Input::Choice { options, .. }) => options
            .iter()
            .filter(|option| chosen.contains(&option.id))
            .map(|option| option.label.get(language).to_owned())
            .chain((!other.trim().is_empty()).then(|| other.trim().to_owned()))
            .collect(),
        (Value::Table(rows), _) => filled_rows(&field.input, rows)
            .into_iter()
            .map(|row| {
                row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ")
            })
            .collect(),
        _ => vec![value.as_plain_text()],
    }
}

/// Each line once, in the order of its first coming, with how often it came where that is more.
fn once_each(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for line in lines {
        match counted.iter_mut().find(|(known, _)| *known == line) {
            Some((_, n)) => *n += 1,
            None => counted.push((line, 1)),
        }
    }
    counted.into_iter().map(|(line, n)| if n > 1 { format!("{line} (×{n})") } else { line }).collect()
}

fn question(step: &Step, field: &Field, language: Language) -> String {
    let label = field.label.get(language);
    let generic = field.label.en == "Notes" || label.is_empty();
    if generic { step.title.get(language).to_owned() } else { label.to_owned() }
}

fn padded(row: &[String], width: usize) -> Vec<String> {
    (0..width).map(|at| row.get(at).map_or(String::new(), |cell| cell.trim().to_owned())).collect()
}
