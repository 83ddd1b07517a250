//! Where quotes stand in a text, judged by their neighbours only: whether a dialect explains them.

/// The part of a score that stays, by how many of the quotes stand where this dialect wants them.
pub(super) fn explained(marks: &Quotes, quote: Option<u8>) -> f64 {
    if quote.is_none() || marks.total == 0 {
        return 1.0;
    }
    0.4 + 0.6 * marks.explained as f64 / marks.total as f64
}

/// Where quotes stand, judged by their neighbours only.
#[derive(Default, Debug)]
pub(super) struct Quotes {
    pub(super) total: usize,
    /// At an edge of a field, or doubled, or after a backslash.
    pub(super) explained: usize,
    pub(super) opening: usize,
    pub(super) closing: usize,
    /// Doubled within text.
    pub(super) inner: usize,
    /// Opening after a delimiter and spaces.
    pub(super) padded: usize,
    pub(super) backslashed: usize,
    /// After a backslash and followed by more text.
    pub(super) backslashed_inside: usize,
}

impl Quotes {
    pub(super) fn count(sample: &[u8], delimiter: u8, quote: u8) -> Quotes {
        let mut q = Quotes::default();
        let edge = |b: Option<&u8>| b.is_none_or(|&b| b == delimiter || b == b'\n' || b == b'\r');
        for at in memchr::memchr_iter(quote, sample) {
            q.total += 1;
            let before = at.checked_sub(1).and_then(|i| sample.get(i));
            let after = sample.get(at + 1);
            if before == Some(&b'\\') {
                let slashes = sample[..at].iter().rev().take(64).take_while(|&&b| b == b'\\').count();
                if slashes % 2 == 1 {
                    q.backslashed += 1;
                    q.backslashed_inside += usize::from(!edge(after));
                    q.explained += 1;
                    continue;
                }
            }
            let (opens, closes) = (edge(before), edge(after));
            q.opening += usize::from(opens && !closes);
            q.closing += usize::from(closes && !opens);
            let doubled = before == Some(&quote) || after == Some(&quote);
            q.inner += usize::from(doubled && !opens && !closes);
            let mut padded = false;
            if !opens && before == Some(&b' ') && delimiter != b' ' {
                let spaces = sample[..at].iter().rev().take(64).take_while(|&&b| b == b' ').count();
                padded = edge(at.checked_sub(spaces + 1).and_then(|i| sample.get(i))) && !closes;
                q.padded += usize::from(padded);
            }
            q.explained += usize::from(opens || closes || doubled || padded);
        }
        q
    }
}
