//! The items of all files by type and id.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value as Json;

use crate::conversion::error::JsonSourceError;
use crate::conversion::log::LogEntry;
use crate::conversion::metadata_source::MetadataSource;
use crate::conversion::read::file_kind::unlike;
use crate::conversion::read::flatten::list;
use crate::conversion::read::json_source::not_taken;

const EXPECTED: &str = "items of a SEEK (JSON:API) with `data`, `type` and `id`";

/// Type and id of an item.
pub(super) type ItemKey<'k> = (&'k str, &'k str);

/// Items; one that several files have is the one with most attributes, since lists have few.
#[derive(Debug, Default)]
pub(super) struct SeekItems {
    items: HashMap<(String, String), (Rc<str>, Json)>,
    /// Keys in the order of the files.
    order: Vec<(String, String)>,
    /// What is related to an item by statements of other items.
    reverse: HashMap<(String, String), Vec<(String, String)>>,
    /// Members that are not of the shape of JSON:API: the file, the path and the value of each.
    odd: Vec<(Rc<str>, String, String)>,
}

static NOTHING: Json = Json::Null;

impl SeekItems {
    /// Adds the items of a file.
    ///
    /// # Errors
    /// It has no `data`, or states errors.
    pub fn add(&mut self, file: &Rc<str>, mut whole: Json) -> Result<(), JsonSourceError> {
        if let Some(error) = whole["errors"].as_array().and_then(|errors| errors.first()) {
            let said = [&error["title"], &error["detail"]];
            let said: Vec<&str> = said.into_iter().filter_map(Json::as_str).collect();
            return Err(JsonSourceError::Json {
                file: file.to_string(),
                problem: format!("found an answer that states an error: {}", said.join(": ")),
            });
        }
        let other = unlike(file, &whole, EXPECTED, Some(MetadataSource::Seek));
        let mut all = Vec::new();
        for key in ["data", "included"] {
            match whole.get_mut(key).map(Json::take) {
                Some(Json::Array(items)) => all.extend(items),
                Some(item @ Json::Object(_)) => all.push(item),
                _ => {}
            }
        }
        let is_one = |item: &Json| item["type"].is_string() && id_of(item).is_some();
        if all.is_empty() || !all.iter().all(is_one) {
            return Err(other);
        }
        for item in all {
            self.add_item(file, item);
        }
        Ok(())
    }

    fn add_item(&mut self, file: &Rc<str>, item: Json) {
        let (Some(kind), Some(id)) = (item["type"].as_str(), id_of(&item)) else {
            return;
        };
        let key = (kind.to_owned(), id);
        for member in ["attributes", "relationships"] {
            let value = &item[member];
            if !value.is_object() && !value.is_null() {
                self.add_odd(file, format!("{}.{member}", key.0), value);
            }
        }
        let relationships = item["relationships"].as_object().into_iter().flatten();
        for (name, related) in relationships.clone() {
            let of_data = list(&related["data"]).iter();
            let odd = of_data.filter(|other| !other["type"].is_string() || id_of(other).is_none());
            let odd = odd.chain((!related.is_object() && !related.is_null()).then_some(related));
            for value in odd {
                let path = format!("{}.relationships.{name}", key.0);
                self.add_odd(file, path, value);
            }
        }
        for (_, related) in relationships {
            for other in references(related) {
                let known = self.reverse.entry(other).or_default();
                if !known.contains(&key) {
                    known.push(key.clone());
                }
            }
        }
        let size = |item: &Json| {
            item["attributes"]
                .as_object()
                .map_or(0, serde_json::Map::len)
        };
        match self.items.get(&key) {
            Some((_, known)) if size(known) >= size(&item) => {}
            Some(_) => {
                self.items.insert(key, (file.clone(), item));
            }
            None => {
                self.order.push(key.clone());
                self.items.insert(key, (file.clone(), item));
            }
        }
    }

    fn add_odd(&mut self, file: &Rc<str>, path: String, value: &Json) {
        self.odd.push((file.clone(), path, value.to_string()));
    }

    /// Rows of the log for members that are not of the shape of JSON:API.
    pub fn odd(&self) -> impl Iterator<Item = LogEntry> {
        self.odd.iter().map(|(file, path, value)| {
            let reason = "expected an object, and `type` and `id` in what a relationship leads to";
            not_taken(file, path, value, reason)
        })
    }

    /// The ids of a type, in order.
    pub fn ids<'i>(&'i self, kind: &'i str) -> impl Iterator<Item = &'i str> {
        let of_kind = self.order.iter().filter(move |(known, _)| known == kind);
        of_kind.map(|(_, id)| id.as_str())
    }

    /// File, type and id of all items, in order.
    pub fn all(&self) -> impl Iterator<Item = (&Rc<str>, &String, &String)> {
        self.order.iter().filter_map(|key| {
            let (file, _) = self.items.get(key)?;
            Some((file, &key.0, &key.1))
        })
    }

    /// How many items of a type are not among some.
    pub fn unused(&self, kind: &str, used: &HashSet<(String, String)>) -> u64 {
        let of_kind = self.order.iter().filter(|key| key.0 == kind);
        of_kind.filter(|key| !used.contains(*key)).count() as u64
    }

    fn item(&self, (kind, id): ItemKey<'_>) -> Option<&(Rc<str>, Json)> {
        self.items.get(&(kind.to_owned(), id.to_owned()))
    }

    /// The file that has an item.
    pub fn file_of(&self, key: ItemKey<'_>) -> Option<Rc<str>> {
        self.item(key).map(|(file, _)| file.clone())
    }

    /// The attributes of an item; null without them.
    pub fn attributes(&self, key: ItemKey<'_>) -> &Json {
        self.item(key)
            .map_or(&NOTHING, |(_, item)| &item["attributes"])
    }

    /// The relationships of an item; null without them.
    pub fn relationships(&self, key: ItemKey<'_>) -> &Json {
        self.item(key)
            .map_or(&NOTHING, |(_, item)| &item["relationships"])
    }

    /// The ids that an item refers to by the name of a relationship, else those of the items of this type that refer to it.
    pub fn related(&self, key: ItemKey<'_>, name: &str) -> Vec<String> {
        let item = self.item(key).map_or(&NOTHING, |(_, item)| item);
        let own = references(&item["relationships"][name]);
        if !own.is_empty() {
            return own.into_iter().map(|(_, id)| id).collect();
        }
        let key = (key.0.to_owned(), key.1.to_owned());
        let others = self.reverse.get(&key).into_iter().flatten();
        let of_kind = others.filter(|(kind, _)| kind == name);
        of_kind.map(|(_, id)| id.clone()).collect()
    }
}

/// An id, which some servers write as a number.
fn id_of(item: &Json) -> Option<String> {
    match &item["id"] {
        Json::String(id) => Some(id.clone()),
        Json::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Type and id of all items that a relationship has.
pub(super) fn references(related: &Json) -> Vec<(String, String)> {
    let data = &related["data"];
    let single = std::slice::from_ref(data);
    let items = data.as_array().map_or(single, Vec::as_slice).iter();
    let keys = items.filter_map(|item| Some((item["type"].as_str()?.to_owned(), id_of(item)?)));
    keys.collect()
}
