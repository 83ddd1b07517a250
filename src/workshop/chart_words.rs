//! The words of an exhibit in Spanish. Names, numbers and whatever is not known here stay as they are.

use super::exhibit::credit;
use super::text::Language;
use crate::charts::Chart;
use crate::charts::condition_words::{ALSO_UNSURE, MORE, MORE_UNSURE};

/// Texts that stand alone: in a drawing, at the head of a column, in a cell.
const WORDS: &[(&str, &str)] = &[
    ("Likely bright spot", "Punto brillante probable"),
    ("Possible bright spot", "Punto brillante posible"),
    ("As expected", "Como se espera"),
    ("Possibly higher", "Quizá más alta"),
    ("Likely higher", "Probablemente más alta"),
    ("Too few to tell", "Muy pocos para saber"),
    ("Check data first", "Primero revisar los datos"),
    ("a prediction", "predicción"),
    ("expected", "esperado"),
    ("likely range", "rango probable"),
    ("no guess yet", "sin predicción"),
    ("students with it", "con la condición"),
    ("all others", "los demás"),
    ("expected for its students", "esperado para ella"),
    ("rate and 95 % interval", "tasa e intervalo 95 %"),
    ("All students", "Todos"),
    ("gap", "dif."),
    ("students", "estudiantes"),
    ("chronic", "crónica"),
    ("under 10 %", "menos de 10 %"),
    ("Missed under 10 % of days", "Perdió menos de 10 % de días"),
    ("10 % or more: chronic", "10 % o más: crónica"),
    ("tiers hidden", "niveles ocultos"),
    ("hidden", "oculto"),
    ("hidden to protect students", "oculto para proteger a los estudiantes"),
    ("Economic disadvantage", "Desventaja económica"),
    // The same on two lines.
    ("Economic", "Desventaja"),
    ("disadvantage", "económica"),
    ("Special education", "Educación especial"),
    ("English learner", "Aprende inglés"),
    ("School", "Escuela"),
    ("Condition", "Condición"),
    ("With it", "Con ella"),
    ("Without it", "Sin ella"),
    ("Gap in points", "Diferencia en puntos"),
    ("Share of chronically absent students", "Parte de los ausentes crónicos"),
    ("Students counted", "Estudiantes contados"),
    ("Chronically absent", "Ausentes crónicos"),
    ("Rate", "Tasa"),
    ("95 % interval", "Intervalo 95 %"),
    ("Expected", "Esperado"),
    ("Found", "Real"),
    ("Verdict", "Resultado"),
    ("not compared", "sin comparar"),
    ("Predictions", "Predicciones"),
    ("Middle prediction", "Predicción central"),
    ("Absence with and without each condition", "Ausencia con y sin cada condición"),
    ("Chronic absence beside what is expected", "Ausencia crónica junto a lo esperado"),
    ("Attendance tiers by school", "Niveles de asistencia por escuela"),
    ("hidden students", "n oculto"),
    ("n hidden", "n oculto"),
    // Of Peter's calendar.
    ("Peter’s first twelve weeks", "Las primeras doce semanas de Peter"),
    ("September", "Septiembre"),
    ("October", "Octubre"),
    ("November", "Noviembre"),
    ("Mo", "Lu"),
    ("Tu", "Ma"),
    ("We", "Mi"),
    ("Th", "Ju"),
    ("Fr", "Vi"),
    ("Monday", "lunes"),
    ("Tuesday", "martes"),
    ("Wednesday", "miércoles"),
    ("Thursday", "jueves"),
    ("Friday", "viernes"),
    ("excused", "justificada"),
    ("unexcused", "sin justificar"),
    ("late, counts as present", "tarde, cuenta como presente"),
    ("no school", "sin clases"),
    ("Date", "Fecha"),
    ("Weekday", "Día de la semana"),
    ("What", "Qué"),
    ("Days missed", "Días perdidos"),
];

/// Sentences of a foot or a summary.
const SENTENCES: &[(&str, &str)] = &[
    ("Invented district.", "Distrito inventado."),
    ("Chronic: 10 % of enrolled days or more.", "Crónica: 10 % o más de los días inscritos."),
    ("Thin lines: 95 % intervals.", "Líneas finas: intervalos de 95 %."),
    ("That doesn’t say the condition is why.", "Eso no dice que la condición sea el porqué."),
    (
        "No condition goes with more absence in every school compared.",
        "Ninguna condición va con más ausencia en todas las escuelas comparadas.",
    ),
    ("1 prediction.", "1 predicción."),
    ("Peter is invented.", "Peter es inventado."),
    ("n hidden.", "n oculto."),
    ("One is hidden to protect students.", "Una no se muestra para proteger a los estudiantes."),
    (
        "Every number here is hidden to protect students.",
        "Todos los números de aquí están ocultos para proteger a los estudiantes.",
    ),
];

