//! Text that is written to be read and holds no table: a letter, an e-mail.

/// What such a text seems to be, for the message; `None` where it may be a table.
#[must_use]
pub fn prose(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(8 << 10)]);
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let names = |line: &str, name: &str| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let is_field = |name: &str| lines().take(20).any(|line| names(line, name));
    if is_field("subject:") && (is_field("from:") || is_field("to:")) {
        return Some("an e-mail");
    }
    let is_sentence =
        |line: &&str| line.ends_with(['.', '!', '?']) && line.split_whitespace().count() >= 6 && !line.contains('\t');
    let all: usize = lines().map(str::len).sum();
    let in_sentences: usize = lines().filter(is_sentence).map(str::len).sum();
    (in_sentences * 2 > all).then_some("text in sentences")
}
