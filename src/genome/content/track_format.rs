//! The formats that tracks have, as EDAM tells them apart: those of BED by the columns of the first lines.

use super::rows::{is_peak, is_position, is_strand, rows};
use super::track_lines::{detect, fits};
use super::{FileContent, Format, TextStart};

/// A format of tracks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrackFormat {
    /// BED with any columns.
    Bed,
    /// BED with six columns: name, score from 0 to 1000, strand.
    Bed6,
    /// BED with twelve columns, the last of which are blocks.
    Bed12,
    /// ENCODE's narrowPeak, ten columns.
    NarrowPeak,
    /// ENCODE's broadPeak, nine columns.
    BroadPeak,
    /// ENCODE's gappedPeak, fifteen columns.
    GappedPeak,
    /// bedGraph.
    BedGraph,
    /// Wiggle.
    Wig,
    /// bigBed.
    BigBed,
    /// bigWig.
    BigWig,
    /// GFF, version 2 or unknown.
    Gff,
    /// GFF, version 3.
    Gff3,
    /// GTF.
    Gtf,
    /// VCF, also compressed with bgzip.
    Vcf,
    /// BCF.
    Bcf,
    /// BAM.
    Bam,
    /// CRAM.
    Cram,
}

/// What intervals look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntervalShape {
    /// All are one base long.
    Points,
    /// At least one is longer, there are gaps between them, and they have no different scores.
    Segments,
}

/// The format of a track, and what its first lines show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrackLayout {
    /// The format.
    pub format: TrackFormat,
    /// The number of columns, where all lines have the same; none for formats without columns.
    pub columns: Option<usize>,
    /// The shape of the intervals of BED, where the lines leave no doubt.
    pub shape: Option<IntervalShape>,
}

/// The numbers of BED, BED6 and BED12 in EDAM, with that of strict BED.
const BED_NUMBERS: [u32; 4] = [3003, 3584, 3585, 3586];

impl TrackFormat {
    /// Its number in EDAM: that of `http://edamontology.org/format_3003` is 3003.
    pub fn edam_number(self) -> u32 {
        match self {
            TrackFormat::Bed => 3003,
            TrackFormat::Bed6 => 3585,
            TrackFormat::Bed12 => 3586,
            TrackFormat::NarrowPeak => 3613,
            TrackFormat::BroadPeak => 3614,
            TrackFormat::GappedPeak => 3612,
            TrackFormat::BedGraph => 3583,
            TrackFormat::Wig => 3005,
            TrackFormat::BigBed => 3004,
            TrackFormat::BigWig => 3006,
            TrackFormat::Gff => 2305,
            TrackFormat::Gff3 => 1975,
            TrackFormat::Gtf => 2306,
            TrackFormat::Vcf => 3016,
            TrackFormat::Bcf => 3020,
            TrackFormat::Bam => 2572,
            TrackFormat::Cram => 3462,
        }
    }

    fn of(format: Format) -> Option<Self> {
        Some(match format {
            Format::Bed | Format::EncodePeak => TrackFormat::Bed,
            Format::BedGraph => TrackFormat::BedGraph,
            Format::Wig => TrackFormat::Wig,
            Format::BigBed => TrackFormat::BigBed,
            Format::BigWig => TrackFormat::BigWig,
            Format::Gff => TrackFormat::Gff,
            Format::Gff3 => TrackFormat::Gff3,
            Format::Gtf => TrackFormat::Gtf,
            Format::Vcf | Format::VcfBgzip => TrackFormat::Vcf,
            Format::Bcf | Format::BcfUncompressed => TrackFormat::Bcf,
            Format::Bam => TrackFormat::Bam,
            Format::Cram => TrackFormat::Cram,
            _ => return None,
        })
    }
}

impl TrackLayout {
    /// The format of a file by its content, also within gzip. A text that is of several formats has the one that is `declared`.
    pub fn of(content: &FileContent, declared: Option<Format>) -> Option<Self> {
        match content {
            FileContent::Binary(format, _) => Some(TrackLayout {
                format: TrackFormat::of(*format)?,
                columns: None,
                shape: None,
            }),
            FileContent::Gzip(gzip) => TrackLayout::of(&gzip.inside, declared),
            FileContent::Text(text) => TrackLayout::of_text(text, declared),
            FileContent::Empty | FileContent::Zlib | FileContent::Unknown => None,
        }
    }

