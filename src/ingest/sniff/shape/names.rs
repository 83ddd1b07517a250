//! One name per column out of one or several header rows, also where the header is shorter than the rows below it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Column, Facts, NameOrigin};

pub(super) struct Named {
    pub columns: Vec<Column>,
    pub notes: Vec<String>,
}

/// Name the columns of a table that is usually `width` columns wide.
pub(super) fn name_columns(header: &[Vec<String>], width: usize, facts: &[Facts<'_>]) -> Named {
    let mut notes = Vec::new();
    let mut given = join(header);
    let named = given.iter().rposition(|(name, _)| !name.is_empty()).map_or(0, |last| last + 1);
    let used = facts.iter().rposition(|f| f.filled > 0).map_or(0, |last| last + 1);
    if !header.is_empty() && named < used && given.len() < width {
        let missing = used - named;
        given.truncate(named);
        let gap = best_gap(&given, missing, facts);
        for _ in 0..missing {
            given.insert(gap, (String::new(), NameOrigin::Numbered));
        }
        let where_ = if gap == named { "at the end".to_owned() } else { format!("from column {} on", gap + 1) };
        notes.push(format!(
            "The header has {named} names for {used} columns; the values show that {} missing {where_}.",
            if missing == 1 { "one is".to_owned() } else { format!("{missing} are") }
        ));
    } else if named > width && width > 0 {
        notes.push(format!("The header has {named} names, but most rows have {width} values."));
    }
    let total = given.len().max(width);
    let mut columns: Vec<Column> = Vec::with_capacity(total);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for j in 0..total {
        let (name, origin) = given.get(j).cloned().unwrap_or((String::new(), NameOrigin::Numbered));
        let is_empty = facts.get(j).is_none_or(|f| f.filled == 0);
        let (mut name, origin) = match (name.is_empty(), facts.get(j)) {
            (false, _) => (name, origin),
            (true, Some(f)) if !header.is_empty() => from_content(f, j),
            (true, _) => (format!("Column {}", j + 1), NameOrigin::Numbered),
        };
        if !taken.insert(name.clone()) {
            let plain = name;
            let n = times.entry(plain.clone()).or_insert(1_usize);
            name = loop {
                *n += 1;
                let numbered = format!("{plain} ({n})");
                if taken.insert(numbered.clone()) {
                    break numbered;
                }
            };
        }
        columns.push(Column { name, origin, is_empty });
    }
    if !times.is_empty() {
        let names: Vec<&str> = times.keys().map(String::as_str).take(5).collect();
        notes.push(format!("More than one column is called “{}”; they are numbered.", names.join("”, “")));
    }
    for (j, column) in columns.iter().enumerate() {
        if column.origin == NameOrigin::FromContent {
            notes.push(format!("Column {} has no name; from its values it is read as “{}”.", j + 1, column.name));
        }
    }
    Named { columns, notes }
}

/// One line, trimmed, without quotes around.
fn clean(cell: &str) -> String {
    let cell = cell.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ");
    for quote in ['\'', '"'] {
        if let Some(inner) = cell.strip_prefix(quote).and_then(|c| c.strip_suffix(quote))
            && !inner.contains(quote)
        {
            return inner.trim().to_owned();
        }
    }
    cell
}

/// Join the rows of a header column by column. A cell that was merged across columns names all of them, as far as a
/// lower row has names there.
fn join(header: &[Vec<String>]) -> Vec<(String, NameOrigin)> {
    let width = header.iter().map(Vec::len).max().unwrap_or(0);
    let mut cells: Vec<Vec<String>> =
        header.iter().map(|r| (0..width).map(|j| clean(r.get(j).map_or("", String::as_str))).collect()).collect();
    for i in 0..cells.len().saturating_sub(1) {
        let (upper, lower) = cells.split_at_mut(i + 1);
        let row = &mut upper[i];
        for j in 1..width {
            if row[j].is_empty() && lower.iter().any(|r| !r[j].is_empty()) && !row[j - 1].is_empty() {
                // A name that stands alone in its column, with nothing below, was not merged sideways.
                if lower.iter().any(|r| !r[j - 1].is_empty()) {
                    row[j] = row[j - 1].clone();
                }
            }
        }
    }
    (0..width)
        .map(|j| {
            let mut parts: Vec<&str> = Vec::new();
            for row in &cells {
                let part = row[j].as_str();
                if !part.is_empty() && !parts.iter().any(|p| p.eq_ignore_ascii_case(part)) {
                    parts.push(part);
                }
            }
            let origin = if parts.len() > 1 { NameOrigin::Joined } else { NameOrigin::Given };
            (parts.join(" "), origin)
        })
        .collect()
}

/// Where in a header that is too short the names are missing: the place at which names and values fit best. On a tie
/// the last place, as a plain reader would have it.
fn best_gap(names: &[(String, NameOrigin)], missing: usize, facts: &[Facts<'_>]) -> usize {
    let fit_at = |gap: usize| -> i64 {
        let named: i64 = names
            .iter()
            .enumerate()
            .map(|(i, (name, _))| facts.get(if i < gap { i } else { i + missing }).map_or(0, |f| fit(name, f)))
            .sum();
        let unnamed: i64 = (gap..gap + missing)
            .filter_map(|j| facts.get(j))
            .map(|f| i64::from(f.counts_rows()) * 3 + i64::from(holds_schools(f)) * 2)
            .sum();
        named + unnamed
    };
    // With hundreds of names nobody leaves one out in the middle, and trying every place would take too long.
    let places: Vec<usize> = if names.len() <= 200 { (0..=names.len()).collect() } else { vec![0, names.len()] };
    places.into_iter().max_by_key(|&gap| (fit_at(gap), gap)).unwrap_or(names.len())
}

fn has_any(text: &str, words: &[&str]) -> bool {
    let lower = text.to_ascii_lowercase();
    words.iter().any(|w| lower.contains(w))
}

fn holds_districts(facts: &Facts<'_>) -> bool {
    facts.share(|v| has_any(v, &["public schools", "district", "county", " isd", " usd", "school division"])) > 0.3
}

fn holds_schools(facts: &Facts<'_>) -> bool {
    !holds_districts(facts)
        && facts
            .share(|v| has_any(v, &["elementary", "middle", "high", "school", "academy", "primary", "elem", "p.s."]))
            > 0.3
}

fn holds_years(facts: &Facts<'_>) -> bool {
    facts.share(|v| {
        let start: String = v.chars().take_while(char::is_ascii_digit).collect();
        start.len() == 4 && start.parse::<u32>().is_ok_and(|y| (1990..2100).contains(&y))
    }) > 0.9
}

/// How well a name fits the values below it.
fn fit(name: &str, facts: &Facts<'_>) -> i64 {
    if facts.filled == 0 {
        return 0;
    }
    if has_any(name, &["number", "count", "#", "%", "percent", "pct", "rate", "days", "total", "enrollment"]) {
        return if facts.is_numeric() { 4 } else { -4 };
    }
    if has_any(name, &["year"]) {
        return if holds_years(facts) { 4 } else { -2 };
    }
    if has_any(name, &["date"]) {
        return if facts.dates * 2 > facts.filled { 4 } else { -2 };
    }
    if has_any(name, &["district", "division", "county", "lea"]) && holds_districts(facts) {
        return 4;
    }
    if has_any(name, &["school", "campus", "building"]) && holds_schools(facts) {
        return 4;
    }
    if has_any(name, &["name", "description", "indicator", "category", "label", "group"]) {
        return if facts.is_numeric() { -3 } else { 1 };
    }
    0
}

/// A name for a column whose header cell is empty.
fn from_content(facts: &Facts<'_>, column: usize) -> (String, NameOrigin) {
    if facts.counts_rows() {
        ("Row number".into(), NameOrigin::FromContent)
    } else if holds_schools(facts) {
        ("School".into(), NameOrigin::FromContent)
    } else if holds_districts(facts) {
        ("District".into(), NameOrigin::FromContent)
    } else {
        (format!("Column {}", column + 1), NameOrigin::Numbered)
    }
}
