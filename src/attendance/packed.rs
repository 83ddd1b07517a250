//! How long lists of a dataset go from the worker to the page: as bytes, a few for each entry. Going through
//! serde entry by entry took as long as counting the file.
//!
//! The two sides are of one build, so nothing here is for keeping.

use serde::{Deserialize, Deserializer, Serializer, de};

/// Bytes being written.
#[derive(Default)]
struct Pack(Vec<u8>);

impl Pack {
    /// Seven bits to a byte, the lowest first.
    fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }
}

/// Bytes being read.
struct Unpack<'a>(&'a [u8]);

impl Unpack<'_> {
    /// The next number; 0 at the end.
    fn number(&mut self) -> u64 {
        let (mut n, mut shift) = (0, 0);
        while let Some((&byte, rest)) = self.0.split_first() {
            self.0 = rest;
            n |= u64::from(byte & 0x7F) << (shift & 63);
            shift += 7;
            if byte < 0x80 {
                break;
            }
        }
        n
    }
}

fn unpack<'de, D: Deserializer<'de>>(from: D) -> Result<Unpack<'de>, D::Error> {
    <&[u8]>::deserialize(from).map(Unpack)
}

/// What is left over was not understood.
fn all_read<T, E: de::Error>(from: &Unpack<'_>, read: T) -> Result<T, E> {
    if from.0.is_empty() { Ok(read) } else { Err(E::custom("bytes left over")) }
}

/// Ascending positions.
pub mod ends {
    use super::*;

    pub fn serialize<S: Serializer>(ends: &[u32], to: S) -> Result<S::Ok, S::Error> {
        let mut pack = Pack::default();
        let mut last = 0;
        for &end in ends {
            pack.number(u64::from(end - last));
            last = end;
        }
        to.serialize_bytes(&pack.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u32>, D::Error> {
        let mut from = unpack(from)?;
        let mut ends = Vec::new();
        let mut last = 0u32;
        while !from.0.is_empty() {
            last = last.wrapping_add(from.number() as u32);
            ends.push(last);
        }
        Ok(ends)
    }
}

/// Bytes as they are.
pub mod bytes {
    use super::*;

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        <&[u8]>::deserialize(from).map(<[u8]>::to_vec)
    }
}

/// Marks: day, kind, thousandths missed.
pub mod marks {
    use super::*;
    use crate::attendance::{Kind, Mark};

