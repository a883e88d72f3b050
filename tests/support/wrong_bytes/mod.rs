//! Files that are not what their document says, each with what has to become of it.

pub mod importing;
pub mod makers;

use crate::support::importing::gzip;
use makers::{bed, bgzf, block, cram, hdf5, sqlite, tar, two_bit, zip};

/// The verdict on a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// It fails, with this word in the reason.
    Fails(&'static str),
    /// It is taken as this datatype, with this word in the remark.
    Taken(&'static str, &'static str),
}

use Expected::{Fails, Taken};

/// A file.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// What it is.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What becomes of it where it is declared to be BED, and where bigWig.
    pub expected: [Expected; 2],
}

fn wrong(name: &str, bytes: impl AsRef<[u8]>, expected: Expected) -> Wrong {
    apart(name, bytes, expected, expected)
}

fn apart(name: &str, bytes: impl AsRef<[u8]>, bed: Expected, bigwig: Expected) -> Wrong {
    Wrong {
        name: name.to_owned(),
        bytes: bytes.as_ref().to_vec(),
        expected: [bed, bigwig],
    }
}

/// All of them; `bigwig` and `bigbed` are whole files.
pub fn all(bigwig: &[u8], bigbed: &[u8]) -> Vec<Wrong> {
    let mut all = pages();
    all.extend(errors());
    all.extend(packages());
    all.extend(binaries(bigwig, bigbed));
    all.extend(texts());
    all
}

fn pages() -> Vec<Wrong> {
    let page = "<!DOCTYPE html><html><head><title>Please log in</title></head></html>";
    let mut pages: Vec<Wrong> = [
        ("doctype", page),
        ("declared", "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\">\n<html xmlns=\"x\"/>"),
        ("comment", "<!-- moved -->\n<html></html>"),
        ("comment without end", "<!-- moved"),
        ("title", "<title>404</title>"),
        ("script", "<script>location = 'x'</script>"),
        ("meta", "<meta http-equiv=refresh content=0>"),
        ("capitals after white space", "\n\n  <HTML LANG=EN>"),
        ("heading", "<center><h1>502 Bad Gateway</h1></center>"),
        ("program", "<?php echo 1 ?><html>"),
        ("warning", "<br />\n<b>Warning</b>: no memory"),
    ]
    .into_iter()
    .map(|(name, text)| wrong(&format!("page {name}"), text, Fails("a web page")))
    .collect();
    let utf16: Vec<u8> = "\u{feff}<html>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    pages.extend([
        wrong("page first words", page, Fails("`Please log in`")),
        wrong(
            "page with mark",
            format!("\u{feff}{page}"),
            Fails("a web page"),
        ),
        wrong("page in UTF-16", utf16, Fails("a web page")),
        wrong("page in gzip", gzip(page.as_bytes()), Fails("a web page")),
        wrong(
            "page of 200 kB",
            format!("{page}{}", " x".repeat(100_000)),
            Fails("a web page"),
        ),
        wrong(
            "page behind data",
            format!("{}<html>Error</html>\n", bed()),
            Fails("damaged"),
        ),
    ]);
    pages
}

fn errors() -> Vec<Wrong> {
    let errors = [
        (
            "store",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>No such key.</Message></Error>",
        ),
        (
            "store without declaration",
            "<Error><Code>AccessDenied</Code></Error>",
        ),
        ("object", "{\"error\": \"not found\"}"),
        ("object detail", "{\"detail\": \"Not found.\"}"),
        ("object status", "{\"status\": 404}"),
        (
            "object errors",
            "{\"data\": null, \"errors\": [{\"message\": \"gone\"}]}",
        ),
        ("list", "[{\"message\": \"no\"}]"),
        ("value", "\"Not Found\""),
        ("nothing", "null"),
        ("line", "Not Found"),
        ("line with end", "404: Not Found\n"),
        ("limit", "Rate limit exceeded"),
        ("other language", "Datei nicht gefunden"),
        ("lines", "Sorry!\nThe service is unavailable.\n"),
        (
            "lines of JSON",
            "{\"error\": \"no\"}\n{\"error\": \"still no\"}\n",
        ),
        (
            "parts",
            "--a\r\nContent-Type: text/plain\r\n\r\nchr1\t1\t2\r\n--a--\r\n",
        ),
        (
            "folder",
            "-rw-r--r--   1 ftp  ftp  1 Jan 1 a.bed\n-rw-r--r--   1 ftp  ftp  1 Jan 1 b.bed\n",
        ),
        (
            "program",
            "Traceback (most recent call last):\n  File \"a.py\", line 1\n\n\nKeyError\n",
        ),
        ("answer in answer", "HTTP/1.1 404 Not Found\r\nX: y\r\n\r\n"),
    ];
    let mut errors: Vec<Wrong> = errors
        .into_iter()
        .map(|(name, text)| wrong(&format!("error {name}"), text, Fails("an error message")))
        .collect();
    let lfs = format!(
        "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 9\n",
        "a".repeat(64)
    );
    errors.extend([
        wrong(
            "error words",
            errors[0].bytes.clone(),
            Fails("`NoSuchKey: No such key.`"),
        ),
        wrong(
            "error with controls",
            "Not \x1b[31mFound\u{202e}\x07",
            Fails("`Not [31mFound`"),
        ),
        wrong(
            "feed",
            "<?xml version=\"1.0\"?><rss version=\"2.0\"></rss>",
            Fails("an XML document"),
        ),
        wrong(
            "drawing",
            "<svg xmlns=\"x\"></svg>",
            Fails("an XML document"),
        ),
        wrong("pointer of Git LFS", lfs, Fails("Git LFS")),
        wrong(
            "pointer of git-annex",
            "/annex/objects/MD5E-s3--a.bed\n",
            Fails("git-annex"),
        ),
        wrong(
            "large JSON",
            format!("{{\"features\": [{}]}}", vec!["{\"a\": 1}"; 3000].join(",")),
            Taken("json", "detected JSON"),
        ),
    ]);
    errors
}

