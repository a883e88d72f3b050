//! `fairtracks_follow`: crates of others prove sources by any checksum, and by the files in them.

use crate::support;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use fairtracks::archive::digest::{DigestFunction, Digester};
use serde_json::{Value as Json, json};

use crate::support::folder;
use crate::support::following::{Galaxy, follow_in, row};
use crate::support::importing::gzip;

/// So many bytes that they cannot be equal by chance.
const REGIONS: &[u8] =
    b"chr1\t100\t200\tregions of another laboratory\nchr2\t300\t400\tof more than sixty-four bytes\n";

/// A crate of others about one file: what the file states, further entities, and the bytes in the archive.
fn crate_of(id: &str, stated: &Json, further: &[Json], inside: Option<&[u8]>) -> PathBuf {
    let mut file = json!({"@id": id, "@type": "File", "name": "regions.bed"});
    file.as_object_mut()
        .unwrap()
        .extend(stated.as_object().unwrap().clone());
    let mut graph = vec![
        json!({"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}}),
        json!({"@id": "./", "@type": "Dataset", "name": "Regions", "description": "Regions of another laboratory",
            "datePublished": "2024-01-01", "license": "CC0-1.0", "hasPart": [{"@id": id}]}),
        file,
    ];
    graph.extend_from_slice(further);
    let metadata = json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph});
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer
        .start_file("ro-crate-metadata.json", options)
        .unwrap();
    writer.write_all(metadata.to_string().as_bytes()).unwrap();
    if let Some(bytes) = inside {
        writer.start_file(id, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    let path = folder().join("other.crate.zip");
    fs::write(&path, writer.finish().unwrap().into_inner()).unwrap();
    path
}

fn sum(function: DigestFunction, bytes: &[u8]) -> String {
    let mut digester = Digester::making(&[function]);
    digester.update(bytes);
    let digests = digester.finish();
    let mut all = digests.all();
    all.find(|(known, _)| *known == function).unwrap().1
}

/// What the table says of a result with these bytes.
fn evidence(result: &[u8], crate_: PathBuf) -> (String, String) {
    let mut galaxy = Galaxy::default();
    let result = galaxy.run("cat", &[], result);
    let followed = galaxy.follow_by(None, &[&result], &[crate_], &[]);
    let found = row(&followed, "data 0");
    (found["proven_tracks"].clone(), found["evidence"].clone())
}

#[test]
fn every_checksum_that_a_file_states_proves_it() {
    for function in DigestFunction::ALL {
        let digits = sum(function, REGIONS);
        for (name, value) in [
            (function.property().to_owned(), json!(digits)),
            (
                function.property().to_owned(),
                json!([digits.to_uppercase()]),
            ),
            (
                function.name().to_owned(),
                json!(format!("{}:{digits}", function.property())),
            ),
        ] {
            let stated = json!({name.as_str(): value});
            let crate_ = crate_of("https://example.org/regions.bed", &stated, &[], None);
            let expected = format!("content ({})", function.name());
            let found = evidence(REGIONS, crate_.clone());
            assert_eq!(
                found,
                ("regions.bed".to_owned(), expected.clone()),
                "{stated}"
            );
            // The result may be packed.
            assert_eq!(evidence(&gzip(REGIONS), crate_), found, "{stated}");
        }
        let stated = json!({function.property(): digits});
        let crate_ = crate_of("https://example.org/regions.bed", &stated, &[], None);
        let other = [REGIONS, b"chr3\t1\t2\n"].concat();
        assert_eq!(evidence(&other, crate_), (String::new(), String::new()));
    }
}

#[test]
fn a_checksum_as_a_property_value_proves_it() {
    for key in ["identifier", "additionalProperty"] {
        let value = json!({"@id": "#sum", "@type": "PropertyValue", "name": "sha1", "value": sum(DigestFunction::Sha1, REGIONS)});
        let stated = json!({key: {"@id": "#sum"}});
        let crate_ = crate_of("https://example.org/regions.bed", &stated, &[value], None);
        assert_eq!(evidence(REGIONS, crate_).1, "content (SHA-1)", "{key}");
    }
}

#[test]
fn a_file_in_the_crate_proves_itself_without_any_checksum() {
    let packed = gzip(REGIONS);
    for (name, inside) in [("d/regions.bed", REGIONS), ("d/regions.bed.gz", &packed)] {
        for result in [REGIONS, &packed] {
            // The bytes of the archive have the last word, also where another digest is stated.
            for stated in [json!({}), json!({"md5": sum(DigestFunction::Md5, inside)})] {
                let crate_ = crate_of(name, &stated, &[], Some(inside));
                let expected = "content (SHA-256)".to_owned();
                assert_eq!(
                    evidence(result, crate_),
                    ("regions.bed".to_owned(), expected),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn what_is_no_checksum_proves_nothing() {
    let empty = sum(DigestFunction::Md5, b"");
    for stated in [
        json!({"md5": "see the file MD5SUMS"}),
        json!({"sha1": ""}),
        json!({"md5": sum(DigestFunction::Sha1, REGIONS)}),
        json!({"description": sum(DigestFunction::Md5, REGIONS)}),
    ] {
        let crate_ = crate_of("https://example.org/regions.bed", &stated, &[], None);
        assert_eq!(evidence(REGIONS, crate_).0, "", "{stated}");
    }
    let crate_ = crate_of(
        "https://example.org/empty.bed",
        &json!({"md5": empty}),
        &[],
        None,
    );
    assert_eq!(evidence(b"", crate_).0, "");
}

#[test]
fn one_crate_that_cannot_be_read_does_not_stop_the_others() {
    let place = folder();
    fs::write(place.join("result.bed"), REGIONS).unwrap();
    fs::create_dir(place.join("given")).unwrap();
    let stated = json!({"sha512": sum(DigestFunction::Sha512, REGIONS)});
    let untyped = json!({"@id": "#camera", "name": "a camera"});
    let good = crate_of("https://example.org/regions.bed", &stated, &[untyped], None);
    let bytes = fs::read(good).unwrap();
    for (name, bytes) in [
        ("a_good", &bytes[..]),
        ("b_empty", b""),
        ("c_text", b"chr1\t1\t2\n"),
        ("d_cut_off", &bytes[..bytes.len() / 2]),
    ] {
        fs::write(place.join(format!("given/{name}.crate.zip")), bytes).unwrap();
    }
    let arguments = ["result.bed", "--crates", "given"].map(str::to_owned);
    let followed = follow_in(&place, &arguments);
    let found = row(&followed, "result.bed");
    assert_eq!(found["evidence"], "content (SHA-512)");
    for name in ["b_empty", "c_text", "d_cut_off"] {
        let line = followed.stderr.lines().find(|line| line.contains(name));
        let line = line.unwrap_or_else(|| panic!("{name}: {}", followed.stderr));
        assert!(line.ends_with("; not used"), "{line}");
    }
    let line = followed.stderr.lines().find(|line| line.contains("a_good"));
    assert!(line.unwrap().contains("no `@type`"), "{}", followed.stderr);

    let strict = follow_in(
        &place,
        &[arguments.to_vec(), vec!["--strict".to_owned()]].concat(),
    );
    assert_eq!(strict.status, 1);
    assert!(
        strict.stderr.contains("found 3 of 4 crates"),
        "{}",
        strict.stderr
    );
    assert_eq!(row_of_failed(&strict), "content (SHA-512)");

    fs::remove_file(place.join("given/a_good.crate.zip")).unwrap();
    let none = follow_in(&place, &arguments);
    assert_eq!(none.status, 1);
    assert!(none.stderr.contains("b_empty"), "{}", none.stderr);
}

/// The evidence of the only row; outputs are written although the run failed.
fn row_of_failed(came: &support::Outcome) -> String {
    came.rows()[0]["evidence"].clone()
}

#[test]
fn a_damaged_file_or_document_in_one_crate_is_a_finding() {
    let place = folder();
    fs::write(place.join("result.bed"), REGIONS).unwrap();
    fs::create_dir(place.join("given")).unwrap();
    let good = json!({"sha1": sum(DigestFunction::Sha1, REGIONS)});
    let good = crate_of("https://example.org/regions.bed", &good, &[], None);
    fs::copy(good, place.join("given/good.crate.zip")).unwrap();
    // The same bytes in an archive that does not compress them, so that one can be changed.
    let damaged = crate_of("d/regions.bed", &json!({}), &[], Some(REGIONS));
    let mut bytes = fs::read(damaged).unwrap();
    let found = bytes
        .windows(REGIONS.len())
        .position(|piece| piece == REGIONS);
    let place_in_archive = found.expect("the file is stored");
    bytes[place_in_archive] ^= 1;
    fs::write(place.join("given/damaged.crate.zip"), bytes).unwrap();
    let arguments = ["result.bed", "--crates", "given"].map(str::to_owned);
    let followed = follow_in(&place, &arguments);
    assert_eq!(row(&followed, "result.bed")["evidence"], "content (SHA-1)");
    let line = followed
        .stderr
        .lines()
        .find(|line| line.contains("damaged.crate.zip"));
    assert!(
        line.is_some_and(|line| line.contains("d/regions.bed")),
        "{}",
        followed.stderr
    );
}