    pub fn serialize<S: Serializer>(marks: &[Mark], to: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::with_capacity(marks.len() * 5);
        for mark in marks {
            let [day, more_days] = mark.day.to_le_bytes();
            let [missed, more_missed] = mark.missed.to_le_bytes();
            bytes.extend([day, more_days, mark.kind as u8, missed, more_missed]);
        }
        to.serialize_bytes(&bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Mark>, D::Error> {
        let bytes = unpack(from)?.0;
        let (marks, rest) = bytes.as_chunks::<5>();
        let mark = |&[day, more_days, kind, missed, more_missed]: &[u8; 5]| Mark {
            day: u16::from_le_bytes([day, more_days]),
            kind: Kind::ALL[usize::from(kind) % Kind::COUNT],
            missed: u16::from_le_bytes([missed, more_missed]),
        };
        all_read(&Unpack(rest), marks.iter().map(mark).collect())
    }
}

/// Stays. Most of what a stay can hold is nothing in most of them: one byte tells what is there.
pub mod stays {
    use super::*;
    use crate::attendance::{DayBits, Days, Grade, Kind, Stay};

    const HOMEROOM: u64 = 1;
    const PERCENT: u64 = 2;
    const MARKS: u64 = 4;
    const ON_ROLL: u64 = 8;
    /// The first of one bit for each kind of absence.
    const KINDS: u32 = 4;

    const fn grade(grade: Grade) -> u64 {
        match grade {
            Grade::Unknown => 0,
            Grade::Ungraded => 1,
            Grade::PreK => 2,
            Grade::K => 3,
            Grade::Year(year) => 4 + year as u64,
        }
    }

    const fn grade_of(code: u64) -> Grade {
        match code {
            0 => Grade::Unknown,
            1 => Grade::Ungraded,
            2 => Grade::PreK,
            3 => Grade::K,
            _ => Grade::Year((code - 4) as u8),
        }
    }

    /// Numbers of either sign, small ones of both in few bytes.
    const fn days(days: Days) -> u64 {
        let n = days.thousandths();
        ((n << 1) ^ (n >> 63)) as u64
    }

    const fn days_of(code: u64) -> Days {
        Days::from_thousandths((code >> 1) as i64 ^ -((code & 1) as i64))
    }

    pub fn serialize<S: Serializer>(stays: &[Stay], to: S) -> Result<S::Ok, S::Error> {
        let mut pack = Pack(Vec::with_capacity(stays.len() * 16));
        let mut student = 0;
        for stay in stays {
            let is = |there: bool, bit: u64| if there { bit } else { 0 };
            let mut what = is(stay.homeroom.is_some(), HOMEROOM)
                | is(stay.percent_absent.is_some(), PERCENT)
                | is(!stay.marks.is_empty(), MARKS)
                | is(!stay.on_roll.0.is_empty(), ON_ROLL);
            for (kind, sum) in stay.absent.iter().enumerate() {
                what |= is(*sum != Days::ZERO, 1 << (KINDS + kind as u32));
            }
            pack.number(what);
            // Sorted by student; a list in another order is told as well.
            pack.number(u64::from(stay.student.wrapping_sub(student)));
            student = stay.student;
            pack.number(u64::from(stay.school));
            pack.number(grade(stay.grade));
            pack.number(days(stay.enrolled));
            for sum in stay.absent.iter().filter(|sum| **sum != Days::ZERO) {
                pack.number(days(*sum));
            }
            for there in [stay.homeroom.map(u32::from), stay.percent_absent].into_iter().flatten() {
                pack.number(u64::from(there));
            }
            if !stay.marks.is_empty() {
                pack.number(u64::from(stay.marks.start));
                pack.number(u64::from(stay.marks.end - stay.marks.start));
            }
            if !stay.on_roll.0.is_empty() {
                pack.number(stay.on_roll.0.len() as u64);
                for word in &stay.on_roll.0 {
                    pack.0.extend(word.to_le_bytes());
                }
            }
        }
        to.serialize_bytes(&pack.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Stay>, D::Error> {
        let mut from = unpack(from)?;
        let mut stays = Vec::new();
        let mut student = 0u32;
        while !from.0.is_empty() {
            let what = from.number();
            let has = |bit: u64| what & bit != 0;
            student = student.wrapping_add(from.number() as u32);
            let (school, grade, enrolled) = (from.number() as u16, grade_of(from.number()), days_of(from.number()));
            let mut absent = [Days::ZERO; Kind::COUNT];
            for (kind, sum) in absent.iter_mut().enumerate() {
                if has(1 << (KINDS + kind as u32)) {
                    *sum = days_of(from.number());
                }
            }
            let homeroom = has(HOMEROOM).then(|| from.number() as u16);
            let percent_absent = has(PERCENT).then(|| from.number() as u32);
            let start = if has(MARKS) { from.number() as u32 } else { 0 };
            let marks = start..start + if has(MARKS) { from.number() as u32 } else { 0 };
            let words = if has(ON_ROLL) { from.number() as usize } else { 0 };
            let (on_roll, rest) = from.0.split_at_checked(words * 8).ok_or_else(|| de::Error::custom("too short"))?;
            from.0 = rest;
            let on_roll = DayBits(on_roll.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word)).collect());
            stays.push(Stay { student, school, grade, homeroom, enrolled, absent, marks, on_roll, percent_absent });
        }
        Ok(stays)
    }
}

#[cfg(test)]
mod tests {
    use crate::attendance::{Attribute, Dataset, DayBits, Days, Grade, Kind, Mark, Stay, Student};

    fn stay(student: u32, grade: Grade) -> Stay {
        Stay {
            student,
            school: 0,
            grade,
            homeroom: None,
            enrolled: Days::ZERO,
            absent: [Days::ZERO; Kind::COUNT],
            marks: 0..0,
            on_roll: DayBits::default(),
            percent_absent: None,
        }
    }

    #[test]
    fn a_dataset_arrives_as_it_was_sent() {
        let grades = [Grade::Unknown, Grade::Ungraded, Grade::PreK, Grade::K, Grade::Year(1), Grade::Year(13)];
        let mut stays: Vec<Stay> =
            grades.into_iter().zip([0, 1, 1, 700, 70_000, u32::MAX]).map(|(g, s)| stay(s, g)).collect();
        stays[1].absent = [1, 2, 500, 1000, 0, -7, 8, i64::MAX].map(Days::from_thousandths);
        stays[1].enrolled = Days::from_thousandths(i64::MIN);
        stays[2].homeroom = Some(u16::MAX);
        stays[3].percent_absent = Some(0);
        stays[3].school = u16::MAX;
        stays[4].marks = 1..4;
        stays[5].on_roll = DayBits(vec![u64::MAX, 0, 1]);
        stays[5].marks = 4_000_000_000..4_000_000_001;
        // No order of students is taken for granted.
        stays.push(stay(3, Grade::K));
        let marks = Kind::ALL.into_iter().zip([0, 1, 499, 1000, 65_535, 7, 8, 9]);
        let dataset = Dataset {
            stays,
            students: [Student { id: "1", name: "" }].into_iter().collect(),
            marks: marks.map(|(kind, missed)| Mark { day: missed ^ 0x55AA, kind, missed }).collect(),
            attributes: vec![Attribute {
                key: "x".into(),
                label: "X".into(),
                values: vec!["No".into(), "Yes".into()],
                codes: vec![0, 1, 2, 255],
            }],
            ..Dataset::default()
        };
        let sent = postcard::to_allocvec(&dataset).unwrap();
        assert_eq!(postcard::from_bytes::<Dataset>(&sent).unwrap(), dataset);
        // A broken end is an error, not a shorter list.
        assert!(postcard::from_bytes::<Dataset>(&sent[..sent.len() - 4]).is_err());
    }
}
