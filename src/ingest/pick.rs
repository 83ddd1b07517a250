//! Questions with a few fixed answers: what is asked, why, and what each answer says. One place for
//! the words, so that the page needs one control for all of them.

use serde::{Deserialize, Serialize};

/// What a question with fixed answers is about. At most one of each for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// A percent whose values speak against its header.
    PercentOf,
    /// A total of absences that may leave the unexcused ones out.
    TotalHolds,
    /// Zeros in a public file where numbers are hidden.
    Zeros,
    /// A number of students that may be all of them or the chronically absent ones.
    CountOf,
    /// A percent in a public file whose header does not say of what.
    RateOf,
    /// Chronic absence in a public file, as a number or as a percent.
    ChronicIs,
    /// Small numbers of a public file under a header that says percent.
    RateScale,
    /// Two public files that give other numbers for the same schools.
    TwoFiles,
    /// School days told from the rows, or from all weekdays.
    SchoolDays,
    /// How many periods a day has, where only missed ones stand in the file.
    PeriodsInDay,
    /// Several files without a school column.
    FileIs,
    /// Absences of which most find no student in the list.
    Unmatched,
    /// Amounts above one beside the date of an absence.
    Spans,
    /// A column of a list that may hold the last day enrolled.
    LastDay,
    /// Days on which attendance was not taken. Has an answer from the start.
    NotTaken,
    /// Totals of students and rows with dates that say otherwise of their absences.
    SourceHolds,
    /// A total of absences that may leave suspensions out.
    SuspendedIn,
    /// Days late that may be beside the days present or among them.
    LateIs,
    /// A percent that fits the days beside it in few rows.
    RateHolds,
    /// Empty cells where no cell says zero.
    Blanks,
    /// A further kind of absence that may be among the excused and unexcused ones.
    OtherKind,
    /// Days present and absent that do not add up to days enrolled in most rows.
    AddUp,
}

impl Topic {
    /// Whether the answer holds for all files together, whichever one asks.
    #[must_use]
    pub const fn is_of_all_files(self) -> bool {
        matches!(self, Topic::SchoolDays | Topic::FileIs | Topic::NotTaken | Topic::SourceHolds)
    }

    /// Whether the answer holds for every file with this header, not only for the rows of one.
    #[must_use]
    pub const fn is_about_columns(self) -> bool {
        matches!(
            self,
            Topic::PercentOf
                | Topic::TotalHolds
                | Topic::SuspendedIn
                | Topic::LateIs
                | Topic::OtherKind
                | Topic::AddUp
                | Topic::CountOf
                | Topic::RateOf
                | Topic::ChronicIs
                | Topic::RateScale
                | Topic::PeriodsInDay
                | Topic::Spans
                | Topic::LastDay
        )
    }
}

/// An answer to one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Answer {
    Attendance,
    Absence,
    AllAbsences,
    ExcusedOnly,
    TrueZeros,
    HiddenNumbers,
    ChronicallyAbsent,
    AllCounted,
    SomethingElse,
    Number,
    Percent,
    Fraction,
    ThisFile,
    OtherFile,
    DaysWithRows,
    AllWeekdays,
    Periods(u8),
    OneSchoolEach,
    PartsOfOne,
    LeftOut,
    Present,
    Totals,
    DatedRows,
    WithoutSuspensions,
    BesidePresent,
    AmongPresent,
    Days,
    Yes,
}

/// One such question of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    pub topic: Topic,
    /// A column as its header is written, or dates; never a cell of a student.
    pub about: String,
    /// Rows, days or files that the question is about, and out of how many.
    pub rows: u64,
    pub of: u64,
}

