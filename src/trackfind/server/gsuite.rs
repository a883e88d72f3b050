//! The rows of a search as GSuite.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::HubOptions;
use super::converter::{self, Cells, Converter, ConverterError, EMPTY};
use super::java;
use super::problem::{AsTrackFind, Problem};
use super::search::FoundRows;
use super::selection::Selection;
use super::store::Store;
use crate::fairtracks::category::Category;
use crate::fairtracks::hit::Hit;
use crate::gsuite;

/// TrackFind's response when the converter fails.
const CONVERTER_FAILED: &str = "500 INTERNAL SERVER ERROR: [<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">\n\
    <title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n]";
/// Attributes that a track in a GSuite file requires.
const NEEDED: [&str; 4] = ["file_url", "label_short", "assembly_name", "local_id"];

/// The attributes that the parameter `attributes` names: of a category each, the keys of a path.
type Wanted<'a> = Vec<(&'a str, Vec<&'a str>)>;

/// Writes rows as GSuite, with all attributes or those that `attributes` names.
pub(super) fn write(
    store: &Store,
    options: &HubOptions,
    selection: &Selection,
    found: &FoundRows,
    attributes: Option<&str>,
) -> Result<String, Problem> {
    let wanted = attributes.filter(|list| !list.is_empty()).map(read);
    if options.faithful {
        as_converted(store, selection, found, wanted.as_ref())
    } else {
        Ok(as_our_own(store, selection, found, wanted.as_ref()))
    }
}

/// The attributes of a list such as `tracks.content->'file_format'->'term_label',samples.content->'species_id'`.
fn read(list: &str) -> Wanted<'_> {
    list.split(',')
        .map(|item| {
            let (category, path) = item.split_once(".content->").unwrap_or((item, ""));
            let keys = path.split("->").map(|key| key.trim_matches('\''));
            (category, keys.collect())
        })
        .collect()
}

/// The value at the keys.
fn at<'o>(object: &'o Json, keys: &[&str]) -> Option<&'o Json> {
    keys.iter().try_fold(object, |value, key| value.get(key))
}

/// Puts a value where the keys lead, in objects that are made for it.
fn put(object: &mut Map<String, Json>, keys: &[&str], value: Json) {
    match keys {
        [] => {}
        [key] => {
            object.insert((*key).to_owned(), value);
        }
        [key, below @ ..] => {
            let member = object
                .entry(*key)
                .or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(member) = member {
                put(member, below, value);
            }
        }
    }
}

/// Maps each object of the rows once.
fn of_each<T>(
    found: &FoundRows,
    mut make: impl FnMut(usize, usize) -> T,
) -> HashMap<(usize, usize), T> {
    let mut made = HashMap::new();
    for row in found.rows() {
        for (place, &id) in row.iter().enumerate() {
            made.entry((place, id)).or_insert_with(|| make(place, id));
        }
    }
    made
}

