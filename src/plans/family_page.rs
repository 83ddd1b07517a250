//! The page that a family takes home: plain, short, in English or Spanish, at most two sheets.

use super::model::Step;
use super::personal::{Conversation, Language};
use crate::attendance::{Day, Days, day::MONTHS};

/// What the page needs beside the conversation, from the loaded data where there are any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub school: String,
    /// The end of the school year.
    pub until: Option<Day>,
    /// Days that may still be missed with the year ending under 10 %.
    pub may_still_miss: Option<u32>,
}

/// One row of what was agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub who: String,
    pub what: String,
    pub when: String,
}

/// The page, ready to be set. The calendar is drawn by the view, under `days_heading`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyPage {
    pub language: Language,
    pub title: String,
    pub made: String,
    /// Strengths and hopes first, then what is still possible.
    pub lead: Vec<String>,
    pub days_heading: Option<String>,
    pub agreed_heading: &'static str,
    /// Who, what, by when.
    pub agreed_columns: [&'static str; 3],
    pub agreed: Vec<Agreed>,
    pub learning_heading: &'static str,
    pub learning: Vec<String>,
    pub referrals_heading: &'static str,
    pub referrals: Vec<String>,
    pub help_heading: &'static str,
    /// Label and names; empty where nothing was filled in, to be written by hand.
    pub help: Vec<(&'static str, String)>,
    pub again_heading: &'static str,
    pub again: String,
    pub questions: String,
    pub signatures: [&'static str; 2],
    pub foot: &'static str,
}

const MESES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// A day as families read it.
#[must_use]
pub fn day(language: Language, day: Day) -> String {
    let (year, month, date) = day.ymd();
    let month = usize::from(month) - 1;
    match language {
        Language::English => format!("{} {date}, {year}", MONTHS[month]),
        Language::Spanish => format!("{date} de {} de {year}", MESES[month]),
    }
}

/// Days without needless decimals: `13`, `13.5`, in Spanish `13,5`.
#[must_use]
pub fn days(language: Language, days: Days) -> String {
    let thousandths = days.thousandths();
    let text = if thousandths % 1000 == 0 {
        (thousandths / 1000).to_string()
    } else {
        format!("{}.{:03}", thousandths / 1000, thousandths % 1000).trim_end_matches('0').to_owned()
    };
    match language {
        Language::English => text,
        Language::Spanish => text.replace('.', ","),
    }
}

/// Makes the page of a conversation in its language.
#[must_use]
pub fn page(talk: &Conversation, facts: &Facts) -> FamilyPage {
    let language = talk.language;
    let en = language == Language::English;
    let say = |english: &'static str, spanish: &'static str| if en { english } else { spanish };
    let name = first_name(&talk.student.name, say("your child", "su hijo o hija"));
    let plan = &talk.plan;
    let title = if en {
        format!("A plan for {name} to be at school")
    } else {
        format!("Plan para que {name} esté en la escuela")
    };
    let made = plan.made.map_or(String::new(), |on| {
        let on = day(language, on);
        if en {
            format!("Made together on {on}, by the family and {}", facts.school)
        } else {
            format!("Hecho en conjunto el {on}, por la familia y {}", facts.school)
        }
    });
    let mut lead = Vec::new();
    if !talk.strengths.trim().is_empty() {
        lead.push(ended(format!("{} {}", say("Strengths:", "Fortalezas:"), talk.strengths.trim())));
    }
    if !talk.hopes.trim().is_empty() {
        lead.push(ended(format!("{} {}", say("Hopes:", "Esperanzas:"), talk.hopes.trim())));
    }
    if !plan.goal.trim().is_empty() {
        lead.push(ended(format!("{} {}", say("Our goal:", "Nuestra meta:"), plan.goal.trim())));
    }
    lead.extend(still_possible(language, &name, facts));
    let days_heading = talk.absent.zip(talk.enrolled).map(|(absent, enrolled)| {
        let (absent, enrolled) = (days(language, absent), days(language, enrolled));
        if en {
            format!("Days missed so far: {absent} of {enrolled}")
        } else {
            format!("Días de ausencia hasta ahora: {absent} de {enrolled}")
        }
    });
    let texts = |rows: &[super::model::Note]| -> Vec<String> {
        rows.iter().map(|r| r.text.trim().to_owned()).filter(|t| !t.is_empty()).collect()
    };
    let bank = &talk.help_bank;
    let mut help = vec![
        (say("At home", "En casa"), texts(&bank.household).join(", ")),
        (say("Any day", "Cualquier día"), texts(&bank.everyday).join(", ")),
        (say("Sometimes", "A veces"), texts(&bank.occasional).join(", ")),
        (say("If we ask", "Si se lo pedimos"), texts(&bank.potential).join(", ")),
    ];
    for at in 0..2 {
        let label = if at == 0 {
            say("If plans fall through", "Si falla el plan")
        } else {
            say("And after that", "Y después")
        };
        let who = bank.backups.get(at).map_or(String::new(), |b| {
            [b.name.trim(), b.number.trim()].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(", ")
        });
        help.push((label, who));
    }
    let again = match (plan.check_in, plan.check_in_how.trim()) {
        (Some(on), "") => day(language, on),
        (Some(on), how) => format!("{}, {how}", day(language, on)),
        (None, how) => how.to_owned(),
    };
    let ask = if plan.questions_to.trim().is_empty() {
        say("the school office", "la oficina de la escuela")
    } else {
        plan.questions_to.trim()
    };
    FamilyPage {
        language,
        title,
        made,
        lead,
        days_heading,
        agreed_heading: say("What we agreed", "Lo que acordamos"),
        agreed_columns: if en { ["Who", "What", "By when"] } else { ["Quién", "Qué", "Para cuándo"] },
        agreed: agreed(talk, &name),
        learning_heading: say("Catching up", "Para ponerse al día"),
        learning: texts(&plan.learning),
        referrals_heading: say("Who else can help", "Quién más puede ayudar"),
        referrals: texts(&plan.referrals),
        help_heading: say("People who can help", "Personas que pueden ayudar"),
        help,
        again_heading: say("We look at this again", "Volvemos a ver este plan"),
        again,
        questions: if en {
            format!("Questions before then: {ask}.")
        } else {
            format!("Si tiene preguntas antes: {ask}.")
        },
        signatures: [say("Family", "Familia"), say("School", "Escuela")],
        foot: say(
            "This is a plan, not a contract. One copy for the family, one for the school.",
            "Esto es un plan, no un contrato. Una copia para la familia y otra para la escuela.",
        ),
    }
}

/// What somebody wrote, as a sentence among others.
fn ended(text: String) -> String {
    if text.ends_with(['.', '?', '!', '…']) { text } else { format!("{text}.") }
}

fn still_possible(language: Language, name: &str, facts: &Facts) -> Option<String> {
    let left = facts.may_still_miss?;
    let until = facts.until.map(|d| day(language, d));
    Some(match (language, left) {
        (Language::English, 0) => format!("Every day from now on helps {name} to learn and to be with friends."),
        (Language::Spanish, 0) => format!("Cada día desde hoy ayuda a {name} a aprender y a estar con sus amistades."),
        (Language::English, n) => {
            let until = until.map_or(String::new(), |d| format!(" until {d}"));
            format!(
                "If {name} misses no more than {n} {} {until}, the year still ends well.",
                if n == 1 { "day" } else { "days" }
            )
            .replace("  ", " ")
            .replace(" ,", ",")
        }
        (Language::Spanish, n) => {
            let until = until.map_or(String::new(), |d| format!(" hasta el {d}"));
            format!(
                "Si {name} falta como máximo {n} {}{until}, el año todavía termina bien.",
                if n == 1 { "día" } else { "días" }
            )
        }
    })
}

fn agreed(talk: &Conversation, name: &str) -> Vec<Agreed> {
    let language = talk.language;
    let (family, school) = match language {
        Language::English => ("Family", "School"),
        Language::Spanish => ("Familia", "Escuela"),
    };
    let plan = &talk.plan;
    let sides: [(&str, &[Step]); 3] =
        [(family, &plan.family_steps), (name, &plan.student_steps), (school, &plan.school_steps)];
    let mut rows = Vec::new();
    for (side, steps) in sides {
        for step in steps.iter().filter(|s| !s.what.trim().is_empty()) {
            let who = if step.who.label.trim().is_empty() { side } else { step.who.label.trim() };
            let when = match step.by {
                Some(by) if step.when.trim().is_empty() => day(language, by),
                _ => step.when.trim().to_owned(),
            };
            rows.push(Agreed { who: who.to_owned(), what: step.what.trim().to_owned(), when });
        }
    }
    rows
}

fn first_name(name: &str, otherwise: &str) -> String {
    // "Last, First" as exports write it, or "First Last".
    let given = name.split_once(',').map_or(name, |(_, first)| first);
    given.split_whitespace().next().map_or_else(|| otherwise.to_owned(), str::to_owned)
}

/// Lines on one sheet of A4 or Letter at the print size, and characters on one line.
const LINES: usize = 58;
const WIDTH: usize = 84;

impl FamilyPage {
    /// Sheets that the page takes, with its calendar of `months` months, rounded up.
    #[must_use]
    pub fn sheets(&self, months: usize) -> usize {
        let wrapped = |text: &str, width: usize| text.chars().count().div_ceil(width).max(1);
        let mut lines = 5 + self.lead.iter().map(|l| wrapped(l, WIDTH * 2 / 3)).sum::<usize>();
        // Two lines say what the letters mean.
        lines += 2 + months.div_ceil(3) * 9 + 2;
        lines += 3 + self.agreed.iter().map(|r| wrapped(&r.what, WIDTH / 2) + 1).sum::<usize>();
        for list in [&self.learning, &self.referrals] {
            lines += if list.is_empty() { 0 } else { 2 + list.iter().map(|t| wrapped(t, WIDTH)).sum::<usize>() };
        }
        lines += 3 + self.help.iter().map(|(_, names)| wrapped(names, WIDTH / 3) + 1).sum::<usize>();
        (lines + 2).div_ceil(LINES)
    }
}