fn packages() -> Vec<Wrong> {
    let packed = gzip(bed().as_bytes());
    let changed = |at: usize, byte: u8| {
        let mut bytes = packed.clone();
        bytes[at] = byte;
        bytes
    };
    let twice = gzip(&packed);
    vec![
        wrong("zip", zip(&["a.bed"]), Taken("zip", "a zip archive")),
        wrong("half a zip", &zip(&["a.bed"])[..200], Fails("truncated")),
        wrong("xlsx", zip(&["[Content_Types].xml", "xl/workbook.xml"]), Taken("xlsx", "Excel")),
        wrong("7z", [&b"7z\xbc\xaf\x27\x1c\0\x04"[..], &[0; 24]].concat(), Taken("data", "7z")),
        wrong("bzip2", b"BZh9\x17\x72\x45\x38\x50\x90\0\0\0\0", Taken("data", "bzip2")),
        wrong("xz", b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46\0\0\0\0\x1c\xdf\x44\x21\x1f\xb6\xf3\x7d\x01\0\0\0\0\x04YZ", Taken("data", "xz")),
        wrong("zstd", b"\x28\xb5\x2f\xfd\x24\0\x01\0\0\x99\xe9\xd8\x51", Taken("data", "Zstandard")),
        wrong("tar", tar(), Taken("tar", "a tar archive")),
        wrong("tar in gzip", gzip(&tar()), Taken("tar.gz", "a tar archive")),
        apart("gzip in gzip", &twice, Taken("bed", "decompressed 2 times"), Taken("bed", "detected BED")),
        wrong("gzip four times", gzip(&gzip(&twice)), Fails("nested layers of gzip")),
        wrong("gzip of another method", changed(2, 7), Fails("compression method 7")),
        wrong("gzip with unknown flags", changed(3, 0xe0), Fails("reserved flags")),
        wrong("gzip with another first byte", changed(0, 0), Fails("binary data of unknown format")),
        wrong("gzip with another second byte", changed(1, 0), Fails("binary data of unknown format")),
        wrong("header of gzip", &packed[..9], Fails("truncated")),
        wrong("half a gzip", &packed[..packed.len() / 2], Fails("truncated")),
        wrong("bgzip without end", block(bed().as_bytes()), Fails("end-of-file block")),
        wrong("nothing", b"", Taken("", "empty")),
        wrong("gzip of nothing", gzip(b""), Taken("", "empty")),
        wrong("white space", "\n \n", Taken("", "empty")),
    ]
}

fn binaries(bigwig: &[u8], bigbed: &[u8]) -> Vec<Wrong> {
    let bam = bgzf(b"BAM\x01\0\0\0\0\0\0\0\0");
    let mut other_tree = bigwig.to_vec();
    let tree = u64::from_le_bytes(bigwig[8..16].try_into().unwrap()) as usize;
    other_tree[tree] ^= 1;
    let mut far_index = bigwig.to_vec();
    far_index[24..32].copy_from_slice(&(bigwig.len() as u64).to_le_bytes());
    vec![
        wrong("PDF", "%PDF-1.4\n%\u{e9}\n%%EOF\n", Taken("pdf", "PDF")),
        wrong("SQLite", sqlite(1), Taken("sqlite", "SQLite")),
        wrong("half a SQLite", sqlite(2), Fails("truncated")),
        wrong("HDF5", hdf5(200), Taken("h5", "HDF5")),
        wrong("half an HDF5", hdf5(201), Fails("truncated")),
        wrong("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\0IEND", Taken("png", "PNG")),
        wrong(
            "JPEG",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0",
            Taken("jpg", "JPEG"),
        ),
        wrong("PLINK", b"\x6c\x1b\x01\xff\xff", Taken("data", "PLINK")),
        wrong("2bit", two_bit(), Taken("twobit", "2bit")),
        wrong(
            "2bit without its last byte",
            &two_bit()[..42],
            Fails("truncated"),
        ),
        wrong("BAM", &bam, Taken("bam", "BAM")),
        wrong(
            "BAM without end",
            &bam[..bam.len() - 28],
            Fails("end-of-file block"),
        ),
        wrong("BCF", bgzf(b"BCF\x02\x02\0\0\0\0"), Taken("bcf", "BCF")),
        apart(
            "BAM in gzip",
            gzip(&bam),
            Taken("bam", "detected BAM"),
            Taken("bam", "detected BAM"),
        ),
        wrong(
            "Crypt4GH",
            b"crypt4gh\x01\0\0\0\x01\0\0\0",
            Taken("data", "encrypted"),
        ),
        wrong("tabix", bgzf(b"TBI\x01\0\0\0\0"), Taken("tabix", "tabix")),
        wrong("CRAM", cram(), Taken("cram", "CRAM")),
        wrong(
            "CRAM without end",
            &cram()[..40],
            Fails("end-of-file container"),
        ),
        wrong("bigBed", bigbed, Taken("bigbed", "bigBed")),
        wrong(
            "half a bigBed",
            &bigbed[..bigbed.len() / 2],
            Fails("truncated"),
        ),
        wrong(
            "half a bigWig",
            &bigwig[..bigwig.len() / 2],
            Fails("truncated"),
        ),
        wrong(
            "most of a bigWig",
            &bigwig[..bigwig.len() - 40],
            Fails("truncated"),
        ),
        wrong("header of a bigWig", &bigwig[..40], Fails("truncated")),
        wrong("bigWig with far index", far_index, Fails("truncated")),
        wrong("bigWig with another tree", other_tree, Fails("damaged")),
        wrong(
            "noise",
            [[7, 129, 0, 200, 3, 9, 254, 31]; 9].concat(),
            Fails("binary data of unknown format"),
        ),
        wrong(
            "NUL bytes",
            [0; 900],
            Fails("binary data of unknown format"),
        ),
        wrong(
            "BED with NUL bytes",
            [bed().as_bytes(), &[0; 90]].concat(),
            Fails("NUL bytes"),
        ),
    ]
}

fn texts() -> Vec<Wrong> {
    let bed = bed();
    let utf16 = |big: bool, mark: &str| -> Vec<u8> {
        let units: Vec<u16> = format!("{mark}{bed}").encode_utf16().collect();
        let bytes = |unit: &u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        units.iter().flat_map(bytes).collect()
    };
    let row = "chr1\tmade\tgene\t1\t9\t.\t+\t.\t";
    let vcf = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr1\t1\t.\tA\tG\t.\t.\t.\n";
    let text = |name: &str, text: &str, remark| {
        apart(name, text, Taken("bed", remark), Taken("txt", "plain text"))
    };
    vec![
        apart("BED", &bed, Taken("bed", ""), Taken("bed", "detected BED")),
        wrong(
            "GFF3",
            format!("##gff-version 3\n{row}ID=a\n"),
            Taken("gff3", "GFF3"),
        ),
        wrong("GTF", format!("{row}gene_id \"a\";\n"), Taken("gtf", "GTF")),
        wrong("GFF", format!("{row}group1\n"), Taken("gff", "GFF")),
        wrong("VCF", vcf, Taken("vcf", "VCF")),
        wrong(
            "VCF in bgzip",
            bgzf(vcf.as_bytes()),
            Taken("vcf_bgzip", "VCF"),
        ),
        wrong(
            "wiggle",
            "fixedStep chrom=chr1 start=1 step=1\n1\n2\n",
            Taken("wig", "wiggle"),
        ),
        wrong(
            "bedGraph",
            "track type=bedGraph\nchr1\t1\t2\t3.5\n",
            Taken("bedgraph", "bedGraph"),
        ),
        wrong(
            "SAM",
            "@HD\tVN:1.6\n@SQ\tSN:chr1\tLN:9\n",
            Taken("sam", "SAM"),
        ),
        wrong("FASTA", ">chr1\nACGTACGT\n", Taken("fasta", "FASTA")),
        text(
            "heading",
            &format!("chrom\tstart\tend\tname\n{bed}"),
            "line 1 is a header",
        ),
        text("blanks", &bed.replace('\t', " "), "separated by blanks"),
        text("commas", &bed.replace('\t', ","), "separated by commas"),
        text(
            "prose",
            &"Nothing of this is a track.\n".repeat(100),
            "line 1",
        ),
        apart(
            "byte order mark",
            format!("\u{feff}{bed}"),
            Taken("bed", "byte order mark"),
            Taken("bed", "byte order mark"),
        ),
        apart(
            "CR LF",
            bed.replace('\n', "\r\n"),
            Taken("bed", "CR LF"),
            Taken("bed", "CR LF"),
        ),
        apart(
            "CR",
            bed.replace('\n', "\r"),
            Taken("bed", "CR alone"),
            Taken("bed", "CR alone"),
        ),
        wrong("UTF-16", utf16(false, "\u{feff}"), Taken("bed", "UTF-16")),
        wrong(
            "UTF-16 big-endian",
            utf16(true, "\u{feff}"),
            Taken("bed", "UTF-16"),
        ),
        wrong(
            "UTF-16 without mark",
            utf16(false, ""),
            Taken("bed", "UTF-16"),
        ),
    ]
}
