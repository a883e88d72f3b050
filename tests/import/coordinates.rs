//! `fairtracks_import`: what the bytes of a track say of its assembly.

use std::fs;
use std::path::PathBuf;

use crate::support::importing::{Opened, gzip, import_from, with_track};
use crate::support::{Outcome, folder};
use fairtracks::genome::coordinate_system::KnownGenome;
use serde_json::json;

const BED: &str = "example:cells_dnase";

/// A track with these bytes, declared to be on hg38.
fn imported(name: &str, format: &str, bytes: &[u8]) -> Outcome {
    let odd: PathBuf = folder();
    fs::write(odd.join(name), bytes).unwrap();
    let document = with_track(|track| {
        track["file_url"] = format!("https://odd.example.org/{name}").into();
        track["file_name"] = name.into();
        track["file_format"] = json!({"term_id": "", "term_label": format});
        track.as_object_mut().unwrap().remove("checksum");
    });
    let came = import_from(&odd, "", &[&document], &[]);
    assert_eq!(came.row(BED)["status"], "imported", "the file is kept");
    came
}

/// The value of a property of the track in its crate.
fn property(crate_: &Opened, name: &str) -> Option<String> {
    let properties = crate_
        .follow(crate_.track(), "additionalProperty")
        .into_iter();
    let mut named = properties.filter(|property| property["name"] == name);
    named
        .next()
        .map(|property| property["value"].as_str().unwrap().to_owned())
}

#[test]
fn an_interval_beyond_its_chromosome_contradicts_the_assembly() {
    let came = imported(
        "far.bed",
        "BED",
        b"chr1\t5\t9\nchr1\t248956000\t249250000\n",
    );
    let expected = "coordinates contradict hg38: chr1 has an interval to 249250000, expected at most 248956422; they fit hg19";
    assert_eq!(came.row(BED)["reason"], expected);
    let crate_ = came.crate_of(BED);
    assert_eq!(
        property(&crate_, "contradiction of the genome assembly").as_deref(),
        Some(expected)
    );
    assert_eq!(property(&crate_, "coordinate system"), None);
    assert!(crate_.preview().contains("coordinates contradict hg38"));
    assert!(came.report().contains("coordinates contradict hg38"));
}

#[test]
fn names_without_chr_are_a_remark_with_the_mapping() {
    let came = imported("names.bed", "BED", b"1\t5\t9\nMT\t5\t9\n");
    assert_eq!(
        came.row(BED)["reason"],
        "chromosome names differ from hg38: 1 is chr1; MT is chrM: rename the chromosomes before comparing with other tracks on hg38"
    );
}

#[test]
fn a_header_with_all_chromosomes_puts_the_digests_into_the_crate() {
    let hg38 = KnownGenome::built_in("hg38").unwrap();
    let mut text = String::from("@HD\tVN:1.6\n");
    let mut references = Vec::new();
    for one in hg38.sequences() {
        let (name, length) = (&one.name, one.length);
        let md5 = one.md5s().next().unwrap();
        text += &format!("@SQ\tSN:{name}\tLN:{length}\tM5:{md5}\n");
        references.extend((name.len() as u32 + 1).to_le_bytes());
        references.extend(name.as_bytes());
        references.push(0);
        references.extend((length as u32).to_le_bytes());
    }
    let mut bam = b"BAM\x01".to_vec();
    bam.extend((text.len() as u32).to_le_bytes());
    bam.extend(text.as_bytes());
    bam.extend((hg38.sequences().len() as u32).to_le_bytes());
    bam.extend(references);
    let came = imported("reads.bam", "BAM", &gzip(&bam));
    let crate_ = came.crate_of(BED);
    assert_eq!(
        property(&crate_, "coordinate system").as_deref(),
        Some("ga4gh:SC.sorted_name_length_pairs._dMQ5dPUNVx4OGQnDAPmGMkVRWWcYV99")
    );
    let top = property(&crate_, "sequence collection").unwrap();
    assert!(top.starts_with("ga4gh:SC.") && top.len() == 41, "{top}");
    assert!(crate_.preview().contains("same sequences as hg38"));
    assert!(!came.row(BED)["reason"].contains("hg38"));
}

#[test]
fn a_broken_header_is_a_remark() {
    let came = imported("reads.bam", "BAM", &gzip(b"BAM\x01\xff\xff\xff\xff"));
    let reason = &came.row(BED)["reason"];
    let expected =
        "coordinates not compared with hg38: header not read: found a header of 4294967295 bytes";
    assert!(reason.contains(expected), "{reason}");
}
