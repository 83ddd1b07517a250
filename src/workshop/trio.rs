//! Three schools for "much the same students, different absence": picked from the loaded data or
//! the invented district, the same three for the same data.

use super::text::Text;
use crate::attendance::Grade;
use serde::{Deserialize, Serialize};

/// Which years of school are taught: absence changes with age, so that schools of one level compare best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Elementary,
    Middle,
    High,
    /// From one level into another, such as K–8.
    Mixed,
    #[default]
    Unknown,
}

impl Level {
    pub const ALL: [Level; 5] = [Level::Elementary, Level::Middle, Level::High, Level::Mixed, Level::Unknown];

    /// The level of a school from its lowest to its highest grade.
    #[must_use]
    pub fn of(span: Option<(Grade, Grade)>) -> Level {
        let year = |grade| if let Grade::Year(year) = grade { year } else { 0 };
        match span.map(|(low, high)| (year(low), year(high))) {
            None => Level::Unknown,
            Some((_, ..=6)) => Level::Elementary,
            Some((9.., _)) => Level::High,
            Some((4.., ..=9)) => Level::Middle,
            Some(_) => Level::Mixed,
        }
    }
}

/// What the choice needs to know of one school. Shares are tenths of a percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub name: String,
    /// Students counted; schools of fewer than [`FEWEST_STUDENTS`] are passed over.
    pub counted: u32,
    pub level: Level,
    /// The rate expected for students like these or, without a comparison, the share of students
    /// who are economically disadvantaged: whatever says how alike schools are. `None` where it is unknown.
    pub likeness_tenths: Option<u16>,
    /// The rate of chronic absence; `None` where it is hidden.
    pub rate_tenths: Option<u16>,
    /// Less absence than expected.
    pub is_bright: bool,
    /// Its data need checking before anything is said of it.
    pub check_first: bool,
}

/// Three schools to predict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trio {
    /// In the order of their names, so that the order gives nothing away.
    pub schools: [usize; 3],
    /// Whether much the same is expected of their students. Where others look on the only three that may be
    /// told may be unlike.
    pub alike: bool,
}

/// With fewer students chance alone makes rates differ widely.
pub const FEWEST_STUDENTS: u32 = 50;
/// How far apart three alike schools may be in likeness, tried in turn, in tenths of a percentage point.
const TOLERANCES: [u16; 3] = [20, 40, 80];
/// Rates this far apart are worth a prediction, in tenths of a percentage point.
const WORTH_A_GUESS: u16 = 50;

/// What is asked of three schools beside their likeness.
#[derive(Clone, Copy)]
struct Wish {
    one_level: bool,
    nothing_to_check: bool,
    with_bright: bool,
}

/// Tried in turn: one level before checked data before a bright spot among them.
const WISHES: [Wish; 8] = [
    wish(true, true, true),
    wish(true, true, false),
    wish(true, false, true),
    wish(true, false, false),
    wish(false, true, true),
    wish(false, true, false),
    wish(false, false, true),
    wish(false, false, false),
];

const fn wish(one_level: bool, nothing_to_check: bool, with_bright: bool) -> Wish {
    Wish { one_level, nothing_to_check, with_bright }
}

/// A school that may be picked.
#[derive(Clone, Copy)]
struct Usable<'a> {
    likeness: u16,
    rate: u16,
    /// Its place among all by rate, then name.
    rank: usize,
    at: usize,
    school: &'a Candidate,
}

