//! What could not be used, and why: never fatal, never silent, never quoting a cell that could
//! name a student.

use serde::{Deserialize, Serialize};

/// Why a row was set aside, or what a person should know about the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    NoStudent,
    NoSchool,
    UnreadableDate,
    FutureDate,
    UnreadableNumber,
    HiddenNumber,
    NoEnrolledDays,
    NegativeDays,
    MoreAbsencesThanDays,
    DaysDoNotAddUp,
    PercentOutOfRange,
    DuplicateRow,
    ConflictingRows,
    SecondMarkSameDay,
    RepeatedTotals,
    NotOnRoster,
    NotAStudentRow,
    TooLongRecord,
    NotCountedDay,
    NotTakenDay,
    TakenOutDay,
    TooManyPeriods,
    RepeatedGroup,
    OtherFile,
    MoreThanCounted,
    AnotherMeasure,
    AnotherTable,
    EmptyNumber,
    FractionAmongPercents,
    EarlierYear,
    SeveralYears,
    // Remarks: the rows were used.
    ConditionChanged,
    NotUtf8,
    SameColumnTwice,
    MinutesNotUsed,
    OnlyAbsentStudents,
    StudentsWithoutAbsence,
    MoreThan185Days,
    SchoolWithoutAbsence,
    GradeWithoutAbsence,
    DaysWithoutAbsence,
    WeekdayWithoutAbsence,
    HeapingUnderThreshold,
    SchoolEndsEarly,
    DaysNeverTaken,
    OverlappingStays,
    FalseZero,
    LostIdentifiers,
    FileUnused,
    GroupsOnly,
    RateDoesNotFit,
    TopCoded,
    OnlyInList,
    OnlyInAttendance,
    OutsideEnrolment,
    PutInDay,
    TooManyValues,
    MostlyAbsent,
    AbsencesNotUsed,
    SumOfRows,
    SizeOfSchool,
    RateAboveHundred,
}