/// A chart in the language of who reads it.
#[must_use]
pub fn chart_in(language: Language, chart: Chart) -> Chart {
    if language == Language::English {
        return chart;
    }
    let mut table = chart.table;
    table.caption = word(&table.caption);
    for column in &mut table.columns {
        column.label = word(&column.label);
    }
    for cell in table.rows.iter_mut().flatten() {
        *cell = word(cell);
    }
    Chart {
        title: word(&chart.title),
        summary: sentences(&chart.summary),
        svg: drawing(&chart.svg),
        foot: sentences(&chart.foot),
        table,
    }
}

/// What stands below a school’s name: `K–5, 49 % disadvantaged`.
#[must_use]
pub fn note_in(language: Language, note: &str) -> String {
    match language {
        Language::English => note.to_owned(),
        Language::Spanish => note.replace("disadvantaged", "en desventaja económica"),
    }
}

/// One text that stands alone.
fn word(text: &str) -> String {
    if let Some((_, spanish)) = WORDS.iter().find(|(english, _)| *english == text) {
        return (*spanish).to_owned();
    }
    if let Some(n) = text.strip_suffix(" students").filter(|n| is_number(n)) {
        return format!("{n} estudiantes");
    }
    counts(text)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == ',')
}

/// `31 of 202, 58 % of chronic`, `of 202, 13 %; expected 12 %`: only what is made of numbers is a count.
fn counts(text: &str) -> String {
    if let Some(percent) = text.strip_prefix("expected ").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return format!("esperado {percent}");
    }
    let expected = |text: &str| text.replace("; expected ", "; esperado ").replace(", expected ", ", esperado ");
    if text.starts_with(|c: char| c.is_ascii_digit()) || text.starts_with("of ") {
        let text = expected(text).replace(" of chronic", " de los crónicos").replace(" to ", " a ");
        return match text.strip_prefix("of ") {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("de {rest}"),
            Some(_) => text,
            None => rate(&match text.split_once(" of ").filter(|(first, _)| is_number(first)) {
                Some((first, rest)) => format!("{first} de {}", rest.replace(" days", " días")),
                None => text,
            }),
        };
    }
    text.to_owned()
}

/// `12.7 % (53 of 416)`, or `13 % (of 416)` where the count is not told.
fn rate(text: &str) -> String {
    let text = text.replace(" (of ", " (de ");
    match text.split_once(" (") {
        Some((percent, rest)) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{percent} ({}", rest.replacen(" of ", " de ", 1))
        }
        _ => text.replace("(n hidden)", "(n oculto)").replace("(n not published)", "(n no publicado)"),
    }
}

/// Sentences one after the other.
fn sentences(text: &str) -> String {
    let credit = credit();
    let text = text.replace(&credit.en, &credit.es);
    let mut said = Vec::new();
    // A full stop inside a number or a name is followed by no space and a capital at once.
    for part in text.split_inclusive(". ") {
        said.push(sentence(part.trim()));
    }
    said.join(" ")
}

/// How the lists of conditions begin.
const CONDITIONS: [(&str, &str); 3] = [
    (MORE, "En cada escuela comparada faltan más los estudiantes con"),
    (MORE_UNSURE, "En cada escuela comparada faltan más, aunque en al menos una podría ser azar, los estudiantes con"),
    (ALSO_UNSURE, "Lo mismo, aunque en al menos una escuela podría ser azar"),
];

