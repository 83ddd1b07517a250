//! Answers as one short line of capital letters and digits, to copy as text or to show as a QR
//! code. Base32 survives line breaks, lower case and a phone's clipboard, and suits the QR
//! standard's alphanumeric mode. Places are numbered instead of named, so a session is needed to
//! read the line back.

use super::answers::{Answers, Value};
use super::envelope::FileProblem;
use super::session::{Input, Session, fnv1a};
use super::text::{Language, Text};
use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};

const MARK: &str = "BRIGHT1";
/// The longest line that is shown as a QR code: version 25 at the lowest error correction, which
/// a phone still reads from a laptop's screen. About 1,150 letters of notes without accents.
pub const LONGEST_FOR_QR: usize = 1_853;
/// The longest line that is read back.
const LONGEST_LINE: usize = 400_000;

#[derive(Serialize, Deserialize)]
struct Packed {
    fingerprint: u64,
    participant: u128,
    revision: u32,
    name: String,
    team: String,
    spanish: bool,
    places: Vec<(u16, PackedValue)>,
}

#[derive(Serialize, Deserialize)]
enum PackedValue {
    Text(String),
    Choices(Vec<u16>, String),
    Number(i32),
    Table(Vec<Vec<String>>),
    Predictions(Vec<(String, u8)>),
}

/// The answers as a line of text. Answers that have no place in the session are left out; a file
/// keeps them.
#[must_use]
pub fn to_line(session: &Session, answers: &Answers) -> Option<String> {
    let places = places(session);
    let mut packed = Packed {
        fingerprint: u64::from_str_radix(&answers.fingerprint, 16).ok()?,
        participant: u128::from_str_radix(&answers.participant, 16).ok()?,
        revision: answers.revision,
        name: answers.name.clone(),
        team: answers.team.clone(),
        spanish: answers.language == Language::Spanish,
        places: Vec::new(),
    };
    if answers.fingerprint != session.fingerprint() {
        return None;
    }
    for (at, (step, field, input)) in places.iter().enumerate() {
        if let Some(value) = answers.get(step, field) {
            packed.places.push((u16::try_from(at).ok()?, pack(value, input)?));
        }
    }
    let mut bytes = postcard::to_allocvec(&packed).ok()?;
    let check = fnv1a(&bytes).to_be_bytes();
    bytes.extend_from_slice(&check[..4]);
    Some(format!("{MARK}{}", BASE32_NOPAD.encode(&bytes)))
}

/// Whether pasted text is meant to be such a line.
#[must_use]
pub fn looks_like_line(text: &str) -> bool {
    let start: String = text.chars().filter(|c| !c.is_whitespace()).take(MARK.len()).collect();
    start.eq_ignore_ascii_case(MARK)
}

/// Reads a line back. `sessions` are those that it may answer; the fingerprint picks one.
pub fn from_line(sessions: &[&Session], text: &str) -> Result<Answers, FileProblem> {
    let broken = || {
        FileProblem::new(
            Text::new("This line of answers is not whole.", "Esta línea de respuestas no está completa."),
            Text::new(
                "Copy it again from the first letter to the last, or ask for the file.",
                "Cópiela otra vez de la primera letra a la última, o pida el archivo.",
            ),
        )
    };
    let line: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let (Some(letters), true) = (line.strip_prefix(MARK), line.len() <= LONGEST_LINE) else { return Err(broken()) };
    let bytes = BASE32_NOPAD.decode(letters.as_bytes()).map_err(|_| broken())?;
    let (body, check) = bytes.split_at_checked(bytes.len().saturating_sub(4)).ok_or_else(broken)?;
    if check != &fnv1a(body).to_be_bytes()[..4] {
        return Err(broken());
    }
    let packed: Packed = postcard::from_bytes(body).map_err(|_| broken())?;
    let fingerprint = format!("{:016x}", packed.fingerprint);
    let session = sessions.iter().find(|session| session.fingerprint() == fingerprint).ok_or_else(|| {
        FileProblem::new(
            Text::new(
                "These answers belong to another session, or to another version of this one.",
                "Estas respuestas son de otra sesión, o de otra versión de esta.",
            ),
            Text::new(
                "Open that session first, or ask for the answers as a file.",
                "Abra primero esa sesión, o pida las respuestas en un archivo.",
            ),
        )
    })?;
    let places = places(session);
    let mut answers =
        Answers::new(session, packed.participant, if packed.spanish { Language::Spanish } else { Language::English });
    answers.revision = packed.revision;
    answers.name = packed.name;
    answers.team = packed.team;
    for (at, value) in packed.places {
        let (step, field, input) = places.get(usize::from(at)).ok_or_else(broken)?;
        let value = unpack(value, input).ok_or_else(broken)?;
        answers.steps.entry((*step).to_owned()).or_default().insert((*field).to_owned(), value);
    }
    answers.checked()
}

