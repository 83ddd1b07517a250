//! What the start page says beside the drop zone: the promise, how to read a bright spot, which file to bring.

use leptos::prelude::*;

/// The head of the start page. `children` are the drop zone and the [`Promise`]; the drawing stands beside them.
#[component]
pub fn StartHero(children: Children) -> impl IntoView {
    view! {
        <div class="start-hero">
            <div class="start-hero__main">
                <h1 class="start-hero__title" tabindex="-1">"Find out what works, from your own attendance file."</h1>
                <p class="start-hero__lead">
                    "See who is missing too much school, compare schools fairly, learn from the ones doing better \
                     than expected, and test what you learn."
                </p>
                {children()}
            </div>
            <HowToRead />
        </div>
    }
}

/// The promise, with the way to check it.
#[component]
pub fn Promise() -> impl IntoView {
    view! {
        <div class="promise">
            <svg class="promise__lock" width="24" height="28" viewBox="0 0 24 28" aria-hidden="true" focusable="false">
                <rect class="promise__line" x="1" y="11" width="22" height="16" rx="2" />
                <path class="promise__line" d="M6.5 11V7a5.5 5.5 0 0 1 11 0v4" />
            </svg>
            <div>
                <p>
                    <strong>"Your file stays on this device."</strong>
                    " The page has no server to send it to, and the browser blocks it from trying."
                </p>
                <p class="promise__check">
                    <a href="#/privacy">"How to check that yourself"</a>
                    " in two minutes: turn off the network, or watch the network panel."
                </p>
            </div>
        </div>
    }
}

/// A drawn example of the three things a dot can say. Invented numbers.
#[component]
pub fn HowToRead() -> impl IntoView {
    view! {
        <section class="how-to-read" aria-labelledby="how-to-read">
            <h2 class="how-to-read__title" id="how-to-read">"How to read a bright spot"</h2>
            {drawing(472.0, 10.55, "how-to-read__drawing how-to-read__drawing--wide")}
            {drawing(358.0, 7.75, "how-to-read__drawing how-to-read__drawing--narrow")}
            <p class="how-to-read__note">
                "A bright spot is a school with clearly less chronic absence than schools with similar students \
                 have. The lowest rate alone doesn’t make one."
            </p>
        </section>
    }
}

/// Drawn anew for each width, never scaled, so that its words stay 12 to 13 px. `step` is px per point.
fn drawing(width: f64, step: f64, class: &'static str) -> impl IntoView {
    let x = move |percent: f64| 24.0 + percent * step;
    let grid = [0, 10, 20, 30, 40].map(|percent| {
        let at = x(f64::from(percent));
        let label = if percent == 0 { "0\u{a0}%".to_owned() } else { percent.to_string() };
        view! {
            <line class="how-to-read__grid" x1=at y1="60" x2=at y2="310" />
            <text class="how-to-read__small" x=at y="328" text-anchor="middle">{label}</text>
        }
    });
    let row = move |y: f64, low: f64, high: f64, expected: f64, class: &'static str| {
        view! {
            <line class=class x1=x(low) y1=y x2=x(high) y2=y />
            <line class="key__tick" x1=x(expected) y1=y - 17.0 x2=x(expected) y2=y + 19.0 />
        }
    };
    let words = move |at: f64, y: f64, title: &'static str, text: &'static str| {
        view! {
            <text class="how-to-read__strong" x=at y=y>{title}</text>
            <text class="how-to-read__small" x=at y=y + 16.0>{text}</text>
        }
    };
    view! {
        <svg
            class=class
            width=width
            height="336"
            viewBox=format!("0 0 {width} 336")
            role="img"
            aria-label="Three example schools. In the first, 9 % of 388 students are chronically absent where 19 % are \
                        expected: the whole interval lies below, a bright spot. In the second the expected rate lies on \
                        the interval: as expected. In the third, with 41 students, the interval is too wide to tell."
        >
            {grid}
            {words(x(9.0) - 74.0_f64.min(x(9.0)), 17.0, "This school: 9\u{a0}%", "of its 388 students are chronically absent")}
            <line class="how-to-read__lead" x1=x(9.0) y1="44" x2=x(9.0) y2="86" />
            {row(97.0, 6.6, 12.3, 19.4, "verdict-shape__line")}
            <circle class="verdict-shape__bright" cx=x(9.0) cy="97" r="9" />
            {words(x(20.6), 95.0, "Expected: 19\u{a0}%", "for students like these")}
            <line class="how-to-read__lead" x1=x(11.0) y1="103" x2=x(12.0) y2="121" />
            <text class="how-to-read__small" x=x(6.0) y="135">"The line: where the true rate likely lies"</text>
            {row(196.0, 16.8, 23.1, 21.0, "verdict-shape__line")}
            <circle class="verdict-shape__ink" cx=x(19.8) cy="196" r="8" />
            {words(x(24.5), 193.0, "As expected", "the tick is on the line")}
            {row(284.0, 5.3, 25.4, 22.1, "verdict-shape__line how-to-read__dashed")}
            <circle class="verdict-shape__edge" cx=x(12.2) cy="284" r="6.5" />
            {words(x(27.0), 281.0, "Too few to tell", "41 students")}
        </svg>
    }
}

/// Which file to ask for, with three rows of each shape.
#[component]
pub fn FileShapes() -> impl IntoView {
    view! {
        <div class="trio">
            {shape(
                "One row per student",
                "Totals for the year to date",
                &["student", "school", "enrolled", "absent"],
                &[&["1001", "Alder", "98", "4"], &["1002", "Alder", "98", "11.5"], &["1003", "Birch", "61", "2"]],
            )}
            {shape(
                "One row per student and day",
                "A status for each day",
                &["student", "date", "status"],
                &[&["1001", "2025-09-02", "P"], &["1001", "2025-09-03", "A"], &["1002", "2025-09-02", "P"]],
            )}
            {shape(
                "One row per absence",
                "Plus enrolled days, here or in a second file",
                &["student", "date", "kind"],
                &[&["1001", "2025-09-03", "Unexc"], &["1002", "2025-09-19", "Exc"], &["1002", "2025-09-22", "Exc"]],
            )}
        </div>
    }
}

fn shape(
    title: &'static str,
    about: &'static str,
    head: &'static [&'static str],
    rows: &'static [&'static [&'static str]],
) -> impl IntoView {
    let heads = head.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view();
    let body = rows
        .iter()
        .map(|row| view! { <tr>{row.iter().map(|cell| view! { <td>{*cell}</td> }).collect_view()}</tr> })
        .collect_view();
    view! {
        <div class="file-shape">
            <h3>{title}</h3>
            <p class="file-shape__about">{about}</p>
            <table class="file-shape__table">
                <caption class="visually-hidden">{title}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

/// What can be done without a file. `on_open_workspace` opens a workspace that was saved before.
#[component]
pub fn NoFileToday(#[prop(into)] on_open_workspace: Callback<()>) -> impl IntoView {
    view! {
        <div class="trio">
            <div class="offer">
                <h3><a href="#/workshop">"Run a workshop"</a></h3>
                <p class="quiet small">"Three guided sessions that work with no data and no network."</p>
            </div>
            <div class="offer">
                <h3><a href="#/plans">"Make a plan"</a></h3>
                <p class="quiet small">"Team agenda, small tests, partners, family conversations."</p>
            </div>
            <div class="offer">
                <h3>
                    <button type="button" class="link strong" on:click=move |_| on_open_workspace.run(())>
                        "Open a saved workspace"
                    </button>
                </h3>
                <p class="quiet small">"Bring back plans and settings from a file you kept."</p>
            </div>
        </div>
    }
}
