//! The statement that TrackFind generates, and PostgreSQL's messages about a query in it.

use crate::query::lexer::{self, Token};
use crate::query::{QueryError, QueryFault};
use crate::trackfind::server::selection::Selection;
use crate::trackfind::server::store::StoredHub;

/// The query as PostgreSQL gets to see it: TrackFind doubles every question mark, and the driver undoes that in
/// operators only, so that those inside of literals stay doubled.
pub(super) fn doubled(query: &str) -> String {
    let Ok(lexemes) = lexer::tokens(query) else {
        return query.to_owned();
    };
    let mut doubled = String::with_capacity(query.len());
    let mut done = 0;
    for lexeme in lexemes {
        if matches!(lexeme.token, Token::Text(_) | Token::QuotedName(_)) {
            doubled.push_str(&query[done..lexeme.span.start]);
            doubled.push_str(&query[lexeme.span.clone()].replace('?', "??"));
            done = lexeme.span.end;
        }
    }
    doubled.push_str(&query[done..]);
    doubled
}

/// The statement up to the query.
pub(super) fn statement(kept: &StoredHub, selection: &Selection) -> String {
    let aliases = || {
        selection
            .shown
            .iter()
            .map(|&place| &selection.aliases[place])
    };
    let columns: Vec<String> = aliases()
        .map(|alias| &alias.name)
        .map(|name| format!("{name}.content \"{name}_content\", {name}.id {name}_id"))
        .collect();
    let tables: Vec<String> = aliases()
        .map(|alias| format!("tf_current_objects {}", alias.name))
        .collect();
    let types: String = aliases()
        .filter_map(|alias| {
            let number = alias.number?;
            Some(format!("{}.object_type_id = {number} AND ", alias.name))
        })
        .collect();
    let is_selected = |name: &str| aliases().any(|alias| alias.name == name);
    let joins: String = kept
        .references
        .iter()
        .filter(|reference| is_selected(&reference.from) && is_selected(&reference.to))
        .map(|reference| {
            format!(
                "{}.content -> '{}' = {}.content -> '{}' AND ",
                reference.from, reference.from_attribute, reference.to, reference.to_attribute
            )
        })
        .collect();
    format!(
        "SELECT DISTINCT {}\nFROM {}\nWHERE {types}\n{joins}\n",
        columns.join(", "),
        tables.join(", ")
    )
}

/// PostgreSQL's message about `error` in `query`, which follows `statement`.
pub(super) fn message(statement: &str, query: &str, error: &QueryError) -> String {
    let before = query.get(..error.span.start).unwrap_or(query);
    let position = statement.chars().count() + before.chars().count() + 1;
    let found = query.get(error.span.clone()).unwrap_or_default();
    format!(
        "ERROR: {}\n  Position: {position}",
        said(query, found, error)
    )
}

fn said(query: &str, found: &str, error: &QueryError) -> String {
    let rest = query.get(error.span.start..).unwrap_or_default();
    match error.reason {
        QueryFault::Syntax if is_unclosed_quote(&error.message) => {
            format!("unterminated quoted string at or near \"{rest}\"")
        }
        QueryFault::Syntax if rest.trim().is_empty() => "syntax error at end of input".to_owned(),
        QueryFault::Syntax => format!("syntax error at or near \"{found}\""),
        QueryFault::Name => match found.split_once('.') {
            Some((alias, _)) => format!(
                "missing FROM-clause entry for table \"{}\"",
                alias.to_lowercase()
            ),
            None if found.eq_ignore_ascii_case("content") => {
                "column reference \"content\" is ambiguous".to_owned()
            }
            None => format!("column \"{}\" does not exist", found.trim_matches('"')),
        },
        QueryFault::Type if error.message.contains("expected JSON") => {
            "invalid input syntax for type json".to_owned()
        }
        QueryFault::Type => match error.message.split_once(", expected a condition") {
            Some((found, _)) => format!(
                "argument of WHERE must be type boolean, not type {}",
                found.trim_start_matches("found ")
            ),
            None => format!("operator does not exist: {found}"),
        },
        QueryFault::Pattern => "invalid regular expression".to_owned(),
        QueryFault::Limit => "stack depth limit exceeded".to_owned(),
        QueryFault::NotSupported => error.message.clone(),
    }
}

/// Whether a message is about `'` or `"` without its partner.
fn is_unclosed_quote(message: &str) -> bool {
    ["unclosed quote", "unclosed double quote"]
        .iter()
        .any(|fault| message.contains(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_marks_double_inside_of_literals_only() {
        assert_eq!(
            doubled("a.content->'k?' ?| array['?'] -- ?\nAND a.content ? 'x'"),
            "a.content->'k??' ?| array['??'] -- ?\nAND a.content ? 'x'"
        );
        assert_eq!(doubled("'open?"), "'open?");
    }
}
