//! The people of a study or an investigation: one of them is its contact.

use serde_json::Value as Json;

use super::annotation::{items, text_of};
use super::titled_values::{PERSON, own_values};
use crate::conversion::read::titled_value::TitledValue;

/// The first person with an e-mail address.
pub(super) fn contact(object: &Json) -> Option<Vec<TitledValue>> {
    let mut people = items(object, "people");
    let person = people.find(|person| text_of(&person["email"]).is_some())?;
    let mut values = Vec::new();
    let mut add = |title: &str, text: Option<String>| {
        values.extend(text.map(|text| (PERSON, title.to_owned(), text)));
    };
    let without = [
        "firstName",
        "midInitials",
        "lastName",
        "email",
        "orcid",
        "comments",
    ];
    add("name", name(person));
    add("e-mail", text_of(&person["email"]));
    add("orcid", text_of(&person["orcid"]));
    for comment in items(person, "comments") {
        let name = text_of(&comment["name"]).unwrap_or_default();
        let title = match name.to_lowercase().contains("orcid") {
            true => "orcid".to_owned(),
            false => format!("comment {name}"),
        };
        add(&title, text_of(&comment["value"]));
    }
    values.extend(own_values(PERSON, person, &without));
    Some(values)
}

/// The names of those who are no contact.
pub(super) fn other_people(origin: usize, object: &Json) -> Vec<TitledValue> {
    let contact = contact(object).unwrap_or_default();
    let names = items(object, "people").filter_map(name);
    let others: Vec<String> = names
        .filter(|name| !contact.iter().any(|(_, _, text)| text == name))
        .collect();
    match others.is_empty() {
        true => Vec::new(),
        false => vec![(origin, "other people".to_owned(), others.join(";"))],
    }
}

fn name(person: &Json) -> Option<String> {
    let parts = ["firstName", "midInitials", "lastName"];
    let parts: Vec<String> = parts
        .iter()
        .filter_map(|key| text_of(&person[*key]))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
