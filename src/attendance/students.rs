//! Students' numbers and names, one behind the other in one text: half a million of them are one allocation, and go
//! from the worker to the page as they stand.

use super::packed;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Sorted by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Students {
    text: String,
    /// Two for each student: where the id ends, and where the name does.
    #[serde(with = "packed::ends")]
    ends: Vec<u32>,
}

/// See [`Students`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Student<'a> {
    /// As written in the file; leading zeros kept.
    pub id: &'a str,
    /// Empty where the file holds no name.
    pub name: &'a str,
}

impl Students {
    /// Adds one behind the others.
    pub fn push(&mut self, student: Student<'_>) {
        for part in [student.id, student.name] {
            self.text.push_str(part);
            self.ends.push(self.text.len() as u32);
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len() / 2
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The student at a position, where there is one.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Student<'_>> {
        let from = if at == 0 { 0 } else { *self.ends.get(2 * at - 1)? };
        let (id, name) = (*self.ends.get(2 * at)?, *self.ends.get(2 * at + 1)?);
        let part = |from: u32, to: u32| self.text.get(from as usize..to as usize);
        Some(Student { id: part(from, id)?, name: part(id, name)? })
    }

    /// The student at a position; one without id and name where there is none.
    #[must_use]
    pub fn at(&self, at: usize) -> Student<'_> {
        self.get(at).unwrap_or_default()
    }

    /// Where one with this id stands.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match self.at(middle).id.cmp(id) {
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
                Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Student<'_>> + Clone {
        (0..self.len()).map(|at| self.at(at))
    }
}

impl<'a> FromIterator<Student<'a>> for Students {
    fn from_iter<I: IntoIterator<Item = Student<'a>>>(students: I) -> Students {
        let mut all = Students::default();
        for student in students {
            all.push(student);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_where_it_stands() {
        let all: Students = ["004", "10", "9", "A1"].map(|id| Student { id, name: "" }).into_iter().collect();
        for (at, student) in all.iter().enumerate() {
            assert_eq!(all.position(student.id), Some(at));
        }
        assert_eq!(["", "1", "99", "B"].map(|id| all.position(id)), [None; 4]);
    }

    #[test]
    fn what_was_put_in_comes_out() {
        let put = [
            Student { id: "007", name: "Ana Muñoz" },
            Student { id: "", name: "" },
            Student { id: "12", name: "" },
            Student { id: "ß", name: "Zoë" },
        ];
        let all: Students = put.into_iter().collect();
        assert_eq!(all.iter().collect::<Vec<_>>(), put);
        assert_eq!((all.len(), all.at(3), all.get(4)), (4, put[3], None));
        let sent = postcard::to_allocvec(&all).unwrap();
        assert_eq!(postcard::from_bytes::<Students>(&sent).unwrap(), all);
    }
}
