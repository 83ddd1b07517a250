//! Text in any encoding to UTF-8, in pieces: which encoding it is, and the decoder.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{OpenError, Opened, Sink};
use crate::ingest::encodings;
use crate::ingest::sniff::{self, FileKind, Opener};

/// Bytes that are looked at to tell an old encoding, counted from the first byte that is not ASCII.
const LOOKED_AT: usize = 1 << 20;

/// An encoding and how it was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub encoding: &'static Encoding,
    /// A mark, a pattern or valid UTF-8 says so. Otherwise it is the likeliest, and a person may change it.
    pub certain: bool,
}

impl Found {
    /// The label of the encoding standard: `UTF-8`, `windows-1252`.
    pub fn name(self) -> &'static str {
        self.encoding.name()
    }
}

/// An encoding by label, as a person or a remembered reading gives it.
pub fn by_label(label: &str) -> Result<&'static Encoding, OpenError> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| OpenError::UnknownEncoding(label.to_owned()))
}

/// Which encoding a text has, from its first bytes (1 MiB and more helps where the first are ASCII only).
pub fn detect(head: &[u8]) -> Found {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Found { encoding, certain: true };
    }
    match sniff::kind(head) {
        FileKind::Open(Opener::Decode(sniff::Encoding::Utf16Le)) => return Found { encoding: UTF_16LE, certain: true },
        FileKind::Open(Opener::Decode(sniff::Encoding::Utf16Be)) => return Found { encoding: UTF_16BE, certain: true },
        _ => {}
    }
    if sniff::kind::is_utf8(head) {
        return Found { encoding: UTF_8, certain: true };
    }
    if is_utf8_with_stray_bytes(head) {
        return Found { encoding: UTF_8, certain: false };
    }
    if is_old_mac(head) {
        return Found { encoding: MACINTOSH, certain: false };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let encoding = if is_sparse(head, guess) { WINDOWS_1252 } else { guess };
    Found { encoding, certain: false }
}

/// A few signs that stand alone (a pound sign, one accent, a curly apostrophe) are too little for a guess. In the
/// exports that come here they are those of Windows in the West.
fn is_sparse(head: &[u8], guess: &'static Encoding) -> bool {
    let (mut signs, mut run, mut longest) = (0_usize, 0_usize, 0_usize);
    for b in head {
        run = if b.is_ascii() { 0 } else { run + 1 };
        signs += usize::from(run > 0);
        longest = longest.max(run);
    }
    signs <= 20 && (longest == 1 || longest == 2 && guess.is_single_byte())
}

/// UTF-8 into which a few bytes of another encoding were pasted: whole sequences by far outnumber broken ones.
fn is_utf8_with_stray_bytes(head: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in head.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 0 && broken * 10 <= whole
}

/// A spreadsheet on an old Mac: lines end with CR alone, and letters with accents have the numbers 0x80 to 0x9F, which
/// in the encodings of Windows are mostly signs.
fn is_old_mac(head: &[u8]) -> bool {
    let cr = memchr::memchr_iter(b'\r', head).count();
    let lf = memchr::memchr_iter(b'\n', head).count();
    if cr == 0 || lf * 20 > cr {
        return false;
    }
    let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphabetic);
    let (mut accents, mut others) = (0_usize, 0_usize);
    for (i, &b) in head.iter().enumerate().filter(|(_, b)| !b.is_ascii()) {
        let beside_letter = letter(i.checked_sub(1).and_then(|i| head.get(i))) || letter(head.get(i + 1));
        if (0x80..=0x9F).contains(&b) && beside_letter {
            accents += 1;
        } else {
            others += 1;
        }
    }
    accents > others
}

/// Takes bytes of one text in pieces and gives UTF-8. ASCII passes at once; the first other byte makes it wait until
/// enough is there to tell the encoding.
pub struct TextPipe {
    state: State,
    given: u64,
    replaced: bool,
    chosen: Option<&'static Encoding>,
    certain: bool,
    encoding: &'static Encoding,
    /// A little ASCII before the waiting bytes: the detector looks at neighbours.
    context: Vec<u8>,
}

enum State {
    /// The first bytes: a mark or the pattern of UTF-16 may be in them.
    Head(Vec<u8>),
    Ascii,
    Waiting(Vec<u8>),
    Decoding(Box<Decoder>, Vec<u8>),
}

/// Bytes in which UTF-16 shows.
const HEAD: usize = 4096;
const CONTEXT: usize = 64;

