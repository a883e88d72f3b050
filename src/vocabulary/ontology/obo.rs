//! Ontologies in OBO format.

use std::collections::HashMap;

use super::{OntologyTerms, prefix};
use crate::vocabulary::term_table::TermTableError;
use crate::vocabulary::vocabulary_term::{ObsoleteTerm, WrittenTerm};

/// The terms of the `[Term]` stanzas.
///
/// # Errors
/// The first line of a term that breaks the format.
pub(super) fn terms(text: &str) -> Result<OntologyTerms, TermTableError> {
    let mut terms = OntologyTerms::default();
    let mut lines: HashMap<String, (usize, String)> = HashMap::new();
    let mut finish = |stanza: Stanza| {
        let Stanza { line, .. } = stanza;
        if stanza.term.id.is_empty() {
            let problem = "found a [Term] stanza without `id:`".to_owned();
            return Err(TermTableError { line, problem });
        }
        let (id, label) = (stanza.term.id.clone(), stanza.term.label.clone());
        let (first, known) = lines.entry(id).or_insert_with(|| (line, label.clone()));
        if *known != label && !label.is_empty() {
            let id = &stanza.term.id;
            let problem = format!(
                "found the id `{id}` of `{label}`, which line {first} has for `{known}`, expected an id for each term"
            );
            return Err(TermTableError { line, problem });
        }
        stanza.finish(&mut terms);
        Ok(())
    };
    let mut stanza: Option<Stanza> = None;
    for (line, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if text.starts_with('[') {
            stanza.take().map_or(Ok(()), &mut finish)?;
            stanza = (text == "[Term]").then(|| Stanza {
                line,
                ..Stanza::default()
            });
            continue;
        }
        if let (Some(stanza), Some((tag, value))) = (&mut stanza, text.split_once(':')) {
            let problem = |problem: String| TermTableError { line, problem };
            stanza.take(tag, value.trim()).map_err(problem)?;
        }
    }
    stanza.map_or(Ok(()), finish)?;
    Ok(terms)
}

#[derive(Default)]
struct Stanza {
    line: usize,
    term: WrittenTerm,
    parts_of: Vec<String>,
    is_obsolete: bool,
    replaced_by: Vec<String>,
}

impl Stanza {
    fn take(&mut self, tag: &str, value: &str) -> Result<(), String> {
        match tag {
            "id" => first_word(value).clone_into(&mut self.term.id),
            "name" => self.term.label = unescaped(without_comment(value)),
            "is_a" => self.term.broader.push(first_word(value).to_owned()),
            "relationship" => {
                let (relation, other) = value.split_once(' ').unwrap_or_default();
                if ["part_of", "BFO:0000050"].contains(&relation) {
                    self.parts_of.push(first_word(other.trim()).to_owned());
                }
            }
            "synonym" => {
                let (name, scope) = quoted(value).ok_or_else(|| {
                    format!("found the synonym {value}, expected a text in quotes and its scope")
                })?;
                let names = if first_word(scope.trim()) == "EXACT" {
                    &mut self.term.synonyms
                } else {
                    &mut self.term.related
                };
                names.push(name);
            }
            "replaced_by" => self.replaced_by.push(first_word(value).to_owned()),
            "is_obsolete" => self.is_obsolete = first_word(value) == "true",
            _ => {}
        }
        Ok(())
    }

    /// Adds the term, unless it is of another ontology and without a name.
    fn finish(mut self, terms: &mut OntologyTerms) {
        if self.is_obsolete {
            terms.obsolete.push(ObsoleteTerm {
                id: self.term.id,
                label: self.term.label,
                replaced_by: self.replaced_by,
            });
            return;
        }
        if self.term.label.is_empty() {
            return;
        }
        let own = prefix(&self.term.id);
        let whole = self.parts_of.into_iter();
        let whole: Vec<String> = whole.filter(|other| prefix(other) == own).collect();
        self.term.broader.extend(whole);
        terms.terms.push(self.term);
    }
}

fn first_word(value: &str) -> &str {
    value.split_whitespace().next().unwrap_or_default()
}

/// A value without the comment behind ` !` and the modifiers in braces.
fn without_comment(value: &str) -> &str {
    let value = value.split_once(" ! ").map_or(value, |(value, _)| value);
    value
        .split_once(" {")
        .map_or(value, |(value, _)| value)
        .trim()
}

/// The text in quotes at the start of a value, and what is behind it.
fn quoted(value: &str) -> Option<(String, &str)> {
    let inner = value.strip_prefix('"')?;
    let mut is_escaped = false;
    for (at, character) in inner.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return Some((unescaped(&inner[..at]), &inner[at + 1..])),
            _ => {}
        }
    }
    None
}

/// A text with the characters that its backslashes stand for.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next() {
            Some('n' | 't' | 'W') => plain.push(' '),
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}
