//! What the gallery shows: invented schools and files.

use super::*;

pub(super) const WIPE: &str =
    "This removes 3 plans, your code map and settings from this browser. Files you saved are not touched.";

/// Stands for a chart's output.
pub(super) const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="96" viewBox="0 0 400 96" fill="none" stroke="currentColor" stroke-width="2"><path d="M60 24h54M46 72h180" /><circle cx="86" cy="24" r="7" fill="currentColor" /><circle cx="110" cy="72" r="6" /></svg>"#;

fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|&(value, label)| Choice::new(value, label)).collect()
}

pub(super) fn downloads() -> Vec<Choice> {
    choices(&[("svg", "Picture (SVG)"), ("png", "Picture (PNG)"), ("csv", "Table (CSV)")])
}

pub(super) fn decisions() -> Vec<Choice> {
    choices(&[("adapt", "Adapt"), ("adopt", "Adopt"), ("expand", "Expand"), ("abandon", "Abandon")])
}

pub(super) fn views() -> Vec<Choice> {
    choices(&[("board", "Board"), ("calendar", "Calendar"), ("list", "List")])
}

pub(super) fn statuses() -> Vec<Choice> {
    choices(&[("present", "Present"), ("absent", "Absent")])
}

pub(super) fn adjustments() -> Vec<Choice> {
    choices(&[
        ("grade", "Grade band"),
        ("disadvantage", "Economic disadvantage"),
        ("sped", "Special education"),
        ("ell", "English learner"),
    ])
}

pub(super) fn progress() -> Progress {
    Progress {
        name: "attend_daily.csv".to_owned(),
        rows: 1_264_000,
        bytes: 85_000_000,
        total_bytes: 138_000_000,
        seconds_left: Some(2.0),
    }
}

pub(super) fn account() -> RowAccount {
    RowAccount { rows: 265_214, used: 264_752, waiting: 408, waiting_for: "code FT".to_owned(), set_aside: 54 }
}

pub(super) fn meanings() -> Vec<Choice> {
    choices(&[
        ("present", "Present"),
        ("unexcused", "Absent, unexcused"),
        ("excused", "Absent, excused"),
        ("tardy", "Tardy: counts as present"),
        ("no_school", "Not a school day"),
        ("suspended", "Suspended out of school"),
    ])
}

pub(super) fn codes() -> Vec<CodeRow> {
    let row = |code: &str, rows: u64, meaning: &str| CodeRow {
        code: code.to_owned(),
        rows,
        meaning: Some(meaning.to_owned()),
        question: None,
    };
    let question = CodeQuestion {
        ask: "What does FT mean?".to_owned(),
        hint: "Mostly grade 5, on 3 days. A field trip counts as present in the federal definition.".to_owned(),
        likely: choices(&[
            ("present", "Present"),
            ("excused", "Absent, excused"),
            ("unexcused", "Absent, unexcused"),
            ("no_school", "Not a school day"),
        ]),
    };
    vec![
        row("P", 241_380, "present"),
        row("A", 12_914, "unexcused"),
        row("XE", 6_081, "excused"),
        row("T", 4_377, "tardy"),
        CodeRow { code: "FT".to_owned(), rows: 408, meaning: None, question: Some(question) },
    ]
}

pub(super) fn roles() -> Vec<Choice> {
    choices(&[
        ("student", "Student"),
        ("school", "School"),
        ("date", "Date"),
        ("status", "Status"),
        ("grade", "Grade"),
        ("ell", "English learner"),
        ("none", "Not used"),
    ])
}

pub(super) fn columns() -> Vec<ColumnRow> {
    let column = |name: &str, values: &[&str], role: &str, why: &str| ColumnRow {
        name: name.to_owned(),
        first_values: values.iter().map(|&value| value.to_owned()).collect(),
        role: role.to_owned(),
        why: why.to_owned(),
    };
    vec![
        column("StuID", &["100482", "100483", "100490"], "student", "Every value is one student"),
        column("SchoolName", &["Alder El", "Birch El", "Elm HS"], "school", "6 different names"),
        column("Att_Date", &["2025-09-02", "2025-09-03"], "date", "Year-month-day, 2 Sep 2025 to 13 Feb 2026"),
        column("Status", &["P", "A", "T", "XE", "FT"], "status", "5 different codes, mapped above"),
        column("Gr", &["K", "01", "02"], "grade", "13 grades"),
        column("ELL", &["Y", "N"], "ell", "Y in 14 % of rows"),
        column("BusRt", &["12", "7", "(blank)"], "none", ""),
    ]
}

pub(super) fn problems() -> Vec<Problem> {
    let problem = |what: &str, rows: u64, first_at: &str, done: &str| Problem {
        what: what.to_owned(),
        rows,
        first_at: first_at.to_owned(),
        done: done.to_owned(),
    };
    vec![
        problem("Same student, school and day twice, two statuses", 38, "line 40,118", "Neither row used"),
        problem("Date can’t be read", 13, "line 102", "“02/30/2026” is not a day"),
        problem("No student number", 3, "line 88,204", "Row not used"),
    ]
}