/// The output of TrackFind's converter.
fn as_converted(
    store: &Store,
    selection: &Selection,
    found: &FoundRows,
    wanted: Option<&Wanted<'_>>,
) -> Result<String, Problem> {
    let is_selected = |name: &str| selection.aliases.iter().any(|alias| alias.name == name);
    let is_shown = |name: &str| {
        wanted.is_none_or(|wanted| wanted.iter().any(|(category, _)| *category == name))
    };
    // If the selection of attributes fails, TrackFind continues without rows.
    if wanted.is_some_and(|wanted| !wanted.iter().all(|(category, _)| is_selected(category))) {
        return Ok(EMPTY.to_owned());
    }
    let tracks = selection
        .aliases
        .iter()
        .position(|alias| alias.name == "tracks");
    let Some(tracks) = tracks.filter(|_| is_shown("tracks")) else {
        return Ok(EMPTY.to_owned());
    };
    let mut nothing_chosen = false;
    let cells = of_each(found, |place, id| {
        let name = selection.aliases[place].name.as_str();
        if name == "doc_info" || !is_shown(name) {
            return Ok(Cells::new());
        }
        let object = &store.objects[id].json;
        match wanted.map(|wanted| chosen(wanted, name, object)) {
            None => converter::cells(name, object),
            Some(Some(chosen)) => converter::cells(name, &chosen),
            Some(None) => {
                nothing_chosen = true;
                Ok(Cells::new())
            }
        }
    });
    if nothing_chosen {
        return Ok(EMPTY.to_owned());
    }
    let cells: Result<HashMap<_, Cells>, ConverterError> = cells
        .into_iter()
        .map(|(place, cells)| Ok((place, cells?)))
        .collect();
    let cells = cells.map_err(|ConverterError| failed())?;
    let mut converter = Converter::default();
    for row in found.rows() {
        let of = |place: usize| cells.get(&(place, row[place]));
        let others: Vec<&Cells> = selection
            .shown
            .iter()
            .filter(|&&place| place != tracks)
            .filter_map(|&place| of(place))
            .collect();
        if let Some(track) = of(tracks) {
            converter
                .add(track, &others)
                .map_err(|ConverterError| failed())?;
        }
    }
    Ok(converter.finish())
}

fn failed() -> Problem {
    Problem::new(500, "gsuite", "the converter failed", 500)
        .trackfind(AsTrackFind::Text(500, CONVERTER_FAILED.to_owned()))
}

/// The chosen attributes of an object, a list of one value as that value; `None` where one is neither text nor list.
fn chosen(wanted: &Wanted<'_>, category: &str, object: &Json) -> Option<Json> {
    let mut kept = Map::new();
    for (_, keys) in wanted.iter().filter(|(name, _)| *name == category) {
        let value = match at(object, keys) {
            None => continue,
            Some(Json::Array(items)) if items.len() == 1 => items[0].clone(),
            Some(value @ (Json::Array(_) | Json::String(_))) => value.clone(),
            Some(_) => return None,
        };
        put(&mut kept, keys, value);
    }
    Some(sorted(Json::Object(kept)))
}

/// The members of every object in the order of a `HashMap`.
fn sorted(value: Json) -> Json {
    match value {
        Json::Object(members) => {
            let mut members: Vec<(String, Json)> = members.into_iter().collect();
            java::sort_grown(&mut members, |(key, _)| key);
            let members = members.into_iter().map(|(key, value)| (key, sorted(value)));
            Json::Object(members.collect())
        }
        other => other,
    }
}

/// As this project writes GSuite.
fn as_our_own(
    store: &Store,
    selection: &Selection,
    found: &FoundRows,
    wanted: Option<&Wanted<'_>>,
) -> String {
    let pruned: HashMap<(usize, usize), Json> = wanted
        .map(|wanted| {
            of_each(found, |place, id| {
                let name = selection.aliases[place].name.as_str();
                pruned(wanted, name, &store.objects[id].json)
            })
        })
        .unwrap_or_default();
    let hits: Vec<Hit<'_>> = found
        .rows()
        .map(|row| {
            let objects = row.iter().enumerate().filter_map(|(place, &id)| {
                let category = Category::named(&selection.aliases[place].name)?;
                let whole = &store.objects[id].json;
                Some((category, pruned.get(&(place, id)).unwrap_or(whole)))
            });
            Hit::new(objects.collect())
        })
        .filter(|hit| hit.object(Category::Tracks).is_some())
        .collect();
    gsuite::write(&hits).text
}

/// An object with the wanted attributes only, and those that every track needs.
fn pruned(wanted: &Wanted<'_>, category: &str, object: &Json) -> Json {
    let mut kept = Map::new();
    if category == "tracks" {
        for key in NEEDED {
            if let Some(value) = object.get(key) {
                kept.insert(key.to_owned(), value.clone());
            }
        }
    }
    for (_, keys) in wanted.iter().filter(|(name, _)| name.trim() == category) {
        if let Some(value) = at(object, keys) {
            put(&mut kept, keys, value.clone());
        }
    }
    Json::Object(kept)
}
