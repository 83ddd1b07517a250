//! The address: a page, what is below it, and the question it holds. Never a name or a number of
//! a student.

/// A page of the masthead, or one that is reached from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    #[default]
    Data,
    Tiers,
    Schools,
    Conditions,
    Students,
    Explore,
    Checks,
    Definition,
    Reconcile,
    Readings,
    Plans,
    Workshop,
    Share,
    Privacy,
    Help,
    Components,
}

impl Page {
    pub const ALL: [Page; 16] = [
        Page::Data,
        Page::Tiers,
        Page::Schools,
        Page::Conditions,
        Page::Students,
        Page::Explore,
        Page::Checks,
        Page::Definition,
        Page::Reconcile,
        Page::Readings,
        Page::Plans,
        Page::Workshop,
        Page::Share,
        Page::Privacy,
        Page::Help,
        Page::Components,
    ];

    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Page::Data => "",
            Page::Tiers => "tiers",
            Page::Schools => "schools",
            Page::Conditions => "conditions",
            Page::Students => "students",
            Page::Explore => "explore",
            Page::Checks => "checks",
            Page::Definition => "definition",
            Page::Reconcile => "reconcile",
            Page::Readings => "readings",
            Page::Plans => "plans",
            Page::Workshop => "workshop",
            Page::Share => "share",
            Page::Privacy => "privacy",
            Page::Help => "help",
            Page::Components => "components",
        }
    }

    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Page::Data => "Data",
            Page::Tiers => "Tiers",
            Page::Schools => "Schools",
            Page::Conditions => "Conditions",
            Page::Students => "Students",
            Page::Explore => "Explore",
            Page::Checks => "Checks",
            Page::Definition => "Definition",
            Page::Reconcile => "Another report",
            Page::Readings => "Readings",
            Page::Plans => "Plans",
            Page::Workshop => "Workshop",
            Page::Share => "Share",
            Page::Privacy => "Privacy",
            Page::Help => "Help",
            Page::Components => "Components",
        }
    }
}

/// `#/schools/3?sort=rate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    pub page: Page,
    /// What stands below the page: `["3"]`.
    pub below: Vec<String>,
    /// In the order written: `[("sort", "rate")]`.
    pub query: Vec<(String, String)>,
}

impl Route {
    /// Reads a hash. An address that means nothing leads to the start.
    #[must_use]
    pub fn parse(hash: &str) -> Route {
        let text = hash.trim_start_matches('#');
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut words = path.split('/').filter(|w| !w.is_empty());
        let first = words.next().unwrap_or("");
        let Some(page) = Page::ALL.into_iter().find(|p| p.word() == first) else { return Route::default() };
        let pairs = query.split('&').filter(|p| !p.is_empty());
        Route {
            page,
            below: words.map(unescape).collect(),
            query: pairs
                .map(|pair| {
                    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (unescape(key), unescape(value))
                })
                .collect(),
        }
    }

    /// The hash of this address.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut text = format!("#/{}", self.page.word());
        for word in &self.below {
            text.push('/');
            text.push_str(&escape(word));
        }
        for (at, (key, value)) in self.query.iter().enumerate() {
            text.push(if at == 0 { '?' } else { '&' });
            text.push_str(&format!("{}={}", escape(key), escape(value)));
        }
        text
    }

    #[must_use]
    pub fn to(page: Page) -> Route {
        Route { page, ..Route::default() }
    }

    /// The first word below the page as a position.
    #[must_use]
    pub fn number(&self) -> Option<usize> {
        self.below.first()?.parse().ok()
    }

    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// The same address with one answer changed; an empty value takes it out.
    #[must_use]
    pub fn with(&self, key: &str, value: &str) -> Route {
        let mut route = self.clone();
        route.query.retain(|(k, _)| k != key);
        if !value.is_empty() {
            route.query.push((key.into(), value.into()));
        }
        route
    }
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b',' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code =
            text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_read() {
        assert_eq!(Route::parse("#/tiers").page, Page::Tiers);
        assert_eq!(Route::parse("#/schools/3?sort=rate").number(), Some(3));
        assert_eq!(Route::parse("#/schools/3?sort=rate").get("sort"), Some("rate"));
        for nothing in ["", "#", "#/", "#/nowhere", "#/%zz"] {
            assert_eq!(Route::parse(nothing), Route::default(), "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn an_address_goes_there_and_back(page in 0usize..16, below in prop::collection::vec(".{1,6}", 0..3), query in prop::collection::vec((".{1,4}", ".{0,4}"), 0..3)) {
            let route = Route { page: Page::ALL[page], below: if page == 0 { vec![] } else { below }, query };
            prop_assert_eq!(Route::parse(&route.hash()), route);
        }
    }
}
