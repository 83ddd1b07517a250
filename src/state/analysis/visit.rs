//! A visit to a school that does better, carried to the plans with the numbers that speak for it.
//! Sums over students only: nothing here is about one child.

use crate::compare::verdict::Verdict;
use serde::Serialize;

/// The key under `bright-spots.` from which plans take what other pages hand over: a JSON list.
pub const INBOX: &str = "plans-inbox";

/// One school's numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SchoolEvidence {
    pub name: String,
    /// `None` where the number may not be shown.
    pub counted: Option<u32>,
    pub chronic: Option<u32>,
    /// 0 to 1.
    pub rate: Option<f64>,
    pub interval: Option<(f64, f64)>,
    pub expected: Option<f64>,
    pub verdict: Option<Verdict>,
    pub reason: String,
}

/// Who visits whom, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Visit {
    /// Always `visit`.
    pub kind: &'static str,
    pub made_on: String,
    pub from: Option<SchoolEvidence>,
    pub to: SchoolEvidence,
    /// How alike the two are; 0 is alike in everything known.
    pub distance: Option<f64>,
    /// Where they were compared: which conditions and groups.
    pub compared_on: Vec<String>,
    /// Whose data, which days, which definition.
    pub stamp: String,
}

/// The inbox's text with one more item. What is there and cannot be read is replaced: an inbox
/// holds only what has not been taken yet.
#[must_use]
pub fn with_item(before: Option<&str>, visit: &Visit) -> String {
    let mut items: Vec<serde_json::Value> = before.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    // A struct of plain fields always turns into a value.
    let item = serde_json::to_value(visit).unwrap_or_default();
    items.retain(|other| *other != item);
    items.push(item);
    serde_json::Value::Array(items).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inbox_grows_and_the_same_visit_stands_once() {
        let to = SchoolEvidence {
            name: "Birch".into(),
            counted: Some(388),
            chronic: Some(35),
            rate: Some(0.09),
            interval: None,
            expected: Some(0.194),
            verdict: Some(Verdict::LikelyBrightSpot),
            reason: "Far under".into(),
        };
        let visit = Visit {
            kind: "visit",
            made_on: "2026-02-13".into(),
            from: None,
            to,
            distance: Some(0.4),
            compared_on: vec!["Economic disadvantage".into()],
            stamp: "Example".into(),
        };
        let once = with_item(None, &visit);
        assert_eq!(with_item(Some(&once), &visit), once);
        let other = Visit { made_on: "2026-02-14".into(), ..visit };
        let both: serde_json::Value = serde_json::from_str(&with_item(Some(&once), &other)).unwrap();
        assert_eq!(both.as_array().map(Vec::len), Some(2));
        assert_eq!((&both[0]["kind"], &both[0]["to"]["verdict"]), (&"visit".into(), &"likely_bright_spot".into()));
        assert!(with_item(Some("damaged"), &other).starts_with('['));
    }
}
