//! Tables thrown together from every header that the reader knows and cells of every kind: whatever
//! comes, it is read or asked about, and every row is accounted for.

mod support_reading;

use bright_spots::ingest::codes::Meaning;
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::pick::Answer;
use bright_spots::ingest::reading::{Ask, Ids, Layout, Reading, Repeats};
use bright_spots::ingest::tally::Outcome;
use support_reading::{read, read_answering};

const HEADERS: &[&str] = &[
    "Student ID",
    "Name",
    "School",
    "School Number",
    "District",
    "Grade",
    "Homeroom",
    "section_id",
    "Date",
    "Status",
    "Period",
    "Absent Days Equivalent",
    "attendancevalue",
    "membershipvalue",
    "Excused",
    "Reason",
    "Tardy",
    "Days Enrolled",
    "Days Absent",
    "Days Present",
    "Excused Absences",
    "Unexcused Absences",
    "Total absences",
    "Attendance Rate",
    "Percent Absent",
    "Entry Date",
    "Exit Date",
    "Term",
    "School Year",
    "In Session",
    "Description",
    "Number Chronically Absent",
    "Percent Chronically Absent",
    "Students Included",
    "Subgroup",
    "Aggregate Level",
    "Charter School",
    "Variable",
    "Value",
    "percent",
    "n_students",
    "pct_poverty",
    "IEP",
    "9/3/2025",
    "9/4/2025",
    "2025-09-05",
    "1",
    "2",
    "3",
    "4",
    "5",
    "P1",
    "P2",
    "",
    "Student ID",
    "School",
];
const CELLS: &[&str] = &[
    "",
    "1",
    "2",
    "3",
    "10",
    "20",
    "0.5",
    "95.5",
    "100",
    "-1",
    "*",
    "<10",
    ">95",
    "NULL",
    "\\N",
    "A",
    "P",
    "T",
    "Excused",
    "ZQ",
    "Y",
    "N",
    "2025-09-03",
    "2025-09-04",
    "9/5/2025",
    "31/12/2025",
    "2099-01-01",
    "0209-01-01",
    "Alder",
    "Birch",
    "All Students",
    "Total",
    "State",
    "12.5%",
    "1.23457E+13",
    "S",
    "D",
    "All",
    "Chronically Absent Students Percent",
    "\u{fffd}",
    "\"",
    "99999999999999999999",
];

/// Numbers without end, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }

    fn table(&mut self) -> String {
        // Often the columns of a known layout, with others beside them.
        let mut header: Vec<&str> = CORES[self.roll(CORES.len())].to_vec();
        let more = self.roll(6) + usize::from(header.is_empty());
        header.extend((0..more).map(|_| self.one(HEADERS)));
        let mut text = header.join(",") + "\n";
        // Few different cells, so that rows repeat and contradict each other.
        let cells: Vec<&str> = (0..6).map(|_| self.one(CELLS)).collect();
        for _ in 0..self.roll(25) + 1 {
            let row: Vec<&str> = header
                .iter()
                .map(|name| match self.roll(5) {
                    0 => cells[self.roll(6)],
                    _ if name.ends_with("Date") => self.one(&["2025-09-03", "2025-09-04", "9/5/2025"]),
                    _ if name.contains("Days") || name.contains("ercent") => self.one(&["1", "2", "20", "60.5"]),
                    _ if ["Status", "In Session"].contains(name) => self.one(&["P", "A", "Holiday"]),
                    n => cells[n],
                })
                .collect();
            text += &(row.join(",") + "\n");
        }
        text
    }
}

/// Columns that make a layout.
const CORES: &[&[&str]] = &[
    &[],
    &["Student ID", "Date", "Status"],
    &["Student ID", "Date", "Period", "Status"],
    &["Student ID", "School", "Days Enrolled", "Days Absent"],
    &["Student ID", "School", "Entry Date", "Exit Date"],
    &["Student ID", "9/3/2025", "9/4/2025", "9/5/2025"],
    &["Date", "In Session"],
    &["School", "Students Included", "Number Chronically Absent", "Percent Chronically Absent"],
];

fn accounted_for(o: &Outcome, what: &str) {
    if o.questions.is_empty() {
        for file in &o.dataset.files {
            assert_eq!(file.rows, file.rows_used + file.rows_set_aside, "{what}");
        }
    } else {
        assert!(o.dataset.stays.is_empty() && o.dataset.published.is_empty(), "{what}");
    }
    for stay in &o.dataset.stays {
        assert!(
            usize::from(stay.school) < o.dataset.schools.len() && (stay.student as usize) < o.dataset.students.len()
        );
        let absent = stay.absent.iter().map(|days| days.thousandths()).sum::<i64>();
        assert!(absent >= 0 && stay.enrolled.thousandths() >= 0, "{what}");
    }
}

#[test]
fn any_table_is_read_or_asked_about() {
    let mut dice = Dice(7);
    let mut seen: Vec<Layout> = Vec::new();
    for _ in 0..250 {
        let files: Vec<String> = (0..dice.roll(3) + 1).map(|_| dice.table()).collect();
        let texts: Vec<&str> = files.iter().map(String::as_str).collect();
        let what = files.join("----\n");
        let proposed = |text: &&str| propose(&Head { name: "f.csv", bytes: text.as_bytes(), whole: true }).is_ok();
        if !texts.iter().all(proposed) {
            continue;
        }
        let first = read(&texts);
        accounted_for(&first, &what);
        seen.extend(first.readings.iter().map(|r| r.layout));
        // The same with an answer to everything that can be answered.
        let nth = dice.roll(2);
        let answers = |at: usize, r: &mut Reading| {
            for question in first.questions.iter().filter(|q| usize::from(q.file) == at) {
                match &question.kind {
                    Ask::Code { code, .. } => {
                        let _ = r.codes.insert(code.clone(), [Meaning::Absent, Meaning::NotCounted][nth]);
                    }
                    Ask::Order { .. } => r.date_order = Some(bright_spots::ingest::dates::DateOrder::DayFirst),
                    Ask::EnrolledDays => r.days_for_all = bright_spots::attendance::Days::parse("20"),
                    Ask::EveryDay { .. } => r.every_day = Some(nth == 0),
                    Ask::Repeats { .. } => r.repeats = Some([Repeats::Add, Repeats::Last][nth]),
                    Ask::Ids { .. } => r.ids = Some(Ids::WithinSchool),
                    Ask::Pick(pick) => {
                        let choices = pick.choices();
                        let answer: Answer = choices[nth.min(choices.len() - 1)].0;
                        let _ = r.answers.insert(pick.topic, answer);
                    }
                    Ask::Column(_) | Ask::Measure | Ask::SameName { .. } => {}
                }
            }
        };
        accounted_for(&read_answering(&texts, &answers), &what);
    }
    for layout in [
        Layout::Totals,
        Layout::Dated,
        Layout::Periods,
        Layout::Roster,
        Layout::Wide,
        Layout::Published,
        Layout::Calendar,
    ] {
        assert!(seen.contains(&layout), "{layout:?} was never met");
    }
}
