//! The rows of a search as TrackFind's converter writes them.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::converter::{self, Cells, Converter, ConverterError, EMPTY};
use super::error_answer::AsTrackFind;
use super::java;
use crate::trackfind::server::gsuite::{WantedAttributes, at, of_each, put};
use crate::trackfind::server::problem::Problem;
use crate::trackfind::server::search::FoundRows;
use crate::trackfind::server::selection::Selection;
use crate::trackfind::server::store::Store;

/// TrackFind's response when the converter fails.
const CONVERTER_FAILED: &str = "500 INTERNAL SERVER ERROR: [<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">\n\
    <title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n]";
/// Writes rows as the converter does, with all attributes or only the wanted ones.
pub(super) fn write(
    store: &Store,
    selection: &Selection,
    found: &FoundRows,
    wanted: Option<&WantedAttributes<'_>>,
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
        let others = selection.shown.iter().filter(|&&place| place != tracks);
        let others: Vec<&Cells> = others.filter_map(|&place| of(place)).collect();
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
fn chosen(wanted: &WantedAttributes<'_>, category: &str, object: &Json) -> Option<Json> {
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
