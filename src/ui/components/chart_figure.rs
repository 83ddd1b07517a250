//! The one way to show a chart: its sentence, its drawing, its table, its stamp, its download.

use super::choice::Choice;
use super::data_table::DataTable;
use super::ids;
use super::menu::Menu;
use super::table::TableData;
use leptos::html;
use leptos::prelude::*;

/// Whether the chart shows its own title and sentence, or the section's margin does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartHead {
    #[default]
    Shown,
    /// Still there for a screen reader.
    InTheMargin,
}

/// The words of a figure's own controls. A page in another language provides its own as context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureWords {
    pub view_as_table: &'static str,
    pub download: &'static str,
    pub picture: &'static str,
    pub table: &'static str,
}

impl FigureWords {
    pub const ENGLISH: FigureWords =
        FigureWords { view_as_table: "View as table", download: "Download", picture: "Picture", table: "Table" };

    #[must_use]
    pub fn here() -> FigureWords {
        use_context().unwrap_or(FigureWords::ENGLISH)
    }
}

/// `svg` is the output of `charts` and of nothing else: it is the one string shown as markup.
/// `key` is the legend, a list; `downloads` are (value, words), and one alone is a plain link; `place` tells the
/// owner where the figure stands; `drawing` stands for `svg` where the owner draws in parts.
#[component]
pub fn ChartFigure(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] summary: Signal<String>,
    #[prop(into)] svg: Signal<String>,
    #[prop(into)] table: Signal<TableData>,
    #[prop(into)] stamp: Signal<String>,
    #[prop(optional)] head: ChartHead,
    #[prop(default = None)] key: Option<ViewFnOnce>,
    #[prop(optional)] downloads: Vec<Choice>,
    #[prop(optional, into)] on_download: Option<Callback<String>>,
    #[prop(optional)] place: NodeRef<html::Figure>,
    #[prop(default = None)] drawing: Option<ViewFnOnce>,
) -> impl IntoView {
    let words = FigureWords::here();
    let id = ids::unique("chart");
    let (title_id, summary_id) = (format!("{id}-title"), format!("{id}-summary"));
    let head = match head {
        ChartHead::Shown => "chart-figure__head",
        ChartHead::InTheMargin => "visually-hidden",
    };
    let download = on_download.and_then(|on_download| match downloads.as_slice() {
        [] => None,
        [only] => {
            let value = only.value.clone();
            Some(
                view! {
                    <button type="button" class="link" on:click=move |_| on_download.run(value.clone())>{words.download}</button>
                }
                .into_any(),
            )
        }
        _ => Some(view! { <Menu label=words.download choices=downloads on_choose=on_download /> }.into_any()),
    });
    let drawing = match drawing {
        Some(drawing) => view! {
            <div class="chart-figure__drawing" role="img" aria-labelledby=title_id.clone() aria-describedby=summary_id.clone()>
                {drawing.run()}
            </div>
        }
        .into_any(),
        None => view! {
            <div
                class="chart-figure__drawing"
                role="img"
                aria-labelledby=title_id.clone()
                aria-describedby=summary_id.clone()
                inner_html=move || svg.get()
            ></div>
        }
        .into_any(),
    };
    // A closed table costs nothing: it is built when somebody first opens it.
    let is_opened = RwSignal::new(false);
    view! {
        <figure class="chart-figure" node_ref=place>
            <figcaption class=head>
                <p class="chart-figure__title" id=title_id>{move || title.get()}</p>
                <p class="chart-figure__summary" id=summary_id>{move || super::prose_view::kept_together(&summary.get())}</p>
            </figcaption>
            {key.map(|key| key.run())}
            {drawing}
            <div class="chart-figure__foot">
                <span class="chart-figure__stamp">{move || stamp.get()}</span>
                <details class="chart-figure__table" on:toggle=move |_| is_opened.set(true)>
                    <summary class="link">{words.view_as_table}</summary>
                    <Show when=move || is_opened.get()>
                        <DataTable table />
                    </Show>
                </details>
                <span class="chart-figure__download">{download}</span>
            </div>
        </figure>
    }
}
