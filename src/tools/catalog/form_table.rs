//! The catalog for drop-downs: the first columns of the catalog's table, then what a form shows and sends.
//!
//! Galaxy fills drop-downs from the first megabyte of a dataset. So the table stays below [`ROOM`] bytes, the most
//! useful rows first, and holds only values that can be seen, that a condition finds and that hold no secret. The names of
//! hub and attribute and the value are escaped as in all our tables; who reads what a form sends undoes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::common_names::CommonNames;
use crate::tables;
use crate::tables::tsv::{escape_clean, label as as_label};
use crate::text::{counted, secrets, shortened};
use crate::tools::catalog::entries::{Catalog, CatalogAttribute, CatalogValue, HubCatalog};
use crate::trackfind::hub_name::HubName;
use crate::vocabulary::Vocabulary;

/// The titles of its columns.
pub const TITLES: [&str; 10] = [
    "repository",
    "hub",
    "category",
    "attribute",
    "value",
    "tracks",
    "hub_name",
    "attribute_name",
    "attribute_label",
    "value_label",
];

/// The table is shorter than this, in bytes.
pub const ROOM: usize = 1_000_000;

/// Most characters of a value in its label.
const LONGEST_LABEL: usize = 120;

/// The table and what is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormTable {
    /// All lines.
    pub text: String,
    /// The omissions of each hub, if any.
    pub left_out: Vec<OmittedHub>,
}

/// The omissions of a hub.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OmittedHub {
    /// The hub.
    pub hub: String,
    /// Attributes that are cut to their most frequent values to fit the size limit: name, values in the table, values in all.
    pub cut: Vec<(String, usize, usize)>,
    /// Attributes that conditions cannot ask for.
    pub unreachable: Vec<String>,
    /// Values that no track has.
    pub without_tracks: usize,
    /// Values of nothing but blanks, which are invisible in a list.
    pub blank: usize,
    /// Values that hold a secret, such as an address with a password: without it no condition would find them.
    pub secret: usize,
}

impl OmittedHub {
    fn is_nothing(&self) -> bool {
        let without_name = OmittedHub {
            hub: String::new(),
            ..self.clone()
        };
        without_name == OmittedHub::default()
    }
}

/// Writes the table in less than `room` bytes. Hubs share the room: what one of them does not need the others have.
pub fn write(catalog: &Catalog, vocabulary: &Vocabulary, room: usize) -> FormTable {
    let mut text = tables::title_line(TITLES);
    let hubs = catalog.hubs.iter();
    let (forms, mut left_out): (Vec<_>, Vec<_>) = hubs.map(|hub| form(hub, vocabulary)).unzip();
    let lengths = forms.iter().map(|form| form.length(Cut::NONE, usize::MAX));
    let lengths: Vec<usize> = lengths.collect();
    let rooms = shared(room.saturating_sub(text.len() + 1), &lengths);
    for ((form, room), left_out) in forms.iter().zip(rooms).zip(&mut left_out) {
        let written = form.write(form.cut(room), room);
        text += &written;
        left_out.cut = form.missing(&written);
    }
    left_out.retain(|left_out| !left_out.is_nothing());
    FormTable { text, left_out }
}

/// What each has of `room` if all want these lengths: the same, but that what one does not need the others have.
fn shared(room: usize, wanted: &[usize]) -> Vec<usize> {
    let mut by_size: Vec<usize> = (0..wanted.len()).collect();
    by_size.sort_by_key(|&place| wanted[place]);
    let mut rooms = vec![0; wanted.len()];
    let (mut left, mut waiting) = (room, wanted.len());
    for place in by_size {
        rooms[place] = wanted[place].min(left / waiting);
        left -= rooms[place];
        waiting -= 1;
    }
    rooms
}

/// A hub's part of the table before it is cut.
struct Form<'c> {
    name: &'c HubName,
    attributes: Vec<FormAttribute<'c>>,
}

struct FormAttribute<'c> {
    attribute: &'c CatalogAttribute,
    /// Each with its label.
    values: Vec<(&'c CatalogValue, String)>,
    is_address: bool,
}

/// Maximum number of values of an attribute that classifies tracks, and of one that identifies objects.
#[derive(Clone, Copy)]
struct Cut {
    others: usize,
    addresses: usize,
}

impl Cut {
    const NONE: Cut = Cut {
        others: usize::MAX,
        addresses: usize::MAX,
    };
}

/// The values of a hub that fit the form, and those that never do.
fn form<'c>(hub: &'c HubCatalog, vocabulary: &Vocabulary) -> (Form<'c>, OmittedHub) {
    let mut left_out = OmittedHub {
        hub: hub.name.to_string(),
        ..OmittedHub::default()
    };
    // Galaxy takes a line that starts with `#` for a comment.
    let names = [&hub.name.repository, &hub.name.hub];
    let is_hub_writable = names
        .iter()
        .all(|name| !name.trim().is_empty() && !name.starts_with('#'));
    let mut attributes = Vec::new();
    for attribute in &hub.attributes {
        let is_named_well = secrets::is_clean(&attribute.name());
        if !is_hub_writable || !is_named_well || attribute.as_condition().is_none() {
            left_out.unreachable.push(attribute.name());
            continue;
        }
        let names = CommonNames::of(attribute, vocabulary);
        let mut values = Vec::new();
        for value in &attribute.values {
            if value.tracks == Some(0) {
                left_out.without_tracks += 1;
            } else if value.text.trim().is_empty() {
                left_out.blank += 1;
            } else if !secrets::is_clean(&value.text) {
                left_out.secret += 1;
            } else {
                values.push((value, value_label(value, &names)));
            }
        }
        if !values.is_empty() {
            attributes.push(FormAttribute {
                is_address: attribute.is_address(hub.tracks),
                attribute,
                values,
            });
        }
    }
    let name = &hub.name;
    (Form { name, attributes }, left_out)
}

