//! The few words of the program itself that participants read in a session, in both languages.

use super::tally::PredictionLine;
use super::text::{Language, Text};

/// A fixed word or sentence of the participant's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Back,
    Next,
    Skip,
    Finish,
    ShowTheAnswer,
    NoGuessYet,
    YourGuess,
    AGuess,
    Expected,
    LikelyRange,
    SavedAsTyped,
    Suggested,
    Left,
    Over,
    Notes,
    YourName,
    YourTeam,
    NameIsOptional,
    SaveAnswers,
    ShowQr,
    CopyText,
    TooLongForQr,
    NothingIsSent,
    AddRow,
    OtherAnswer,
    Right,
    NotRight,
    ReadMore,
    NoNetworkNeeded,
    InventedDistrict,
    GroundRules,
    Goals,
    Language,
    NoNames,
    PerHundred,
    ChooseOne,
    ChooseSeveral,
    WrittenInAnotherLanguage,
}

impl Word {
    #[must_use]
    pub const fn get(self, language: Language) -> &'static str {
        let (en, es) = match self {
            Word::Back => ("Back", "Atrás"),
            Word::Next => ("Next", "Siguiente"),
            Word::Skip => ("Skip this step", "Saltar este paso"),
            Word::Finish => ("Finish", "Terminar"),
            Word::ShowTheAnswer => ("Show the answer", "Mostrar la respuesta"),
            Word::NoGuessYet => ("no guess yet", "aún sin predicción"),
            Word::YourGuess => ("your guess", "su predicción"),
            Word::AGuess => ("a table’s prediction", "la predicción de una mesa"),
            Word::Expected => ("expected", "lo esperado"),
            Word::LikelyRange => ("likely range", "rango probable"),
            Word::SavedAsTyped => (
                "Notes saved as you type, on this device",
                "Sus notas se guardan mientras escribe, en este dispositivo",
            ),
            Word::Suggested => ("suggested", "sugeridos"),
            Word::Left => ("left", "restantes"),
            Word::Over => ("over time", "de más"),
            Word::Notes => ("Notes", "Notas"),
            Word::YourName => ("Your name", "Su nombre"),
            Word::YourTeam => ("Your table or team", "Su mesa o equipo"),
            Word::NameIsOptional => ("You can leave this empty.", "Puede dejarlo en blanco."),
            Word::SaveAnswers => ("Save my answers as a file", "Guardar mis respuestas en un archivo"),
            Word::ShowQr => ("Show them as a QR code", "Mostrarlas como código QR"),
            Word::CopyText => ("Copy them as text", "Copiarlas como texto"),
            Word::TooLongForQr => (
                "These answers are too long for a QR code. Save the file or copy the text.",
                "Estas respuestas son demasiado largas para un código QR. Guarde el archivo o copie el texto.",
            ),
            Word::NothingIsSent => (
                "Nothing is sent by itself. You hand your answers over.",
                "Nada se envía por sí solo. Usted entrega sus respuestas.",
            ),
            Word::AddRow => ("Add a row", "Agregar una fila"),
            Word::OtherAnswer => ("Another answer", "Otra respuesta"),
            Word::Right => ("That is right.", "Así es."),
            Word::NotRight => ("Not quite.", "No exactamente."),
            Word::ReadMore => ("To read or watch, if there is a network", "Para leer o ver, si hay internet"),
            Word::NoNetworkNeeded => ("This works without a network.", "Esto funciona sin internet."),
            Word::InventedDistrict => (
                "Invented district. No data of your own is needed for this step.",
                "Distrito inventado. Para este paso no necesita datos propios.",
            ),
            Word::GroundRules => ("Ground rules", "Reglas para conversar"),
            Word::Goals => ("Goals", "Metas"),
            Word::Language => ("Language", "Idioma"),
            Word::NoNames => (
                "Share mode: no names, nothing about fewer than 11 students",
                "Modo para compartir: sin nombres y nada sobre menos de 11 estudiantes",
            ),
            Word::PerHundred => {
                ("Chronically absent, per hundred students", "Con ausentismo crónico, de cada cien estudiantes")
            }
            Word::ChooseOne => ("Choose one", "Elija una opción"),
            Word::ChooseSeveral => ("Tick all that apply", "Marque todas las que correspondan"),
            Word::WrittenInAnotherLanguage => {
                ("This step was written in Spanish only.", "Este paso se escribió solo en inglés.")
            }
        };
        language.pick(en, es)
    }
}

/// Such as "Step 4 of 9"; `number` counts from 1.
#[must_use]
pub fn step_of(language: Language, number: usize, of: usize) -> String {
    match language {
        Language::English => format!("Step {number} of {of}"),
        Language::Spanish => format!("Paso {number} de {of}"),
    }
}

/// Such as "7 min".
#[must_use]
pub fn minutes(minutes: u32) -> String {
    format!("{minutes} min")
}

/// Why the answer does not show yet: "One guess left: Cedar". Empty when none is missing.
#[must_use]
pub fn guesses_left(language: Language, missing: &[String]) -> String {
    let names = missing.join(", ");
    match (language, missing.len()) {
        (_, 0) => String::new(),
        (Language::English, 1) => format!("One guess left: {names}"),
        (Language::English, n) => format!("{n} guesses left: {names}"),
        (Language::Spanish, 1) => format!("Falta una predicción: {names}"),
        (Language::Spanish, n) => format!("Faltan {n} predicciones: {names}"),
    }
}