impl Kind {
    /// The stable name in results files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        use Kind::*;
        match self {
            NoStudent => "no_student",
            NoSchool => "no_school",
            UnreadableDate => "unreadable_date",
            FutureDate => "future_date",
            UnreadableNumber => "unreadable_number",
            HiddenNumber => "hidden_number",
            NoEnrolledDays => "no_enrolled_days",
            NegativeDays => "negative_days",
            MoreAbsencesThanDays => "more_absences_than_days",
            DaysDoNotAddUp => "days_do_not_add_up",
            PercentOutOfRange => "percent_out_of_range",
            DuplicateRow => "duplicate_row",
            ConflictingRows => "conflicting_rows",
            SecondMarkSameDay => "second_mark_same_day",
            RepeatedTotals => "repeated_totals",
            NotOnRoster => "not_on_roster",
            NotAStudentRow => "not_a_student_row",
            TooLongRecord => "too_long_record",
            NotCountedDay => "not_counted_day",
            NotTakenDay => "attendance_not_taken",
            TakenOutDay => "day_taken_out",
            TooManyPeriods => "too_many_periods",
            ConditionChanged => "condition_changed",
            NotUtf8 => "not_utf8",
            SameColumnTwice => "same_column_twice",
            MinutesNotUsed => "minutes_not_used",
            OnlyAbsentStudents => "only_absent_students",
            StudentsWithoutAbsence => "students_without_absence",
            MoreThan185Days => "more_than_185_days",
            SchoolWithoutAbsence => "school_without_absence",
            GradeWithoutAbsence => "grade_without_absence",
            DaysWithoutAbsence => "days_without_absence",
            WeekdayWithoutAbsence => "weekday_without_absence",
            HeapingUnderThreshold => "heaping_under_threshold",
            SchoolEndsEarly => "school_ends_early",
            DaysNeverTaken => "days_never_taken",
            OverlappingStays => "overlapping_stays",
            FalseZero => "false_zero",
            LostIdentifiers => "lost_identifiers",
            FileUnused => "file_unused",
            RepeatedGroup => "repeated_group",
            OtherFile => "other_file",
            MoreThanCounted => "more_than_counted",
            AnotherMeasure => "another_measure",
            AnotherTable => "another_table",
            SumOfRows => "sum_of_rows",
            SizeOfSchool => "size_of_school",
            RateAboveHundred => "rate_above_hundred",
            EarlierYear => "earlier_year",
            SeveralYears => "several_years",
            GroupsOnly => "groups_only",
            RateDoesNotFit => "rate_does_not_fit",
            TopCoded => "top_coded",
            OnlyInList => "only_in_list",
            OnlyInAttendance => "only_in_attendance",
            OutsideEnrolment => "outside_enrolment",
            PutInDay => "day_put_in",
            TooManyValues => "too_many_values",
            EmptyNumber => "empty_number",
            FractionAmongPercents => "fraction_among_percents",
            MostlyAbsent => "mostly_absent",
            AbsencesNotUsed => "absences_not_used",
        }
    }

    /// What is wrong, in plain words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        use Kind::*;
        match self {
            NoStudent => "No student number",
            NoSchool => "No school",
            UnreadableDate => "The date can’t be read",
            FutureDate => "The date lies in the future",
            UnreadableNumber => "The number can’t be read",
            HiddenNumber => "The number is hidden in the file",
            NoEnrolledDays => "No enrolled days",
            NegativeDays => "Fewer than no days",
            MoreAbsencesThanDays => "More days absent than enrolled",
            DaysDoNotAddUp => "Days present and absent don’t add up to days enrolled",
            PercentOutOfRange => "The percent isn’t between 0 and 100",
            DuplicateRow => "The same row twice",
            ConflictingRows => "Same student, school and day twice, two statuses",
            SecondMarkSameDay => "A second absence on the same day",
            RepeatedTotals => "Same student and school twice, different days",
            NotOnRoster => "Student missing from the file of enrolled days",
            NotAStudentRow => "A total or note, not a student",
            TooLongRecord => "A line too long to be a row",
            NotCountedDay => "Not a school day for this student",
            NotTakenDay => "Attendance was not taken",
            TakenOutDay => "On a day that you took out of the school days",
            TooManyPeriods => "More than sixteen periods in a day",
            ConditionChanged => "A condition changes between rows",
            NotUtf8 => "Characters that can’t be read",
            SameColumnTwice => "Two columns with the same name",
            MinutesNotUsed => "Minutes and hours are not counted, so every absence is a whole day",
            OnlyAbsentStudents => "Only students with an absence are in this file",
            StudentsWithoutAbsence => "Most students have no absence at all",
            MoreThan185Days => "More than 185 days enrolled",
            SchoolWithoutAbsence => "A school without any absence",
            GradeWithoutAbsence => "A whole grade without any absence",
            DaysWithoutAbsence => "School days on which nobody is absent",
            WeekdayWithoutAbsence => "A weekday without absences",
            HeapingUnderThreshold => "Many students just under the threshold",
            SchoolEndsEarly => "A school’s last day is older than the others’",
            DaysNeverTaken => "Student-days without any record",
            OverlappingStays => "Enrolled in two schools on the same day",
            FalseZero => "Zeros that may be hidden numbers",
            LostIdentifiers => "Numbers that a spreadsheet has changed",
            FileUnused => "A file that adds nothing",
            RepeatedGroup => "Same school, year and group twice, different numbers",
            OtherFile => "Another file counts for these schools",
            MoreThanCounted => "More students chronically absent than counted",
            AnotherMeasure => "A number about something else",
            AnotherTable => "Below the header of another table",
            SumOfRows => "The sum of the other rows",
            RateAboveHundred => "A percent above 100",
            SizeOfSchool => "Rows of groups give the number of all students of the school",
            EarlierYear => "Of an earlier school year",
            SeveralYears => "Of several school years together",
            GroupsOnly => "No row is about all students of a school",
            RateDoesNotFit => "The percent does not fit the numbers beside it",
            TopCoded => "Percents that stop at one value",
            OnlyInList => "Students of the list without a row in the attendance file",
            OnlyInAttendance => "Students with attendance who are not in the list",
            OutsideEnrolment => "Absences on days outside of enrolment",
            PutInDay => "Days that you put in among the school days",
            TooManyValues => "A condition with more than 60 values",
            EmptyNumber => "The number is empty",
            FractionAmongPercents => "A fraction among percents",
            MostlyAbsent => "Most students missed more than half of their days",
            AbsencesNotUsed => "A column about absences is not used",
        }
    }

    /// What we did with these rows.
    #[must_use]
    pub const fn done(self) -> &'static str {
        use Kind::*;
        match self {
            ConflictingRows => "Neither row used",
            DuplicateRow => "Used once",
            SecondMarkSameDay => "The day is counted once",
            NotCountedDay | NotTakenDay | TakenOutDay => "Left out of enrolled days",
            NotAStudentRow => "Left out",
            ConditionChanged => "Counted if marked at any time",
            NotUtf8
            | SameColumnTwice
            | MinutesNotUsed
            | OnlyAbsentStudents
            | StudentsWithoutAbsence
            | MoreThan185Days
            | SchoolWithoutAbsence
            | GradeWithoutAbsence
            | DaysWithoutAbsence
            | WeekdayWithoutAbsence
            | HeapingUnderThreshold
            | SchoolEndsEarly
            | DaysNeverTaken
            | OverlappingStays
            | FalseZero
            | LostIdentifiers
            | GroupsOnly
            | RateDoesNotFit
            | TopCoded
            | MostlyAbsent
            | OnlyInAttendance
            | FileUnused => "Used as it is",
            OnlyInList => "Not counted where the attendance file has a row for every day",
            OutsideEnrolment | AbsencesNotUsed => "Not counted",
            PutInDay => "Counted as school days",
            TooManyValues => "Not used as a condition",
            AnotherMeasure | AnotherTable | SeveralYears => "Left out",
            SumOfRows => "Kept as a total, and not counted as a school",
            RateAboveHundred => "Unknown, and the rest of the row is used",
            SizeOfSchool => "Not used as the size of the groups",
            RepeatedGroup => "No row of this school, year and group used",
            RepeatedTotals => "One row of this student and school used",
            _ => "Row not used",
        }
    }

    /// What to do next.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        use Kind::*;
        match self {
            NoStudent => "Fill in the student number in the source and load the file again.",
            NoSchool => "Fill in the school in the source and load the file again.",
            UnreadableDate => "Write the date as year-month-day in the source and load the file again.",
            FutureDate => "Check the year of these dates, or this device’s clock.",
            UnreadableNumber => "Write it as a plain number, such as 11.5.",
            HiddenNumber => "Ask for the unhidden export if you may have it; a hidden number is never read as zero.",
            NoEnrolledDays => "A student needs at least some enrolled days to have a rate.",
            NegativeDays => "Correct the days in the source and load the file again.",
            MoreAbsencesThanDays => "Check which of the two columns is right, or whether the columns are swapped.",
            DaysDoNotAddUp => "Check which of the three columns is right.",
            PercentOutOfRange => "Correct the percent in the source and load the file again.",
            DuplicateRow => "Nothing, unless the rows were meant to be different students.",
            ConflictingRows => "Correct the status in the source and load the file again.",
            SecondMarkSameDay => "Nothing, unless the two rows are different parts of the day.",
            RepeatedTotals => "Say how repeated rows are meant, or export one row for each student and school.",
            NotOnRoster => "Load a roster that holds these students.",
            NotAStudentRow => "Nothing: these rows repeat what other rows hold.",
            TooLongRecord => "Open the file at this line and look for an unclosed quote.",
            NotCountedDay => "Nothing.",
            TakenOutDay => "Put the day back under School days if there was school.",
            NotTakenDay => "Have attendance for these days entered in the source.",
            TooManyPeriods => "Check which column holds the period.",
            ConditionChanged => "Nothing, unless the condition is wrong in the source.",
            NotUtf8 => "If names look wrong, choose other letters under How it is written.",
            SameColumnTwice => "Check that the right one of the two is used.",
            MinutesNotUsed => "Export the part of the day missed, from 0 to 1, if some absences are shorter.",
            OnlyAbsentStudents => "Add a roster, so that students without an absence are counted too.",
            StudentsWithoutAbsence => {
                "Check that absences of every school and month are in the file: an attendance of 100 % is rare."
            }
            MoreThan185Days => "Check whether two years are in one file.",
            SchoolWithoutAbsence => "Check whether this school’s attendance is recorded at all.",
            GradeWithoutAbsence => "Check whether this grade’s attendance reaches the system.",
            DaysWithoutAbsence => "Check whether attendance was taken on these days, or whether school was closed.",
            WeekdayWithoutAbsence => "Check whether attendance is taken on this weekday.",
            HeapingUnderThreshold => "Check how absences near the threshold are recorded.",
            SchoolEndsEarly => "Check that every school’s data were exported up to the same day.",
            DaysNeverTaken => {
                "These days are left out of enrolled days. Have them entered in the source: a report that takes them for absences has higher rates."
            }
            OverlappingStays => {
                "Check the dates of entry and exit. For the district such a day counts once, and in each school it counts there."
            }
            FalseZero => {
                "Look at the publisher’s notes: where small numbers are hidden, a zero may be one of them. Leave such rows out before you compare."
            }
            LostIdentifiers => {
                "Export again with these numbers as text, and don’t save the file in a spreadsheet on the way: students can be taken for one another."
            }
            FileUnused => "Check that this is the right file.",
            OtherFile => "Nothing, unless the other file is of an earlier year.",
            RepeatedGroup => "Check whether another column tells these rows apart, and say what it is.",
            MoreThanCounted => "Check which of the two columns is which.",
            EarlierYear => "The latest school year is counted. Load an earlier one in a file of its own.",
            SeveralYears => "Nothing: the single years are shown.",
            AnotherMeasure => {
                "Nothing, unless this number is chronic absence under another name: name it so in the source then."
            }
            AnotherTable => "Load that table in a file of its own.",
            RateAboveHundred => "Correct the percent in the source, unless such a number stands for a hidden one.",
            SizeOfSchool => "Groups have a rate only where the file gives one.",
            SumOfRows => "Nothing, unless it is a school after all: load it in a file of its own then.",
            GroupsOnly => "Load the publisher’s file for all students, or compare groups in the source.",
            RateDoesNotFit => "Check which column holds which number.",
            TopCoded => "Publishers write 95 for “95 or more”: read such values as a bound.",
            OnlyInList => "Check that both files are of the same year and use the same student numbers.",
            OnlyInAttendance => "Check that the list is as new as the attendance file and uses the same numbers.",
            OutsideEnrolment => "Check the first and last day of enrolment in the list.",
            PutInDay => "Take a day out under School days if there was no school.",
            TooManyValues => "Put values together in the source, or choose another column.",
            EmptyNumber => "Fill in the number in the source and load the file again.",
            FractionAmongPercents => "Write the whole column as percents, or as fractions such as 0.93.",
            MostlyAbsent => "Check which columns hold days enrolled and days absent.",
            AbsencesNotUsed => {
                "If its days are missing from the others, choose what it holds under How we read this file."
            }
        }
    }

    /// What is counted, as one and as several.
    #[must_use]
    pub const fn unit(self) -> (&'static str, &'static str) {
        use Kind::*;
        match self {
            SchoolWithoutAbsence | SchoolEndsEarly => ("school", "schools"),
            StudentsWithoutAbsence
            | GradeWithoutAbsence
            | HeapingUnderThreshold
            | MoreThan185Days
            | OverlappingStays
            | LostIdentifiers
            | ConditionChanged
            | MostlyAbsent => ("student", "students"),
            DaysWithoutAbsence | PutInDay => ("day", "days"),
            DaysNeverTaken => ("student-day", "student-days"),
            WeekdayWithoutAbsence => ("weekday", "weekdays"),
            FileUnused => ("file", "files"),
            TooManyValues => ("value", "values"),
            OnlyInList | OnlyInAttendance => ("student", "students"),
            OutsideEnrolment => ("absence", "absences"),
            _ => ("row", "rows"),
        }
    }

    /// Whether someone should look before relying on the numbers. What repeats other rows, or is
    /// no school day, needs nobody.
    #[must_use]
    pub const fn asks_for_a_look(self) -> bool {
        use Kind::*;
        !matches!(
            self,
            NotAStudentRow
                | DuplicateRow
                | SecondMarkSameDay
                | NotCountedDay
                | TakenOutDay
                | PutInDay
                | ConditionChanged
                | NotUtf8
        )
    }

    /// Whether rows of this kind were set aside.
    #[must_use]
    pub fn sets_aside(self) -> bool {
        self < Kind::ConditionChanged
    }
}

