//! The parameters of a job: of all that Galaxy keeps only what is certainly not private.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::text::json;
use crate::text::private_text::is_public;
use crate::text::secrets::names::{
    is_free_text_parameter, is_secret_tool_parameter, looks_like_a_key,
};
use crate::text::secrets::without_credentials;

/// Galaxy's own tools that move files; their parameters are paths, contents and addresses of what a user brought.
#[rustfmt::skip]
const TRANSFER_TOOLS: [&str; 5] = [
    "upload1", "data_fetch", "__DATA_FETCH__", "__IMPORT_HISTORY__", "__EXPORT_HISTORY__",
];
/// Parameters that are Galaxy's own.
const NAMES_WITHOUT: [&str; 2] = ["chromInfo", "request_json"];
/// How many characters a text may have.
const LONGEST_TEXT: usize = 500;
/// How many characters a name may have.
const LONGEST_NAME: usize = 200;
/// How many digits and signs a number may have.
const LONGEST_NUMBER: usize = 30;
/// How far values are nested, at most.
const DEEPEST: usize = 20;

/// The parameters of a tool that may be published: booleans, numbers, short texts and lists of these, by the names of the form
/// (`conditional|parameter`, `repeat_0|parameter`).
pub(super) fn public_parameters(
    tool: &str,
    given: BTreeMap<String, Json>,
) -> BTreeMap<String, Json> {
    let mut kept = BTreeMap::new();
    if !is_transfer_tool(tool) {
        for (name, value) in given {
            add(name, value, 0, &mut kept);
        }
    }
    kept
}

/// Whether an id is that of a tool that uploads, fetches, imports or exports files, without a change to their data.
///
/// ```
/// use fairtracks::galaxy::lineage::is_transfer_tool;
/// assert!(is_transfer_tool("__DATA_FETCH__"));
/// assert!(!is_transfer_tool("sort1"));
/// ```
pub fn is_transfer_tool(tool: &str) -> bool {
    let mut parts = tool.split('/');
    parts.any(|part| TRANSFER_TOOLS.contains(&part))
}

fn is_named_well(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.starts_with("__") && !NAMES_WITHOUT.contains(&part) && !is_secret_tool_parameter(part)
    };
    name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control)
        && name.split('|').all(is_part)
        && is_public(name)
}

fn add(name: String, value: Json, depth: usize, kept: &mut BTreeMap<String, Json>) {
    if depth > DEEPEST || !is_named_well(&name) {
        return;
    }
    match decoded(value) {
        Json::Object(members) if is_dataset(&members) => {}
        Json::Object(members) => {
            for (inner, value) in members {
                add(format!("{name}|{inner}"), value, depth + 1, kept);
            }
        }
        Json::Array(items) if items.iter().any(Json::is_object) => {
            for (position, item) in items.into_iter().enumerate() {
                if item.is_object() {
                    add(format!("{name}_{position}"), item, depth + 1, kept);
                }
            }
        }
        Json::Array(items) => {
            let public_parameters: Option<Vec<Json>> =
                items.into_iter().map(|item| plain(&name, item)).collect();
            if let Some(public_parameters) =
                public_parameters.filter(|public_parameters| !public_parameters.is_empty())
            {
                kept.entry(name).or_insert(Json::Array(public_parameters));
            }
        }
        value => {
            if let Some(value) = plain(&name, value) {
                kept.entry(name).or_insert(value);
            }
        }
    }
}

/// Whether an object is Galaxy's way to name a dataset or a collection.
fn is_dataset(members: &Map<String, Json>) -> bool {
    members.contains_key("src")
        || members.get("values").is_some_and(|values| {
            values
                .as_array()
                .is_some_and(|all| all.iter().all(|one| one.is_object()))
        })
}

/// A value out of the JSON that Galaxy packs it in, as often as it does.
fn decoded(mut value: Json) -> Json {
    while let Json::String(text) = &value {
        if !text.trim_start().starts_with(['"', '{', '[']) {
            break;
        }
        match json::parse(text) {
            Ok(inner) => value = inner,
            Err(_) => break,
        }
    }
    value
}

/// The value of a parameter, if it is not private.
fn plain(name: &str, value: Json) -> Option<Json> {
    match decoded(value) {
        Json::String(_) if is_free_text_parameter(name.rsplit('|').next().unwrap_or(name)) => None,
        Json::String(text) => {
            let is_short =
                text.chars().count() <= LONGEST_TEXT && !text.chars().any(char::is_control);
            let text = is_short.then(|| without_credentials(&text))?;
            (is_public(&text) && !looks_like_a_key(&text)).then_some(Json::String(text))
        }
        Json::Number(number) => {
            (number.to_string().len() <= LONGEST_NUMBER).then_some(Json::Number(number))
        }
        Json::Bool(bool) => Some(Json::Bool(bool)),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
