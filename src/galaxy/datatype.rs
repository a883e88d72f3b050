//! Galaxy's datatypes of track files: by the format that a document names, by the file's name, and by what the bytes are.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::genome::content::{Claim, Format};

/// A datatype of Galaxy that track files come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Datatype {
    /// Galaxy's name of it, also the suffix of files.
    pub extension: &'static str,
    /// Its media type (RFC 6838), where none is registered the nearest.
    pub media_type: &'static str,
    /// Whether it is text, which Galaxy keeps without compression.
    pub is_text: bool,
}

const fn text(extension: &'static str) -> Datatype {
    Datatype {
        extension,
        media_type: "text/tab-separated-values",
        is_text: true,
    }
}

const fn binary(extension: &'static str) -> Datatype {
    Datatype {
        extension,
        media_type: "application/octet-stream",
        is_text: false,
    }
}

/// A file that is just a file.
pub const DATA: Datatype = binary("data");
/// A compressed VCF, kept as it is where its compression is that of bgzip.
pub const VCF_BGZIP: Datatype = binary("vcf_bgzip");
const BIGBED: Datatype = binary("bigbed");
const BIGWIG: Datatype = binary("bigwig");
/// Mapped reads, whose compression is their own.
pub const BAM: Datatype = binary("bam");
const CRAM: Datatype = binary("cram");
const VCF: Datatype = text("vcf");

/// How peaks come into Galaxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Peaks {
    /// As `bed`, which every tool for intervals takes.
    #[default]
    Bed,
    /// As `encodepeak`, which keeps the names of the further columns.
    EncodePeak,
}

/// Formats by EDAM's number and by their names in labels and suffixes, in lower case.
#[rustfmt::skip]
const FORMATS: [(Option<u32>, &[&str], Datatype); 22] = [
    (Some(3003), &["bed"], text("bed")),
    (Some(3584), &["bedstrict"], text("bed")),
    (Some(3585), &["bed6"], text("bed")),
    (Some(3586), &["bed12"], text("bed")),
    (None, &["bed3", "bed4", "bed5", "bed9", "bedmethyl"], text("bed")),
    (Some(3612), &["encode peak format"], text("encodepeak")),
    (Some(3613), &["encode narrow peak format", "narrowpeak"], text("encodepeak")),
    (Some(3614), &["encode broad peak format", "broadpeak"], text("encodepeak")),
    (None, &["gapped peak", "gappedpeak"], text("encodepeak")),
    (Some(3004), &["bigbed", "bb"], BIGBED),
    (Some(3006), &["bigwig", "bw"], BIGWIG),
    (Some(3583), &["bedgraph", "bdg", "bg"], text("bedgraph")),
    (Some(3005), &["wig", "wiggle"], text("wig")),
    (Some(2305), &["gff"], text("gff")),
    (Some(1974), &["gff2"], text("gff")),
    (Some(1975), &["gff3"], text("gff3")),
    (Some(2306), &["gtf"], text("gtf")),
    (Some(3016), &["vcf"], VCF),
    (Some(2572), &["bam"], BAM),
    (Some(3462), &["cram"], CRAM),
    (Some(3475), &["tsv", "tab", "tabular"], text("tabular")),
    (Some(3751), &["dsv", "txt"], text("tabular")),
];

/// Media types (RFC 6838) of datatypes that no track has and results of tools often have.
const OTHER_MEDIA_TYPES: [(&str, &str); 10] = [
    ("interval", "text/tab-separated-values"),
    ("csv", "text/csv"),
    ("txt", "text/plain"),
    ("fasta", "text/plain"),
    ("html", "text/html"),
    ("tool_markdown", "text/markdown"),
    ("json", "application/json"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("zip", "application/zip"),
];

/// The names of datatypes that are not among those of tracks; there are only so many in one run.
static OTHERS: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());

/// The media type of one of Galaxy's datatypes by its name; `application/octet-stream` where none is known.
pub fn media_type(extension: &str) -> &'static str {
    let of_tracks = FORMATS
        .iter()
        .find(|(_, _, datatype)| datatype.extension == extension);
    let of_others = OTHER_MEDIA_TYPES
        .iter()
        .find(|(name, _)| *name == extension);
    of_tracks
        .map(|(_, _, datatype)| datatype.media_type)
        .or(of_others.map(|(_, media_type)| *media_type))
        .unwrap_or(DATA.media_type)
}

