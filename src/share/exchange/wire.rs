//! Version 1 of the exchange file as it stands on disk. Frozen once released.

use super::{Exchange, ExchangeError, FORMAT, Group, Header, VERSION};
use crate::attendance::{Day, DayRule, Days, Definition, Grade, GradeRange, Kind, Preset, School, Tier};
use crate::share::gate::{Code, Shown, TierClass};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u32,
    made_on: String,
    made_by: String,
    dates: Dates,
    grain: String,
    definition: Defined,
    minimum_students: u32,
    audit: String,
    schools: Vec<Named>,
    #[serde(default)]
    conditions: Vec<Label>,
    groups: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
struct Dates {
    first: String,
    last: String,
}

#[derive(Serialize, Deserialize)]
struct Defined {
    preset: String,
    chronic_at_percent: f64,
    inclusive: bool,
    minimum_days_enrolled: f64,
    #[serde(default)]
    minimum_share_percent: u8,
    #[serde(default)]
    present_once: bool,
    #[serde(default)]
    not_absent: Vec<Kind>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also_absent: Vec<Kind>,
    day_rule: DayRule,
    grades: GradeRange,
}

#[derive(Serialize, Deserialize)]
struct Named {
    name: String,
    #[serde(default)]
    district: String,
}

#[derive(Serialize, Deserialize)]
struct Label {
    key: String,
    label: String,
}

#[derive(Default, Serialize, Deserialize)]
struct Row {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    school: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    district: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    condition: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    students: Option<u32>,
    chronic: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chronic_percent_under: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chronic_percent_over: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tiers: Vec<Merged>,
}

#[derive(Serialize, Deserialize)]
struct Merged {
    tiers: Vec<Tier>,
    students: u32,
}

pub(super) fn write(exchange: &Exchange) -> String {
    let header = &exchange.header;
    let d = &header.definition;
    let file = File {
        format: FORMAT.to_owned(),
        version: VERSION,
        made_on: header.made_on.iso(),
        made_by: header.made_by.clone(),
        dates: Dates { first: header.first_day.iso(), last: header.last_day.iso() },
        grain: "school".to_owned(),
        definition: Defined {
            preset: d.preset.key().to_owned(),
            chronic_at_percent: d.percent(),
            inclusive: d.inclusive,
            minimum_days_enrolled: d.minimum.thousandths() as f64 / 1000.0,
            minimum_share_percent: d.minimum_share,
            present_once: d.present_once,
            not_absent: d.not_absent.clone(),
            also_absent: d.also_absent.clone(),
            day_rule: d.day_rule,
            grades: d.grades,
        },
        minimum_students: exchange.minimum,
        audit: exchange.audit.clone(),
        schools: exchange
            .schools
            .iter()
            .map(|s| Named { name: s.name.clone(), district: s.district.clone() })
            .collect(),
        conditions: exchange
            .labels
            .iter()
            .map(|(key, label)| Label { key: key.clone(), label: label.clone() })
            .collect(),
        groups: exchange.groups.iter().map(row_of).collect(),
    };
    // Plain data of strings and numbers cannot fail to be written.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

fn row_of(group: &Group) -> Row {
    let code = |wanted: fn(Code) -> Option<u8>| match group.chronic {
        Shown::Coded(code) => wanted(code),
        Shown::Value(_) | Shown::Hidden => None,
    };
    Row {
        school: group.school,
        district: group.district.clone(),
        grade: group.grade.map(|g| g.to_string()),
        condition: group.condition.as_ref().map(|c| c.0.clone()),
        value: group.condition.as_ref().map(|c| c.1.clone()),
        students: group.students.value(),
        chronic: group.chronic.value(),
        chronic_percent_under: code(|code| if let Code::Under(p) = code { Some(p) } else { None }),
        chronic_percent_over: code(|code| if let Code::Over(p) = code { Some(p) } else { None }),
        tiers: group.tiers.iter().map(|c| Merged { tiers: c.tiers.clone(), students: c.students }).collect(),
    }
}

/// No number of students in one file is larger.
const MOST_STUDENTS: u32 = 100_000_000;
const MOST_GROUPS: usize = 1_000_000;
const MOST_SCHOOLS: usize = 60_000;

pub(super) fn read(text: &str) -> Result<Exchange, ExchangeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let not_json = |e: serde_json::Error| ExchangeError::NotJson { line: e.line() };
    // First only what kind of file it is, so that another kind is named as such.
    #[derive(Deserialize)]
    struct Kind {
        format: Option<String>,
        version: Option<u32>,
    }
    let kind: Kind = serde_json::from_str(text).map_err(|e| match e.classify() {
        serde_json::error::Category::Data => ExchangeError::NotExchange,
        _ => not_json(e),
    })?;
    match (kind.format.as_deref(), kind.version) {
        (Some(FORMAT), Some(VERSION)) => {}
        (Some(FORMAT), Some(found)) if found > VERSION => return Err(ExchangeError::TooNew { found }),
        _ => return Err(ExchangeError::NotExchange),
    }
    let file: File = serde_json::from_str(text).map_err(|e| match e.classify() {
        serde_json::error::Category::Data => wrong(&format!("line {}", e.line()), "holds what does not belong there"),
        _ => not_json(e),
    })?;
    check(file)
}

