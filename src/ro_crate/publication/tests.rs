//! How often data are read.

use std::cell::RefCell;
use std::io::{self, Cursor};

use super::*;
use crate::ro_crate::crate_archive::{CrateArchive, CrateDetail};

/// The track that the crate describes.
const TRACK: &[u8] = include_bytes!("../../../test-data/tracks/cells_dnase.bed");
const CRATE: &[u8] = include_bytes!("../../../test-data/version_0_1_0/light.crate.zip");

/// One of the data, which has another content each time that it is opened; the last one stays.
struct Memory {
    contents: RefCell<Vec<Vec<u8>>>,
    /// The sums that were known, each time that all were asked for.
    known: RefCell<Vec<Option<Sha256Sum>>>,
    opened: RefCell<usize>,
}

impl Memory {
    fn new(contents: &[&[u8]]) -> Self {
        Memory {
            contents: RefCell::new(contents.iter().map(|bytes| bytes.to_vec()).collect()),
            known: RefCell::default(),
            opened: RefCell::default(),
        }
    }

    fn content(&self) -> Vec<u8> {
        *self.opened.borrow_mut() += 1;
        let mut contents = self.contents.borrow_mut();
        match contents.len() {
            1 => contents[0].clone(),
            _ => contents.remove(0),
        }
    }
}

impl PublicationFiles for Memory {
    type Reader = Cursor<Vec<u8>>;
    type Writer = Cursor<Vec<u8>>;
    type Error = PublicationError;

    fn open(&self, _: usize) -> io::Result<Self::Reader> {
        Ok(Cursor::new(self.content()))
    }

    fn sums(&self, known: &[Option<Sha256Sum>]) -> Result<Vec<Sha256Sum>, PublicationError> {
        self.known.borrow_mut().push(known[0]);
        let sums = known.iter();
        Ok(sums
            .map(|sum| sum.unwrap_or_else(|| Sha256Sum::of(&self.content())))
            .collect())
    }

    fn start(&self) -> Result<Self::Writer, PublicationError> {
        Ok(Cursor::new(Vec::new()))
    }
}

fn packed(files: &Memory, includes_data: bool) -> Result<PublicationPlan, PublicationError> {
    let read = CrateArchive::read(Cursor::new(CRATE), CrateDetail::Page).unwrap();
    let known = KnownCrates {
        read: vec![("light.crate.zip".to_owned(), read)],
        ..KnownCrates::default()
    };
    let described = DescribedDataset {
        element_identifier: "example:cells_dnase".to_owned(),
        ..DescribedDataset::default()
    };
    let bytes = TRACK.len() as u64;
    PublicationContext {
        data: &[UnreadDataset { described, bytes }],
        known: &known,
        crate_index: &known.index(),
        heading: &CrateHeading::default(),
        has_documents: false,
        findings: &[],
        explained: &BTreeSet::new(),
        includes_data,
        is_bag: false,
        tool: ("fairtracks_package", "0"),
        time: "2026-01-31T12:00:00+00:00",
    }
    .pack(files)
}

#[test]
fn data_that_are_what_the_crates_describe_are_read_once() {
    let files = Memory::new(&[TRACK]);
    let plan = packed(&files, true).unwrap();
    assert_eq!(plan.is_described, [true]);
    assert_eq!(*files.known.borrow(), [Some(Sha256Sum::of(TRACK))]);
    assert_eq!(*files.opened.borrow(), 1);
}

#[test]
fn data_that_only_have_the_name_and_the_size_are_packed_again_as_what_they_are() {
    let other = vec![b'x'; TRACK.len()];
    let files = Memory::new(&[&other]);
    let plan = packed(&files, true).unwrap();
    assert_eq!(plan.is_described, [false]);
    assert_eq!(plan.files[0].digests.sha256, Sha256Sum::of(&other));
    let known = [Sha256Sum::of(TRACK), Sha256Sum::of(&other)].map(Some);
    assert_eq!(*files.known.borrow(), known);
    assert_eq!(*files.opened.borrow(), 2);
}

#[test]
fn data_that_change_while_they_are_packed_are_refused() {
    let (first, second) = (vec![b'x'; TRACK.len()], vec![b'y'; TRACK.len()]);
    let error = packed(&Memory::new(&[&first, &second]), true)
        .err()
        .unwrap();
    assert!(
        error
            .to_string()
            .starts_with("example:cells_dnase: the file was changed")
    );
}

#[test]
fn data_that_stay_outside_are_only_hashed() {
    let files = Memory::new(&[TRACK]);
    let plan = packed(&files, false).unwrap();
    assert_eq!(plan.is_described, [true]);
    assert_eq!(*files.known.borrow(), [None]);
    assert_eq!(*files.opened.borrow(), 1);
}
