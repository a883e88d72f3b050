//! The report of a catalog, in Galaxy's Markdown: an overview of each hub by the most important attributes.

use std::fmt::Write as _;

use super::common_names::CommonNames;
use super::form_table::OmittedHub;
use crate::fairtracks::summary_columns::HEADLINES;
use crate::galaxy::markdown::{code, plain, table as shown_table};
use crate::text::{counted, secrets, shortened};
use crate::tools::catalog::entries::{
    Catalog, CatalogAttribute, CatalogFilter, CatalogValue, HubCatalog,
};
use crate::vocabulary::Vocabulary;

mod limits;
#[cfg(test)]
mod tests;

use limits::sentences;

/// How many hubs are shown one by one.
const MOST_HUBS: usize = 20;
/// How many values of an attribute are shown.
const MOST_VALUES: usize = 10;
/// How many attributes are named besides those that every hub is looked through for.
const MOST_OTHERS: usize = 15;
const LONGEST_BAR: usize = 20;
/// Galaxy shows the columns of a table without room between them.
const GAP: &str = "&nbsp;";
const LONGEST_VALUE: usize = 80;

/// By what the tracks of each hub are counted: the headline, and what its values are called.
const COUNTED_BY: [(&str, &str); 6] = [
    ("cell_or_tissue", "Cell or tissue type"),
    ("assay", "Assay"),
    ("target", "Target"),
    ("assembly", "Genome assembly"),
    ("format", "File format"),
    ("condensed_data", "Type of condensed data"),
];

/// The context of the report.
#[derive(Debug, Clone, Copy)]
pub struct CatalogReportContext<'a> {
    /// The documents or the server, as their user knows them; one for each hub, or one for all.
    pub sources: &'a [String],
    /// The filter of the tables.
    pub wanted: &'a CatalogFilter,
    /// How many values the tables hold.
    pub rows: usize,
    /// Unavailable hubs, with the reason.
    pub failures: &'a [String],
    /// Remarks on single hubs.
    pub remarks: &'a [String],
    /// Omissions of the catalog for forms.
    pub left_out: &'a [OmittedHub],
    /// The output that holds the table.
    pub table: &'a str,
    /// The names that are known beside the built-in tables.
    pub vocabulary: &'a Vocabulary,
}

/// The result in one sentence.
pub fn verdict(catalog: &Catalog) -> String {
    let known: Vec<usize> = catalog.hubs.iter().filter_map(|hub| hub.tracks).collect();
    let unknown = catalog.hubs.len() - known.len();
    let tracks = counted(known.iter().sum(), "track");
    let hold = |verb: &str| match (known.len(), unknown) {
        (_, 0) => format!("{verb} {tracks}"),
        (0, _) => format!("{verb} an unknown number of tracks"),
        _ => format!("{verb} {tracks} ({} not counted)", counted(unknown, "hub")),
    };
    match catalog.hubs.as_slice() {
        [hub] => format!("The hub {} {}", hub.name, hold("holds")),
        hubs => format!("{} {}", counted(hubs.len(), "hub"), hold("hold")),
    }
}

/// The summary on standard error.
pub fn summary(catalog: &Catalog, about: CatalogReportContext<'_>) -> String {
    let mut lines = vec![verdict(catalog)];
    lines.push(held(about));
    lines.extend(about.failures.iter().cloned());
    lines.extend(about.remarks.iter().cloned());
    lines.extend(about.left_out.iter().flat_map(|left_out| {
        let sentences = sentences(left_out);
        sentences
            .into_iter()
            .map(|sentence| format!("not in the catalog for forms: {}: {sentence}", left_out.hub))
    }));
    lines.join("\n")
}

/// What the tables hold: `2 values of attributes with "x" in their name`.
fn held(about: CatalogReportContext<'_>) -> String {
    let wanted = about.wanted;
    let mut text = counted(about.rows, "value");
    if !wanted.attribute.is_empty() {
        let attribute = &wanted.attribute;
        let _ = write!(text, " of attributes with `{attribute}` in their name");
    }
    if !wanted.value.is_empty() {
        let _ = write!(text, " with `{}` in them or in their names", wanted.value);
    }
    if !wanted.categories.is_empty() {
        let _ = write!(text, " in {}", wanted.categories.join(", "));
    }
    text
}

