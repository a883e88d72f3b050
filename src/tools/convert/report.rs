//! The report for a curator: a verdict, what is in the document, and what needs work.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::conversion::chain::ConversionResult;
use crate::conversion::log::{LogOutcome, LogRowView};
use crate::fairtracks::category::Category;
use crate::galaxy::markdown::{code, plain, table as shown_table};

/// How many kinds of rows of one outcome the report shows; the table has all.
const MOST_IN_REPORT: usize = 30;

const COUNTED: [Category; 4] = [
    Category::Tracks,
    Category::Experiments,
    Category::Samples,
    Category::Studies,
];

/// The result in one sentence.
pub fn verdict(conversion: &ConversionResult) -> String {
    let log = &conversion.log;
    let counts = COUNTED
        .map(|category| counted(conversion, category))
        .join(", ");
    let broken = log.count(LogOutcome::Missing) + log.count(LogOutcome::Broken);
    match broken {
        0 => format!("converted to {counts}; the document conforms to FAIRtracks"),
        1 => format!("converted to {counts}; 1 value is missing or breaks a rule of FAIRtracks"),
        many => format!(
            "converted to {counts}; {many} values are missing or break a rule of FAIRtracks"
        ),
    }
}

fn counted(conversion: &ConversionResult, category: Category) -> String {
    let count = conversion
        .counts
        .get(&category)
        .copied()
        .unwrap_or_default();
    let name = category.name();
    match (count, category) {
        (1, Category::Studies) => "1 study".to_owned(),
        (1, _) => format!("1 {}", name.trim_end_matches('s')),
        _ => format!("{count} {name}"),
    }
}

/// Alike rows.
struct RowGroup<'l> {
    first: LogRowView<'l>,
    records: u64,
}

/// The report in Galaxy's Markdown. `names` are the files, `table` is the output of the wrapper that holds the table, and `no_hits`
/// the sentence for a search without results.
pub fn markdown(
    conversion: &ConversionResult,
    names: &[String],
    rules: &str,
    table: &str,
    no_hits: Option<&str>,
) -> String {
    let mut text = format!(
        "# FAIRtracks convert\n\n**{}**\n\n",
        plain(&capital(&verdict(conversion)))
    );
    if let Some(sentence) = no_hits {
        let _ = writeln!(text, "{}: change the search.\n", plain(&capital(sentence)));
    }
    let more = names.len().saturating_sub(MOST_IN_REPORT);
    let names = names.iter().take(MOST_IN_REPORT).map(|name| code(name));
    let mut names: Vec<String> = names.collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let _ = writeln!(
        text,
        "Converted: {}. Rules: {}.\n",
        names.join(", "),
        code(rules)
    );
    let rows = conversion.log.views();
    for outcome in LogOutcome::ALL {
        let mut groups: BTreeMap<[&str; 3], RowGroup<'_>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.outcome() == outcome) {
            let reason = match outcome {
                // Reasons of changes name the values.
                LogOutcome::Changed => "",
                _ => row.reason(),
            };
            let group = groups
                .entry([row.field(), row.source_field(), reason])
                .or_insert(RowGroup {
                    first: *row,
                    records: 0,
                });
            group.records += row.records();
        }
        if groups.is_empty() {
            continue;
        }
        let mut groups: Vec<RowGroup<'_>> = groups.into_values().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.records));
        let _ = writeln!(text, "## {} ({})\n", title(outcome), groups.len());
        let has_values = outcome != LogOutcome::Missing;
        text += match has_values {
            true => {
                "| Field | Source field | Records | First record | First value | Reason |\n| --- | --- | --- | --- | --- | --- |\n"
            }
            false => {
                "FAIRtracks requires these values: state them in the form (`--set`) for all records, or in a table of edits.\n\n| Field | Records | First record | Reason |\n| --- | --- | --- | --- |\n"
            }
        };
        for group in groups.iter().take(MOST_IN_REPORT) {
            let first = group.first;
            let value = match (has_values, first.value()) {
                (true, "") => " |".to_owned(),
                (true, value) => format!(" {} |", code(value)),
                (false, _) => String::new(),
            };
            let source_field = match (has_values, first.source_field()) {
                (true, "") => " |".to_owned(),
                (true, title) => format!(" {} |", code(title)),
                (false, _) => String::new(),
            };
            let _ = writeln!(
                text,
                "| {} |{source_field} {} | {} |{value} {} |",
                code(first.field()),
                group.records,
                plain(first.record()),
                plain(first.reason())
            );
        }
        if groups.len() > MOST_IN_REPORT {
            let _ = writeln!(
                text,
                "\n{} more in the table.",
                groups.len() - MOST_IN_REPORT
            );
        }
        text.push('\n');
    }
    if !rows.is_empty() {
        text += &shown_table(table, "What was not filled or was changed");
    }
    text
}

fn title(outcome: LogOutcome) -> &'static str {
    match outcome {
        LogOutcome::Missing => "Missing values",
        LogOutcome::Broken => "Values that break a rule",
        LogOutcome::Doubtful => "Doubtful values",
        LogOutcome::NotTaken => "Values not taken over",
        LogOutcome::NotRead => "Columns not read",
        LogOutcome::NotNeeded => "Values not needed",
        LogOutcome::Changed => "Changed values",
        LogOutcome::Derived => "Derived values",
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