impl Form<'_> {
    /// The cut that fits into `room`: addresses give way first, then all attributes to the same number of values.
    fn cut(&self, room: usize) -> Cut {
        let fits = |cut| self.length(cut, room) <= room;
        if fits(Cut::NONE) {
            return Cut::NONE;
        }
        let most = |is_address| {
            let alike = self.attributes.iter();
            let alike = alike.filter(|a| a.is_address == is_address);
            let sizes = alike.map(|attribute| attribute.values.len());
            sizes.max().unwrap_or(0)
        };
        let others = usize::MAX;
        if fits(Cut {
            others,
            addresses: 0,
        }) {
            let addresses = largest(most(true), &|addresses| fits(Cut { others, addresses }));
            return Cut { others, addresses };
        }
        let others = largest(most(false), &|others| {
            fits(Cut {
                others,
                addresses: 0,
            })
        });
        // Where not even one value of each fits, those that come first are in the table until it is full.
        Cut {
            others: others.max(1),
            addresses: 0,
        }
    }

    /// How long the lines are; some number larger than `enough` if they are longer than that.
    fn length(&self, cut: Cut, enough: usize) -> usize {
        let mut length = 0;
        self.lines(cut, &mut |line| {
            length += line.len();
            length <= enough
        });
        length
    }

    fn write(&self, cut: Cut, room: usize) -> String {
        let mut text = String::new();
        self.lines(cut, &mut |line| {
            let fits = text.len() + line.len() <= room;
            if fits {
                text += line;
            }
            fits
        });
        text
    }

    /// Shows `visit` the lines until it has seen enough.
    fn lines(&self, cut: Cut, visit: &mut dyn FnMut(&str) -> bool) {
        let [repository, hub] =
            [&self.name.repository, &self.name.hub].map(|name| escape_clean(name));
        let hub_name = escape_clean(&self.name.to_string());
        for part in &self.attributes {
            let attribute = part.attribute;
            let most = if part.is_address {
                cut.addresses
            } else {
                cut.others
            };
            let name = escape_clean(&attribute.name());
            let label = as_label(&label(attribute, part.values.len(), most));
            for (value, value_label) in part.values.iter().take(most) {
                let tracks = value
                    .tracks
                    .map_or_else(String::new, |tracks| tracks.to_string());
                let line = format!(
                    "{repository}\t{hub}\t{}\t{}\t{}\t{tracks}\t{hub_name}\t{name}\t{label}\t{}\n",
                    escape_clean(&attribute.category),
                    escape_clean(&attribute.path),
                    escape_clean(&value.text),
                    as_label(value_label)
                );
                if !visit(&line) {
                    return;
                }
            }
        }
    }

    /// Attributes with omitted values: name, number of values in the table, number of all values.
    fn missing(&self, lines: &str) -> Vec<(String, usize, usize)> {
        let mut there: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (_, cells) in tables::rows(lines) {
            if let [_, _, category, path, ..] = cells[..] {
                *there.entry((category, path)).or_default() += 1;
            }
        }
        let all = self.attributes.iter().map(|part| {
            let [category, path] =
                [&part.attribute.category, &part.attribute.path].map(|text| escape_clean(text));
            let key = (category.as_str(), path.as_str());
            let there = there.get(&key).copied().unwrap_or(0);
            (part.attribute.name(), there, part.values.len())
        });
        all.filter(|(_, there, all)| there < all).collect()
    }
}

/// The largest number up to `most` that fits, if larger ones take more room; 0 is taken to fit.
fn largest(most: usize, fits: &dyn Fn(usize) -> bool) -> usize {
    let (mut fitting, mut too_large) = (0, most + 1);
    while too_large - fitting > 1 {
        let middle = fitting + (too_large - fitting) / 2;
        if fits(middle) {
            fitting = middle;
        } else {
            too_large = middle;
        }
    }
    fitting
}

/// The label of an attribute of `all` values, of which at most `most` are in the table.
fn label(attribute: &CatalogAttribute, all: usize, most: usize) -> String {
    let name = attribute
        .plain_name()
        .map_or_else(|| shown(&attribute.name()), str::to_owned);
    match (all, most) {
        (1, _) => format!("{name} (1 value)"),
        (all, most) if most < all => format!("{name} ({most} of {all} values)"),
        _ => format!("{name} ({all} values)"),
    }
}

/// The label of a value: its text, how many tracks have it, and its names in use, which the search of a drop-down finds.
fn value_label(value: &CatalogValue, names: &CommonNames<'_>) -> String {
    let mut label = shown(&value.text);
    if let Some(tracks) = value.tracks {
        let _ = write!(label, " ({})", counted(tracks, "track"));
    }
    let names = names.names(&value.text);
    if !names.is_empty() {
        let _ = write!(label, " · {}", names.join(", "));
    }
    label
}

/// A text as a label has it: on one line, not too long.
fn shown(text: &str) -> String {
    shortened(&text.replace(['\t', '\n', '\r'], " "), LONGEST_LABEL)
}

#[cfg(test)]
mod tests;