/// All rows with the same trouble.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub kind: Kind,
    /// Position of the file.
    pub file: u16,
    pub rows: u64,
    /// 1-based line of the first such row, 0 where it is about the whole file.
    pub first_line: u64,
    /// The column as its header is written; empty where no one column is meant.
    pub column: String,
    /// A school or weekday that the remark is about; never a student.
    pub about: String,
}

impl Problem {
    /// One sentence with number, place and what to do; names no student.
    #[must_use]
    pub fn message(&self) -> String {
        let mut text = self.kind.title().to_string();
        if !self.about.is_empty() {
            text.push_str(": ");
            text.push_str(&self.about);
        }
        if !self.column.is_empty() {
            text.push_str(&format!(" (column “{}”)", self.column));
        }
        if self.first_line > 0 {
            text.push_str(&format!(", first at line {}", self.first_line));
        }
        format!("{text}. {}. {}", self.kind.done(), self.kind.hint())
    }
}

/// One row that was not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetAside {
    pub file: u16,
    /// 1-based.
    pub line: u64,
    pub kind: Kind,
    /// Position of the column, or `u16::MAX`.
    pub column: u16,
}

/// How many single rows are kept for the list; further ones are only counted.
pub const LONGEST_LIST: usize = 200_000;

/// Collects rows set aside and remarks.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    pub list: Vec<SetAside>,
    pub not_listed: u64,
    counts: litemap::LiteMap<(u16, Kind, u16), (u64, u64)>,
    remarks: Vec<Problem>,
}