/// The report on whole hubs; the tables may be restricted.
pub fn markdown(catalog: &Catalog, about: CatalogReportContext<'_>) -> String {
    let mut text = format!("# FAIRtracks catalog\n\n**{}**\n", plain(&verdict(catalog)));
    list("Unavailable hubs", about.failures, &mut text);
    if catalog.hubs.len() > 1 {
        overview(&catalog.hubs, &mut text);
    }
    for (place, hub) in catalog.hubs.iter().enumerate().take(MOST_HUBS) {
        let source = match about.sources {
            [one] => Some(one),
            several => several.get(place),
        };
        let _ = write!(text, "\n## {}\n\n", plain(&hub.name.to_string()));
        if let Some(source) = source {
            let _ = write!(text, "From {}. ", code(source));
        }
        let _ = writeln!(text, "{}", size(hub));
        for (headline, title) in COUNTED_BY {
            if let Some(attribute) = of_headline(hub, headline) {
                values(hub, attribute, title, about.vocabulary, &mut text);
            }
        }
        others(hub, &mut text);
    }
    if catalog.hubs.len() > MOST_HUBS {
        let more = catalog.hubs.len() - MOST_HUBS;
        let more = counted(more, "more hub");
        let _ = write!(text, "\nand {more}; see the table.\n");
    }
    list("Notes", about.remarks, &mut text);
    let lacking: Vec<String> = about
        .left_out
        .iter()
        .flat_map(|left_out| {
            let sentences = sentences(left_out).into_iter();
            sentences.map(|sentence| format!("{}: {sentence}", left_out.hub))
        })
        .collect();
    list("Not in the catalog for forms", &lacking, &mut text);
    let _ = write!(text, "\n## Catalog\n\n{}.\n", plain(&held(about)));
    if about.rows > 0 {
        text.push('\n');
        text += &shown_table(about.table, "Attributes and values");
    }
    text
}

fn list(title: &str, sentences: &[String], text: &mut String) {
    if sentences.is_empty() {
        return;
    }
    let _ = write!(text, "\n## {title}\n\n");
    for sentence in sentences {
        let _ = writeln!(text, "- {}", plain(sentence));
    }
}

/// All hubs side by side.
fn overview(hubs: &[HubCatalog], text: &mut String) {
    let titles: Vec<String> = COUNTED_BY
        .iter()
        .map(|(_, title)| {
            format!("{title}s")
                .replace("assemblys", "assemblies")
                .replace("datas", "data")
        })
        .collect();
    let _ = write!(
        text,
        "\n## All hubs\n\n| Hub | Tracks | {GAP}{} |\n|---|--:|{}\n",
        titles.join(&format!(" | {GAP}")),
        "--:|".repeat(titles.len())
    );
    for hub in hubs {
        let counts: Vec<String> = COUNTED_BY
            .iter()
            .map(|(headline, _)| {
                of_headline(hub, headline)
                    .map_or(0, |attribute| attribute.values.len())
                    .to_string()
            })
            .collect();
        let tracks = hub
            .tracks
            .map_or_else(|| "?".to_owned(), |tracks| tracks.to_string());
        let (name, counts) = (plain(&hub.name.to_string()), counts.join(" | "));
        let _ = writeln!(text, "| {name} | {tracks} | {counts} |");
    }
}

/// How much a hub holds.
fn size(hub: &HubCatalog) -> String {
    let mut text = match hub.tracks {
        Some(tracks) => counted(tracks, "track"),
        None => "Number of tracks unknown".to_owned(),
    };
    text.push('.');
    match hub.incomplete {
        0 => {}
        1 => {
            text += " 1 of them lacks an experiment, sample or study; only a search that includes tracks without a sample finds it."
        }
        count => {
            let _ = write!(
                text,
                " {count} of them lack an experiment, sample or study; only a search that includes tracks without a sample finds them."
            );
        }
    }
    text
}

/// The attribute that answers a headline in this hub: the first of the headline's that has values.
fn of_headline<'h>(hub: &'h HubCatalog, title: &str) -> Option<&'h CatalogAttribute> {
    let headline = HEADLINES.iter().find(|headline| headline.title == title)?;
    let mut sources = headline.sources.iter();
    sources.find_map(|(category, path)| hub.attribute(*category, &path.join("->")))
}