/// Three schools that are alike and differ in absence. `None` with fewer than three usable schools.
///
/// Of the wishes above the first wins that can be met; then the narrowest likeness at which two rates lie five
/// points apart; within it the widest difference, and a third between the two. The three are picked because they
/// differ, so [`picked_caveat`] stands beside them.
#[must_use]
pub fn pick(candidates: &[Candidate]) -> Option<Trio> {
    let large = candidates.iter().enumerate().filter(|(_, school)| school.counted >= FEWEST_STUDENTS);
    let told = large.filter_map(|(at, school)| Some((at, school, school.rate_tenths?)));
    let mut all: Vec<Usable> = told
        .map(|(at, school, rate)| Usable { likeness: school.likeness_tenths.unwrap_or(0), rate, rank: 0, at, school })
        .collect();
    all.sort_by_key(|one| (one.rate, &one.school.name, one.at));
    all.iter_mut().enumerate().for_each(|(rank, one)| one.rank = rank);
    all.sort_by_key(|one| (one.likeness, one.rank));
    let alike = WISHES.iter().find_map(|wish| {
        let fits =
            |one: &&Usable| one.school.likeness_tenths.is_some() && !(wish.nothing_to_check && one.school.check_first);
        let fitting: Vec<Usable> = all.iter().filter(fits).copied().collect();
        let groups: Vec<Vec<Usable>> = if wish.one_level {
            let of = |level| fitting.iter().filter(|one| one.school.level == level).copied().collect();
            Level::ALL.into_iter().map(of).collect()
        } else {
            vec![fitting]
        };
        TOLERANCES.into_iter().find_map(|tolerance| {
            let found = groups.iter().filter_map(|group| widest(group, tolerance, wish.with_bright));
            // Of two equally wide the first stands.
            let best = found.reduce(|best, other| if other.0 > best.0 { other } else { best });
            best.filter(|(gap, _)| *gap >= WORTH_A_GUESS).map(|(_, three)| three)
        })
    });
    let mut schools = match alike {
        Some(three) => three,
        None => widest(&all, u16::MAX, false)?.1,
    };
    schools.sort_by(|a, b| (&candidates[*a].name, a).cmp(&(&candidates[*b].name, b)));
    Some(Trio { schools, alike: alike.is_some() })
}

/// The widest difference of rates among three schools within `tolerance` of each other. `usable` is in the order
/// of likeness.
fn widest(usable: &[Usable], tolerance: u16, with_bright: bool) -> Option<(u16, [usize; 3])> {
    let mut widest: Option<(u16, [usize; 3])> = None;
    for (start, first) in usable.iter().enumerate() {
        let alike = usable[start..].iter().take_while(|one| one.likeness - first.likeness <= tolerance);
        let mut alike: Vec<&Usable> = alike.collect();
        if alike.len() < 3 {
            continue;
        }
        alike.sort_unstable_by_key(|one| one.rank);
        let (low, high) = (alike[0], alike[alike.len() - 1]);
        let gap = high.rate - low.rate;
        if widest.is_some_and(|(widest_gap, _)| gap <= widest_gap) {
            continue;
        }
        // Twice the distance from the middle, so that it stays a whole number.
        let off = |one: &Usable| (2 * i32::from(one.rate) - i32::from(low.rate) - i32::from(high.rate)).abs();
        let need_bright = with_bright && !low.school.is_bright && !high.school.is_bright;
        let between = alike[1..alike.len() - 1].iter().filter(|one| !need_bright || one.school.is_bright);
        if let Some(middle) = between.min_by_key(|one| (off(one), one.rank)) {
            widest = Some((gap, [low.at, middle.at, high.at]));
        }
    }
    widest
}

