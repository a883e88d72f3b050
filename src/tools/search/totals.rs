//! What searches of one query in several documents found together.

use crate::fairtracks::hit::LeftOut;
use crate::query::Unusable;
use crate::query::search::{ConjunctCount, SearchAnswer};
use crate::text::counted;

/// How much of a clause is shown, in characters.
const LONGEST_CLAUSE: usize = 200;

/// The sums of searches of one query.
#[derive(Debug, Default)]
pub struct SearchTotals {
    /// The number of documents.
    pub documents: usize,
    /// The tracks found.
    pub hits: usize,
    /// The tracks searched.
    pub searched: usize,
    /// The tracks that the joins drop.
    pub left_out: Vec<LeftOut>,
    /// The number of tracks that each of the query's outermost AND terms matches.
    pub terms: Vec<ConjunctCount>,
    /// Values that the query cannot use, which count as unknown.
    pub unusable: Vec<Unusable>,
    /// The hints of each document.
    hints: Vec<(String, Vec<String>)>,
}

impl SearchTotals {
    /// Adds the search of one more document, with the name of the document.
    pub fn add(&mut self, answer: &mut SearchAnswer<'_>, document: &str) {
        self.documents += 1;
        self.hits += answer.hits.len();
        self.searched += answer.searched;
        self.left_out.append(&mut answer.left_out);
        if self.terms.is_empty() {
            self.terms = std::mem::take(&mut answer.terms);
        } else {
            // One query has the same terms in all documents.
            for (sum, term) in self.terms.iter_mut().zip(&answer.terms) {
                sum.alone += term.alone;
                sum.left += term.left;
            }
        }
        for unusable in answer.unusable.drain(..) {
            let mut known = self.unusable.iter_mut();
            match known.find(|known| known.span == unusable.span) {
                Some(known) => known.count += unusable.count,
                None => self.unusable.push(unusable),
            }
        }
        let hints = std::mem::take(&mut answer.advice);
        self.hints.push((document.to_owned(), hints));
    }

    /// All tracks of the documents.
    pub fn tracks(&self) -> usize {
        self.searched + self.left_out.len()
    }

    /// The hints that hold for all documents; without a hit, those of single documents too, each with its name.
    pub fn hints(&self) -> Vec<String> {
        let Some((_, first)) = self.hints.first() else {
            return Vec::new();
        };
        let is_shared = |hint: &String| self.hints.iter().all(|(_, hints)| hints.contains(hint));
        let mut all: Vec<String> = first
            .iter()
            .filter(|hint| is_shared(hint))
            .cloned()
            .collect();
        if self.hits == 0 {
            for (document, hints) in &self.hints {
                let own = hints.iter().filter(|hint| !is_shared(hint));
                all.extend(own.map(|hint| format!("in {document}: {hint}")));
            }
        }
        all
    }

    /// Why nothing was found, in a sentence or two; `None` if something was.
    pub fn why_empty(&self) -> Option<String> {
        if self.hits > 0 {
            return None;
        }
        if self.searched == 0 {
            let (documents, have) = match self.documents {
                1 => ("document", "has"),
                _ => ("documents", "have"),
            };
            return Some(match self.left_out.len() {
                0 => format!("No tracks found: the {documents} {have} no tracks"),
                _ => format!(
                    "No tracks found: every track of the {documents} lacks its experiment, sample or study"
                ),
            });
        }
        let mut terms = self.terms.iter().enumerate();
        let (place, term) = terms.find(|(_, term)| term.left == 0)?;
        let text = one_line(&term.text);
        let tracks = |count| counted(count, "track");
        Some(if term.alone == 0 {
            format!("No tracks found: none matches {text}")
        } else {
            let before = self.terms[..place].last();
            let before = before.map_or(self.searched, |term| term.left);
            format!(
                "No tracks found: none is left after {text}. The conditions exclude each other: this one matches {}, none of them among the {} matched by those before it",
                tracks(term.alone),
                tracks(before)
            )
        })
    }
}

/// A clause on one line, cut where it is very long.
pub(super) fn one_line(text: &str) -> String {
    let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_CLAUSE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(hints: &[&str], left: usize) -> SearchAnswer<'static> {
        SearchAnswer {
            hits: Vec::new(),
            positions: Vec::new(),
            searched: 3,
            left_out: Vec::new(),
            terms: vec![ConjunctCount {
                text: "a ? 'b'".to_owned(),
                alone: left,
                left,
            }],
            unusable: Vec::new(),
            advice: hints.iter().map(|&hint| hint.to_owned()).collect(),
        }
    }

    #[test]
    fn a_hint_of_one_document_has_its_name_and_one_of_all_has_none() {
        let mut totals = SearchTotals::default();
        totals.add(&mut answer(&["both", "first"], 0), "A");
        totals.add(&mut answer(&["both"], 1), "B");
        assert_eq!(totals.hints(), ["both", "in A: first"]);
        assert_eq!((totals.searched, totals.terms[0].left), (6, 1));
        totals.hits = 1;
        assert_eq!(totals.hints(), ["both"]);
    }

    #[test]
    fn documents_without_tracks_are_counted_in_the_reason() {
        let mut totals = SearchTotals::default();
        for name in ["A", "B"] {
            let mut empty = answer(&[], 0);
            empty.searched = 0;
            totals.add(&mut empty, name);
        }
        let reason = totals.why_empty().unwrap();
        assert_eq!(reason, "No tracks found: the documents have no tracks");
    }
}
