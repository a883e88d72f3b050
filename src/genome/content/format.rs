//! The formats that are recognised.

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// BED, three to twelve columns and any number of extra columns.
    Bed,
    /// ENCODE's narrowPeak, broadPeak and gappedPeak.
    EncodePeak,
    /// bedGraph.
    BedGraph,
    /// Wiggle with its declarations.
    Wig,
    /// GFF, version 2 or unknown.
    Gff,
    /// GFF, version 3.
    Gff3,
    /// GTF.
    Gtf,
    /// VCF, plain.
    Vcf,
    /// VCF compressed by bgzip.
    VcfBgzip,
    /// BCF in BGZF.
    Bcf,
    /// BCF without compression.
    BcfUncompressed,
    /// BAM.
    Bam,
    /// CRAM.
    Cram,
    /// bigBed.
    BigBed,
    /// bigWig.
    BigWig,
    /// 2bit.
    TwoBit,
    /// Index of tabix, compressed.
    Tabix,
    /// CSI index.
    Csi,
    /// BAI index.
    Bai,
    /// SAM with its header.
    Sam,
    /// FASTA.
    Fasta,
    /// FASTQ.
    Fastq,
    /// The genotypes of PLINK, whose files are called `.bed` too.
    PlinkBed,
    /// Contact matrices of Juicer.
    Hic,
    /// Compressed BED of BEDOPS.
    Starch,
    /// Reads in the archive format of NCBI.
    Sra,
    /// HDF5 of Cooler with one resolution.
    Cool,
    /// HDF5 of Cooler with several resolutions.
    MultiCool,
    /// HDF5.
    Hdf5,
    /// Zip.
    Zip,
    /// Excel workbook.
    Xlsx,
    /// Word document.
    Docx,
    /// Old Excel or Word file.
    Ole,
    /// 7z.
    SevenZip,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
    /// Zstandard.
    Zstandard,
    /// LZ4.
    Lz4,
    /// lzip.
    Lzip,
    /// compress, `.Z`.
    Compress,
    /// RAR.
    Rar,
    /// tar.
    Tar,
    /// tar in gzip.
    TarGzip,
    /// PDF.
    Pdf,
    /// PostScript.
    PostScript,
    /// RTF.
    Rtf,
    /// SQLite.
    Sqlite,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// TIFF.
    Tiff,
    /// WebP.
    WebP,
    /// Parquet.
    Parquet,
    /// Arrow.
    Arrow,
    /// Array of NumPy.
    Numpy,
    /// Workspace of R.
    RData,
    /// Encrypted by Crypt4GH, OpenSSL, PGP or age.
    Encrypted,
    /// Program in ELF.
    Executable,
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// Text of another kind.
    PlainText,
}

impl Format {
    /// The common name.
    pub fn name(self) -> &'static str {
        match self {
            Format::Bed => "BED",
            Format::EncodePeak => "narrowPeak, broadPeak or gappedPeak",
            Format::BedGraph => "bedGraph",
            Format::Wig => "wiggle",
            Format::Gff => "GFF",
            Format::Gff3 => "GFF3",
            Format::Gtf => "GTF",
            Format::Vcf => "VCF",
            Format::VcfBgzip => "VCF compressed with bgzip",
            Format::Bcf => "BCF",
            Format::BcfUncompressed => "uncompressed BCF",
            Format::Bam => "BAM",
            Format::Cram => "CRAM",
            Format::BigBed => "bigBed",
            Format::BigWig => "bigWig",
            Format::TwoBit => "2bit",
            Format::Tabix => "a tabix index",
            Format::Csi => "a CSI index",
            Format::Bai => "a BAI index",
            Format::Sam => "SAM",
            Format::Fasta => "FASTA",
            Format::Fastq => "FASTQ",
            Format::PlinkBed => "PLINK genotypes",
            Format::Hic => "Juicer hic",
            Format::Starch => "BEDOPS starch",
            Format::Sra => "NCBI SRA",
            Format::Cool => "Cooler (cool)",
            Format::MultiCool => "Cooler (mcool)",
            Format::Hdf5 => "HDF5",
            Format::Zip => "a zip archive",
            Format::Xlsx => "an Excel workbook (xlsx)",
            Format::Docx => "a Word document (docx)",
            Format::Ole => "an old Excel or Word file",
            Format::SevenZip => "a 7z archive",
            Format::Bzip2 => "bzip2",
            Format::Xz => "xz",
            Format::Zstandard => "Zstandard",
            Format::Lz4 => "LZ4",
            Format::Lzip => "lzip",
            Format::Compress => "compress (.Z)",
            Format::Rar => "a RAR archive",
            Format::Tar => "a tar archive",
            Format::TarGzip => "a tar archive compressed with gzip",
            Format::Pdf => "PDF",
            Format::PostScript => "PostScript",
            Format::Rtf => "RTF",
            Format::Sqlite => "an SQLite database",
            Format::Png => "a PNG image",
            Format::Jpeg => "a JPEG image",
            Format::Gif => "a GIF image",
            Format::Tiff => "a TIFF image",
            Format::WebP => "a WebP image",
            Format::Parquet => "Parquet",
            Format::Arrow => "Arrow",
            Format::Numpy => "a NumPy array",
            Format::RData => "an R workspace",
            Format::Encrypted => "an encrypted file",
            Format::Executable => "a program",
            Format::Json => "JSON",
            Format::Xml => "XML",
            Format::PlainText => "plain text",
        }
    }

    /// Whether it is a compression or archive whose content is not directly usable.
    pub fn is_package(self) -> bool {
        matches!(
            self,
            Format::Zip
                | Format::SevenZip
                | Format::Bzip2
                | Format::Xz
                | Format::Zstandard
                | Format::Lz4
                | Format::Lzip
                | Format::Compress
                | Format::Rar
                | Format::Tar
                | Format::TarGzip
        )
    }

    /// Whether it is text of lines and columns.
    pub(super) fn is_text(self) -> bool {
        matches!(
            self,
            Format::Bed
                | Format::EncodePeak
                | Format::BedGraph
                | Format::Wig
                | Format::Gff
                | Format::Gff3
                | Format::Gtf
                | Format::Vcf
                | Format::Sam
                | Format::Fasta
                | Format::Fastq
        )
    }
}
