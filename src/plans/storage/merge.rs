//! Putting two copies of a document together so that nothing is lost: item by item where one
//! contains the other, field by field where both changed. Where both wrote different things in the
//! same place, one stays and the other is kept beside it as a difference to decide.

use super::super::document::{Change, Document, Edit, Id, Item, Link, Relation, Stamp};
use super::super::model::Difference;
use super::{Stored, from_value, to_value};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a merge gave, and what it took from the other copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged<B> {
    pub document: Document<B>,
    /// Items that only the other copy had.
    pub added: Vec<Id>,
    /// Items whose content now differs from ours because the other copy changed them.
    pub changed: Vec<Id>,
    /// Items that the other copy had removed.
    pub removed: Vec<Id>,
    /// New differences that wait for a decision.
    pub differences: Vec<Id>,
    /// Whether the two copies are of different workspaces.
    pub other_workspace: bool,
}

impl<B> Merged<B> {
    /// Whether the other copy held anything that ours did not.
    #[must_use]
    pub fn brought_anything(&self) -> bool {
        !(self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty() && self.differences.is_empty())
    }
}

/// Merges `theirs` into `ours`. `base` is what both started from, where that is known (two tabs);
/// without it (two people's files) a field filled in on one side only is taken as it is.
#[must_use]
pub fn merge<B: Stored>(
    base: Option<&Document<B>>,
    ours: &Document<B>,
    theirs: &Document<B>,
    stamp: &Stamp,
) -> Merged<B> {
    let mut merged = Merged {
        document: ours.clone(),
        added: Vec::new(),
        changed: Vec::new(),
        removed: Vec::new(),
        differences: Vec::new(),
        other_workspace: !ours.id.0.is_empty() && !theirs.id.0.is_empty() && ours.id != theirs.id,
    };
    for (id, their) in &theirs.items {
        let Some(our) = ours.items.get(id) else {
            if their.body.is_some() {
                merged.added.push(id.clone());
            }
            let _ = merged.document.items.insert(id.clone(), their.clone());
            continue;
        };
        let apart = our.versions.relation(&their.versions);
        match apart {
            Relation::Newer => continue,
            Relation::Same if our == their => continue,
            Relation::Older => {
                note(&mut merged, id, our, their);
                let _ = merged.document.items.insert(id.clone(), their.clone());
                continue;
            }
            Relation::Same | Relation::Apart => {}
        }
        let before = base.and_then(|base| base.items.get(id));
        let (item, found) = merge_item(id, before, our, their, stamp);
        note(&mut merged, id, our, &item);
        let _ = merged.document.items.insert(id.clone(), item);
        for difference in found {
            let new = difference_id(&difference);
            if !merged.document.items.contains_key(&new) {
                let mut item = Item { changed: stamp.at, body: Some(B::difference(difference)), ..Item::default() };
                item.versions.step(&stamp.actor);
                let _ = merged.document.items.insert(new.clone(), item);
                merged.differences.push(new);
            }
        }
    }
    if merged.document.id.0.is_empty() {
        merged.document.id = theirs.id.clone();
    }
    merged
}

fn note<B: Stored>(merged: &mut Merged<B>, id: &Id, before: &Item<B>, after: &Item<B>) {
    match (&before.body, &after.body) {
        (Some(_), None) => merged.removed.push(id.clone()),
        (None, Some(_)) => merged.added.push(id.clone()),
        (Some(a), Some(b)) if a != b || before.links != after.links => merged.changed.push(id.clone()),
        _ => {}
    }
}

