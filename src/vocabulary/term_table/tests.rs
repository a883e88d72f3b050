use std::collections::HashMap;

use super::*;
use crate::vocabulary::BUILT_IN;
use crate::vocabulary::Subject;
use crate::vocabulary::built_in;

#[test]
fn each_name_of_a_subject_belongs_to_one_term() {
    for subject in Subject::ALL {
        let Some(table) = subject.table() else {
            continue;
        };
        let mut owners: HashMap<String, &str> = HashMap::new();
        assert!(!table.terms().is_empty(), "{subject:?}");
        for term in table.terms() {
            for name in term.names().iter().map(WordSequence::joined) {
                let other = owners.insert(name.clone(), &term.label);
                let name_of_both = format!("{subject:?} {name}: {other:?} and {}", term.label);
                assert!(
                    other.is_none_or(|other| other == term.label),
                    "{name_of_both}"
                );
            }
        }
        let related = table.terms().iter().flat_map(|term| &term.related);
        for name in related.map(|name| WordSequence::of(name).joined()) {
            let place = table.names().by_name.get(&name).map(|at| &table.terms[*at]);
            assert!(
                place.is_none_or(|term| table
                    .related_to(&WordSequence::of(&name))
                    .iter()
                    .all(|at| table.terms[*at].label != term.label)),
                "{subject:?} {name}"
            );
        }
    }
}

#[test]
fn the_tables_can_be_read_and_name_their_sources() {
    for subject in Subject::ALL {
        let texts = built_in::texts(subject.table_names());
        assert_eq!(texts.len(), subject.table_names().len());
        let table = TermTable::read(subject.name(), &texts);
        assert!(table.is_ok(), "{subject:?}: {table:?}");
    }
    for (name, text) in BUILT_IN {
        let heading: Vec<&str> = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .collect();
        let has = |start: &str| heading.iter().any(|line| line.starts_with(start));
        assert!(has("# source: ") && has("# date: 20"), "{name}");
        assert_eq!(heading.last(), Some(&TITLES), "{name}");
        let rows = text.lines().skip(heading.len());
        for cells in rows.map(|row| row.split('\t').collect::<Vec<&str>>()) {
            assert_eq!(cells.len(), 6, "{name}: {cells:?}");
            assert_eq!(
                cells[0].is_empty(),
                cells[5].is_empty(),
                "{name}: {cells:?}"
            );
            let source = format!("# source {}: ", cells[5]);
            assert!(cells[5].is_empty() || has(&source), "{name}: {cells:?}");
        }
        let subjects = Subject::ALL.iter();
        let of = subjects.filter(|subject| subject.table_names().contains(&name));
        assert_eq!(of.count(), 1, "{name}");
    }
}

#[test]
fn narrower_terms_are_found_at_any_depth() {
    let table = Subject::Cell.table().unwrap();
    let top = table
        .position_of(&WordSequence::of("white blood cells"))
        .unwrap();
    let below = table.with_narrower(top);
    let has = |label: &str| below.iter().any(|at| table.terms()[*at].label == label);
    assert!(has("naive B cell") && has("neutrophil") && has("T-helper 17 cell"));
    assert!(!has("erythroblast") && has("leukocyte"));
}

#[test]
fn a_label_goes_before_a_synonym_of_an_earlier_term() {
    let table = TermTable::read(
        "x",
        &["i:1\tB cell\tcell|lymphocyte\ni:2\tcell\t\t\tB-cell-like\n"],
    )
    .unwrap();
    let label = |name: &str| Some(table.named(&WordSequence::of(name))?.label.as_str());
    assert_eq!(label("Cells"), Some("cell"));
    assert_eq!(label("lymphocytes"), Some("B cell"));
    assert_eq!(label("B-cell like"), None);
    assert_eq!(table.related_to(&WordSequence::of("B-cell like")), [1]);
}

#[test]
fn a_broken_line_is_named() {
    let error = |text: &str| TermTable::read("x", &[text]).unwrap_err().to_string();
    for (text, message) in [
        (
            "# a\nid:1\n",
            "line 2: found 1 column, expected id, label, synonyms, broader, related, source with tabs between them",
        ),
        (
            "i\ta\ni\tb\n",
            "line 2: found the id `i`, which line 1 has too",
        ),
        (
            "\ta\n\ta\n",
            "line 2: found the label `a`, which line 1 has too",
        ),
        (
            "i\t\tb\n",
            "line 1: found no label, expected one in the second column",
        ),
        (
            "\ta\t\tb\n",
            "line 1: found the broader term `b`, expected the label of another line",
        ),
    ] {
        assert_eq!(error(text), message);
    }
}

#[test]
fn terms_above_each_other_are_no_endless_loop() {
    let table = TermTable::read("x", &["\ta\t\tb\n\tb\t\ta\n"]).unwrap();
    assert_eq!(table.with_narrower(0).len(), 2);
}
