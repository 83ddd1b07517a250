//! Three schools for "much the same students, different absence": picked from the loaded data or
//! the invented district, the same three for the same data.

use super::text::Text;

/// What the choice needs to know of one school. Shares are tenths of a percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub name: String,
    /// Students counted; schools of fewer than [`FEWEST_STUDENTS`] are passed over.
    pub counted: u32,
    /// The rate expected for students like these or, without a comparison, the share of students
    /// who are economically disadvantaged: whatever says how alike schools are.
    pub likeness_tenths: u16,
    /// The rate of chronic absence; `None` where it is hidden.
    pub rate_tenths: Option<u16>,
}

/// With fewer students chance alone makes rates differ widely.
pub const FEWEST_STUDENTS: u32 = 50;
/// How far apart three schools may be in likeness, tried in turn, in tenths of a percentage point.
const TOLERANCES: [u16; 4] = [20, 40, 80, 1000];
/// Rates this far apart are worth a prediction, in tenths of a percentage point.
const WORTH_A_GUESS: u16 = 50;

/// The indices of three schools that are alike and differ in absence, in the order of their names
/// so that the order gives nothing away. `None` with fewer than three usable schools.
///
/// The narrowest likeness wins at which two rates lie five points apart; within it the widest
/// difference, and the school in the middle as the third. The three are picked because they differ,
/// so [`picked_caveat`] stands beside them.
#[must_use]
pub fn pick(candidates: &[Candidate]) -> Option<[usize; 3]> {
    let mut usable: Vec<(u16, u16, &str, usize)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, school)| school.counted >= FEWEST_STUDENTS)
        .filter_map(|(at, school)| Some((school.likeness_tenths, school.rate_tenths?, school.name.as_str(), at)))
        .collect();
    usable.sort_unstable();
    let mut widest: Option<(u16, [usize; 3])> = None;
    for tolerance in TOLERANCES {
        for (start, first) in usable.iter().enumerate() {
            let alike = usable[start..].iter().take_while(|school| school.0 - first.0 <= tolerance);
            let mut alike: Vec<_> = alike.collect();
            if alike.len() < 3 {
                continue;
            }
            alike.sort_unstable_by_key(|school| (school.1, school.2, school.3));
            let (low, high) = (alike[0], alike[alike.len() - 1]);
            let gap = high.1 - low.1;
            // Twice the distance from the middle, so that it stays a whole number.
            let off = |rate: u16| (2 * i32::from(rate) - i32::from(low.1) - i32::from(high.1)).abs();
            let between = alike[1..alike.len() - 1].iter().min_by_key(|school| (off(school.1), school.2, school.3));
            if let Some(middle) = between
                && widest.is_none_or(|(widest_gap, _)| gap > widest_gap)
            {
                widest = Some((gap, [low.3, middle.3, high.3]));
            }
        }
        if widest.is_some_and(|(gap, _)| gap >= WORTH_A_GUESS) {
            break;
        }
    }
    let (_, mut three) = widest?;
    three.sort_by(|a, b| (&candidates[*a].name, a).cmp(&(&candidates[*b].name, b)));
    Some(three)
}

/// What must stand beside three schools that were picked for their difference.
#[must_use]
pub fn picked_caveat() -> Text {
    Text::new(
        "These three were picked because they differ most among schools with similar students. Most schools differ less.",
        "Se eligieron estas tres porque son las que más difieren entre escuelas con estudiantes parecidos. La mayoría difiere menos.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school(name: &str, counted: u32, likeness_tenths: u16, rate_tenths: Option<u16>) -> Candidate {
        Candidate { name: name.to_owned(), counted, likeness_tenths, rate_tenths }
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
        assert_eq!(pick(&schools), Some([1, 2, 0]));
        let mut turned = schools.to_vec();
        turned.reverse();
        let names = |schools: &[Candidate], three: [usize; 3]| three.map(|at| schools[at].name.clone());
        assert_eq!(names(&turned, pick(&turned).unwrap()), names(&schools, [1, 2, 0]));
    }

    #[test]
    fn a_wider_likeness_is_allowed_only_where_close_schools_do_not_differ() {
        let mut schools = vec![
            school("A", 100, 100, Some(100)),
            school("B", 100, 105, Some(110)),
            school("C", 100, 110, Some(120)),
            school("D", 100, 140, Some(300)),
        ];
        assert_eq!(pick(&schools), Some([0, 2, 3]), "four points apart, as two points hold no difference");
        schools[1].rate_tenths = Some(190);
        assert_eq!(pick(&schools), Some([0, 1, 2]), "within two points rates differ now");
    }

    #[test]
    fn fewer_than_three_usable_schools_make_no_trio() {
        let two = [school("A", 100, 100, Some(100)), school("B", 100, 100, Some(200)), school("C", 49, 100, Some(50))];
        assert_eq!(pick(&two), None);
        assert_eq!(pick(&[]), None);
        let three = [school("A", 50, 0, Some(0)), school("B", 50, 500, Some(0)), school("C", 50, 1000, Some(0))];
        assert_eq!(pick(&three), Some([0, 1, 2]), "unlike schools are better than none");
    }
}