fn wrong(field: &str, why: &'static str) -> ExchangeError {
    ExchangeError::Wrong { field: field.to_owned(), why }
}

/// Text from outside: no control or direction marks, and no longer than a name can be.
fn clean(field: &str, text: &str) -> Result<String, ExchangeError> {
    if text.chars().count() > 300 {
        return Err(wrong(field, "is far too long"));
    }
    let is_mark = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    Ok(text.chars().filter(|c| !is_mark(*c)).collect::<String>().trim().to_owned())
}

fn day(field: &str, text: &str) -> Result<Day, ExchangeError> {
    Day::parse_iso(text).ok_or_else(|| wrong(field, "is not a date like 2026-11-21"))
}

fn check(file: File) -> Result<Exchange, ExchangeError> {
    let header = Header {
        made_by: clean("made_by", &file.made_by)?,
        made_on: day("made_on", &file.made_on)?,
        first_day: day("dates.first", &file.dates.first)?,
        last_day: day("dates.last", &file.dates.last)?,
        definition: definition(&file.definition)?,
    };
    if header.first_day > header.last_day {
        return Err(wrong("dates", "end before they begin"));
    }
    if file.grain != "school" {
        return Err(wrong("grain", "is not one that this version knows"));
    }
    if !(11..=1000).contains(&file.minimum_students) {
        return Err(wrong("minimum_students", "is under 11, so small groups may not be protected"));
    }
    if file.schools.len() > MOST_SCHOOLS || file.groups.len() > MOST_GROUPS {
        return Err(wrong("groups", "are more than any state has"));
    }
    let schools = file.schools.iter().map(|school| {
        let name = clean("schools.name", &school.name)?;
        if name.is_empty() {
            return Err(wrong("schools.name", "is empty"));
        }
        Ok(School { name, district: clean("schools.district", &school.district)? })
    });
    let schools: Vec<School> = schools.collect::<Result<_, _>>()?;
    let labels =
        file.conditions.iter().map(|c| Ok((clean("conditions.key", &c.key)?, clean("conditions.label", &c.label)?)));
    let labels = labels.collect::<Result<_, ExchangeError>>()?;
    let mut groups = Vec::with_capacity(file.groups.len());
    for (at, row) in file.groups.into_iter().enumerate() {
        groups.push(group(at, row, file.minimum_students, schools.len())?);
    }
    let name = |g: &Group| (g.school, g.district.clone(), g.grade, g.condition.clone());
    let mut names: Vec<_> = groups.iter().enumerate().map(|(at, g)| (name(g), at)).collect();
    names.sort();
    if let Some(pair) = names.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(ExchangeError::Contradiction { group: pair[1].1, why: "stands in the file twice" });
    }
    Ok(Exchange { header, minimum: file.minimum_students, audit: clean_audit(&file.audit), schools, labels, groups })
}