fn merge_item<B: Stored>(
    id: &Id,
    base: Option<&Item<B>>,
    ours: &Item<B>,
    theirs: &Item<B>,
    stamp: &Stamp,
) -> (Item<B>, Vec<Difference>) {
    let mut versions = ours.versions.joined(&theirs.versions);
    let changed = ours.changed.max(theirs.changed);
    let same = ours.body == theirs.body && ours.links == theirs.links;
    if !same {
        versions.step(&stamp.actor);
    }
    let mut found = Vec::new();
    let body = match (&ours.body, &theirs.body) {
        (Some(a), Some(b)) if a == b => Some(a.clone()),
        (Some(a), Some(b)) => {
            let (mine, other) = (to_value(a), to_value(b));
            // Which copy stays in place must not depend on who merges: both sides get the same.
            let ours_first = (ours.changed, mine.to_string()) >= (theirs.changed, other.to_string());
            let (first, second) = if ours_first { (&mine, &other) } else { (&other, &mine) };
            let before = base.and_then(|item| item.body.as_ref()).map(to_value);
            let mut walk = Walk { item: id, base_known: before.is_some(), found: Vec::new() };
            let value = walk.value(before.as_ref(), first, second, &mut Vec::new());
            match from_value(value) {
                Ok(body) => {
                    found = walk.found;
                    Some(body)
                }
                // The merged fields do not fit together (two different kinds under one id): keep both whole.
                Err(_) => {
                    found.push(whole(id, first, Some(second)));
                    Some(if ours_first { a.clone() } else { b.clone() })
                }
            }
        }
        // Removed on one side, changed on the other: what somebody still worked on stays.
        (Some(body), None) | (None, Some(body)) => {
            let value = to_value(body);
            found.push(whole(id, &value, None));
            Some(body.clone())
        }
        (None, None) => None,
    };
    let before = base.map(|item| item.links.as_slice());
    let links = merge_links(before, &ours.links, &theirs.links);
    (Item { versions, changed, links, body }, found)
}

fn merge_links(base: Option<&[Link]>, ours: &[Link], theirs: &[Link]) -> Vec<Link> {
    let mut all: Vec<Link> = ours.iter().chain(theirs).cloned().collect();
    all.sort();
    all.dedup();
    if let Some(base) = base {
        all.retain(|link| !base.contains(link) || (ours.contains(link) && theirs.contains(link)));
    }
    all
}

fn whole(id: &Id, kept: &Value, other: Option<&Value>) -> Difference {
    Difference {
        item: id.clone(),
        path: String::new(),
        field: if other.is_some() { "the whole item" } else { "removed in the other copy" }.to_owned(),
        kept: kept.to_string(),
        other: other.map_or(String::new(), Value::to_string),
    }
}

/// The same difference found twice has the same id, whichever side found it.
fn difference_id(difference: &Difference) -> Id {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in [&difference.item.0, &difference.path, &difference.kept, &difference.other] {
        for byte in part.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Id(format!("difference-{hash:016x}"))
}

struct Walk<'a> {
    item: &'a Id,
    base_known: bool,
    found: Vec<Difference>,
}

impl Walk<'_> {
    fn value(&mut self, base: Option<&Value>, first: &Value, second: &Value, path: &mut Vec<String>) -> Value {
        if first == second || (self.base_known && base.unwrap_or(&Value::Null) == second) {
            return first.clone();
        }
        if self.base_known && base.unwrap_or(&Value::Null) == first {
            return second.clone();
        }
        match (first, second) {
            (Value::Object(a), Value::Object(b)) => {
                let empty = Map::new();
                let before = base.and_then(Value::as_object).unwrap_or(&empty);
                let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
                let mut merged = Map::new();
                for key in keys {
                    path.push(key.clone());
                    let null = Value::Null;
                    let (x, y) = (a.get(key).unwrap_or(&null), b.get(key).unwrap_or(&null));
                    let value = self.value(before.get(key), x, y, path);
                    let _ = path.pop();
                    if !value.is_null() {
                        let _ = merged.insert(key.clone(), value);
                    }
                }
                Value::Object(merged)
            }
            (Value::Array(a), Value::Array(b)) => self.rows(base, a, b, path),
            // An empty list is stored as nothing at all.
            (Value::Array(a), Value::Null) => self.rows(base, a, &[], path),
            (Value::Null, Value::Array(b)) => self.rows(base, &[], b, path),
            (Value::Null, filled) | (filled, Value::Null) if !self.base_known => filled.clone(),
            _ => {
                self.found.push(Difference {
                    item: self.item.clone(),
                    path: path.iter().map(|p| escape(p)).collect::<Vec<_>>().join("/"),
                    field: in_words(path),
                    kept: first.to_string(),
                    other: second.to_string(),
                });
                first.clone()
            }
        }
    }

    /// Lists: rows with ids are matched by id; anything else is treated as a set.
    fn rows(&mut self, base: Option<&Value>, first: &[Value], second: &[Value], path: &mut Vec<String>) -> Value {
        let nothing = Vec::new();
        let before = base.and_then(Value::as_array).unwrap_or(&nothing);
        let keyed = [first, second, before.as_slice()].iter().all(|rows| unique_ids(rows));
        let key = |row: &Value| match row_id(row) {
            Some(id) if keyed => id.to_owned(),
            _ => row.to_string(),
        };
        let (in_first, in_second, in_base) = (by_key(first, key), by_key(second, key), by_key(before, key));
        let mut merged: Vec<(String, Value)> = Vec::new();
        for row in first {
            let name = key(row);
            let value = match (in_second.get(&name), in_base.get(&name)) {
                (Some(other), was) if keyed => {
                    path.push(format!("#{name}"));
                    let value = self.value(was.copied(), row, other, path);
                    let _ = path.pop();
                    value
                }
                (Some(_), _) => row.clone(),
                // The other side removed it and this side left it as it was.
                (None, Some(was)) if **was == *row => continue,
                (None, _) => row.clone(),
            };
            merged.push((name, value));
        }
        for (at, row) in second.iter().enumerate() {
            let name = key(row);
            if in_first.contains_key(&name) || in_base.get(&name).is_some_and(|was| **was == *row) {
                continue;
            }
            // A row of the other side follows the row it stood after there.
            let earlier = second[..at].iter().rev().map(key);
            let after = earlier.filter_map(|prev| merged.iter().position(|(name, _)| *name == prev)).next();
            let place = after.map_or(if at == 0 { 0 } else { merged.len() }, |i| i + 1);
            merged.insert(place, (name, row.clone()));
        }
        let merged: Vec<Value> = merged.into_iter().map(|(_, row)| row).collect();
        if merged.is_empty() { Value::Null } else { Value::Array(merged) }
    }
}

