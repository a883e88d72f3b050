//! `fairtracks_import` when the bytes that come are not what their document says.

use crate::support;
use std::fs;
use std::path::Path;

use crate::support::folder;
use crate::support::importing::{gunzip, gzip, import_from};
use crate::support::wrong_bytes::importing::{
    BED, BIGWIG, Declared, differs, document, import_files, track_file,
};
use crate::support::wrong_bytes::makers::{bed, bgzf, cram};
use crate::support::wrong_bytes::{Wrong, all};
use serde_json::json;

fn wrong() -> Vec<Wrong> {
    all(
        &track_file("cells_signal.bigWig"),
        &track_file("cells_peaks.bigBed"),
    )
}

#[test]
fn each_kind_of_wrong_bytes_is_refused_or_taken_as_what_it_is() {
    let wrong = wrong();
    for (at, format) in [BED, BIGWIG].into_iter().enumerate() {
        let files: Vec<(&str, &[u8])> = wrong
            .iter()
            .map(|wrong| (wrong.name.as_str(), wrong.bytes.as_slice()))
            .collect();
        let came = import_files(&files, format, false, &[]);
        assert_eq!(came.status, 0, "{}", came.stderr);
        let rows = came.rows();
        let problems: Vec<String> = wrong
            .iter()
            .filter_map(|wrong| {
                let row = rows.iter().find(|row| row["local_id"] == wrong.name);
                differs(row.unwrap(), wrong.expected[at], format.2)
            })
            .collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        for bytes in came.files().keys() {
            assert!(!bytes.contains("partial"), "{bytes}");
        }
    }
}

#[test]
fn a_checksum_of_the_provider_turns_suspicion_into_a_remark_but_no_page_into_a_track() {
    let wrong = wrong();
    let files: Vec<(&str, &[u8])> = wrong
        .iter()
        .map(|wrong| (wrong.name.as_str(), wrong.bytes.as_slice()))
        .collect();
    let came = import_files(&files, BED, true, &[]);
    for row in came.rows() {
        let name = &row["local_id"];
        // Nobody can use a page, a pointer, or gzip that cannot be unpacked, whatever its checksum.
        let is_useless = name.starts_with("page ") && name != "page behind data"
            || name.starts_with("pointer ")
            || name.contains("gzip of another")
            || name.contains("gzip with unknown")
            || ["half a gzip", "gzip four times", "feed", "drawing"].contains(&name.as_str())
            || [
                "error store",
                "error store without declaration",
                "error words",
            ]
            .contains(&name.as_str());
        let expected = if is_useless { "failed" } else { "imported" };
        assert_eq!(row["status"], expected, "{row:?}");
        let is_plain = name == "BED";
        assert_eq!(row["reason"].is_empty(), is_plain, "{row:?}");
    }
    let row = came.row("half a bigWig");
    assert!(row["reason"].contains("The file matches the provider's checksum"));
}

#[test]
fn an_empty_file_fails_where_the_user_is_strict() {
    for bytes in [&b""[..], &gzip(b"")] {
        let files = [("empty", bytes), ("good", b"chr1\t1\t2\n")];
        let came = import_files(&files, BED, false, &["--strict"]);
        assert_eq!(came.status, 1, "{}", came.stderr);
        let row = came.row("empty");
        assert_eq!(row["status"], "failed");
        assert!(row["reason"].contains("empty"), "{row:?}");
        assert_eq!(came.row("good")["status"], "imported");
        let came = import_files(&files, BED, false, &[]);
        assert_eq!(came.row("empty")["status"], "imported");
    }
}

/// A file as it is served: its name, its format, its bytes, and the datatype that it becomes.
type TrueFile = (&'static str, Declared, Vec<u8>, &'static str);

