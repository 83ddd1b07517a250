//! What others shared: their exchange files beside our own numbers.

use super::{SLICE_MS, ShareState};
use crate::browser::text_file::{self, Unread};
use crate::browser::{PickedFiles, clock};
use crate::share::exchange::{Exchange, ExchangeError, MOST_BYTES, Merged, merge};
use crate::state::AppState;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What our own numbers are called among the files of others.
pub const OURS: &str = "our own numbers";

impl ShareState {
    /// Reads exchange files of others. What cannot be used is listed with the reason.
    pub fn open_others(self, app: AppState, files: PickedFiles) {
        spawn_local(async move {
            // Put together once at the end: hundreds of files are one change of the page.
            let (mut read, mut unread) = (Vec::new(), Vec::new());
            let mut began = clock::performance_now();
            for file in files.0 {
                let name = file.name();
                let exchange = match text_file::read(&file, MOST_BYTES).await {
                    Ok(text) => Exchange::parse(&text).map_err(|error| error.to_string()),
                    Err(Unread::TooLarge { bytes }) => Err(ExchangeError::TooLarge { bytes }.to_string()),
                    Err(Unread::Gone) => Err("It could not be opened".to_owned()),
                };
                match exchange {
                    Ok(exchange) => read.push((name, exchange)),
                    Err(why) => unread.push(format!("“{name}” is left out: {why}")),
                }
                if clock::performance_now() - began > SLICE_MS {
                    clock::pause(0).await;
                    began = clock::performance_now();
                }
            }
            self.unread.update(|all| all.extend(unread));
            self.others.update(|all| all.extend(read));
            let n = self.others.with_untracked(Vec::len);
            app.announcement.set(format!("{n} exchange files are open"));
        });
    }

    /// Our own numbers and those of others, side by side.
    #[must_use]
    pub fn merged(&self, app: AppState) -> Merged {
        let ours = self.exchange(app);
        let header = ours.as_ref().map(|file| file.header.clone());
        let mut files: Vec<(String, Exchange)> = ours.map(|file| (OURS.to_owned(), file)).into_iter().collect();
        files.extend(self.others.get());
        let mut merged = merge(files, header.as_ref());
        merged.refused.splice(0..0, self.unread.get());
        merged
    }
}
