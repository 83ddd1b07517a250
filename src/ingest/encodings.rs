//! Encodings that a person can choose from, by the labels of the encoding standard, and as people know them.

/// Those that exports are found in; more cannot be told apart by looking.
pub const CHOICES: [(&str, &str); 18] = [
    ("UTF-8", "Unicode (UTF-8)"),
    ("UTF-16LE", "Unicode (UTF-16)"),
    ("UTF-16BE", "Unicode (UTF-16, big-endian)"),
    ("windows-1252", "Western European (Windows-1252)"),
    ("macintosh", "old Mac (Mac Roman)"),
    ("windows-1250", "Central European (Windows-1250)"),
    ("windows-1257", "Baltic (Windows-1257)"),
    ("windows-1251", "Cyrillic (Windows-1251)"),
    ("windows-1253", "Greek (Windows-1253)"),
    ("windows-1254", "Turkish (Windows-1254)"),
    ("windows-1255", "Hebrew (Windows-1255)"),
    ("windows-1256", "Arabic (Windows-1256)"),
    ("windows-874", "Thai (Windows-874)"),
    ("windows-1258", "Vietnamese (Windows-1258)"),
    ("Shift_JIS", "Japanese (Shift JIS)"),
    ("EUC-KR", "Korean (EUC-KR)"),
    ("GBK", "Chinese (GBK)"),
    ("Big5", "Chinese (Big5)"),
];

/// The name of an encoding as people know it; its label where there is none.
#[must_use]
pub fn name(label: &str) -> &str {
    let label = if label == "gb18030" { "GBK" } else { label };
    CHOICES.iter().find(|(known, _)| *known == label).map_or(label, |(_, name)| name)
}
