//! `fairtracks_import` from a crate that `fairtracks_package` made: all comes back as it was.

use crate::support;
use std::fs;

use crate::support::importing::{good, import, many};
use crate::support::packaging::{Story, package};

#[test]
fn data_and_their_light_crates_come_back_as_they_were() {
    let story = Story::new();
    let packed = story.packed(&[]);
    let came = good(&[&packed.path()]);
    let mut names = came.names("output_tracks");
    names.sort();
    assert_eq!(
        names,
        ["data 10", "example:cells_dnase", "example:cells_signal"]
    );
    for (given, path) in story.data().iter().zip(story.crates()) {
        // The result is called what its light crate says that Galaxy called it.
        let name = match given.described["element_identifier"].as_str() {
            Some("shared regions") => "data 10",
            name => name.unwrap(),
        };
        let element = came.element("output_tracks", name);
        assert_eq!(came.bytes(&element), given.bytes, "{name}");
        assert_eq!(element["ext"], given.described["extension"], "{name}");
        assert_eq!(element["dbkey"], "hg38", "{name}");
        let light = came.bytes(&came.element("output_crates", name));
        assert!(
            light == fs::read(path).unwrap(),
            "the light crate of {name} is another"
        );
    }
    let before = story
        .imported
        .element("output_tracks", "example:cells_dnase");
    assert_eq!(
        came.element("output_tracks", "example:cells_dnase")["tags"],
        before["tags"]
    );
    assert_eq!(came.rows().len(), 3);
    assert!(
        came.report().contains("All 3 tracks were imported"),
        "{}",
        came.report()
    );
}

#[test]
fn sources_that_are_not_inside_are_not_fetched() {
    let story = Story::new();
    let packed = package(
        std::slice::from_ref(&story.result),
        &story.crates(),
        &["--title", "Results alone"],
    );
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let came = good(&[&packed.path()]);
    assert_eq!(came.names("output_tracks"), ["data 10"]);
    let crate_ = came.crate_of("data 10");
    assert_eq!(
        many(&crate_.track()["isBasedOn"]).len(),
        2,
        "its story is whole"
    );
}

#[test]
fn a_changed_byte_does_not_come_back() {
    let story = Story::new();
    let packed = story.packed(&[]);
    let opened = packed.opened();
    let path = opened
        .order
        .iter()
        .find(|name| name.starts_with("results/"))
        .unwrap();
    let bytes = packed.read("crate.zip");
    let mut files = opened.files.clone();
    files.get_mut(path).unwrap()[0] = b'C';
    let mut packer = fairtracks::archive::packer::Packer::new(
        std::io::Cursor::new(Vec::new()),
        &files["ro-crate-metadata.json"],
    )
    .unwrap();
    for name in opened
        .order
        .iter()
        .filter(|name| *name != "ro-crate-metadata.json")
    {
        packer
            .add(
                name,
                &files[name],
                fairtracks::archive::packer::Compression::Deflate,
            )
            .unwrap();
    }
    let changed = support::importing::written("changed.zip", packer.finish().unwrap().into_inner());
    assert!(fs::read(&changed).unwrap() != bytes);
    let came = import(&[&changed], &[]);
    assert_eq!(came.status, 0, "the others come: {}", came.stderr);
    let row = came
        .rows()
        .into_iter()
        .find(|row| row["status"] == "failed")
        .unwrap();
    assert_eq!(row["label"], "data 10");
    assert!(
        row["reason"].starts_with(
            "checksum mismatch of results/shared_regions.bed in the crate: found the SHA-256"
        ),
        "{}",
        row["reason"]
    );
}