/// What must stand beside three schools that were picked for their difference.
#[must_use]
pub fn picked_caveat(alike: bool) -> Text {
    if alike {
        Text::new(
            "These three were picked because they differ most among schools with similar students. Most schools differ less.",
            "Se eligieron estas tres porque son las que más difieren entre escuelas con estudiantes parecidos. La mayoría difiere menos.",
        )
    } else {
        Text::new(
            "These three are not alike: there are no three schools with similar students whose rates can be shown here. Part of the difference comes with who their students are.",
            "Estas tres no se parecen: no hay tres escuelas con estudiantes parecidos cuyas tasas puedan mostrarse aquí. Parte de la diferencia viene de quiénes son sus estudiantes.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school(name: &str, counted: u32, likeness_tenths: u16, rate_tenths: Option<u16>) -> Candidate {
        Candidate {
            name: name.to_owned(),
            counted,
            level: Level::Elementary,
            likeness_tenths: Some(likeness_tenths),
            rate_tenths,
            is_bright: false,
            check_first: false,
        }
    }

    fn three(schools: &[Candidate]) -> Option<[usize; 3]> {
        pick(schools).map(|trio| trio.schools)
    }

    #[test]
    fn alike_schools_with_different_absence_are_picked_in_the_order_of_names() {
        let schools = [
            school("Willow", 300, 190, Some(90)),
            school("Alder", 300, 200, Some(240)),
            school("Cedar", 300, 195, Some(150)),
            school("Far", 300, 700, Some(480)),
            school("Tiny", 12, 195, Some(0)),
            school("Hidden", 400, 196, None),
        ];
        assert_eq!(pick(&schools), Some(Trio { schools: [1, 2, 0], alike: true }));
        let mut turned = schools.to_vec();
        turned.reverse();
        let names = |schools: &[Candidate], three: [usize; 3]| three.map(|at| schools[at].name.clone());
        assert_eq!(names(&turned, three(&turned).unwrap()), names(&schools, [1, 2, 0]));
    }

    #[test]
    fn a_wider_likeness_is_allowed_only_where_close_schools_do_not_differ() {
        let mut schools = vec![
            school("A", 100, 100, Some(100)),
            school("B", 100, 105, Some(110)),
            school("C", 100, 110, Some(120)),
            school("D", 100, 140, Some(300)),
        ];
        assert_eq!(three(&schools), Some([0, 2, 3]), "four points apart, as two points hold no difference");
        schools[1].rate_tenths = Some(190);
        assert_eq!(three(&schools), Some([0, 1, 2]), "within two points rates differ now");
    }

    #[test]
    fn one_level_comes_before_checked_data_and_that_before_a_bright_spot() {
        let mut schools = vec![
            school("A", 100, 100, Some(127)),
            school("B", 100, 130, Some(62)),
            school("C", 100, 90, Some(193)),
            school("D", 100, 91, Some(225)),
        ];
        schools[1].is_bright = true;
        schools[2].check_first = true;
        schools[3].level = Level::Middle;
        assert_eq!(three(&schools), Some([0, 1, 2]), "no three others are of one level");
        schools.push(school("E", 100, 95, Some(120)));
        assert_eq!(three(&schools), Some([0, 1, 4]), "nothing to check, and the bright spot among them");
        schools[3].level = Level::Elementary;
        assert_eq!(three(&schools), Some([0, 1, 3]));
        // A bright spot that is neither the lowest nor the highest stands between them.
        schools[1].is_bright = false;
        schools[4].is_bright = true;
        assert_eq!(three(&schools), Some([0, 3, 4]), "within two points, and E is the bright one");
    }

    #[test]
    fn schools_are_of_one_level_by_the_years_they_teach() {
        let level = |low, high| Level::of(Some((low, high)));
        assert_eq!(level(Grade::PreK, Grade::Year(6)), Level::Elementary);
        assert_eq!(level(Grade::Year(6), Grade::Year(8)), Level::Middle);
        assert_eq!(level(Grade::K, Grade::Year(8)), Level::Mixed);
        assert_eq!(level(Grade::Year(9), Grade::Year(12)), Level::High);
        assert_eq!(Level::of(None), Level::Unknown);
    }

    #[test]
    fn fewer_than_three_usable_schools_make_no_trio() {
        let two = [school("A", 100, 100, Some(100)), school("B", 100, 100, Some(200)), school("C", 49, 100, Some(50))];
        assert_eq!(pick(&two), None);
        assert_eq!(pick(&[]), None);
        let unlike = [school("A", 50, 0, Some(0)), school("B", 50, 500, Some(0)), school("C", 50, 1000, Some(0))];
        assert_eq!(
            pick(&unlike),
            Some(Trio { schools: [0, 1, 2], alike: false }),
            "unlike schools are better than none"
        );
    }
}
