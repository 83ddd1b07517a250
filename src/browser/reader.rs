//! Streams files through the tally, slice by slice: in the worker, or in small slices on the page
//! where no worker can start. The next slice is fetched while the current one is counted.

use crate::attendance::Day;
use crate::example::{self, Through};
use crate::ingest::READS_PUBLIC_FILES;
use crate::ingest::import::{self, Failure, HEAD, Head, How};
use crate::ingest::reading::Reading;
use crate::ingest::tally::{Outcome, Tally};
use crate::protocol::{Progress, Source};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ReadableStreamDefaultReader};

/// Where the reading runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    Worker,
    /// In pieces so small that the page stays quick.
    Page,
}

impl Pace {
    /// Bytes counted in one go, at most.
    fn piece(self) -> u32 {
        match self {
            Pace::Worker => u32::MAX,
            Pace::Page => 131_072,
        }
    }
}

/// Bytes between two words about the progress.
const STEP: u64 = 1_048_576;

/// What to read and how.
pub struct Job {
    pub files: Vec<File>,
    pub source: Source,
    /// One for each file; empty to have all proposed.
    pub how: Vec<How>,
    pub remembered: Vec<Reading>,
    pub today: Day,
    pub pace: Pace,
}

/// Why reading stopped.
pub enum Stop {
    Failure(Failure),
    /// This file must be opened by the other worker first.
    NeedsOpening(u16),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(failure)
    }
}

/// Reads every file, as often as its reading needs.
pub async fn read(job: Job, on_progress: &dyn Fn(Progress)) -> Result<Outcome, Stop> {
    // The example's days are fixed; a device whose clock is behind may still open it.
    let today = match job.source {
        Source::Files => job.today,
        Source::Example | Source::LaterExample => job.today.max(Day(20_600)),
    };
    let inputs: Vec<Input> = match job.source {
        Source::Files => job.files.iter().cloned().map(Input::File).collect(),
        Source::Example => vec![Input::Example(example::chunks(Through::February))],
        Source::LaterExample => vec![Input::Example(example::chunks(Through::March))],
    };
    if inputs.is_empty() {
        return Err(Failure::NoFiles.into());
    }
    let decided = |how: &How| if let How::As(reading) = how { Some(reading.clone()) } else { None };
    let decided: Option<Vec<Reading>> = job.how.iter().map(decided).collect();
    let mut readings = match decided.filter(|all| all.len() == inputs.len()) {
        Some(readings) => readings,
        None => {
            let mut starts = Vec::new();
            for (at, input) in inputs.iter().enumerate() {
                let (name, bytes) = (input.name(), input.head().await?);
                let head = Head { name: &name, bytes: &bytes, whole: (bytes.len() as f64) >= input.size() };
                if import::needs_opening(&head)? {
                    return Err(Stop::NeedsOpening(at as u16));
                }
                starts.push((name, bytes, input.size()));
            }
            let heads: Vec<Head<'_>> = starts
                .iter()
                .map(|(name, bytes, size)| Head { name, bytes, whole: (bytes.len() as f64) >= *size })
                .collect();
            import::readings(&heads, &job.how, &job.remembered)?
        }
    };
    if !READS_PUBLIC_FILES && readings.iter().any(|r| !import::is_of_students(r, readings.len())) {
        return Ok(Outcome { readings, again: true, ..Outcome::default() });
    }
    let sizes: Vec<u64> = inputs.iter().map(|i| i.size() as u64).collect();
    let total: u64 = sizes.iter().sum();
    // Twice for the order of dates, twice for contradictions: more passes cannot be needed.
    for _ in 0..4 {
        if readings.iter().any(|r| !r.open_columns().is_empty()) {
            return Ok(Tally::new(readings, &sizes, today).finish());
        }
        let mut tally = Tally::new(readings.clone(), &sizes, today);
        pass(&mut tally, &inputs, &readings, job.pace, total, on_progress).await?;
        while tally.needs_second_pass() {
            tally = tally.second_pass(readings.clone(), &sizes);
            pass(&mut tally, &inputs, &readings, job.pace, total, on_progress).await?;
        }
        let outcome = tally.finish();
        if !outcome.again {
            return Ok(outcome);
        }
        readings = outcome.readings;
    }
    Err(Failure::Stopped { why: "The order of dates could not be settled.".into() }.into())
}