fn sentence(text: &str) -> String {
    if let Some((_, spanish)) = SENTENCES.iter().find(|(english, _)| *english == text) {
        return (*spanish).to_owned();
    }
    if let Some(n) = text.strip_suffix(" predictions.").filter(|n| is_number(n)) {
        return format!("{n} predicciones.");
    }
    if let Some(rest) = text.strip_prefix("Middle of up to ") {
        return format!(
            "Centro de hasta {}",
            rest.replace("predictions", "predicciones").replace("prediction.", "predicción.")
        );
    }
    if let Some((spanish, rest)) = CONDITIONS
        .iter()
        .find_map(|(english, spanish)| Some((spanish, text.strip_prefix(english)?.strip_prefix(": ")?)))
    {
        let rest = rest.replace(" to +", " a +").replace(" points", " puntos").replace(" schools)", " escuelas)");
        let rest = (1..4).fold(rest, |text, n| text.replace(&format!(", {n} of "), &format!(", {n} de ")));
        let rest = WORDS.iter().fold(
            rest,
            |text, (english, spanish)| {
                if english.contains(' ') { text.replace(english, spanish) } else { text }
            },
        );
        return format!("{spanish}: {rest}");
    }
    // `Of 3 schools, 1 is hidden.`
    if let Some((all, rest)) = text.strip_prefix("Of ").and_then(|rest| rest.split_once(" schools, ")) {
        let rest = rest.replace("is hidden", "está oculta").replace("are hidden", "están ocultas");
        return format!("De {all} escuelas, {}", rest.replace("cannot be compared", "sin comparar"));
    }
    if let Some(rest) = text.strip_prefix("Chronic absence runs from ") {
        // `6.2 % (24 of 390) at Birch to 39.2 % (362 of 923) at Elm.`
        let parts: Vec<&str> = rest.split(") at ").collect();
        if let [low, middle, high] = parts[..]
            && let Some((name, value)) = middle.rsplit_once(" to ")
        {
            return format!("La ausencia crónica va de {}) en {name} a {}) en {high}", rate(low), rate(value));
        }
    }
    if text.contains(": predicted ") {
        let each = text.split("; ").map(|one| match one.split_once(": predicted ") {
            Some((name, rest)) => match rest.split_once(", found ") {
                Some((guess, found)) => format!("{name}: predicción {guess}, real {}", rate(found)),
                None => format!("{name}: predicción {rest}"),
            },
            None => one.to_owned(),
        });
        return each.collect::<Vec<_>>().join("; ");
    }
    if let Some(spanish) = definition(text).or_else(|| hidden(text)).or_else(|| bright(text)).or_else(|| missed(text)) {
        return spanish;
    }
    // `2 Sep 2025 to 13 Feb 2026.`
    match text.split_once(" to ") {
        Some((from, to)) if from.starts_with(|c: char| c.is_ascii_digit()) && from.split(' ').count() == 3 => {
            format!("{from} a {to}")
        }
        _ => text.to_owned(),
    }
}

/// `Chronic = missed 10 % or more of enrolled days.`, as any definition has it.
fn definition(text: &str) -> Option<String> {
    let missed = text.strip_prefix("Chronic = missed ")?.strip_suffix(" % or more of enrolled days.");
    if let Some(percent) = missed {
        return Some(format!("Crónica = perdió {percent} % o más de los días inscritos."));
    }
    let more = text.strip_prefix("Chronic = missed more than ")?.strip_suffix(" % of enrolled days.")?;
    Some(format!("Crónica = perdió más de {more} % de los días inscritos."))
}

/// `n = 2,339, without 2 hidden.`, `2 are hidden to protect students.`, `57 school days.`
fn hidden(text: &str) -> Option<String> {
    if let Some((n, rest)) = text.split_once(", without ") {
        let hidden = rest.strip_suffix(" hidden.")?;
        return Some(format!(
            "{n}, sin {}.",
            if hidden == "1" { "1 oculto".into() } else { format!("{hidden} ocultos") }
        ));
    }
    let of = |end: &str| text.strip_suffix(end).filter(|n| is_number(n));
    if let Some(n) = of(" are hidden to protect students.") {
        return Some(format!("{n} no se muestran para proteger a los estudiantes."));
    }
    of(" school days.").map(|n| format!("{n} días de clase."))
}

/// `Birch is a likely bright spot: 15 % would be expected for its students.`
fn bright(text: &str) -> Option<String> {
    let (name, rest) = text.split_once(" is a likely bright spot: ")?;
    let percent = rest.strip_suffix(" would be expected for its students.")?;
    Some(format!("{name} es un punto brillante probable: para sus estudiantes se esperaría {percent}."))
}