pub(super) fn tiers() -> TierCounts {
    TierCounts {
        students: [1420, 617, 388, 207, 23],
        interval: Some((0.217, 0.249)),
        days: Some(
            ["fewer than 5", "5 to 9½", "10 to 19½", "20 to 48½", "49 or more", "10 or more"].map(str::to_owned),
        ),
        days_head: "Of 98 days".to_owned(),
    }
}

/// Name, students, rate in tenths of a percent, difference in tenths of a point, verdict and its reason.
type School = (&'static str, u32, i32, i32, Verdict, &'static str);
/// Interval, students by tier, average daily attendance, grades.
type SchoolMore = ((f64, f64), [u64; 5], f64, &'static str);

const SCHOOLS: [School; 6] = [
    ("Birch Elementary", 388, 90, -104, Verdict::LikelyBrightSpot, "10 points under expected, beyond 99.8 % limits"),
    ("Alder Elementary", 412, 138, -43, Verdict::PossibleBrightSpot, "4 points under, at the edge of what luck can do"),
    ("Fern Charter", 41, 122, -99, Verdict::TooFewToTell, "41 students: anything from 5 to 26 %"),
    ("Dogwood Middle", 611, 198, -12, Verdict::AsExpected, "1 point under expected"),
    ("Cedar Elementary", 296, 243, 35, Verdict::CheckDataFirst, "Grade 3: no absence since 8 January"),
    ("Elm High", 934, 360, 50, Verdict::LikelyHigher, "5 points over expected, beyond 99.8 % limits"),
];

pub(super) fn schools(sorted_by: Option<SortedBy>) -> TableData {
    let mut schools = SCHOOLS;
    if let Some(by) = sorted_by {
        match by.column {
            0 => schools.sort_by_key(|school| school.0),
            1 => schools.sort_by_key(|school| school.1),
            2 => schools.sort_by_key(|school| school.2),
            _ => schools.sort_by_key(|school| school.3),
        }
        if by.direction == Direction::Descending {
            schools.reverse();
        }
    }
    let rows = schools.into_iter().map(|(name, students, rate, difference, verdict, reason)| {
        let kind = if verdict == Verdict::LikelyBrightSpot { RowKind::Chosen } else { RowKind::Plain };
        Row::new(vec![
            Cell::link(name, "#/schools").with_sub("K–5"),
            Cell::text(students.to_string()),
            Cell::strong(format!("{:.1}", f64::from(rate) / 10.0)),
            Cell::text(crate::ui::format::points(f64::from(difference) / 1000.0)),
            Cell::new(Content::Verdict { verdict, reason: reason.to_owned() }),
        ])
        .kind(kind)
    });
    TableData {
        caption: "Schools against what is expected for their students".to_owned(),
        columns: vec![
            Column::words("School").sortable(),
            Column::numbers("Students").sortable(),
            Column::numbers("Rate %").sortable(),
            Column::numbers("Difference").sortable(),
            Column::words("Verdict"),
        ],
        rows: rows.collect(),
    }
}

pub(super) fn comparison(order: ComparisonOrder) -> Vec<ComparisonRow> {
    let more = [
        ((0.066, 0.123), [276, 77, 25, 9, 1], 0.956, "K–5"),
        ((0.108, 0.175), [239, 116, 40, 15, 2], 0.944, "K–5"),
        ((0.053, 0.255), [25, 11, 3, 2, 0], 0.941, "K–8"),
        ((0.168, 0.231), [336, 154, 79, 38, 4], 0.928, "6–8"),
        ((0.198, 0.295), [151, 73, 48, 21, 3], 0.917, "K–5"),
        ((0.330, 0.391), [402, 196, 196, 122, 18], 0.882, "9–12"),
    ];
    let row = |(school, extra): (School, SchoolMore)| {
        let (name, students, rate, difference, verdict, reason) = school;
        let (interval, tiers, attendance, band) = extra;
        ComparisonRow {
            name: name.to_owned(),
            href: "#/schools".to_owned(),
            band: band.to_owned(),
            students: Some(u64::from(students)),
            rate: Some(f64::from(rate) / 1000.0),
            interval: Some(interval),
            expected: Some(f64::from(rate - difference) / 1000.0),
            guess: Some(crate::compare::shrinkage::Guess {
                rate: f64::from(rate) / 1000.0,
                ratio: f64::from(rate) / f64::from(rate - difference),
            }),
            verdict: Some((verdict, reason.to_owned())),
            tiers: Some(tiers),
            attendance: Some(attendance),
            whole: false,
            kind: if verdict == Verdict::LikelyBrightSpot { RowKind::Chosen } else { RowKind::Plain },
        }
    };
    let mut rows: Vec<ComparisonRow> = SCHOOLS.into_iter().zip(more).map(row).collect();
    sort_schools(&mut rows, order);
    rows
}

pub(super) fn chart_table() -> TableData {
    let head = ["School", "Students", "Rate", "95 % interval"].map(str::to_owned);
    let rows =
        [["Birch Elementary", "388", "9.0 %", "6.6 to 12.3 %"], ["Fern Charter", "41", "12.2 %", "5.3 to 25.4 %"]];
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    TableData::from_text("Chronic absence in two schools", &head, &[1, 2, 3], &rows)
}
