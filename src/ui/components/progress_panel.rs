//! How far the reading of a file has come, and a way to stop it.

use super::button::LinkButton;
use super::ids;
use crate::ui::format;
use leptos::prelude::*;

/// Where a reading stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// The file's name.
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
    /// 0 while the size is unknown: the bar then only says that something happens.
    pub total_bytes: u64,
    /// Unknown in the first moments.
    pub seconds_left: Option<f64>,
}

impl Progress {
    /// `1,264,000 rows, 85 of 138 MB, about 2 seconds left.`
    #[must_use]
    pub fn words(&self) -> String {
        let size = if self.total_bytes == 0 {
            format::bytes(self.bytes)
        } else {
            format::bytes_of(self.bytes, self.total_bytes)
        };
        let left = self.seconds_left.map(|seconds| format!(", {}", format::time_left(seconds))).unwrap_or_default();
        format!("{}, {size}{left}.", format::plural(self.rows, "row", "rows"))
    }
}

/// Not a live region: a [`super::LiveRegion`] says now and then what this shows all the time.
#[component]
pub fn ProgressPanel(#[prop(into)] progress: Signal<Progress>, #[prop(into)] on_stop: Callback<()>) -> impl IntoView {
    let title = ids::unique("progress");
    let max = move || progress.with(|now| (now.total_bytes > 0).then_some(now.total_bytes));
    let value = move || progress.with(|now| (now.total_bytes > 0).then_some(now.bytes.min(now.total_bytes)));
    view! {
        <div class="progress-panel">
            <p class="progress-panel__title" id=title.clone()>{move || format!("Reading {}", progress.get().name)}</p>
            <progress class="progress-panel__bar" aria-labelledby=title max=max value=value></progress>
            <p class="progress-panel__words">
                {move || progress.with(Progress::words)} " " <LinkButton on_click=on_stop>"Stop"</LinkButton>
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_say_rows_bytes_and_time() {
        let mut now = Progress {
            name: "attend_daily.csv".to_owned(),
            rows: 1_264_000,
            bytes: 85_000_000,
            total_bytes: 138_000_000,
            seconds_left: Some(2.2),
        };
        assert_eq!(now.words().replace('\u{a0}', " "), "1,264,000 rows, 85 of 138 MB, about 2 seconds left.");
        now.seconds_left = None;
        now.total_bytes = 0;
        assert_eq!(now.words().replace('\u{a0}', " "), "1,264,000 rows, 85 MB.");
    }
}