/// Reads small made-up files, so that the browser has compiled the reader when the first one comes. Nothing of it
/// is kept.
pub fn rehearse(today: Day) {
    let mut days = String::from("Student ID,Student Name,School,Grade,Date,Status\n");
    for at in 0..6_000u32 {
        let (student, day) = (at % 200, at / 200 + 1);
        let status = if at % 11 == 0 { "Excused" } else { "Present" };
        days +=
            &format!("{student},\"A, {student}\",School {},{},2026-01-{day:02},{status}\n", student % 3, student % 5);
    }
    let mut totals = String::from("Student ID,Student Name,School,Grade,IEP,Days Enrolled,Days Absent\n");
    let mut absences = String::from("Student ID,Date,Absence Type\n");
    let mut wide = String::from("Student ID,Grade");
    for day in 1..29 {
        wide += &format!(",2026-01-{day:02}");
    }
    for at in 0..1_000u32 {
        totals += &format!("{at},\"A, {at}\",School {},{},N,170,{}.5\n", at % 3, at % 5, at % 30);
        absences += &format!("{at},2026-01-{:02},Excused\n", at % 28 + 1);
        wide += &format!("\n{at},{}{}", at % 5, ",P,P,A,P".repeat(7));
    }
    for texts in [vec![days], vec![totals, absences], vec![wide]] {
        let head = |text: &String| import::propose(&Head { name: "", bytes: text.as_bytes(), whole: true }).ok();
        let Some(readings) = texts.iter().map(head).collect::<Option<Vec<Reading>>>() else { return };
        let sizes: Vec<u64> = texts.iter().map(|text| text.len() as u64).collect();
        let mut tally = Tally::new(readings, &sizes, today);
        for (at, text) in texts.iter().enumerate() {
            tally.start(at);
            tally.push(text.as_bytes());
            tally.end();
        }
        let sent = postcard::to_allocvec(&tally.finish()).unwrap_or_default();
        let _ = postcard::from_bytes::<Outcome>(&sent);
    }
}

async fn pass(
    tally: &mut Tally,
    inputs: &[Input],
    readings: &[Reading],
    pace: Pace,
    total: u64,
    on_progress: &dyn Fn(Progress),
) -> Result<(), Failure> {
    let mut bytes = 0u64;
    for at in Tally::order(readings) {
        tally.start(at);
        match &inputs[at] {
            Input::Example(chunks) => {
                for chunk in chunks {
                    bytes += chunk.len() as u64;
                    tally.push(chunk.as_bytes());
                    on_progress(Progress { rows: tally.rows(), bytes, total });
                    if pace == Pace::Page {
                        super::clock::pause(0).await;
                    }
                }
            }
            Input::File(file) => {
                let fail = |error: JsValue| Failure::Unreadable { file: file.name(), why: words(&error) };
                // A stream hands over what the browser has at hand; asking slice by slice costs
                // several times as long as the counting.
                let reader = file.stream().get_reader().unchecked_into::<ReadableStreamDefaultReader>();
                let mut next = JsFuture::from(reader.read());
                let mut told = bytes;
                loop {
                    let Some(part) = part(&next.await.map_err(fail)?) else { break };
                    next = JsFuture::from(reader.read());
                    let mut from = 0;
                    while from < part.length() {
                        let to = part.length().min(from.saturating_add(pace.piece()));
                        let piece = part.subarray(from, to);
                        piece.copy_to(tally.space((to - from) as usize));
                        tally.advance();
                        bytes += u64::from(to - from);
                        from = to;
                        if pace == Pace::Page || bytes - told >= STEP {
                            told = bytes;
                            on_progress(Progress { rows: tally.rows(), bytes, total });
                        }
                        if pace == Pace::Page {
                            super::clock::pause(0).await;
                        }
                    }
                }
                on_progress(Progress { rows: tally.rows(), bytes, total });
            }
        }
        tally.end();
    }
    Ok(())
}

/// The bytes of one answer of a stream's reader; `None` at the end.
fn part(answer: &JsValue) -> Option<Uint8Array> {
    Reflect::get(answer, &"value".into()).ok()?.dyn_into().ok()
}

/// Starts to fetch a slice.
fn fetch(blob: &Blob, from: f64, step: f64) -> Result<JsFuture, JsValue> {
    let slice = blob.slice_with_f64_and_f64(from, from + step)?;
    Ok(JsFuture::from(slice.array_buffer()))
}

enum Input {
    File(File),
    /// The invented district, made here.
    Example(Vec<String>),
}

impl Input {
    fn name(&self) -> String {
        match self {
            Input::File(file) => file.name(),
            Input::Example(_) => example::FILE_NAME.into(),
        }
    }

    fn size(&self) -> f64 {
        match self {
            Input::File(file) => file.size(),
            Input::Example(chunks) => chunks.iter().map(String::len).sum::<usize>() as f64,
        }
    }

    async fn head(&self) -> Result<Vec<u8>, Failure> {
        match self {
            Input::Example(chunks) => Ok(chunks.iter().take(2).flat_map(|c| c.bytes()).collect()),
            Input::File(file) => {
                let fail = |error: JsValue| Failure::Unreadable { file: file.name(), why: words(&error) };
                let buffer = fetch(file, 0.0, HEAD as f64).map_err(fail)?.await.map_err(fail)?;
                Ok(Uint8Array::new(&buffer).to_vec())
            }
        }
    }
}

/// What an error of the browser says.
fn words(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| "no reason given".to_string(), |e| String::from(e.message()))
}
