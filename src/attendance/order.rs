//! One sort for every list that is not long. A sort of its own for each kind of list is a twentieth
//! of the program that a first visit fetches.

use std::cmp::Ordering;

/// Positions in ascending order; equal ones stay as they stood.
#[inline(never)]
#[must_use]
pub fn positions(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// Sorts a list; equal items stay as they stood.
pub fn sort_by<T>(list: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = positions(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    let mut taken: Vec<Option<T>> = list.drain(..).map(Some).collect();
    list.extend(order.into_iter().filter_map(|at| taken[at].take()));
}

/// Sorts a list by the items' own order.
pub fn sort<T: Ord>(list: &mut Vec<T>) {
    sort_by(list, T::cmp);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_sorted_list_is_as_std_sorts_it(mut list in prop::collection::vec((0u8..9, any::<u8>()), 0..60)) {
            let mut other = list.clone();
            other.sort_by_key(|item| item.0);
            super::sort_by(&mut list, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(&list, &other);
            other.sort();
            super::sort(&mut list);
            prop_assert_eq!(list, other);
        }
    }
}
