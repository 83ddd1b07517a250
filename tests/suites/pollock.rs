//! The Pollock benchmark (Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann, VLDB 2023): how much of a clean table
//! survives in what a reader makes of a polluted one. The measure follows the authors' `metrics.py`: one point for
//! reading at all, and precision, recall and their harmonic mean for header, records and cells as multisets: 10 at
//! most; then a mean by the authors' weights, which say how often each pollution occurs in the wild.

use std::collections::BTreeMap;
use std::path::Path;

use bright_spots::ingest::sniff::{self, RowKind};
use bright_spots::ingest::{records, sniff::Dialect};
use serde_json::Value;

/// One polluted file.
pub struct FileScore {
    pub name: String,
    pub weight: f64,
    pub header: [f64; 3],
    pub records: [f64; 3],
    pub cells: [f64; 3],
}

impl FileScore {
    /// Of 10. The file was read: one point.
    pub fn total(&self) -> f64 {
        1.0 + [self.header, self.records, self.cells].iter().flatten().sum::<f64>()
    }
}

#[derive(Default)]
pub struct Scores {
    pub files: Vec<FileScore>,
}

impl Scores {
    /// The plain mean.
    pub fn simple(&self) -> f64 {
        self.files.iter().map(FileScore::total).sum::<f64>() / self.files.len().max(1) as f64
    }

    /// The mean by the authors' weights, over the files that are here.
    pub fn weighted(&self) -> f64 {
        let weights: f64 = self.files.iter().map(|f| f.weight).sum();
        self.files.iter().map(|f| f.total() * f.weight).sum::<f64>() / weights.max(1e-9)
    }
}

/// Score every polluted file that has a clean version beside it.
pub fn run(root: &Path) -> Scores {
    let folder = root.join("pollock");
    let weights = std::fs::read_to_string(folder.join("pollock_weights.json")).unwrap_or_default();
    let weights: Value = serde_json::from_str(&weights).unwrap_or_default();
    let mut scores = Scores::default();
    for name in super::names(&folder.join("polluted_files/csv")) {
        let read = |part: &str| std::fs::read(folder.join("polluted_files").join(part).join(&name));
        let (Ok(polluted), Ok(clean)) = (read("csv"), read("clean")) else {
            continue;
        };
        let weight = weights.get(&name).and_then(Value::as_f64).unwrap_or(0.0);
        scores.files.push(score(&name, weight, &load(&polluted), &clean_rows(&clean)));
    }
    scores
}

/// The clean files are plain CSV.
pub fn clean_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    records::read_rows(bytes, Dialect::CSV, usize::MAX)
}

/// What the app makes of a file: dialect, records, shape, all found by itself; header rows joined with a space, as
/// the benchmark's clean files have them.
pub fn load(bytes: &[u8]) -> Vec<Vec<String>> {
    let (text, _) = super::as_utf8(bytes);
    let guess = sniff::dialect(&text, true);
    let rows = records::read_rows(&text, guess.dialect, usize::MAX);
    let shape = sniff::shape(&rows);
    let mut out = Vec::new();
    if shape.has_header() {
        let header = &rows[shape.header.clone()];
        let width = header.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |row: &Vec<String>, j: usize| row.get(j).cloned().unwrap_or_default();
        out.push(
            (0..width)
                .map(|j| header.iter().map(|r| cell(r, j)).collect::<Vec<_>>().join(" ").trim().to_owned())
                .collect(),
        );
    }
    let mut sorter = shape.sorter();
    let data = rows[shape.first_data..].iter().filter(|row| matches!(sorter.sort(row), RowKind::Data | RowKind::Total));
    out.extend(data.cloned());
    out
}

/// Score what was loaded against the clean rows; the first row of each counts as the header.
pub fn score(name: &str, weight: f64, loaded: &[Vec<String>], clean: &[Vec<String>]) -> FileScore {
    let normal = |rows: &[Vec<String>]| -> Vec<Vec<String>> {
        rows.iter().map(|r| r.iter().map(|c| normalize(c)).collect()).collect()
    };
    if clean.is_empty() {
        return FileScore { name: name.into(), weight, header: [1.0; 3], records: [1.0; 3], cells: [1.0; 3] };
    }
    let (a, b) = (normal(clean), normal(loaded));
    let joined = |rows: &[Vec<String>]| rows.iter().skip(1).map(|r| r.concat()).collect::<Vec<_>>();
    let flat = |rows: &[Vec<String>]| rows.iter().flatten().cloned().collect::<Vec<_>>();
    FileScore {
        name: name.into(),
        weight,
        header: overlap(&a[0], b.first().map_or(&[], Vec::as_slice)),
        records: overlap(&joined(&a), &joined(&b)),
        cells: overlap(&flat(clean), &flat(loaded)),
    }
}

/// Multiset overlap: as part of the truth, as part of what was loaded, and their harmonic mean.
fn overlap(truth: &[String], loaded: &[String]) -> [f64; 3] {
    if truth.is_empty() {
        return [1.0; 3];
    }
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for t in truth {
        *left.entry(t).or_default() += 1;
    }
    let mut common = 0_usize;
    for l in loaded {
        if let Some(n) = left.get_mut(l.as_str()).filter(|n| **n > 0) {
            *n -= 1;
            common += 1;
        }
    }
    if common == 0 {
        return [0.0; 3];
    }
    let (p, r) = (common as f64 / truth.len() as f64, common as f64 / loaded.len() as f64);
    [p, r, 2.0 * p * r / (p + r)]
}

/// The authors compare values, not spellings: numbers, truth values, times, dates and prices in one form, text
/// without case. Their parsers know more forms than these, which can only make more cells equal.
fn normalize(cell: &str) -> String {
    let lower = cell.to_lowercase();
    match lower.trim() {
        "false" => return "0".into(),
        "true" => return "1".into(),
        _ => {}
    }
    let trimmed = lower.trim();
    if let Ok(n) = trimmed.parse::<i64>() {
        return n.to_string();
    }
    if trimmed.bytes().any(|b| b.is_ascii_digit()) && trimmed.parse::<f64>().is_ok() {
        return format!("{:?}", trimmed.parse::<f64>().unwrap_or_default());
    }
    if let Some(price) = trimmed.strip_prefix('$').and_then(|p| p.parse::<f64>().ok()) {
        return format!("${price:?}");
    }
    let numbers: Option<Vec<u32>> = trimmed.split(['/', ':']).map(|p| p.parse().ok()).collect();
    match (numbers.as_deref(), trimmed.contains('/'), trimmed.contains(':')) {
        (Some([a, b, y]), true, false) => {
            let (month, day) = if *a > 12 { (b, a) } else { (a, b) };
            format!("{y:04}-{month:02}-{day:02} 00:00:00")
        }
        (Some([h, m]), false, true) => format!("{h:02}:{m:02}:00"),
        _ => lower,
    }
}