/// The sentence above predictions and reveal: what surprised the room most. `None` while fewer than
/// two schools have both a guess and a rate.
#[must_use]
pub fn surprise(lines: &[PredictionLine]) -> Option<Text> {
    let known: Vec<(&str, i64, i64)> = lines
        .iter()
        .filter_map(|line| Some((line.name.as_str(), line.median_tenths?, i64::from(line.actual_tenths?))))
        .collect();
    if known.len() < 2 {
        return None;
    }
    // The only school at an end, or nobody: a tie makes no sentence.
    let only = |end: Option<i64>, of: fn(&(&str, i64, i64)) -> i64| {
        let mut at_end = known.iter().filter(|school| Some(of(school)) == end);
        at_end.next().filter(|_| at_end.next().is_none()).map(|school| school.0)
    };
    let guess = |school: &(&str, i64, i64)| school.1;
    let rate = |school: &(&str, i64, i64)| school.2;
    let (most_guess, least_guess) = (known.iter().map(guess).max(), known.iter().map(guess).min());
    let (most_rate, least_rate) = (known.iter().map(rate).max(), known.iter().map(rate).min());
    let (high_guess, low_guess) = (only(most_guess, |school| school.1), only(least_guess, |school| school.1));
    let (high_rate, low_rate) = (only(most_rate, |school| school.2), only(least_rate, |school| school.2));
    if let (Some(name), true) = (high_guess, high_guess == low_rate) {
        return Some(Text::new(
            &format!("We expected {name} to be highest. It is lowest."),
            &format!("Esperábamos que {name} fuera la más alta. Es la más baja."),
        ));
    }
    if let (Some(name), true) = (low_guess, low_guess == high_rate) {
        return Some(Text::new(
            &format!("We expected {name} to be lowest. It is highest."),
            &format!("Esperábamos que {name} fuera la más baja. Es la más alta."),
        ));
    }
    let (name, guess, rate) = known.iter().max_by_key(|school| (school.1 - school.2).abs())?;
    let (guess, rate) = (whole_or_tenths(*guess), whole_or_tenths(*rate));
    Some(Text::new(
        &format!("{name}: the middle guess was {guess} of a hundred; the rate is {rate}."),
        &format!("{name}: la predicción central fue {guess} de cada cien; la tasa es {rate}."),
    ))
}

/// The sentence above a reveal for which nobody's guesses are here: between which rates it lies. `None` while
/// fewer than two rates are known, or none is lower than another.
#[must_use]
pub fn found(lines: &[PredictionLine]) -> Option<Text> {
    let known = || lines.iter().filter_map(|line| Some((line.actual_tenths?, line.name.as_str())));
    let (low, high) = (known().min_by_key(|school| school.0)?, known().max_by_key(|school| school.0)?);
    if low.0 == high.0 {
        return None;
    }
    let percent = |tenths| whole_or_tenths(i64::from(tenths));
    let (least, most) = (percent(low.0), percent(high.0));
    Some(Text::new(
        &format!("From {least} % at {} to {most} % at {}.", low.1, high.1),
        &format!("De {least} % en {} a {most} % en {}.", low.1, high.1),
    ))
}

fn whole_or_tenths(tenths: i64) -> String {
    if tenths % 10 == 0 { format!("{}", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, median_tenths: i64, actual_tenths: Option<u16>) -> PredictionLine {
        PredictionLine {
            key: name.to_owned(),
            name: name.to_owned(),
            guesses: Vec::new(),
            median_tenths: Some(median_tenths),
            actual_tenths,
            is_hidden: false,
            too_low: 0,
            near: 0,
            too_high: 0,
        }
    }

    #[test]
    fn the_sentence_says_what_surprised_most() {
        let (a, b, c) = (line("Alder", 190, Some(140)), line("Birch", 230, Some(90)), line("Cedar", 180, Some(240)));
        let says = |lines: &[PredictionLine]| surprise(lines).map(|text| text.en);
        assert_eq!(
            says(&[a.clone(), b.clone(), c.clone()]).as_deref(),
            Some("We expected Birch to be highest. It is lowest.")
        );
        let tied = line("Birch", 230, Some(140));
        assert_eq!(
            says(&[a.clone(), tied, c.clone()]).as_deref(),
            Some("We expected Cedar to be lowest. It is highest."),
            "two schools share the lowest rate"
        );
        let d = line("Dogwood", 255, Some(250));
        assert_eq!(
            says(&[a.clone(), c, d]).as_deref(),
            Some("Cedar: the middle guess was 18 of a hundred; the rate is 24.")
        );
        assert_eq!(says(&[a.clone(), line("Birch", 230, None)]), None);
        let found = |lines: &[PredictionLine]| found(lines).map(|text| text.en);
        assert_eq!(found(&[a.clone(), b]).as_deref(), Some("From 9 % at Birch to 14 % at Alder."));
        assert_eq!(found(&[a.clone(), line("Birch", 230, None)]), None);
        assert_eq!(found(&[a, line("Birch", 230, Some(140))]), None, "two alike");
    }

    #[test]
    fn what_is_missing_is_named() {
        let names = ["Cedar".to_owned(), "Elm".to_owned()];
        assert_eq!(guesses_left(Language::English, &names[..1]), "One guess left: Cedar");
        assert_eq!(guesses_left(Language::Spanish, &names), "Faltan 2 predicciones: Cedar, Elm");
        assert_eq!(guesses_left(Language::English, &[]), "");
        assert_eq!(step_of(Language::Spanish, 4, 9), "Paso 4 de 9");
    }
}