#[test]
fn true_files_of_each_datatype_come_without_a_remark() {
    let bam = bgzf(b"BAM\x01\0\0\0\0\0\0\0\0");
    let vcf = gunzip(&track_file("cells_variants.vcf.gz"));
    let term = |label: &'static str| ("", label, "");
    let files: Vec<TrueFile> = vec![
        ("a.bam", term("BAM"), bam, "bam"),
        ("a.cram", term("CRAM"), cram(), "cram"),
        ("a.vcf", term("VCF"), vcf.clone(), "vcf"),
        ("a.vcf.gz", term("VCF"), gzip(&vcf), "vcf"),
        ("b.vcf.gz", term("VCF"), bgzf(&vcf), "vcf_bgzip"),
        ("a.bed.gz", term("BED"), bgzf(bed().as_bytes()), "bed"),
        (
            "a.bw",
            term("bigWig"),
            gzip(&track_file("cells_signal.bigWig")),
            "bigwig",
        ),
        (
            "a.gff",
            term("GFF"),
            b"chr1\tx\tgene\t1\t9\t.\t+\t.\tgroup\n".to_vec(),
            "gff",
        ),
        (
            "b.gff",
            term("GFF"),
            gunzip(&track_file("cells_genes.gff3.gz")),
            "gff",
        ),
        (
            "a.gtf",
            term("GTF"),
            b"chr1\tx\texon\t1\t9\t.\t+\t.\tgene_id \"a\";\n".to_vec(),
            "gtf",
        ),
        (
            "a.tsv",
            term("TSV"),
            b"gene\tvalue\nA\t1\n".to_vec(),
            "tabular",
        ),
        (
            "a.txt",
            term("TXT"),
            b"Not a word of tracks.\n".to_vec(),
            "tabular",
        ),
    ];
    let odd = folder();
    let mut tracks = Vec::new();
    for (name, format, bytes, _) in &files {
        fs::write(odd.join(name), bytes).unwrap();
        let url = format!("https://odd.example.org/{name}");
        tracks.push(((*name).to_owned(), url, *format, None));
    }
    let came = import_from(&odd, "", &[&document(&tracks)], &["--strict"]);
    for (name, _, _, datatype) in &files {
        let row = came.row(name);
        assert_eq!(
            (&*row["status"], &*row["datatype"], &*row["reason"]),
            ("imported", *datatype, ""),
            "{row:?}"
        );
    }
    let peaks = [
        ("p", &b"chr1\t1\t9\tp\t0\t.\t1.5\t1e-5\t-1\t4\n"[..]),
        ("q", b"chr1\t1\t9\n"),
    ];
    let format = ("http://edamontology.org/format_3613", "", "");
    let came = import_files(&peaks, format, false, &["--peaks", "encodepeak"]);
    assert_eq!(
        (&*came.row("p")["datatype"], &*came.row("p")["reason"]),
        ("encodepeak", "")
    );
    let row = came.row("q");
    assert_eq!(row["datatype"], "bed");
    assert!(row["reason"].contains("detected BED"), "{row:?}");
}

#[test]
fn files_in_crates_are_looked_at_too() {
    let packer = |bytes: &[u8]| {
        let metadata = json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
            {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}},
            {"@id": "./", "@type": "Dataset", "hasPart": [{"@id": "a.bed"}, {"@id": "b.bed"}]},
            {"@id": "a.bed", "@type": "File", "name": "a"},
            {"@id": "b.bed", "@type": "File", "name": "b"}]});
        let start = std::io::Cursor::new(Vec::new());
        let metadata = metadata.to_string();
        let mut packer =
            fairtracks::archive::packer::Packer::new(start, metadata.as_bytes()).unwrap();
        let store = fairtracks::archive::packer::Compression::Store;
        packer.add("a.bed", bytes, store).unwrap();
        packer.add("b.bed", b"chr1\t1\t2\n", store).unwrap();
        support::importing::written("c.zip", packer.finish().unwrap().into_inner())
    };
    for (bytes, status, word) in [
        (&b"<title>gone</title>"[..], "failed", "a web page"),
        (b"BAM\x01\0\0", "imported", "detected BAM"),
        (b"just words", "imported", "does not look like BED"),
    ] {
        let source: &Path = &packer(bytes);
        let came = import_from(&folder(), "", &[source], &[]);
        let row = came.row("a.bed");
        assert_eq!(row["status"], status, "{row:?}");
        assert!(row["reason"].contains(word), "{row:?}");
        assert!(!came.row("b.bed")["reason"].contains("look like"));
    }
}
