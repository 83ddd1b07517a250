//! What other pages hand over to the plans: visits from the comparison, choices from a workshop.
//! Each becomes one item, once, however often it is handed over.

use super::plans::Plans;
use super::toast::{ToastMessage, Undo};
use crate::attendance::Day;
use crate::browser::local_store;
use crate::plans::document::{Change, Edit, Id, Link};
use crate::plans::edits::handed_over;
use crate::plans::model::{
    Body, Network, Partner, PeerSupport, Product, Question, Reason, Shared, Step, Strategy, Test, Visit, Who,
};
use crate::plans::storage::policy::SaveState;
use leptos::prelude::*;
use serde_json::Value;

const INBOX: &str = "plans-inbox";

impl Plans {
    /// Takes what waits, saves, and empties the inbox once it is saved.
    pub fn take_inbox(&self) {
        let Ok(Some(text)) = local_store::read(INBOX) else { return };
        let Ok(Value::Array(items)) = serde_json::from_str::<Value>(&text) else { return };
        let mut edits: Vec<Edit<Body>> = Vec::new();
        let mut taken = 0;
        for item in &items {
            let id = Id(format!("in-{:016x}", hash(&key_of(item))));
            if self.workspace.with_untracked(|w| w.items.contains_key(&id)) {
                continue;
            }
            let more = if item["kind"] == "visit" { handed_over::visit(item, &id) } else { choice(item, id, self) };
            taken += usize::from(!more.is_empty());
            edits.extend(more);
        }
        if !edits.is_empty() {
            let label = if taken == 1 { "1 plan came in".to_owned() } else { format!("{taken} plans came in") };
            self.apply(Change { label: label.clone(), edits });
            self.toast.set(Some(ToastMessage { text: format!("{label} from other pages."), undo: Undo::Offered }));
        }
        self.save_now();
        if self.save_state.with_untracked(|s| matches!(s, SaveState::Saved { .. })) {
            // Where it stays, nothing is taken twice.
            let _ = local_store::remove(INBOX);
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

fn key_of(item: &Value) -> String {
    match item["key"].as_str() {
        Some(key) => key.to_owned(),
        None => item.to_string(),
    }
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

fn choice(item: &Value, id: Id, plans: &Plans) -> Vec<Edit<Body>> {
    let what = text(&item["what"]);
    if what.is_empty() {
        return Vec::new();
    }
    let (who, by, reason) = (text(&item["who"]), text(&item["by_when"]), text(&item["reason"]));
    let owner = Who::from(who.as_str());
    let due = Day::parse_iso(&by);
    let when = if due.is_none() { by } else { String::new() };
    let more: Vec<String> = item["more"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|pair| format!("{}: {}", text(&pair[0]), text(&pair[1])))
        .collect();
    let mut note = more.join("\n");
    if !reason.is_empty() {
        note = format!("{reason}\n{note}").trim().to_owned();
    }
    let step =
        || Step { id: plans.new_id(), what: what.clone(), who: owner.clone(), by: due, when: when.clone(), done: None };
    let becomes: String = text(&item["becomes"]).to_lowercase().replace('_', "");
    let body = match becomes.as_str() {
        "reason" => Body::Reason(Reason { text: what, how_known: note, ..Reason::default() }),
        "partner" | "datasharing" => {
            Body::Partner(Partner { name: what, provides: note, owner, due, notes: when, ..Partner::default() })
        }
        "sitevisit" => Body::Visit(Visit { school: what, why_in_words: note, on: due, owner, ..Visit::default() }),
        "product" => {
            let product = Product {
                id: plans.new_id(),
                what: what.clone(),
                who: owner,
                by: due,
                for_whom: note,
                ..Product::default()
            };
            Body::Shared(Shared { title: what, products: vec![product] })
        }
        "network" => Body::Network(Network { name: what, purpose: note, ..Network::default() }),
        "peersupport" => {
            Body::PeerSupport(PeerSupport { goal: what, focus: note, owner, ends: due, ..PeerSupport::default() })
        }
        "test" => Body::Test(Box::new(Test {
            title: what.clone(),
            change_idea: what,
            goal: note,
            testers: vec![owner],
            cycle: 1,
            ends: due,
            questions: vec![Question { id: plans.new_id(), ..Question::default() }],
            ..Test::default()
        })),
        _ => {
            Body::Strategy(Strategy { steps: vec![step()], name: what, what: note, owner, due, ..Strategy::default() })
        }
    };
    let mut links = Vec::new();
    let session = text(&item["session"]);
    if !session.is_empty() {
        links.push(Link::Finding(format!("workshop:{session}")));
    }
    vec![Edit::Put { id, links, body }]
}