    fn of_text(text: &TextStart, declared: Option<Format>) -> Option<Self> {
        let has_rows = !rows(text).is_empty();
        let declared = declared.filter(|format| has_rows && fits(*format, text));
        let format = declared.or_else(|| detect(text))?;
        let track_format = TrackFormat::of(format)?;
        if track_format != TrackFormat::Bed {
            return Some(TrackLayout {
                format: track_format,
                columns: None,
                shape: None,
            });
        }
        let rows = rows(text);
        let cells: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.line.split('\t').collect())
            .collect();
        let first = cells.first().map_or(0, Vec::len);
        let columns = cells.iter().all(|row| row.len() == first).then_some(first);
        Some(TrackLayout {
            format: bed(&cells, columns, format == Format::EncodePeak),
            columns,
            shape: shape(&cells, text.is_all_rows(cells.len())),
        })
    }

    /// Whether the format is more precise than that of a number in EDAM.
    pub fn refines(&self, edam_number: u32) -> bool {
        use TrackFormat::{Bed6, Bed12, BroadPeak, GappedPeak, Gff3, Gtf, NarrowPeak};
        match self.format {
            NarrowPeak | BroadPeak => [3003, 3584, 3612].contains(&edam_number),
            Bed6 | Bed12 | GappedPeak => [3003, 3584].contains(&edam_number),
            Gff3 | Gtf => edam_number == 2305,
            _ => false,
        }
    }

    /// Whether a file with this layout can have the format of a number in EDAM. Only formats of tracks can be contradicted.
    pub fn can_be(&self, edam_number: u32) -> bool {
        use TrackFormat::{
            Bed, Bed6, Bed12, BedGraph, BroadPeak, GappedPeak, Gff, Gff3, Gtf, NarrowPeak,
        };
        let has = |columns: &[usize]| self.columns.is_some_and(|found| columns.contains(&found));
        match (self.format, edam_number) {
            (Bed | Bed6 | Bed12 | NarrowPeak | BroadPeak | GappedPeak, number) => match number {
                3003 | 3584 => true,
                3585 => self.columns.is_some_and(|found| found >= 6),
                3586 => self.columns.is_some_and(|found| found >= 12),
                3612 => has(&[9, 10, 15]),
                3613 => has(&[10]),
                3614 => has(&[9]),
                _ => !is_of_tracks(number),
            },
            (BedGraph, 3003 | 3584) | (Gff3 | Gtf, 2305) | (Gff, 1974) => true,
            (format, number) => format.edam_number() == number || !is_of_tracks(number),
        }
    }
}

/// Whether a number in EDAM is that of a format that is recognised.
fn is_of_tracks(number: u32) -> bool {
    let others = [
        1974, 1975, 2305, 2306, 2572, 3004, 3005, 3006, 3016, 3020, 3462, 3583,
    ];
    BED_NUMBERS.contains(&number) || others.contains(&number) || (3612..=3614).contains(&number)
}

/// The format of lines of BED by their columns.
fn bed(rows: &[Vec<&str>], columns: Option<usize>, is_declared_peak: bool) -> TrackFormat {
    let all = |fits: fn(&[&str]) -> bool| rows.iter().all(|row| fits(row));
    // Thick parts lie within their intervals, or are all 0; signals and p-values hardly ever do.
    let is_peak = || all(is_peak) && (is_declared_peak || !all(has_thick_part));
    match columns {
        Some(6) if all(is_bed6) => TrackFormat::Bed6,
        Some(9) if is_peak() => TrackFormat::BroadPeak,
        Some(10) if is_peak() => TrackFormat::NarrowPeak,
        Some(12) if all(is_bed12) => TrackFormat::Bed12,
        Some(15) if all(is_bed12_start) && is_peak() => TrackFormat::GappedPeak,
        _ => TrackFormat::Bed,
    }
}

fn position(cell: &str) -> Option<u64> {
    cell.trim().parse().ok()
}

/// Whether the seventh and eighth cell are the thick part of the interval, or both are 0.
fn has_thick_part(cells: &[&str]) -> bool {
    let positions = [1, 2, 6, 7].map(|column| cells.get(column).copied().and_then(position));
    match positions {
        [_, _, Some(0), Some(0)] => true,
        [Some(start), Some(end), Some(first), Some(last)] => {
            start <= first && first <= last && last <= end && cells.len() < 15
        }
        _ => false,
    }
}

/// Name, score and strand as the BED specification has them.
fn is_bed6(cells: &[&str]) -> bool {
    let score = cells.get(4).copied().and_then(position);
    let strand = cells.get(5).copied().unwrap_or_default();
    score.is_some_and(|score| score <= 1000) && !strand.is_empty() && is_strand(strand)
}

/// Twelve cells, the last of which are as many sizes and starts as there are blocks.
fn is_bed12(cells: &[&str]) -> bool {
    is_bed12_start(cells) && is_bed6(cells)
}

fn is_bed12_start(cells: &[&str]) -> bool {
    let Some([_, _, _, count, sizes, starts]) = cells.get(6..12) else {
        return false;
    };
    let is_list = |list: &str| {
        let items: Vec<&str> = list.trim().trim_end_matches(',').split(',').collect();
        Some(items.len() as u64) == position(count) && items.iter().all(|item| is_position(item))
    };
    is_list(sizes) && is_list(starts)
}

