//! The call list by what can still be reached this year: who can still end it under 10 %, and in which order.

use crate::compare::days_left::DaysLeft;
use crate::ui::components::{Choice, SelectField};
use leptos::prelude::*;

/// How the list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// Those who can still end the year under 10 % first, the fewest days to spare before more; then the rest.
    #[default]
    StillPossible,
    MostAbsent,
}

/// Who stands in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Reach {
    #[default]
    Everyone,
    CanStill,
    NotThisYear,
}

/// What a person chose, once the days of the year are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ThisYear {
    pub order: Order,
    pub reach: Reach,
}

impl ThisYear {
    /// Lines that stand the most absent first, as chosen. `left` is `None` where the line cannot tell.
    pub fn arrange(self, lines: Vec<u32>, left: impl Fn(u32) -> Option<DaysLeft>) -> Vec<u32> {
        let mut known: Vec<(Option<Option<u32>>, u32)> =
            lines.into_iter().map(|at| (left(at).map(|left| left.may_still_miss), at)).collect();
        match self.reach {
            Reach::Everyone => {}
            Reach::CanStill => known.retain(|(still, _)| still.flatten().is_some()),
            Reach::NotThisYear => known.retain(|(still, _)| *still == Some(None)),
        }
        if self.order == Order::StillPossible {
            // The sort is stable: among equals the most absent stay first.
            known.sort_by_key(|(still, _)| still.flatten().unwrap_or(u32::MAX));
        }
        known.into_iter().map(|(_, at)| at).collect()
    }
}

#[component]
pub(super) fn ThisYearFields(year: RwSignal<ThisYear>) -> impl IntoView {
    let reaches = Signal::stored(vec![
        Choice::new("all", "Anyone"),
        Choice::new("can", "Can still end under 10 %"),
        Choice::new("not", "Not this year"),
    ]);
    let reach = Signal::derive(move || {
        match year.get().reach {
            Reach::Everyone => "all",
            Reach::CanStill => "can",
            Reach::NotThisYear => "not",
        }
        .to_owned()
    });
    let set_reach = Callback::new(move |value: String| {
        year.update(|y| {
            y.reach = match value.as_str() {
                "can" => Reach::CanStill,
                "not" => Reach::NotThisYear,
                _ => Reach::Everyone,
            }
        });
    });
    let orders = Signal::stored(vec![
        Choice::new("still", "Who can still end under 10 % first"),
        Choice::new("most", "The most absent first"),
    ]);
    let order = Signal::derive(move || match year.get().order {
        Order::StillPossible => "still".to_owned(),
        Order::MostAbsent => "most".to_owned(),
    });
    let set_order = Callback::new(move |value: String| {
        year.update(|y| y.order = if value == "most" { Order::MostAbsent } else { Order::StillPossible });
    });
    view! {
        <SelectField label="This year" choices=reaches value=reach on_change=set_reach />
        <SelectField label="Order" choices=orders value=order on_change=set_order />
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::Days;
    use crate::compare::days_left::days_left;

    #[test]
    fn those_who_can_still_end_under_the_line_come_first() {
        // Days missed of 100, the most absent first; 80 days remain. The last line has a percent only.
        let missed = [40, 20, 17, 12, 0];
        let left = |at: u32| match missed[at as usize] {
            0 => None,
            n => days_left(Days::whole(100), Days::whole(n), 80),
        };
        let all = || (0..5).collect::<Vec<u32>>();
        let year = ThisYear::default();
        assert_eq!(year.arrange(all(), left), [2, 3, 0, 1, 4]);
        assert_eq!(ThisYear { order: Order::MostAbsent, ..year }.arrange(all(), left), all());
        assert_eq!(ThisYear { reach: Reach::CanStill, ..year }.arrange(all(), left), [2, 3]);
        assert_eq!(ThisYear { reach: Reach::NotThisYear, ..year }.arrange(all(), left), [0, 1]);
    }
}
