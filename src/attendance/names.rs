//! Texts of a file as people should see them: without the marks that no one sees and that turn a line around.

use super::Dataset;

/// Marks of direction, and signs without width at which no script needs to join or part.
#[must_use]
pub const fn is_hidden_mark(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

impl Dataset {
    /// Takes hidden marks out of every name and value, so that nothing is drawn or saved with them; how many texts
    /// held some. Ids stay as written: they tell students apart.
    pub fn take_hidden_marks_out(&mut self) -> u64 {
        let schools = self.schools.iter_mut().flat_map(|school| [&mut school.name, &mut school.district]);
        let students = self.students.iter_mut().map(|student| &mut student.name);
        let attributes = self.attributes.iter_mut().flat_map(|a| std::iter::once(&mut a.label).chain(&mut a.values));
        let mut changed = 0;
        for text in schools.chain(students).chain(attributes).chain(&mut self.homerooms) {
            if text.contains(is_hidden_mark) {
                text.retain(|c| !is_hidden_mark(c));
                changed += 1;
            }
        }
        changed
    }
}