/// A table of the values of an attribute, most tracks first, the rest summed up.
fn values(
    hub: &HubCatalog,
    attribute: &CatalogAttribute,
    title: &str,
    vocabulary: &Vocabulary,
    text: &mut String,
) {
    let names = CommonNames::of(attribute, vocabulary);
    let named = |value: &CatalogValue| {
        let usual = names.usual(&value.text);
        let usual = usual.map(|name| format!(" ({})", plain(&name)));
        value_text(&value.text) + &usual.unwrap_or_default()
    };
    // One more than fits is shown itself rather than summed up.
    let most = if attribute.values.len() == MOST_VALUES + 1 {
        MOST_VALUES + 1
    } else {
        MOST_VALUES
    };
    let (shown, rest) = attribute.values.split_at(attribute.values.len().min(most));
    let _ = write!(text, "\n### {title}\n\n");
    let Some(having) = attribute.tracks else {
        let named: Vec<String> = shown.iter().map(named).collect();
        let more = match rest.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let values = counted(attribute.values.len(), "value");
        let _ = writeln!(text, "{values}: {}{more}", named.join(", "));
        return;
    };
    let _ = write!(text, "| Value | Tracks | |\n|---|--:|---|\n");
    let count = |value: &CatalogValue| value.tracks.unwrap_or(0);
    let rest_tracks: usize = rest.iter().map(count).sum();
    let sum = rest_tracks + shown.iter().map(count).sum::<usize>();
    let largest = shown.iter().map(count).max().unwrap_or(0);
    for value in shown {
        let tracks = count(value);
        let (value, bar) = (named(value), bar(tracks, largest));
        let _ = writeln!(text, "| {value} | {tracks} | {GAP}{bar} |");
    }
    if !rest.is_empty() {
        // Tracks with several values would be counted several times.
        let tracks = if sum == having {
            rest_tracks.to_string()
        } else {
            String::new()
        };
        let _ = writeln!(text, "| *{} more values* | {tracks} | |", rest.len());
    }
    let without = counted_tracks(hub).saturating_sub(having);
    if without > 0 {
        let _ = writeln!(text, "| *no value* | {without} | |");
    }
}

/// How many tracks were looked at: a server does not show those that are incomplete, a document does, and then they have
/// the values of the whole document.
fn counted_tracks(hub: &HubCatalog) -> usize {
    let complete = hub.tracks.unwrap_or(0).saturating_sub(hub.incomplete);
    let having = hub.attributes.iter().filter_map(|other| other.tracks).max();
    having.unwrap_or(0).max(complete)
}

/// A bar as long as the share of the largest, at least one block where there is anything.
fn bar(count: usize, largest: usize) -> String {
    if count == 0 || largest == 0 {
        return String::new();
    }
    "█".repeat((count * LONGEST_BAR).div_ceil(largest))
}

fn value_text(value: &str) -> String {
    if value.trim().is_empty() {
        return "*blank*".to_owned();
    }
    // What is cut off would no longer be known for the secret that it is.
    plain(&shortened(&secrets::without(value), LONGEST_VALUE))
}

fn others(hub: &HubCatalog, text: &mut String) {
    let is_shown = |attribute: &CatalogAttribute| {
        COUNTED_BY.iter().any(|(headline, _)| {
            of_headline(hub, headline).is_some_and(|shown| std::ptr::eq(shown, attribute))
        })
    };
    let others = hub.attributes.iter();
    let others: Vec<&CatalogAttribute> = others.filter(|attribute| !is_shown(attribute)).collect();
    if others.is_empty() {
        return;
    }
    let _ = write!(
        text,
        "\n### Other attributes\n\n| Attribute | Values | {GAP}Tracks | {GAP}For example |\n|---|--:|--:|---|\n"
    );
    for attribute in others.iter().take(MOST_OTHERS) {
        let name = attribute.name();
        let name = match attribute.plain_name() {
            Some(plain_name) => format!("{plain_name}: {}", code(&name).replace('|', "\\|")),
            None => code(&name).replace('|', "\\|"),
        };
        let tracks = attribute
            .tracks
            .map_or_else(String::new, |tracks| tracks.to_string());
        let example = attribute.values.first();
        let example = example.map(|value| value_text(&value.text));
        let _ = writeln!(
            text,
            "| {name} | {} | {tracks} | {GAP}{} |",
            attribute.values.len(),
            example.unwrap_or_default()
        );
    }
    if others.len() > MOST_OTHERS {
        let more = others.len() - MOST_OTHERS;
        let more = counted(more, "more attribute");
        let _ = write!(text, "\nand {more}; see the table.\n");
    }
}