impl Problems {
    pub fn set_aside(&mut self, kind: Kind, file: u16, line: u64, column: Option<usize>) {
        let column = column.map_or(u16::MAX, |c| c.min(usize::from(u16::MAX) - 1) as u16);
        let entry = self.counts.entry((file, kind, column)).or_insert((0, line));
        entry.0 += 1;
        if line < entry.1 {
            entry.1 = line;
        }
        if self.list.len() < LONGEST_LIST {
            self.list.push(SetAside { file, line, kind, column });
        } else {
            self.not_listed += 1;
        }
    }

    pub fn remark(&mut self, kind: Kind, file: u16, rows: u64, first_line: u64, column: &str, about: &str) {
        self.remarks.push(Problem { kind, file, rows, first_line, column: column.into(), about: about.into() });
    }

    /// Rows of this file set aside so far.
    #[must_use]
    pub fn rows_set_aside(&self, file: u16) -> u64 {
        self.counts.iter().filter(|((f, _, _), _)| *f == file).map(|(_, (n, _))| n).sum()
    }

    /// Rows of this file set aside for this reason so far.
    #[must_use]
    pub fn rows_of(&self, file: u16, kind: Kind) -> u64 {
        self.counts.iter().filter(|((f, k, _), _)| (*f, *k) == (file, kind)).map(|(_, (n, _))| n).sum()
    }

    /// Grouped by file, kind and column; `column_name` gives a header as written.
    #[must_use]
    pub fn grouped(&self, column_name: impl Fn(u16, u16) -> String) -> Vec<Problem> {
        let mut all: Vec<Problem> = self
            .counts
            .iter()
            .map(|(&(file, kind, column), &(rows, first_line))| Problem {
                kind,
                file,
                rows,
                first_line,
                column: if column == u16::MAX { String::new() } else { column_name(file, column) },
                about: String::new(),
            })
            .collect();
        all.extend(self.remarks.iter().cloned());
        // Rows set aside first, then remarks; within each the most rows first.
        let rank = |p: &Problem| (!p.kind.sets_aside(), std::cmp::Reverse(p.rows), p.kind);
        crate::attendance::order::sort_by(&mut all, |a, b| rank(a).cmp(&rank(b)));
        all
    }
}
