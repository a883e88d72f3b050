//! Text formats of tracks by their first lines.

use super::rows::{DataRow, is_bed, is_bedgraph, is_number, is_peak, rows, track_type};
use super::{Format, TextStart, gff};

/// Whether a text can be of a format. A text without data lines can, if its comments do not contradict.
pub(super) fn fits(format: Format, text: &TextStart) -> bool {
    if matches!(format, Format::Gff | Format::Gff3 | Format::Gtf) {
        return gff::fits(format, text);
    }
    if format == Format::Vcf || is_vcf(text) {
        return format == Format::Vcf && is_vcf(text);
    }
    let rows = rows(text);
    if rows.is_empty() {
        return gff::kind(text).is_none() && is_sam(text).is_none();
    }
    let all = |fits: fn(&[&str]) -> bool| rows.iter().all(|row| fits(&cells(row)));
    match format {
        Format::Bed => all(is_bed) && track_type(text).as_deref() != Some("bedgraph"),
        Format::EncodePeak => all(is_peak),
        Format::BedGraph => all(is_bedgraph),
        Format::Wig => {
            is_wig(&rows) || all(is_bedgraph) && track_type(text).as_deref() == Some("wiggle_0")
        }
        _ => false,
    }
}

/// The format of a text by its first lines.
pub(super) fn detect(text: &TextStart) -> Option<Format> {
    if let Some(format) = marked(text) {
        return Some(format);
    }
    let rows = rows(text);
    if rows.is_empty() {
        return None;
    }
    let all = |fits: fn(&[&str]) -> bool| rows.iter().all(|row| fits(&cells(row)));
    if all(is_bedgraph) {
        Some(Format::BedGraph)
    } else if all(is_bed) {
        Some(Format::Bed)
    } else {
        gff::kind(text)
    }
}

/// The format of a text that declares it in a header or declaration line, regardless of its columns.
pub(super) fn marked(text: &TextStart) -> Option<Format> {
    if is_vcf(text) {
        return Some(Format::Vcf);
    }
    let rows = rows(text);
    let has_version = text
        .lines()
        .any(|(_, line)| line.starts_with("##gff-version"));
    if has_version && let Some(kind) = gff::kind(text) {
        return Some(kind);
    }
    if is_wig(&rows) {
        return Some(Format::Wig);
    }
    let is_bedgraph = track_type(text).as_deref() == Some("bedgraph")
        && !rows.is_empty()
        && rows.iter().all(|row| is_bedgraph(&cells(row)));
    if is_bedgraph {
        return Some(Format::BedGraph);
    }
    is_sam(text).or_else(|| is_sequence(text))
}

/// VCF of any version: the first line, or the titles of the columns (VCF specification, section 1.2).
pub(super) fn is_vcf(text: &TextStart) -> bool {
    let starts = [
        "##fileformat=VCF",
        "##format=VCF",
        "#CHROM\tPOS\tID\tREF\tALT",
    ];
    text.lines()
        .map(|(_, line)| line)
        .take_while(|line| line.starts_with('#') || line.trim().is_empty())
        .any(|line| starts.iter().any(|start| line.starts_with(start)))
}

/// Why a text is not of its declared format, in a clause.
pub(super) fn misfit(format: Format, text: &TextStart) -> String {
    let rows = rows(text);
    let fits_line: fn(&[&str]) -> bool = match format {
        Format::BedGraph => is_bedgraph,
        Format::EncodePeak => is_peak,
        _ => is_bed,
    };
    let is_table = matches!(format, Format::Bed | Format::BedGraph | Format::EncodePeak);
    let split_by = |line: &str, separator: char| {
        let cells: Vec<&str> = line
            .split(separator)
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .collect();
        fits_line(&cells)
    };
    let separated = |rows: &[DataRow<'_>], separator| {
        !rows.is_empty() && rows.iter().all(|row| split_by(row.line, separator))
    };
    let behind = rows.get(1..).unwrap_or_default();
    if is_table {
        for (separator, name) in [(' ', "blanks"), (',', "commas"), (';', "semicolons")] {
            if separated(&rows, separator) || separated(behind, separator) {
                return format!("its columns are separated by {name}, expected tabs");
            }
        }
        if !behind.is_empty()
            && let Some(first) = rows.first()
            && !fits_line(&cells(first))
            && behind.iter().all(|row| fits_line(&cells(row)))
        {
            return format!(
                "line {} is a header without `#`, which most tools read as data",
                first.number
            );
        }
    }
    let odd = rows.iter().find(|row| !is_table || !fits_line(&cells(row)));
    let place = odd.map_or_else(String::new, |row| {
        format!(
            "line {} is `{}`, ",
            row.number,
            super::words::first_words(row.line)
        )
    });
    format!("{place}expected {}", expected(format))
}

fn expected(format: Format) -> &'static str {
    match format {
        Format::Bed => "a sequence, start and end, separated by tabs",
        Format::EncodePeak => "the 9, 10 or 15 columns of broadPeak, narrowPeak or gappedPeak",
        Format::BedGraph => "a sequence, start, end and a value, separated by tabs",
        Format::Wig => "`fixedStep` or `variableStep`, then values",
        Format::Vcf => "`##fileformat=VCFv4.x` in the first line",
        Format::Gff | Format::Gff3 | Format::Gtf => {
            "nine columns separated by tabs, start and end in the fourth and fifth"
        }
        _ => "another format",
    }
}

fn cells<'t>(row: &DataRow<'t>) -> Vec<&'t str> {
    row.line.split('\t').collect()
}

/// Wiggle: a declaration, then values, with their positions after `variableStep`.
fn is_wig(rows: &[DataRow<'_>]) -> bool {
    let is_declaration = |line: &str| {
        (line.starts_with("fixedStep") || line.starts_with("variableStep"))
            && line.contains("chrom=")
    };
    let is_value = |line: &str| {
        let mut words = line.split_whitespace();
        words.clone().count() <= 2 && words.all(is_number)
    };
    rows.first().is_some_and(|row| is_declaration(row.line))
        && rows
            .iter()
            .all(|row| is_declaration(row.line) || is_value(row.line))
}

/// SAM with its header (SAM specification, section 1.3).
fn is_sam(text: &TextStart) -> Option<Format> {
    let (_, first) = text.lines().next()?;
    let is_header = ["@HD\tVN:", "@SQ\tSN:", "@RG\tID:", "@PG\tID:"]
        .iter()
        .any(|start| first.starts_with(start));
    is_header.then_some(Format::Sam)
}

/// FASTA and FASTQ.
fn is_sequence(text: &TextStart) -> Option<Format> {
    // A sequence may be longer than the examined bytes.
    let mut lines = text.characters.lines().map(str::trim_end);
    let mut next = || lines.find(|line| !line.is_empty());
    let (first, second, third) = (next()?, next()?, next());
    let is_sequence = |line: &str| {
        line.bytes()
            .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'*' | b'-' | b'.'))
    };
    if !is_sequence(second) {
        None
    } else if first.starts_with('>') {
        Some(Format::Fasta)
    } else if first.starts_with('@') && third.is_some_and(|line| line.starts_with('+')) {
        Some(Format::Fastq)
    } else {
        None
    }
}
