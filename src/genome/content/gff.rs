//! The GFF variant of a file: GFF3, GTF or an older one.

use super::rows::{DataRow, is_number, is_position, is_strand, rows};
use super::{Format, TextStart};

/// The kind of GFF that a text is.
pub(super) fn kind(text: &TextStart) -> Option<Format> {
    let version = text.lines().find_map(|(_, line)| {
        let rest = line.strip_prefix("##gff-version")?;
        Some(rest.trim().chars().next())
    });
    let rows = features(text);
    if !rows.iter().all(|row| is_feature(row.line)) || rows.is_empty() && version.is_none() {
        return None;
    }
    if version == Some(Some('3')) {
        return Some(Format::Gff3);
    }
    let attributes: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.line.split('\t').nth(8))
        .map(str::trim)
        .filter(|attributes| !matches!(*attributes, "" | "."))
        .collect();
    let has_genes = |attributes: &&&str| {
        ["gene_id ", "transcript_id "]
            .iter()
            .any(|key| attributes.contains(key))
    };
    if attributes.iter().any(|attributes| has_genes(&attributes)) {
        Some(Format::Gtf)
    } else if version.is_none()
        && !attributes.is_empty()
        && attributes
            .iter()
            .all(|attributes| has_assignments(attributes))
    {
        Some(Format::Gff3)
    } else {
        Some(Format::Gff)
    }
}

/// Whether a text can be the declared GFF variant; `gff` includes all variants.
pub(super) fn fits(format: Format, text: &TextStart) -> bool {
    match (format, kind(text)) {
        (Format::Gff, found) => found.is_some(),
        (_, Some(found)) if found == format => true,
        // Without attributes all kinds are the same, and attributes of GTF may lack the usual two.
        (Format::Gff3, Some(Format::Gff)) => has_no_attributes(text),
        (Format::Gtf, Some(Format::Gff)) => {
            has_no_attributes(text) || features(text).iter().all(|row| has_pairs(row.line))
        }
        _ => false,
    }
}

/// The lines of features; sequences may follow them.
fn features(text: &TextStart) -> Vec<DataRow<'_>> {
    let sequences = text
        .lines()
        .find(|(_, line)| line.starts_with("##FASTA") || line.starts_with('>'))
        .map_or(usize::MAX, |(number, _)| number);
    let mut rows = rows(text);
    rows.retain(|row| row.number < sequences);
    rows
}

/// Whether a line is a feature: eight or nine columns, two of them positions.
fn is_feature(line: &str) -> bool {
    let cells: Vec<&str> = line.split('\t').collect();
    cells.len() >= 8
        && is_position(cells[3])
        && is_position(cells[4])
        && (is_number(cells[5]) || matches!(cells[5].trim(), "." | ""))
        && is_strand(cells[6])
        && matches!(cells[7].trim(), "." | "0" | "1" | "2" | "")
}

fn has_no_attributes(text: &TextStart) -> bool {
    features(text).iter().all(|row| {
        matches!(
            row.line.split('\t').nth(8).map(str::trim),
            None | Some("" | ".")
        )
    })
}

/// Attributes of GFF3: `key=value`.
fn has_assignments(attributes: &str) -> bool {
    attributes
        .split_once('=')
        .is_some_and(|(key, _)| !key.is_empty() && !key.contains([' ', '"']))
}

/// Attributes of GTF: `key "value";`.
fn has_pairs(line: &str) -> bool {
    let attributes = line.split('\t').nth(8).unwrap_or_default();
    let pair = attributes.trim().split(';').next().unwrap_or_default();
    pair.split_once(' ')
        .is_some_and(|(key, value)| !key.contains('=') && value.trim().starts_with('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> TextStart {
        TextStart::decode(text.as_bytes(), true).unwrap()
    }

    #[test]
    fn kinds_are_told_by_version_and_attributes() {
        let row = "chr1\tmade\texon\t1\t9\t.\t+\t.\t";
        for (text, expected) in [
            (format!("##gff-version 3\n{row}ID=a"), Some(Format::Gff3)),
            (format!("{row}ID=a;Name=b"), Some(Format::Gff3)),
            ("##gff-version 3\n".to_owned(), Some(Format::Gff3)),
            (format!("{row}gene_id \"a\"; x 1;"), Some(Format::Gtf)),
            (
                format!("#!genome-build x\n{row}gene_id \"a=b\";"),
                Some(Format::Gtf),
            ),
            (
                format!("##gff-version 2\n{row}Sequence a"),
                Some(Format::Gff),
            ),
            (format!("{row}group1"), Some(Format::Gff)),
            (
                format!("##gff-version 3\n{row}ID=a\n##FASTA\n>a\nACGT\n"),
                Some(Format::Gff3),
            ),
            ("chr1\t1\t9\tx\t1\t+\t1\t9\t0\t1\t8\t0".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(kind(&of(&text)), expected, "{text}");
        }
    }

    #[test]
    fn a_general_declaration_holds_for_all_kinds() {
        let gtf = of("chr1\tmade\texon\t1\t9\t.\t+\t.\tgene_id \"a\";");
        assert!(fits(Format::Gff, &gtf) && fits(Format::Gtf, &gtf));
        assert!(!fits(Format::Gff3, &gtf));
        let bare = of("chr1\tmade\texon\t1\t9\t.\t+\t.\t.");
        assert!(fits(Format::Gff3, &bare) && fits(Format::Gtf, &bare));
    }
}