/// The answers as a QR code, drawn as SVG, or `None` where they are too long for one. The title is
/// for screen readers. The code is black on white in any theme, as cameras want it.
#[must_use]
pub fn answers_qr_svg(session: &Session, answers: &Answers) -> Option<String> {
    use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
    let line = to_line(session, answers)?;
    if line.len() > LONGEST_FOR_QR {
        return None;
    }
    let segment = QrSegment::make_alphanumeric(&line);
    let code = QrCode::encode_segments_advanced(&[segment], QrCodeEcc::Low, Version::MIN, Version::new(25), None, true)
        .ok()?;
    let n = code.size();
    let side = n + 8;
    let mut path = String::new();
    for y in 0..n {
        let mut x = 0;
        while x < n {
            let start = x;
            while x < n && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                path.push_str(&format!("M{},{}h{}v1h-{}z", start + 4, y + 4, x - start, x - start));
            }
            x += 1;
        }
    }
    let title = match answers.language {
        Language::English => "QR code of these answers",
        Language::Spanish => "Código QR de estas respuestas",
    };
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
         shape-rendering=\"crispEdges\"><title>{title}</title><rect width=\"{side}\" height=\"{side}\" \
         fill=\"#ffffff\"/><path d=\"{path}\" fill=\"#000000\"/></svg>"
    ))
}

/// Every place to answer in an order that does not depend on the agenda's.
fn places(session: &Session) -> Vec<(&str, &str, &Input)> {
    let mut places: Vec<_> =
        session.answer_places().map(|(step, field)| (step.id.as_str(), field.id.as_str(), &field.input)).collect();
    places.sort_by_key(|(step, field, _)| (*step, *field));
    places
}

fn pack(value: &Value, input: &Input) -> Option<PackedValue> {
    Some(match (value, input) {
        (Value::Text(text), _) => PackedValue::Text(text.clone()),
        (Value::Number(number), _) => PackedValue::Number(*number),
        (Value::Table(rows), _) => PackedValue::Table(rows.clone()),
        (Value::Predictions(guesses), _) => {
            PackedValue::Predictions(guesses.iter().map(|(school, guess)| (school.clone(), *guess)).collect())
        }
        (Value::Choices { chosen, other }, Input::Choice { options, .. }) => {
            let index = |id: &String| u16::try_from(options.iter().position(|option| option.id == *id)?).ok();
            PackedValue::Choices(chosen.iter().map(index).collect::<Option<_>>()?, other.clone())
        }
        (Value::Choices { .. }, _) => return None,
    })
}

fn unpack(value: PackedValue, input: &Input) -> Option<Value> {
    Some(match (value, input) {
        (PackedValue::Text(text), _) => Value::Text(text),
        (PackedValue::Number(number), _) => Value::Number(number),
        (PackedValue::Table(rows), _) => Value::Table(rows),
        (PackedValue::Predictions(guesses), _) => Value::Predictions(guesses.into_iter().collect()),
        (PackedValue::Choices(chosen, other), Input::Choice { options, .. }) => {
            let id = |at: u16| options.get(usize::from(at)).map(|option| option.id.clone());
            Value::Choices { chosen: chosen.into_iter().map(id).collect::<Option<_>>()?, other }
        }
        (PackedValue::Choices(..), _) => return None,
    })
}