impl Datatype {
    /// The datatype with this extension; [`DATA`] if there is none.
    pub fn named(extension: &str) -> Self {
        let known = FORMATS.iter().map(|(_, _, datatype)| *datatype);
        if let Some(known) = known
            .chain([VCF_BGZIP, BAM])
            .find(|known| known.extension == extension)
        {
            return known;
        }
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if extension.is_empty() || extension.len() > 64 || !extension.bytes().all(is_name) {
            return DATA;
        }
        let mut others = OTHERS.lock().unwrap_or_else(PoisonError::into_inner);
        let extension = match others.get(extension) {
            Some(known) => known,
            None => {
                // A datatype's name lives as long as the program, as those of tracks do.
                let name: &'static str = extension.to_owned().leak();
                others.insert(name);
                name
            }
        };
        Datatype {
            extension,
            media_type: media_type(extension),
            is_text: false,
        }
    }

    /// The datatype of a format, by its EDAM id or else by its label.
    pub fn of_format(term_id: &str, term_label: &str, peaks: Peaks) -> Option<Self> {
        let number = term_id
            .trim()
            .rsplit_once("format_")
            .and_then(|(_, number)| number.parse().ok());
        let by_number = FORMATS
            .iter()
            .find(|(known, ..)| known.is_some() && *known == number);
        let (_, _, datatype) = by_number.or_else(|| named(term_label))?;
        Some(datatype.as_chosen(peaks))
    }

    /// The datatype of a file, by the suffix of its name.
    pub fn of_file_name(file_name: &str, peaks: Peaks) -> Option<Self> {
        let (_, _, datatype) = named(suffix(file_name))?;
        Some(datatype.as_chosen(peaks))
    }

    fn as_chosen(self, peaks: Peaks) -> Self {
        match self.extension {
            "encodepeak" if peaks == Peaks::Bed => text("bed"),
            _ => self,
        }
    }

    /// The datatype of files that have this format, whatever they were declared to be.
    pub fn of_content(format: Format) -> Self {
        let extension = match format {
            Format::Bed => "bed",
            Format::EncodePeak => "encodepeak",
            Format::BedGraph => "bedgraph",
            Format::Wig => "wig",
            Format::Gff => "gff",
            Format::Gff3 => "gff3",
            Format::Gtf => "gtf",
            Format::Vcf => "vcf",
            Format::VcfBgzip => "vcf_bgzip",
            Format::Bcf => "bcf",
            Format::BcfUncompressed => "bcf_uncompressed",
            Format::Bam => "bam",
            Format::Cram => "cram",
            Format::BigBed => "bigbed",
            Format::BigWig => "bigwig",
            Format::TwoBit => "twobit",
            Format::Tabix => "tabix",
            Format::Bai => "bai",
            Format::Sam => "sam",
            Format::Fasta => "fasta",
            Format::Fastq => "fastq",
            Format::Hic => "hic",
            Format::Sra => "sra",
            Format::Cool => "cool",
            Format::MultiCool => "mcool",
            Format::Hdf5 => "h5",
            Format::Zip => "zip",
            Format::Xlsx => "xlsx",
            Format::Docx => "docx",
            Format::Tar => "tar",
            Format::TarGzip => "tar.gz",
            Format::Pdf => "pdf",
            Format::Sqlite => "sqlite",
            Format::Png => "png",
            Format::Jpeg => "jpg",
            Format::Gif => "gif",
            Format::Tiff => "tiff",
            Format::Parquet => "parquet",
            Format::Arrow => "arrow",
            Format::Numpy => "npy",
            Format::RData => "rdata",
            Format::Json => "json",
            Format::Xml => "xml",
            Format::PlainText => "txt",
            // Galaxy has no datatype of these.
            Format::Csi
            | Format::PlinkBed
            | Format::Starch
            | Format::Ole
            | Format::SevenZip
            | Format::Bzip2
            | Format::Xz
            | Format::Zstandard
            | Format::Lz4
            | Format::Lzip
            | Format::Compress
            | Format::Rar
            | Format::PostScript
            | Format::Rtf
            | Format::WebP
            | Format::Encrypted
            | Format::Executable => return DATA,
        };
        Datatype::named(extension)
    }