/// `8 of 57 school days missed: 3 excused and 5 unexcused; most in October (4 of 22).`
fn missed(text: &str) -> Option<String> {
    let (days, rest) = text.split_once(" school days missed: ")?;
    let (kinds, most) = rest.split_once("; most in ")?;
    // The longer word first: the shorter is a part of it.
    let kinds =
        kinds.replace(" unexcused", " sin justificar").replace(" excused", " justificadas").replace(" and ", " y ");
    let (month, of) = most.split_once(' ')?;
    let (days, of) = (days.replace(" of ", " de "), of.replace(" of ", " de "));
    Some(format!("Faltó {days} días de clase: {kinds}; sobre todo en {} {of}", word(month).to_lowercase()))
}

/// The texts of a drawing; shapes and places stay.
fn drawing(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(start) = rest.find("<text") {
        let Some(open) = rest[start..].find('>').map(|at| start + at + 1) else { break };
        let Some(end) = rest[open..].find("</text>").map(|at| open + at) else { break };
        out.push_str(&rest[..open]);
        out.push_str(&word(&rest[open..end]));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_said_in_spanish_and_names_stay() {
        for (english, spanish) in [
            ("As expected", "Como se espera"),
            ("416 students", "416 estudiantes"),
            ("31 of 202, 58 % of chronic", "31 de 202, 58 % de los crónicos"),
            ("School of Arts", "School of Arts"),
            ("12.7 %", "12.7 %"),
            ("12.7 %; expected 11.7 %", "12.7 %; esperado 11.7 %"),
            ("53 of 416, 12.7 %; expected 11.7 %", "53 de 416, 12.7 %; esperado 11.7 %"),
            ("of 416, 13 %", "de 416, 13 %"),
            ("13 % (of 416)", "13 % (de 416)"),
            ("of Angels School", "of Angels School"),
        ] {
            assert_eq!(word(english), spanish);
        }
        let svg = r#"<svg><text x="1">As expected</text><text>School of Arts</text><rect/></svg>"#;
        assert_eq!(drawing(svg), r#"<svg><text x="1">Como se espera</text><text>School of Arts</text><rect/></svg>"#);
    }

    #[test]
    fn sentences_keep_their_numbers() {
        for (english, spanish) in [
            (
                "Invented district. 2 Sep 2025 to 13 Feb 2026. Chronic: 10 % of enrolled days or more. n = 2,679.",
                "Distrito inventado. 2 Sep 2025 a 13 Feb 2026. Crónica: 10 % o más de los días inscritos. n = 2,679.",
            ),
            (
                "2 Sep 2025 to 17 Feb 2026. Chronic = missed 10 % or more of enrolled days. n = 2,339, without 2 hidden.",
                "2 Sep 2025 a 17 Feb 2026. Crónica = perdió 10 % o más de los días inscritos. n = 2,339, sin 2 ocultos.",
            ),
            (
                "Chronic = missed more than 15 % of enrolled days. 2 are hidden to protect students.",
                "Crónica = perdió más de 15 % de los días inscritos. 2 no se muestran para proteger a los estudiantes.",
            ),
            (
                "Chronic absence runs from 6.2 % (24 of 390) at Arts at Oak to 39.2 % (362 of 923) at Elm High.",
                "La ausencia crónica va de 6.2 % (24 de 390) en Arts at Oak a 39.2 % (362 de 923) en Elm High.",
            ),
            (
                "Alder: predicted 20 %, found 13 % (53 of 416); Vose: predicted 20 %, found 9 % (n not published). Middle of up to 1 prediction.",
                "Alder: predicción 20 %, real 13 % (53 de 416); Vose: predicción 20 %, real 9 % (n no publicado). Centro de hasta 1 predicción.",
            ),
            (
                "Students with these are absent more often in each school compared: Economic disadvantage (+5 to +19 points). That doesn’t say the condition is why.",
                "En cada escuela comparada faltan más los estudiantes con: Desventaja económica (+5 a +19 puntos). Eso no dice que la condición sea el porqué.",
            ),
            (
                "Students with these are absent more often in each school compared: English learner (+3 points). The same, though in at least one school it could be chance: Special education (+2 to +9 points, 2 of 3 schools). Of 3 schools, 1 is hidden.",
                "En cada escuela comparada faltan más los estudiantes con: Aprende inglés (+3 puntos). Lo mismo, aunque en al menos una escuela podría ser azar: Educación especial (+2 a +9 puntos, 2 de 3 escuelas). De 3 escuelas, 1 está oculta.",
            ),
        ] {
            assert_eq!(sentences(english), spanish);
        }
    }
}