impl Pick {
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self.topic {
            Topic::PercentOf => "Attendance or absence?",
            Topic::TotalHolds => "What the total holds",
            Topic::Zeros => "Zeros",
            Topic::CountOf => "Which students are counted",
            Topic::RateOf => "What the percent is of",
            Topic::ChronicIs => "Number or percent?",
            Topic::RateScale => "Percent or fraction?",
            Topic::TwoFiles => "Two files about the same schools",
            Topic::SchoolDays => "School days",
            Topic::PeriodsInDay => "Periods in a day",
            Topic::FileIs => "Several files without a school",
            Topic::Unmatched => "Absences that find no student",
            Topic::Spans => "Absences of several days",
            Topic::LastDay => "When students left",
            Topic::NotTaken => "Attendance that was not taken",
            Topic::SourceHolds => "Totals and dated rows differ",
            Topic::SuspendedIn => "Suspensions in the total",
            Topic::LateIs => "Days late",
            Topic::RateHolds => "Days or percent?",
            Topic::Blanks => "Empty cells",
            Topic::OtherKind => "Another kind of absence",
            Topic::AddUp => "Days that don’t add up",
        }
    }

    #[must_use]
    pub fn note(&self) -> String {
        let Pick { topic, about, rows, of } = self;
        match topic {
            Topic::PercentOf => {
                format!("{rows} of {of} values of “{about}” would mean that a student missed more than half of the year.")
            }
            Topic::TotalHolds => format!(
                "“{about}” stands beside a column of unexcused absences, and in some systems it leaves those out.{}",
                if *rows > 0 { format!(" In {rows} of {of} rows those by kind are more than it says.") } else { String::new() }
            ),
            Topic::Zeros => format!("{rows} of {of} rows say 0, and no number of students stands beside them. Some publishers write 0 where they hide a small number."),
            Topic::CountOf => format!(
                "“{about}” can be the students who are chronically absent, or all students counted. {}",
                if *rows > 0 {
                    format!("As all students it does not fit the percent in {rows} of {of} rows.")
                } else {
                    "Both fit the percent beside it.".to_string()
                }
            ),
            Topic::RateOf => format!("The header “{about}” does not say what the percent is of."),
            Topic::ChronicIs => format!(
                "“{about}” can be a number of students or a percent: none of its {rows} values is above 100."
            ),
            Topic::RateScale if rows < of => {
                format!("{rows} of {of} values of “{about}” are below 1, and the others are percents.")
            }
            Topic::RateScale => format!("None of {rows} values of “{about}” is above 1."),
            Topic::TwoFiles => format!(
                "For {rows} of {of} rows “{about}” has other numbers than this file, and no column says that the years differ."
            ),
            Topic::SchoolDays => format!(
                "No file says on which days there was school. Rows stand on {rows} days ({about}), out of {of} weekdays. A day without an absence can still be a school day; a calendar file chosen together with these is surest."
            ),
            Topic::PeriodsInDay => "The file lists missed periods only, so it does not show how many a day has. A day counts as absent from half of its periods on.".into(),
            Topic::FileIs => format!("{rows} files have no column for the school."),
            Topic::Unmatched => format!("{rows} of {of} absences belong to nobody in the list: {about}. Load files that write them alike."),
            Topic::Spans => format!("In {rows} of {of} rows “{about}” is above 1."),
            Topic::LastDay => format!("No column is recognised as the last day enrolled, and “{about}” holds dates after the first day. Whoever left counts as enrolled to the end without it."),
            Topic::NotTaken => format!("{rows} student-days have no row although the student has rows before and after them: {about}. They are never counted as absent."),
            Topic::SourceHolds => format!("For {rows} of {of} students the totals say another number of days absent than the rows with dates. They are never added up."),
            Topic::SuspendedIn => format!("In {rows} of {of} rows with a suspension “{about}” does not seem to include it."),
            Topic::LateIs => format!("“{about}” can be days beside the days present, or days that the days present include. The numbers fit both."),
            Topic::RateHolds => format!("In {rows} of {of} rows “{about}” does not fit the days beside it. The days may be periods or hours."),
            Topic::OtherKind => format!("No total tells whether “{about}” is among the excused and unexcused absences."),
            Topic::AddUp => format!("In {rows} of {of} rows days present and absent don’t add up to “{about}”."),
            Topic::Blanks => format!("“{about}” is empty in {rows} of {of} rows, and no row says 0."),
        }
    }

    #[must_use]
    pub fn question(&self) -> String {
        match self.topic {
            Topic::PercentOf => format!("What is “{}” a percent of?", self.about),
            Topic::TotalHolds => format!("Which absences are in “{}”?", self.about),
            Topic::Zeros => "What does a zero stand for?".into(),
            Topic::CountOf => format!("Whom does “{}” count?", self.about),
            Topic::RateOf => format!("Whose share is “{}”?", self.about),
            Topic::ChronicIs => format!("What is “{}”?", self.about),
            Topic::RateScale => "What is a value of 0.2?".into(),
            Topic::TwoFiles => "Which of the two files counts?".into(),
            Topic::SchoolDays => "Which days were school days?".into(),
            Topic::PeriodsInDay => "How many periods does a school day have?".into(),
            Topic::FileIs => "What is one file?".into(),
            Topic::Unmatched => "Whose absences are these?".into(),
            Topic::Spans | Topic::LastDay => format!("What does “{}” tell?", self.about),
            Topic::NotTaken => "How should these days count?".into(),
            Topic::SourceHolds | Topic::RateHolds => "Which of the two holds?".into(),
            Topic::SuspendedIn => format!("Does “{}” include suspensions?", self.about),
            Topic::LateIs => format!("Are days of “{}” among the days present?", self.about),
            Topic::AddUp => "Which column tells the absences?".into(),
            Topic::OtherKind => format!("How should “{}” count?", self.about),
            Topic::Blanks => "What does an empty cell stand for?".into(),
        }
    }

    /// The answer that holds until another is given, where the question stops nothing.
    #[must_use]
    pub const fn standing(&self) -> Option<Answer> {
        match self.topic {
            Topic::NotTaken => Some(Answer::LeftOut),
            _ => None,
        }
    }

    #[must_use]
    pub fn choices(&self) -> Vec<(Answer, String)> {
        let of = |list: &[(Answer, &str)]| list.iter().map(|(a, t)| (*a, (*t).to_string())).collect();
        match self.topic {
            Topic::PercentOf => of(&[(Answer::Attendance, "Days attended"), (Answer::Absence, "Days missed")]),
            Topic::TotalHolds => {
                of(&[(Answer::AllAbsences, "All absences"), (Answer::ExcusedOnly, "Excused absences only")])
            }
            Topic::Zeros => {
                of(&[(Answer::HiddenNumbers, "Hidden numbers: unknown"), (Answer::TrueZeros, "Nobody: truly zero")])
            }
            Topic::CountOf => of(&[
                (Answer::ChronicallyAbsent, "Students chronically absent"),
                (Answer::AllCounted, "All students counted"),
            ]),
            Topic::RateOf => of(&[
                (Answer::ChronicallyAbsent, "Students chronically absent"),
                (Answer::SomethingElse, "Something else"),
            ]),
            Topic::ChronicIs => of(&[(Answer::Number, "A number of students"), (Answer::Percent, "A percent")]),
            Topic::RateScale => of(&[(Answer::Fraction, "20 %"), (Answer::Percent, "0.2 %")]),
            Topic::TwoFiles => {
                vec![(Answer::ThisFile, "This one".into()), (Answer::OtherFile, format!("“{}”", self.about))]
            }
            Topic::SchoolDays => vec![
                (Answer::DaysWithRows, format!("The {} days with a row", self.rows)),
                (Answer::AllWeekdays, format!("All {} weekdays between", self.of)),
            ],
            Topic::PeriodsInDay => (1..=10).map(|n| (Answer::Periods(n), n.to_string())).collect(),
            Topic::FileIs => of(&[
                (Answer::OneSchoolEach, "A school of its own, named as the file"),
                (Answer::PartsOfOne, "A part of one school, such as a month"),
            ]),
            Topic::SourceHolds => of(&[(Answer::Totals, "The totals"), (Answer::DatedRows, "The rows with dates")]),
            Topic::SuspendedIn => of(&[
                (Answer::AllAbsences, "Yes, it holds all absences"),
                (Answer::WithoutSuspensions, "No: add suspensions to it"),
            ]),
            Topic::LateIs => of(&[
                (Answer::AmongPresent, "Yes, they are counted there"),
                (Answer::BesidePresent, "No: add them to the days present"),
            ]),
            Topic::RateHolds => of(&[(Answer::Days, "The days"), (Answer::Percent, "The percent")]),
            Topic::Blanks => {
                of(&[(Answer::TrueZeros, "No days"), (Answer::HiddenNumbers, "Unknown: leave these rows out")])
            }
            Topic::OtherKind => of(&[
                (Answer::AllAbsences, "Beside the others: add it to them"),
                (Answer::SomethingElse, "Among the others, or no absence"),
            ]),
            Topic::AddUp => of(&[
                (Answer::Absence, "Days absent"),
                (Answer::Attendance, "Days present: all other days are absences"),
            ]),
            Topic::Unmatched => of(&[(Answer::SomethingElse, "Other students’: leave them out")]),
            Topic::Spans => of(&[
                (Answer::Yes, "School days missed, from the date on"),
                (Answer::SomethingElse, "Something else: each row is one day"),
            ]),
            Topic::LastDay => of(&[(Answer::Yes, "The last day enrolled"), (Answer::SomethingElse, "Something else")]),
            Topic::NotTaken => {
                of(&[(Answer::LeftOut, "Left out of enrolled days"), (Answer::Present, "Counted as present")])
            }
        }
    }
}
