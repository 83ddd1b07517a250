//! Numbers as people read them.

/// One over a chance, to two digits: `600`, `1,200`, `a million or more`.
#[must_use]
pub fn one_in(chance: f64) -> String {
    let n = 1.0 / chance.max(1e-300);
    if n > 1e6 {
        return "a million or more".to_owned();
    }
    let size = 10f64.powi((n.log10().floor() as i32 - 1).max(0));
    thousands(((n / size).round() * size) as u64)
}

/// `65,000`.
#[must_use]
pub fn thousands(n: u64) -> String {
    if n >= 1000 { format!("{},{:03}", thousands(n / 1000), n % 1000) } else { n.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        for (chance, text) in [
            (0.5, "2"),
            (1.0 / 640.0, "640"),
            (1.0 / 1234.0, "1,200"),
            (1e-9, "a million or more"),
            (0.0, "a million or more"),
        ] {
            assert_eq!(one_in(chance), text);
        }
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