    /// The content that a file of this datatype must have.
    pub fn claim(self) -> Claim {
        use Format::{Bam, Bed, BedGraph, BigBed, BigWig, Cram, EncodePeak, Gff, Gff3, Gtf, Vcf};
        let claimed = [Bed, EncodePeak, BedGraph, Gff, Gff3, Gtf, Vcf, Bam, Cram];
        let further = [Format::Wig, Format::VcfBgzip, BigBed, BigWig];
        let is_it = |format: &Format| Datatype::of_content(*format).extension == self.extension;
        match claimed.into_iter().chain(further).find(is_it) {
            Some(format) => Claim::Format(format),
            None if self.extension == "tabular" => Claim::Table,
            None => Claim::Anything,
        }
    }
}

/// The format that has this name.
fn named(name: &str) -> Option<&'static (Option<u32>, &'static [&'static str], Datatype)> {
    let name = name.trim().to_lowercase();
    FORMATS
        .iter()
        .find(|(_, names, _)| names.contains(&name.as_str()))
}

/// The suffix of a file's name without that of its compression.
pub fn suffix(file_name: &str) -> &str {
    let name = without_compression(file_name);
    name.rsplit_once('.').map_or("", |(_, suffix)| suffix)
}

/// A file's name without `.gz` and its like at the end, and without the transfer type behind it that addresses of ftp have
/// (RFC 1738, 3.2.2).
pub fn without_compression(file_name: &str) -> &str {
    let is_type = |kind: &str| {
        ["type=a", "type=i"]
            .iter()
            .any(|known| kind.eq_ignore_ascii_case(known))
    };
    let file_name = match file_name.rsplit_once(';') {
        Some((name, kind)) if is_type(kind) => name,
        _ => file_name,
    };
    let ends = [".gz", ".bgz", ".gzip"];
    let end = ends.iter().find(|end| {
        let start = file_name.len().saturating_sub(end.len());
        file_name
            .get(start..)
            .is_some_and(|last| last.eq_ignore_ascii_case(end))
    });
    end.map_or(file_name, |end| &file_name[..file_name.len() - end.len()])
}

/// Whether a file's name says that it is gzip.
pub fn is_packed(file_name: &str) -> bool {
    without_compression(file_name).len() < file_name.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_id_then_by_label() {
        let of = |term_id: &str, label: &str| {
            let datatype = Datatype::of_format(term_id, label, Peaks::Bed);
            datatype.map(|datatype| datatype.extension)
        };
        assert_eq!(
            of("http://edamontology.org/format_3006", "BED"),
            Some("bigwig")
        );
        assert_eq!(
            of("http://edamontology.org/format_9999", "GTF"),
            Some("gtf")
        );
        assert_eq!(of("", "HDF5"), None);
    }

    #[test]
    fn file_names_tell_by_their_suffix_and_peaks_are_a_choice() {
        let of = |name: &str, peaks| {
            let datatype = Datatype::of_file_name(name, peaks);
            datatype.map(|datatype| datatype.extension)
        };
        assert_eq!(of("x.vcf.gz", Peaks::Bed), Some("vcf"));
        assert_eq!(of("x.narrowPeak.gz", Peaks::Bed), Some("bed"));
        assert_eq!(of("x.broadPeak", Peaks::EncodePeak), Some("encodepeak"));
        assert_eq!(of("x.vcf.gz;type=i", Peaks::Bed), Some("vcf"));
        assert_eq!(of("x.h5", Peaks::Bed), None);
    }

    #[test]
    fn datatypes_claim_the_format_that_they_are_given_for() {
        for (_, _, datatype) in FORMATS {
            match datatype.claim() {
                Claim::Format(format) => assert_eq!(Datatype::of_content(format), datatype),
                claim => assert_eq!((claim, datatype.extension), (Claim::Table, "tabular")),
            }
        }
        assert_eq!(DATA.claim(), Claim::Anything);
        assert_eq!(Datatype::of_content(Format::VcfBgzip), VCF_BGZIP);
    }
}
