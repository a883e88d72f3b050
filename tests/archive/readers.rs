//! What passes the gate is the same archive to other programs: Python's zipfile, Info-ZIP's unzip, JSZip and Java's two readers, as
//! far as they are installed. And what other programs write passes.
//!
//! `ZIP_MUTANTS=50000 ZIP_SEED=7 cargo test --test archive_readers` tries more archives than the few of every day.

use crate::support::zip_mutants;
use crate::support::zip_readers;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::bad_zips::{Verdict, admitted};
use fairtracks::archive::digest::Sha256Sum;
use fairtracks::archive::error::ArchiveError;
use fairtracks::archive::gate::Archive;
use fairtracks::archive::limits::ArchiveLimits;
use fairtracks::archive::packer::{Compression, Packer};

const CAP: u64 = 1 << 26;

/// The files of an archive by our own reader: an archive passes when all of its files can be read.
fn ours(bytes: &[u8]) -> Result<BTreeMap<String, String>, ArchiveError> {
    let mut archive = Archive::open(Cursor::new(bytes), &ArchiveLimits::default())?;
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    names
        .into_iter()
        .map(|name| {
            let bytes = archive.read(&name, CAP)?;
            Ok((name, Sha256Sum::of(&bytes).hexadecimal()))
        })
        .collect()
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

/// Asks all readers about archives that pass, and says what they find otherwise.
fn differences(
    folder: &Folder,
    passing: &[(String, Vec<u8>, BTreeMap<String, String>)],
) -> Vec<String> {
    let paths: Vec<PathBuf> = (0..passing.len())
        .map(|place| folder.0.join(format!("{place}.zip")))
        .collect();
    for (path, (_, bytes, _)) in paths.iter().zip(passing) {
        fs::write(path, bytes).unwrap();
    }
    let (readers, lacking) = zip_readers::at_hand();
    if !lacking.is_empty() {
        eprintln!("not asked, since not installed: {}", lacking.join(", "));
    }
    let mut differences = Vec::new();
    for reader in readers {
        let found = reader.read(&paths);
        let refused = found.iter().filter(|contents| contents.is_none()).count();
        eprintln!(
            "{}: {} read, {refused} refused",
            reader.name,
            found.len() - refused
        );
        for (theirs, (name, _, ours)) in found.iter().zip(passing) {
            let difference = reader.difference(ours, theirs);
            differences.extend(difference.map(|difference| format!("{name}: {difference}")));
        }
    }
    differences
}

#[test]
fn what_passes_is_the_same_to_all_readers() {
    let (seed, mutants) = (number("ZIP_SEED", 1), number("ZIP_MUTANTS", 3000));
    let folder = Folder::new("zip_mutants");
    let mut passing = Vec::new();
    for number in 0..mutants {
        let seed = seed.wrapping_mul(1 << 32).wrapping_add(number);
        let bytes = zip_mutants::mutant(seed);
        if let Ok(files) = ours(&bytes) {
            passing.push((format!("mutant {seed}"), bytes, files));
        }
    }
    eprintln!("{} of {mutants} mutants pass", passing.len());
    assert!(passing.len() as u64 > mutants / 50);
    assert!((passing.len() as u64) < mutants / 2);
    let differences = differences(&folder, &passing);
    if let Ok(place) = env::var("ZIP_KEEP") {
        for (name, bytes, _) in &passing {
            if differences
                .iter()
                .any(|line| line.starts_with(&format!("{name}:")))
            {
                fs::write(Path::new(&place).join(format!("{name}.zip")), bytes).unwrap();
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn what_only_looks_odd_is_the_same_to_all_readers() {
    let folder = Folder::new("zip_odd");
    // Tens of thousands of files take a minute to write.
    let cases = admitted::cases().into_iter();
    let cases = cases.filter(|case| case.bytes.len() < 1 << 20);
    let passing: Vec<_> = cases
        .map(|case| {
            assert!(matches!(case.verdict, Verdict::Passes(_)));
            let files = ours(&case.bytes).unwrap();
            (case.name.to_owned(), case.bytes, files)
        })
        .collect();
    let mut packer = Packer::new(Cursor::new(Vec::new()), b"{}").unwrap();
    packer.add_folder("data").unwrap();
    let text = b"chr1\t1\t2\n".repeat(99);
    packer
        .add("data/a.bed", &text, Compression::Deflate)
        .unwrap();
    packer.add("b.gz", &text, Compression::Store).unwrap();
    let large = packer.add_from(
        "c.bed",
        &mut &text[..],
        1 << 33,
        Compression::Deflate,
        false,
    );
    large.unwrap();
    let bytes = packer.finish().unwrap().into_inner();
    let files = ours(&bytes).unwrap();
    let passing = [passing, vec![("our own".to_owned(), bytes, files)]].concat();
    let differences = differences(&folder, &passing);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn what_other_programs_write_passes_and_is_the_same_to_all_readers() {
    let folder = Folder::new("zip_writers");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/zip_readers/writers.py");
    let Ok(output) = Command::new("python3")
        .arg(script)
        .arg(&folder.0)
        .env("LC_ALL", "C.UTF-8")
        .output()
    else {
        eprintln!("not written, since python3 is not installed");
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    eprint!("without: {}", String::from_utf8_lossy(&output.stdout));
    let mut passing = Vec::new();
    for entry in fs::read_dir(&folder.0).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "zip") {
            let bytes = fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let files = ours(&bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
            assert_eq!(files.len(), 3, "{name}: {files:?}");
            passing.push((name, bytes, files));
        }
    }
    assert!(passing.len() > 11, "{}", passing.len());
    let differences = differences(&folder, &passing);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