fn clean_audit(text: &str) -> String {
    let short: String = text.chars().take(300).collect();
    clean("audit", &short).unwrap_or_default()
}

fn definition(d: &Defined) -> Result<Definition, ExchangeError> {
    let preset = Preset::NAMED.into_iter().find(|p| p.key() == d.preset).unwrap_or(Preset::Own);
    if !(d.chronic_at_percent > 0.0 && d.chronic_at_percent <= 100.0) {
        return Err(wrong("definition.chronic_at_percent", "is not between 0 and 100"));
    }
    if !(0.0..=366.0).contains(&d.minimum_days_enrolled) || d.minimum_share_percent > 100 {
        return Err(wrong("definition.minimum_days_enrolled", "is not a number of school days"));
    }
    Ok(Definition {
        preset,
        threshold: (d.chronic_at_percent * 1000.0).round() as u32,
        inclusive: d.inclusive,
        minimum: Days::from_thousandths((d.minimum_days_enrolled * 1000.0).round() as i64),
        minimum_share: d.minimum_share_percent,
        present_once: d.present_once,
        not_absent: d.not_absent.clone(),
        also_absent: d.also_absent.clone(),
        day_rule: d.day_rule,
        grades: d.grades,
    })
}

fn group(at: usize, row: Row, minimum: u32, n_schools: usize) -> Result<Group, ExchangeError> {
    let contradiction = |why| Err(ExchangeError::Contradiction { group: at, why });
    if row.school.is_some_and(|school| school as usize >= n_schools) {
        return contradiction("is of a school that the file does not list");
    }
    let grade = match &row.grade {
        None => None,
        Some(text) => match text.as_str() {
            "Not given" => Some(Grade::Unknown),
            text => match Grade::parse(text) {
                Some(grade) => Some(grade),
                None => return contradiction("has a grade that is none"),
            },
        },
    };
    let condition = match (&row.condition, &row.value) {
        (None, None) => None,
        (Some(key), Some(value)) => Some((clean("condition", key)?, clean("value", value)?)),
        _ => return contradiction("names a condition without its value"),
    };
    if row.students.is_some_and(|n| n > MOST_STUDENTS) {
        return contradiction("is larger than any can be");
    }
    if row.students.is_some_and(|n| n > 0 && n < minimum) {
        return contradiction("is smaller than the file's own minimum, so it should have been hidden");
    }
    let chronic = match (row.chronic, row.chronic_percent_under, row.chronic_percent_over, row.students) {
        (Some(x), None, None, Some(n)) if x <= n => Shown::Value(x),
        (Some(_), _, _, Some(_)) => return contradiction("has more chronically absent students than students"),
        (Some(_), _, _, None) => return contradiction("hides its size but not its outcome"),
        (None, Some(p), None, Some(_)) if (1..=30).contains(&p) => Shown::Coded(Code::Under(p)),
        (None, None, Some(p), Some(_)) if (70..=99).contains(&p) => Shown::Coded(Code::Over(p)),
        (None, None, None, _) => Shown::Hidden,
        _ => return contradiction("has a range that is none"),
    };
    let mut known: Option<u32> = Some(0);
    for class in &row.tiers {
        let next = class.tiers.first().map_or(usize::MAX, |t| t.index());
        let is_run = class.tiers.iter().enumerate().all(|(k, t)| t.index() == next.saturating_add(k));
        if !is_run || class.students > MOST_STUDENTS {
            return contradiction("has tiers that are none");
        }
        known = known.map(|sum| sum.saturating_add(class.students));
    }
    if !row.tiers.is_empty() && row.students.is_some() && known != row.students {
        return contradiction("has tiers that do not add up to its students");
    }
    Ok(Group {
        school: row.school,
        district: row.district.as_deref().map(|d| clean("district", d)).transpose()?,
        grade,
        condition,
        students: row.students.map_or(Shown::Hidden, Shown::Value),
        chronic,
        tiers: row.tiers.into_iter().map(|c| TierClass { tiers: c.tiers, students: c.students }).collect(),
    })
}