/// The shape of intervals; `is_all` if these are all lines of the file.
fn shape(rows: &[Vec<&str>], is_all: bool) -> Option<IntervalShape> {
    let read = |row: &Vec<&str>| -> Option<(String, u64, u64)> {
        let sequence = row.first()?.trim().to_owned();
        Some((sequence, position(row.get(1)?)?, position(row.get(2)?)?))
    };
    let intervals: Vec<(String, u64, u64)> = rows.iter().map(read).collect::<Option<_>>()?;
    let score = |row: &Vec<&str>| row.get(4).map(|score| score.trim().to_owned());
    let first = rows.first().map(score)?;
    if rows.iter().any(|row| score(row) != first) {
        return None;
    }
    let is_longer = intervals.iter().any(|(_, start, end)| *end > start + 1);
    if !is_longer {
        return is_all.then_some(IntervalShape::Points);
    }
    let mut pairs = intervals.windows(2);
    // A partition of the genome has no gaps.
    let has_gap = pairs.any(|pair| pair[0].0 == pair[1].0 && pair[0].2 != pair[1].1);
    has_gap.then_some(IntervalShape::Segments)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::genome::content::{FileBytes, identify};

    fn layout(text: &str, declared: Option<Format>) -> Option<TrackLayout> {
        let content = identify(&mut FileBytes::new(Cursor::new(text)).unwrap()).unwrap();
        TrackLayout::of(&content, declared)
    }

    fn format(text: &str) -> Option<TrackFormat> {
        layout(text, None).map(|layout| layout.format)
    }

    #[test]
    fn the_columns_tell_the_formats_of_bed_apart() {
        for (line, expected) in [
            ("chr1\t10\t20", TrackFormat::Bed),
            ("chr1\t10\t20\tname\t1000", TrackFormat::Bed),
            ("chr1\t10\t20\tname\t1000\t+", TrackFormat::Bed6),
            ("chr1\t10\t20\tname\t1001\t+", TrackFormat::Bed),
            ("chr1\t10\t20\tname\t0.5\t+", TrackFormat::Bed),
            ("chr1\t10\t20\t.\t5\t+\t12\t18\t0", TrackFormat::Bed),
            ("chr1\t10\t20\t.\t5\t+\t0\t0\t0", TrackFormat::Bed),
            ("chr1\t10\t20\t.\t5\t+\t12\t18\t255,0,0", TrackFormat::Bed),
            (
                "chr1\t10\t20\t.\t5\t.\t4.5\t3.1\t-1",
                TrackFormat::BroadPeak,
            ),
            (
                "chr1\t10\t20\t.\t5\t.\t4.5\t-1\t-1\t7",
                TrackFormat::NarrowPeak,
            ),
            (
                "chr1\t10\t20\tg\t5\t+\t10\t20\t0\t2\t3,4,\t0,6,",
                TrackFormat::Bed12,
            ),
            (
                "chr1\t10\t20\tg\t5\t+\t10\t20\t0\t3\t3,4,\t0,6,",
                TrackFormat::Bed,
            ),
            (
                "chr1\t10\t20\tg\t5\t+\t10\t20\t0\t2\t3,4\t0,6\t4.1\t3.2\t-1",
                TrackFormat::GappedPeak,
            ),
            ("chr1\t10\t20\t1.5", TrackFormat::BedGraph),
        ] {
            assert_eq!(format(&format!("{line}\n")), Some(expected), "{line}");
        }
        assert_eq!(format("no track\n"), None);
    }

    #[test]
    fn a_declared_format_counts_where_the_lines_leave_a_choice() {
        let numbers = "chr1\t10\t20\t7\nchr1\t30\t40\t8\n";
        let found = |declared| layout(numbers, declared).map(|layout| layout.format);
        assert_eq!(found(None), Some(TrackFormat::BedGraph));
        assert_eq!(found(Some(Format::Bed)), Some(TrackFormat::Bed));
        assert_eq!(found(Some(Format::BigWig)), Some(TrackFormat::BedGraph));
    }

    #[test]
    fn only_what_all_lines_show_is_a_shape() {
        let shape = |text: &str| layout(text, None).unwrap().shape;
        assert_eq!(
            shape("chr1\t1\t2\nchr1\t5\t6\n"),
            Some(IntervalShape::Points)
        );
        assert_eq!(
            shape("chr1\t1\t2\nchr1\t5\t9\n"),
            Some(IntervalShape::Segments)
        );
        assert_eq!(shape("chr1\t0\t5\nchr1\t5\t9\n"), None);
        assert_eq!(shape("chr1\t1\t9\ta\t1\nchr1\t15\t19\tb\t2\n"), None);
        let many: String = (0..1000).map(|n| format!("chr1\t{n}0\t{n}1\n")).collect();
        assert_eq!(shape(&many), None);
    }

    #[test]
    fn a_more_general_format_is_no_contradiction() {
        let peaks = "chr1\t10\t20\t.\t5\t.\t4.5\t-1\t-1\t7\n";
        let peaks = layout(peaks, None).unwrap();
        for number in [3003, 3612, 3613, 3164] {
            assert!(peaks.can_be(number), "{number}");
        }
        assert!(peaks.refines(3003) && !peaks.refines(3613));
        assert!((1900..3800).all(|number| !peaks.refines(number) || peaks.can_be(number)));
        for number in [3614, 3586, 3006, 3583] {
            assert!(!peaks.can_be(number), "{number}");
        }
    }
}
