//! Many exchange files side by side: one school once, one definition, one year, and what was done said aloud.

use super::{Exchange, Group, Header};
use crate::attendance::{Definition, School};
use std::collections::BTreeMap;

/// One school of someone's file.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerSchool {
    pub school: School,
    /// The name of the file it came from, and its header.
    pub file: String,
    pub header: Header,
    /// Its groups; `school` in them is the file's own position.
    pub groups: Vec<Group>,
}

/// What came of putting files together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// By district and name.
    pub schools: Vec<PeerSchool>,
    /// Labels of conditions by key, the first file's word for each.
    pub labels: Vec<(String, String)>,
    /// What was reconciled, in words.
    pub notes: Vec<String>,
    /// What was left out and why, in words.
    pub refused: Vec<String>,
}

/// Files whose last days lie further apart than this are of different times of year.
const MOST_DAYS_APART: i32 = 60;

/// Why two definitions cannot stand side by side; `Ok` with a note where they differ in what hardly matters.
pub fn reconcile(ours: &Definition, theirs: &Definition) -> Result<Option<String>, String> {
    if (ours.threshold, ours.inclusive) != (theirs.threshold, theirs.inclusive) {
        return Err(format!("its definition is “{}”, ours “{}”", theirs.sentence(), ours.sentence()));
    }
    if ours.day_rule != theirs.day_rule {
        return Err("it counts parts of a day differently".to_owned());
    }
    if (&ours.not_absent, &ours.also_absent) != (&theirs.not_absent, &theirs.also_absent) {
        return Err("it counts suspensions or other kinds of absence differently".to_owned());
    }
    if ours.grades != theirs.grades {
        return Err("it covers other grades".to_owned());
    }
    if (ours.minimum, ours.minimum_share, ours.present_once)
        != (theirs.minimum, theirs.minimum_share, theirs.present_once)
    {
        let days = theirs.minimum.thousandths() as f64 / 1000.0;
        return Ok(Some(format!(
            "it counts students from {days} enrolled days on, which can shift a rate by a few tenths of a point"
        )));
    }
    Ok(None)
}

fn same_name(text: &str) -> String {
    let letters = text.to_lowercase().replace('&', "and");
    letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Equal for files of the same content (FNV-1a over all of it).
fn fingerprint(file: &Exchange) -> u64 {
    struct Print(u64);
    impl std::fmt::Write for Print {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            for byte in text.bytes() {
                self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
            Ok(())
        }
    }
    let mut print = Print(0xcbf2_9ce4_8422_2325);
    // Writing into a number cannot fail.
    let _ = std::fmt::Write::write_fmt(&mut print, format_args!("{file:?}"));
    print.0
}

/// Puts files (name, content) together under `ours`, or under the first file's definition and dates.
#[must_use]
pub fn merge(files: Vec<(String, Exchange)>, ours: Option<&Header>) -> Merged {
    let mut merged = Merged::default();
    let Some(reference) = ours.cloned().or_else(|| files.first().map(|(_, file)| file.header.clone())) else {
        return merged;
    };
    let mut schools: BTreeMap<(String, String), PeerSchool> = BTreeMap::new();
    let mut seen: BTreeMap<u64, String> = BTreeMap::new();
    for (name, file) in files {
        let print = fingerprint(&file);
        if let Some(first) = seen.get(&print) {
            merged.notes.push(format!("“{name}” is the same file as “{first}” and is used once"));
            continue;
        }
        match reconcile(&reference.definition, &file.header.definition) {
            Err(why) => {
                merged.refused.push(format!("“{name}” is left out: {why}"));
                continue;
            }
            Ok(Some(note)) => merged.notes.push(format!("“{name}”: {note}")),
            Ok(None) => {}
        }
        let apart = (file.header.last_day.0 - reference.last_day.0).abs();
        if apart > MOST_DAYS_APART {
            merged.refused.push(format!(
                "“{name}” is left out: its numbers end on {}, ours on {}, and rates grow over the year",
                file.header.last_day, reference.last_day
            ));
            continue;
        }
        seen.insert(print, name.clone());
        for (key, label) in &file.labels {
            if !merged.labels.iter().any(|(k, _)| k == key) {
                merged.labels.push((key.clone(), label.clone()));
            }
        }
        add(&mut schools, &mut merged.notes, &name, file);
    }
    merged.schools = schools.into_values().collect();
    merged.labels.sort();
    merged
}

fn add(schools: &mut BTreeMap<(String, String), PeerSchool>, notes: &mut Vec<String>, name: &str, file: Exchange) {
    let mut groups: Vec<Vec<Group>> = vec![Vec::new(); file.schools.len()];
    for group in file.groups {
        if let Some(of) = group.school.and_then(|at| groups.get_mut(at as usize)) {
            of.push(group);
        }
    }
    for (school, groups) in file.schools.into_iter().zip(groups) {
        // Without a district in the file, its maker stands for one.
        let district = if school.district.is_empty() { &file.header.made_by } else { &school.district };
        let key = (same_name(district), same_name(&school.name));
        let new = PeerSchool { school, file: name.to_owned(), header: file.header.clone(), groups };
        match schools.get_mut(&key) {
            None => {
                schools.insert(key, new);
            }
            Some(old) => {
                let age = |peer: &PeerSchool| (peer.header.last_day, peer.header.made_on);
                let (kept, left) = if age(&new) > age(old) { (&new, &*old) } else { (&*old, &new) };
                notes.push(format!(
                    "{} is in “{}” and “{}”: the numbers to {} are used",
                    kept.school.name, left.file, kept.file, kept.header.last_day
                ));
                if age(&new) > age(old) {
                    *old = new;
                }
            }
        }
    }
}
