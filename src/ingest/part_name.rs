//! What a sheet of a workbook or a file of an archive is called once it is a file of its own, and what
//! school a file's name gives.

/// What a file is made of that holds several tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    Workbook,
    Archive,
}

const SHEET: &str = ", sheet ";
const INSIDE: &str = ", file ";

/// `book.xlsx, sheet May`; `all.zip, file alder.csv`.
#[must_use]
pub fn of(file: &str, whole: Whole, part: &str) -> String {
    let between = match whole {
        Whole::Workbook => SHEET,
        Whole::Archive => INSIDE,
    };
    format!("{file}{between}{part}")
}

/// The name by which a file can stand for a school: without folder and ending, or the sheet's.
#[must_use]
pub fn school_of(name: &str) -> &str {
    // Only after the ending of what holds it, so that a file's own name may hold the words.
    let inside = |between: &str| {
        let (file, part) = name.split_once(between)?;
        let ending = file.rsplit_once('.')?.1;
        (ending.len() <= 4).then_some(part)
    };
    if let Some(sheet) = inside(SHEET) {
        return sheet;
    }
    let name = inside(INSIDE).unwrap_or(name);
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_names_of_their_own_and_give_the_school() {
        assert_eq!(of("book.xlsx", Whole::Workbook, "May"), "book.xlsx, sheet May");
        for (name, school) in [
            ("Alder.csv", "Alder"),
            ("Alder", "Alder"),
            ("book.xlsx, sheet St. Mary’s", "St. Mary’s"),
            ("all.zip, file 2026/Birch.csv", "Birch"),
            ("Oak, sheet of May.csv", "Oak, sheet of May"),
        ] {
            assert_eq!(school_of(name), school, "{name}");
        }
    }
}
