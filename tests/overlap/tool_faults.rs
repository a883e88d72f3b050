//! What is wrong or unusual in a file, in each place where `fairtracks_overlap` reads intervals.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::tool::rows;
use crate::support::folder;
use crate::support::running::{OVERLAP, Outcome, run_in};

const GOOD: &str = "chr1\t100\t200\nchr1\t500\t600\n";

fn packed(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

/// The tool with a file as the track, the query, the candidates or the mask, and good files beside it.
fn run(place: &Path, role: &str, file: &str) -> Outcome {
    let track = if role == "track" { file } else { "good.bed" };
    let query = if role == "query" { file } else { "good.bed" };
    let mut arguments = vec![track, "--query-set", query, "--chromosome-sizes", "sizes"];
    arguments.extend(["--permutations", "9"]);
    let option = format!("--{role}");
    if matches!(role, "candidates" | "mask") {
        arguments.extend([option.as_str(), file]);
    }
    run_in(OVERLAP, place, &arguments)
}

fn place() -> std::path::PathBuf {
    let place = folder();
    fs::write(place.join("sizes"), "chr1\t10000\nchr2\t5000\n").unwrap();
    fs::write(place.join("good.bed"), GOOD).unwrap();
    place
}

#[test]
fn a_fault_is_refused_with_file_and_line_wherever_it_is_read() {
    let place = place();
    let long = format!("{GOOD}{}\t1\t2\n", "c".repeat(1_000_000));
    let whole = packed(&GOOD.repeat(1000));
    let mut members = packed("chr1\t100\t200\nchr1\t");
    members.extend(packed("500\t600\n"));
    let faults: [(&str, &[u8], &str); 9] = [
        (
            "negative.bed",
            b"chr1\t1\t2\nchr1\t-5\t10\n",
            "line 2: found the negative start -5",
        ),
        (
            "reversed.bed",
            b"chr1\t1\t2\nchr1\t20\t10\n",
            "line 2: found the end 10 before the start 20",
        ),
        (
            "beyond.bed",
            b"chr1\t1\t2\nchr1\t9999\t10001\n",
            "line 2: found the end 10001 on chr1",
        ),
        (
            "large.bed",
            b"chr1\t1\t99999999999\n",
            "line 1: found the end `99999999999`",
        ),
        (
            "long.bed",
            long.as_bytes(),
            "line 3: found a chromosome name of 1000000 bytes, expected at most 1024",
        ),
        (
            "returns.bed",
            b"chr1\t1\t2\rchr1\t3\t4\r",
            "line 1: found line ends of CR alone",
        ),
        (
            "reversed.vcf",
            b"##fileformat=VCFv4.3\nchr1\t9\t.\tA\t<DEL>\t.\t.\tEND=5\n",
            "line 2: found the end 5 before the start 9",
        ),
        (
            "cut.bed.gz",
            &whole[..whole.len() - 9],
            "line 2001: the gzip file is truncated",
        ),
        (
            "member.bed.gz",
            &members[..members.len() - 9],
            "line 3: the gzip file is truncated",
        ),
    ];
    for (name, bytes, expected) in faults {
        fs::write(place.join(name), bytes).unwrap();
        for role in ["track", "query", "candidates", "mask"] {
            let done = run(&place, role, name);
            let said = &done.stderr;
            assert_eq!(
                (done.status, done.stdout.as_str()),
                (1, ""),
                "{role}: {said}"
            );
            assert!(said.contains(&format!("{name}: ")), "{role}: {said}");
            assert!(said.contains(expected), "{role}: {said}");
            assert!(said.len() < 1000, "{role} {name}: {} bytes", said.len());
        }
    }
}

#[test]
fn what_is_unusual_but_clear_gives_the_same_ranking() {
    let place = place();
    let mut members = packed("chr1\t100\t200\nchr1\t");
    members.extend(packed("500\t600\n"));
    let long = format!(
        "chr1\t100\t200\t{}\nchr1\t500\t600\n",
        "n".repeat(1_000_000)
    );
    let same: [(&str, &[u8]); 6] = [
        ("unsorted.bed", b"chr1\t500\t600\nchr1\t100\t200\n"),
        ("returns.bed", b"chr1\t100\t200\r\nchr1\t500\t600\r\n"),
        ("titled.bed", b"# a comment\nbrowser position chr1:1-2\ntrack name=x\nchrom\tstart\tend\nchr1\t100\t200\n\nchr1\t500\t600"),
        ("members.bed.gz", &members),
        ("packed.bed", &packed(GOOD)),
        ("long.bed", long.as_bytes()),
    ];
    for role in ["track", "query", "candidates", "mask"] {
        let expected = run(&place, role, "good.bed");
        assert_eq!(expected.status, 0, "{}", expected.stderr);
        for (name, bytes) in same {
            fs::write(place.join(name), bytes).unwrap();
            let found = run(&place, role, name);
            assert_eq!(
                found.stdout.replace(name, "good.bed"),
                expected.stdout,
                "{role} {name}"
            );
        }
    }
}

#[test]
fn overlapping_regions_cover_a_base_once_and_a_region_of_length_0_is_a_site() {
    let place = place();
    let overlapping = "chr1\t100\t200\nchr1\t150\t250\nchr1\t100\t200\n";
    fs::write(place.join("overlapping.bed"), overlapping).unwrap();
    fs::write(place.join("sites.bed"), "chr1\t200\t200\nchr1\t300\t300\n").unwrap();
    let cells = |done: &Outcome, columns: [&str; 4]| {
        let row = rows(&done.stdout).remove(0);
        columns.map(|column| row[column].clone())
    };
    let columns = ["n_query", "bp_query", "overlap_bp", "hits"];
    let found = run(&place, "query", "overlapping.bed");
    assert_eq!(cells(&found, columns), ["3", "150", "100", "3"]);
    // Base 199 is before the site at 200.
    let found = run(&place, "query", "sites.bed");
    assert_eq!(cells(&found, columns), ["2", "0", "0", "1"]);
}

#[test]
fn empty_files_leave_measures_undefined_and_say_so() {
    let place = place();
    fs::write(place.join("none.bed"), "").unwrap();
    for (role, warning) in [
        ("query", "query has no element in the analysis universe"),
        ("track", "track has no element in the analysis universe"),
    ] {
        let done = run(&place, role, "none.bed");
        assert_eq!(done.status, 0, "{}", done.stderr);
        assert_eq!(rows(&done.stdout)[0]["forbes"], "NA", "{role}");
        assert!(done.stderr.contains(warning), "{}", done.stderr);
        assert!(
            done.stderr.contains("no track can be ranked (1 given)"),
            "{}",
            done.stderr
        );
    }
    let done = run(&place, "candidates", "none.bed");
    assert_eq!(rows(&done.stdout)[0]["fisher_p"], "NA");
    let warning = "2 of 2 elements of the query touch no candidate position";
    assert!(done.stderr.contains(warning), "{}", done.stderr);
    let done = run(&place, "mask", "none.bed");
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert_eq!(rows(&done.stdout)[0]["n_query"], "2");
}