fn by_key(rows: &[Value], key: impl Fn(&Value) -> String) -> BTreeMap<String, &Value> {
    rows.iter().map(|row| (key(row), row)).collect()
}

fn row_id(row: &Value) -> Option<&str> {
    row.get("id")?.as_str()
}

fn unique_ids(rows: &[Value]) -> bool {
    let mut ids: Vec<Option<&str>> = rows.iter().map(row_id).collect();
    ids.sort_unstable();
    ids.first().is_none_or(Option::is_some) && ids.windows(2).all(|w| w[0] != w[1])
}

fn escape(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

fn unescape(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

/// `["test", "questions", "#q1", "prediction"]` as `questions, prediction`.
fn in_words(path: &[String]) -> String {
    let words: Vec<String> = path.iter().skip(1).filter(|p| !p.starts_with('#')).map(|p| p.replace('_', " ")).collect();
    words.join(", ")
}

/// Decides a difference for what the other copy said. `None` where the difference or its item is
/// gone, or its place no longer exists.
#[must_use]
pub fn take_other<B: Stored>(document: &Document<B>, id: &Id) -> Option<Change<B>> {
    let difference = document.get(id)?.as_difference()?;
    let item = &difference.item;
    let settled = Edit::Remove { id: id.clone() };
    let label = "Took the other version".to_owned();
    if difference.path.is_empty() && difference.other.is_empty() {
        return Some(Change { label, edits: vec![Edit::Remove { id: item.clone() }, settled] });
    }
    let other: Value = serde_json::from_str(&difference.other).ok()?;
    let body = if difference.path.is_empty() {
        other
    } else {
        let mut value = to_value(document.get(item)?);
        let parts: Vec<String> = difference.path.split('/').map(unescape).collect();
        put_at(&mut value, &parts, other)?;
        value
    };
    let links = document.links(item).to_vec();
    let put = Edit::Put { id: item.clone(), links, body: from_value(body).ok()? };
    Some(Change { label, edits: vec![put, settled] })
}

/// Decides a difference for what stands in place.
#[must_use]
pub fn keep_ours<B: Stored>(document: &Document<B>, id: &Id) -> Option<Change<B>> {
    let _ = document.get(id)?.as_difference()?;
    Some(Change::remove("Kept this version", id.clone()))
}

/// The differences that wait for a decision.
#[must_use]
pub fn waiting<B: Stored>(document: &Document<B>) -> Vec<(&Id, &Difference)> {
    document.live().filter_map(|(id, body)| body.as_difference().map(|d| (id, d))).collect()
}

fn put_at(value: &mut Value, path: &[String], new: Value) -> Option<()> {
    let Some((first, rest)) = path.split_first() else {
        *value = new;
        return Some(());
    };
    if let Some(id) = first.strip_prefix('#') {
        let row = value.as_array_mut()?.iter_mut().find(|row| row_id(row) == Some(id))?;
        return put_at(row, rest, new);
    }
    let map = value.as_object_mut()?;
    if rest.is_empty() {
        if new.is_null() {
            let _ = map.remove(first);
        } else {
            let _ = map.insert(first.clone(), new);
        }
        return Some(());
    }
    put_at(map.get_mut(first)?, rest, new)
}
