//! Published first-grade figures of a few Oregon schools, for a room that has no data of its own.
//! Source: the Oregonian's "Empty Desks" (2014), its analysis of Oregon Department of Education
//! records of 2012-13. Counts of students were not published with them and are unknown here.

use super::tally::Reveal;
use super::text::Text;

/// One published school: whole percentages as printed, one grade, one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicSchool {
    /// The key of predictions about it.
    pub key: &'static str,
    pub name: &'static str,
    /// The district, where the listing that we know names it.
    pub district: Option<&'static str>,
    /// Students in poverty, percent of the school.
    pub poverty_percent: u8,
    /// First graders who were chronically absent, percent.
    pub chronic_percent: u8,
}

const fn school(
    key: &'static str,
    name: &'static str,
    district: Option<&'static str>,
    poverty_percent: u8,
    chronic_percent: u8,
) -> PublicSchool {
    PublicSchool { key, name, district, poverty_percent, chronic_percent }
}

/// Three schools with the same share of students in poverty.
pub const TRIAD: [PublicSchool; 3] = [
    school("vose", "Vose", Some("Beaverton"), 84, 9),
    school("ventura-park", "Ventura Park", Some("David Douglas"), 84, 10),
    school("lynch-wood", "Lynch Wood", Some("Centennial"), 84, 43),
];

/// Other schools listed for little absence given their poverty.
pub const LOWER: [PublicSchool; 8] = [
    school("greenway", "Greenway", None, 90, 12),
    school("west-powellhurst", "West Powellhurst", None, 83, 11),
    school("kinnamon", "Kinnamon", None, 71, 8),
    school("witch-hazel", "Witch Hazel", None, 72, 7),
    school("echo-shaw", "Echo Shaw", None, 87, 10),
    school("riddle", "Riddle", None, 81, 0),
    school("merrill", "Merrill", None, 75, 4),
    school("groner", "Groner", None, 49, 0),
];

/// Other schools listed for much absence given their poverty.
pub const HIGHER: [PublicSchool; 9] = [
    school("oceanlake", "Oceanlake", None, 74, 47),
    school("myrtle-crest", "Myrtle Crest", None, 69, 46),
    school("vernonia", "Vernonia", None, 47, 40),
    school("brush-college", "Brush College", None, 53, 40),
    school("warm-springs", "Warm Springs", None, 89, 44),
    school("margaret-scott", "Margaret Scott", None, 75, 35),
    school("eagle-creek", "Eagle Creek", None, 66, 33),
    school("welches", "Welches", None, 56, 32),
    school("west-gresham", "West Gresham", None, 52, 29),
];

/// Every published school, the three first.
pub fn all() -> impl Iterator<Item = &'static PublicSchool> {
    TRIAD.iter().chain(&LOWER).chain(&HIGHER)
}

/// What stands below the exhibit, always.
#[must_use]
pub fn caveats() -> Vec<Text> {
    [
        (
            "One grade in one year: first graders in Oregon, 2012-13. Much may have changed since.",
            "Un solo grado y un solo año: primer grado en Oregon, 2012-13. Desde entonces puede haber cambiado mucho.",
        ),
        (
            "These schools were picked because they stand at the two ends. They show that a difference is possible, not how common it is, so no line is drawn through them.",
            "Estas escuelas se eligieron porque están en los dos extremos. Muestran que la diferencia es posible, no qué tan común es; por eso no se traza ninguna línea entre ellas.",
        ),
        (
            "How many children stand behind each figure is not known to us. In a class of 12, none absent would still fit with a true rate as high as 24 in a hundred.",
            "No sabemos cuántos niños hay detrás de cada cifra. En una clase de 12, aunque ninguno falte demasiado, la tasa verdadera todavía podría llegar a 24 de cada cien.",
        ),
        (
            "Equal poverty is one likeness among many. The schools may differ in ways that this listing leaves out.",
            "Tener la misma pobreza es solo un parecido entre muchos. Las escuelas pueden ser distintas en cosas que esta lista no muestra.",
        ),
    ]
    .into_iter()
    .map(|(en, es)| Text::new(en, es))
    .collect()
}

/// Whose figures these are.
#[must_use]
pub fn credit() -> Text {
    Text::new(
        "Figures: The Oregonian, Empty Desks (2014), from Oregon Department of Education records.",
        "Cifras: The Oregonian, Empty Desks (2014), con registros del Departamento de Educación de Oregon.",
    )
}

/// The rates of the three schools, for predictions against the reveal.
#[must_use]
pub fn reveals() -> Vec<Reveal> {
    TRIAD
        .iter()
        .map(|school| Reveal {
            key: school.key.to_owned(),
            name: school.name.to_owned(),
            tenths_of_percent: Some(u16::from(school.chronic_percent) * 10),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_three_share_their_poverty_and_differ_in_absence() {
        assert!(TRIAD.iter().all(|school| school.poverty_percent == TRIAD[0].poverty_percent));
        let rates: BTreeSet<u8> = TRIAD.iter().map(|school| school.chronic_percent).collect();
        assert_eq!(rates, BTreeSet::from([9, 10, 43]));
    }

    #[test]
    fn every_school_has_its_own_key_and_a_possible_share() {
        let keys: BTreeSet<&str> = all().map(|school| school.key).collect();
        assert_eq!(keys.len(), 20);
        assert!(all().all(|school| school.poverty_percent <= 100 && school.chronic_percent <= 100));
    }

    #[test]
    fn caveats_stand_in_both_languages() {
        assert!(caveats().iter().all(|text| !text.en.is_empty() && !text.es.is_empty()));
    }
}