impl TextPipe {
    /// `label`: the encoding that a person chose; None to detect it.
    pub fn new(label: Option<&str>) -> Result<TextPipe, OpenError> {
        let chosen = label.map(by_label).transpose()?;
        Ok(TextPipe {
            state: State::Head(Vec::new()),
            given: 0,
            replaced: false,
            chosen,
            certain: true,
            encoding: UTF_8,
            context: Vec::new(),
        })
    }

    /// The next bytes.
    pub fn push(&mut self, bytes: &[u8], sink: Sink<'_>) {
        match &mut self.state {
            State::Head(head) => {
                head.extend_from_slice(bytes);
                if head.len() >= HEAD {
                    let head = std::mem::take(head);
                    self.begin(head, sink);
                }
            }
            State::Ascii => self.ascii(bytes, sink),
            State::Waiting(waiting) => {
                waiting.extend_from_slice(bytes);
                if waiting.len() >= LOOKED_AT {
                    let waiting = std::mem::take(waiting);
                    self.decide(&waiting, sink);
                }
            }
            State::Decoding(..) => self.decode(bytes, false, sink),
        }
    }

    /// The text ends here.
    pub fn finish(mut self, sink: Sink<'_>) -> Opened {
        if let State::Head(head) = &mut self.state {
            let head = std::mem::take(head);
            self.begin(head, sink);
        }
        if let State::Waiting(waiting) = &mut self.state {
            let waiting = std::mem::take(waiting);
            self.decide(&waiting, sink);
        }
        if matches!(self.state, State::Decoding(..)) {
            self.decode(&[], true, sink);
        }
        let mut notes = Vec::new();
        if !self.certain {
            notes.push(format!(
                "The text is not in Unicode. It was read as {}; if names with accents look wrong, choose another encoding.",
                encodings::name(self.encoding.name())
            ));
        }
        if self.replaced {
            notes.push("Some characters could not be read; they show as �.".into());
        }
        Opened {
            part: None,
            encoding: Some(self.encoding.name().to_owned()),
            encoding_is_certain: self.certain,
            bytes: self.given,
            notes,
        }
    }

    fn begin(&mut self, head: Vec<u8>, sink: Sink<'_>) {
        let bom = Encoding::for_bom(&head).map(|(encoding, _)| encoding);
        let pattern = || match sniff::kind(&head) {
            FileKind::Open(Opener::Decode(sniff::Encoding::Utf16Le)) => Some(UTF_16LE),
            FileKind::Open(Opener::Decode(sniff::Encoding::Utf16Be)) => Some(UTF_16BE),
            _ => None,
        };
        match self.chosen.or(bom).or_else(pattern) {
            Some(encoding) => {
                self.start_decoder(encoding, true);
                self.decode(&head, false, sink);
            }
            None => {
                self.state = State::Ascii;
                self.ascii(&head, sink);
            }
        }
    }

    fn ascii(&mut self, bytes: &[u8], sink: Sink<'_>) {
        let until = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(bytes.len());
        let (plain, rest) = bytes.split_at(until);
        if !plain.is_empty() {
            self.given += plain.len() as u64;
            sink(plain);
            let keep = plain.len().min(CONTEXT);
            self.context.extend_from_slice(&plain[plain.len() - keep..]);
            let over = self.context.len().saturating_sub(CONTEXT);
            self.context.drain(..over);
        }
        if !rest.is_empty() {
            self.state = State::Waiting(Vec::new());
            self.push(rest, sink);
        }
    }

    fn decide(&mut self, waiting: &[u8], sink: Sink<'_>) {
        let context = std::mem::take(&mut self.context);
        let found = detect(&[&context, waiting].concat());
        self.start_decoder(found.encoding, found.certain);
        self.decode(waiting, false, sink);
    }

    fn start_decoder(&mut self, encoding: &'static Encoding, certain: bool) {
        self.encoding = encoding;
        self.certain = certain;
        self.state = State::Decoding(Box::new(encoding.new_decoder_with_bom_removal()), vec![0; 64 << 10]);
    }

    fn decode(&mut self, bytes: &[u8], last: bool, sink: Sink<'_>) {
        let State::Decoding(decoder, buffer) = &mut self.state else {
            return;
        };
        let mut rest = bytes;
        loop {
            let (result, read, written, replaced) = decoder.decode_to_utf8(rest, buffer, last);
            rest = &rest[read..];
            self.replaced |= replaced;
            if written > 0 {
                self.given += written as u64;
                sink(&buffer[..written]);
            }
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

/// Decode a whole text that is in memory.
pub fn decode_all(bytes: &[u8], encoding: &'static Encoding, text: &mut Vec<u8>) {
    let (decoded, _, _) = encoding.decode(bytes);
    text.extend_from_slice(decoded.as_bytes());
}
