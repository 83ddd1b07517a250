//! Questions that only the whole of the files can raise: values that speak against a header, files
//! without a school, school days that no file tells.

use super::super::pick::{Answer, Pick, Topic};
use super::super::problem::Kind as Why;
use super::super::reading::{Ask, Layout, Question};
use super::super::roles::{self, Role};
use super::super::scan::NONE;
use super::{ABSENT, Tally};

impl Tally {
    /// Asks what the header says and the values do not.
    pub(super) fn ask_doubts(&self, questions: &mut Vec<Question>) {
        for (at, reading) in self.readings.iter().enumerate() {
            let file = &self.files[at];
            let columns = &file.columns;
            let mut ask = |topic: Topic, about: String, rows: u64, of: u64| {
                if reading.answer(topic).is_none() {
                    questions.push(Question { file: at as u16, kind: Ask::Pick(Pick { topic, about, rows, of }) });
                }
            };
            let header = |column: usize| reading.columns.get(column).map_or_else(String::new, |c| c.header.clone());
            if reading.layout == Layout::Totals {
                let percent =
                    if columns.percent_absent == ABSENT { columns.percent_present } else { columns.percent_absent };
                if file.percents >= 5 && file.mostly_absent * 2 > file.percents {
                    ask(Topic::PercentOf, header(percent), file.mostly_absent, file.percents);
                }
                let excused = columns.by_kind[0].0;
                let settled = columns.enrolled != ABSENT && columns.present != ABSENT;
                if columns.absent != ABSENT && columns.by_kind[1].0 != ABSENT && excused == ABSENT && !settled {
                    // Indiana's report says “total” of the excused ones.
                    let total = roles::normalise(&header(columns.absent)) == "totalabsences";
                    let apart = roles::normalise(&header(columns.by_kind[1].0)).starts_with("totalabsences");
                    if total && apart || file.unexcused_above > 0 {
                        ask(Topic::TotalHolds, header(columns.absent), file.unexcused_above, file.account.rows);
                    }
                }
            }
            let sheet = self.is_dated(at) && self.every_day(file) == Some(false);
            if reading.layout == Layout::Periods && sheet && file.account.rows_used > 0 {
                ask(Topic::PeriodsInDay, String::new(), 0, 0);
            }
        }
        self.ask_schools(questions);
    }

    /// Several files without a school: each its own, or parts of one?
    fn ask_schools(&self, questions: &mut Vec<Question>) {
        let speaks = |layout: Layout| matches!(layout, Layout::Totals | Layout::Dated | Layout::Periods | Layout::Wide);
        let bare: Vec<usize> = (0..self.readings.len())
            .filter(|&at| speaks(self.readings[at].layout) && !self.readings[at].has(&Role::School))
            .collect();
        let told = self.readings.iter().any(|r| r.has(&Role::School));
        let same = |a: &usize, b: &usize| self.readings[*a].layout == self.readings[*b].layout;
        if told || bare.len() < 2 || !bare.windows(2).all(|pair| same(&pair[0], &pair[1])) {
            return;
        }
        for &at in &bare {
            if self.readings[at].answer(Topic::FileIs).is_none() {
                let pick = Pick { topic: Topic::FileIs, about: String::new(), rows: bare.len() as u64, of: 0 };
                questions.push(Question { file: at as u16, kind: Ask::Pick(pick) });
            }
        }
    }

    /// Students with days in two schools at once: most likely two students with one number.
    pub(super) fn numbers_shared_by_schools(&self) -> u64 {
        let mut shared = 0;
        for (student, &first) in self.people.first_stay.iter().enumerate() {
            let mut all: Vec<u64> = Vec::new();
            let (mut at, mut overlap) = (first, 0u32);
            while at != NONE {
                let stay = &self.people.stays[at as usize];
                debug_assert_eq!(stay.student as usize, student);
                for (i, word) in self.known.days.of(at).iter().enumerate() {
                    if all.len() <= i {
                        all.resize(i + 1, 0);
                    }
                    overlap += (all[i] & word).count_ones();
                    all[i] |= word;
                }
                at = stay.next;
            }
            shared += u64::from(overlap >= 5);
        }
        shared
    }

    /// Which students stand in one file and not in the other, where a list came along.
    pub(super) fn remark_join(&mut self) {
        let Some(list) = self.readings.iter().position(|r| r.layout == Layout::Roster) else { return };
        let speaks = |at: usize| self.is_dated(at) || self.readings[at].layout == Layout::Totals;
        let Some(other) = (0..self.readings.len()).find(|&at| speaks(at)) else { return };
        let sheet = self.has_sheet_of_absences();
        let mut with_rows = vec![false; self.people.ids.len()];
        for (at, stay) in self.people.stays.iter().enumerate() {
            with_rows[stay.student as usize] |=
                !stay.marks.is_empty() || stay.totals.is_some() || !self.known.days.of(at as u32).is_empty();
        }
        let (mut only_list, mut only_rows) = (0u64, 0u64);
        for (student, with_rows) in with_rows.into_iter().enumerate() {
            match (self.enrolment.listed.contains(student), with_rows) {
                (true, false) => only_list += 1,
                (false, true) => only_rows += 1,
                _ => {}
            }
        }
        // In a file of absences those without a row were never absent: they count, and need no remark.
        if only_list > 0 && !sheet {
            self.problems.remark(Why::OnlyInList, list as u16, only_list, 0, "", "");
        }
        if only_rows > 0 && self.rejected().is_empty() {
            self.problems.remark(Why::OnlyInAttendance, other as u16, only_rows, 0, "", "");
        }
    }

    /// How days that were never taken count; left out unless the person says otherwise.
    pub(super) fn untaken_count_as_present(&self) -> bool {
        self.readings.iter().any(|r| r.answer(Topic::NotTaken) == Some(Answer::Present))
    }
}
