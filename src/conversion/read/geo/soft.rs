//! SOFT: an entity begins with `^`, `!` stands before its values, and tables of data are between `…_table_begin` and `…_table_end`.

use std::borrow::Cow;
use std::io::BufRead;

use super::entity::{EntityKind, GeoEntity};
use super::text_reader::next_line;

/// Reads a text and passes on each of its entities.
///
/// # Errors
/// The line that cannot be read, or what the visitor refuses.
pub(super) fn each_entity(
    text: &mut dyn BufRead,
    each: &mut dyn FnMut(GeoEntity) -> Result<(), String>,
) -> Result<(), String> {
    let mut line = Vec::new();
    let mut number = 1;
    let mut entity: Option<GeoEntity> = None;
    // The line of the table that is skipped.
    let mut table = None;
    while next_line(text, &mut line, number)? {
        let at = |problem: &str| format!("line {number}: {problem}");
        match line.first() {
            Some(b'!') if is_table_mark(&line, "_table_end") => table = None,
            _ if table.is_some() => {}
            Some(b'!') if is_table_mark(&line, "_table_begin") => table = Some(number),
            Some(b'^') => {
                let text = String::from_utf8_lossy(&line[1..]);
                let (word, id) = text.split_once('=').ok_or_else(|| {
                    at("found `^` without `=`, expected such as ^SAMPLE = GSM1000")
                })?;
                if let Some(whole) = entity.take() {
                    each(whole)?;
                }
                entity = Some(GeoEntity {
                    kind: EntityKind::named(word.trim()),
                    id: id.trim().to_owned(),
                    values: Vec::new(),
                });
            }
            Some(b'!') => {
                let Some(entity) = &mut entity else {
                    return Err(at("found a value before the first line with `^`"));
                };
                let text = String::from_utf8_lossy(&line[1..]);
                let is_damaged = matches!(text, Cow::Owned(_));
                let (key, text) = text.split_once('=').ok_or_else(|| {
                    at("found `!` without `=`, expected such as !Sample_title = B cell")
                })?;
                // The word before a key is that of the entity.
                let key = key.trim();
                let key = key.split_once('_').map_or(key, |(_, key)| key);
                entity
                    .add(key.to_owned(), text, is_damaged)
                    .map_err(|problem| at(&problem))?;
            }
            _ => {}
        }
        number += 1;
    }
    if let Some(line) = table {
        return Err(format!(
            "line {line}: found a table without its end, expected `_table_end`: download the file again"
        ));
    }
    match entity {
        Some(whole) => each(whole),
        None => Ok(()),
    }
}

fn is_table_mark(line: &[u8], mark: &str) -> bool {
    !line.contains(&b'=') && line.trim_ascii_end().ends_with(mark.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entities(text: &[u8]) -> Result<Vec<GeoEntity>, String> {
        let mut found = Vec::new();
        each_entity(&mut &text[..], &mut |entity| {
            found.push(entity);
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn keys_may_repeat_and_tables_are_skipped() {
        let text = b"^PLATFORM = GPL1\r\n!Platform_title = x = y\n#ID = a\n!platform_table_begin\n^ID\t!a\n!platform_table_end\n\
            ^SAMPLE = GSM1\n!Sample_description = a\n!Sample_description = b\n!Sample_empty =\n";
        let found = entities(text).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].values[0].text, "x = y");
        assert_eq!(found[0].values.len(), 1);
        let values: Vec<(&str, &str)> = found[1]
            .values
            .iter()
            .map(|value| (&value.key[..], &value.text[..]))
            .collect();
        assert_eq!(values, [("description", "a"), ("description", "b")]);
    }

    #[test]
    fn a_truncated_file_is_an_error() {
        assert_eq!(
            entities(b"^SAMPLE = GSM1\n!sample_table_begin\nID\n").unwrap_err(),
            "line 2: found a table without its end, expected `_table_end`: download the file again"
        );
        assert_eq!(
            entities(b"^SAMPLE\n").unwrap_err(),
            "line 1: found `^` without `=`, expected such as ^SAMPLE = GSM1000"
        );
        assert_eq!(
            entities(b"!Sample_title = a\n").unwrap_err(),
            "line 1: found a value before the first line with `^`"
        );
    }

    #[test]
    fn a_value_in_another_encoding_is_damaged() {
        let found =
            entities(b"^SAMPLE = GSM1\n!Sample_title = caf\xe9\n!Sample_type = SRA\n").unwrap();
        let damaged: Vec<bool> = found[0]
            .values
            .iter()
            .map(|value| value.is_damaged)
            .collect();
        assert_eq!(damaged, [true, false]);
    }
}
