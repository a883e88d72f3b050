//! Own files are read: once from start to end for checksums and chromosomes, and a few places for the format.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use url::Url;

use super::arguments::ConvertArguments;
use super::source_reading::short;
use crate::archive::digest::{DigestFunction, Digester, Digests};
use crate::cli::{self, Failure, dataset_options};
use crate::conversion::error::OwnFilesError;
use crate::conversion::own::file::{OwnFile, OwnFiles};
use crate::galaxy::datatype::{Datatype, Peaks};
use crate::galaxy::described_datasets::DescribedDataset;
use crate::genome::content::{
    Claim, Delivery, FileBytes, FileContent, TrackLayout, Verdict, identify, judge,
};
use crate::genome::coordinate_system::{CoordinateEvidence, EvidenceCollector, EvidenceError};

/// Bytes that are read in one go.
const PIECE: usize = 1 << 17;

/// Reads the files of the options, or of folders, each in one pass.
///
/// # Errors
/// A file that cannot be read, two files with one name, or a URL that is not that of a folder.
pub fn read(arguments: &ConvertArguments, base_url: Option<&str>) -> Result<OwnFiles, Failure> {
    let paths = cli::files(&arguments.files)?;
    if paths.is_empty() && !arguments.files.is_empty() {
        let problem = "found no file in the folders, expected at least one";
        return Err(Failure::at("--files", problem));
    }
    let described = described(arguments.described.as_deref(), &paths)?;
    let mut names: Vec<&str> = described.iter().map(name_of).collect();
    names.sort_unstable();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let problem = OwnFilesError::TwoFiles(pair[0].to_owned());
        return Err(Failure::at("--files", problem));
    }
    let base_url = base_url.map(folder_url).transpose()?;
    let read = paths.par_iter().zip(&described).with_max_len(1);
    let read = read.map(|(path, described)| {
        let at = |error: io::Error| Failure::at(name_of(described), error);
        own_file(path, described).map_err(at)
    });
    let files: Vec<Result<OwnFile, Failure>> = read.collect();
    Ok(OwnFiles {
        files: files.into_iter().collect::<Result<_, _>>()?,
        base_url,
    })
}

fn name_of(described: &DescribedDataset) -> &str {
    short(described.element_identifier.trim())
}

/// What Galaxy knows of each file, or else the name of each.
fn described(file: Option<&Path>, paths: &[PathBuf]) -> Result<Vec<DescribedDataset>, Failure> {
    if let Some(file) = file {
        return dataset_options::described_by(file, paths);
    }
    let named = paths.iter().map(|path| DescribedDataset {
        element_identifier: path.display().to_string(),
        ..DescribedDataset::default()
    });
    Ok(named.collect())
}

/// The URL of a folder, to which names of files can be added.
fn folder_url(text: &str) -> Result<Url, Failure> {
    let url = Url::parse(text.trim()).ok().filter(|url| {
        let is_web = ["http", "https", "ftp"].contains(&url.scheme());
        is_web && url.query().is_none() && url.fragment().is_none()
    });
    url.ok_or_else(|| {
        let problem = format!(
            "found `{text}`, expected the URL of a folder of http, https or ftp without `?` and `#`, such as https://tracks.example.org/deposit/"
        );
        Failure::usage("--base-url", problem)
    })
}

/// The chromosomes of a file; the error says why its header cannot be read.
type Evidence = Result<Option<CoordinateEvidence>, EvidenceError>;

fn own_file(path: &Path, described: &DescribedDataset) -> io::Result<OwnFile> {
    let mut file = cli::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other(
            "found a device or a pipe, expected a file or a folder of files",
        ));
    }
    let (digests, evidence) = digests_and_evidence(&mut file)?;
    file.rewind()?;
    let name = name_of(described);
    let content = identify(&mut FileBytes::new(&mut file)?)?;
    let (layout, mut remarks) = recognised(&content, described, name);
    let evidence = evidence.unwrap_or_else(|error| {
        remarks.push(error.to_string());
        None
    });
    let other_name = short(described.name.trim()).to_owned();
    Ok(OwnFile {
        name: name.to_owned(),
        other_name: Some(other_name).filter(|other| !other.is_empty() && other != name),
        bytes: digests.bytes,
        sha256: digests.sha256,
        md5: digests.md5.unwrap_or_default(),
        layout,
        evidence: evidence.filter(|evidence| !evidence.is_empty()),
        dbkey: described.dbkey.clone(),
        remarks,
    })
}

/// The digests of a file and what it says about its chromosomes, in one pass.
fn digests_and_evidence(file: &mut File) -> io::Result<(Digests, Evidence)> {
    let mut digester = Digester::making(&[DigestFunction::Md5]);
    let mut collector = EvidenceCollector::default();
    let mut piece = vec![0; PIECE];
    loop {
        let length = match file.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        if length == 0 {
            return Ok((digester.finish(), collector.finish()));
        }
        digester.update(&piece[..length]);
        if !collector.is_done() {
            collector.write_all(&piece[..length])?;
        }
    }
}

/// The format of a file, and what a curator should know. Its datatype in Galaxy, or else its name, counts where the content
/// leaves a choice.
fn recognised(
    content: &FileContent,
    described: &DescribedDataset,
    name: &str,
) -> (Option<TrackLayout>, Vec<String>) {
    let datatype = match described.extension.as_str() {
        "" | "data" | "auto" => None,
        // A datatype of a packed file is that of the file in it.
        extension => Some(Datatype::named(
            extension.strip_suffix(".gz").unwrap_or(extension),
        )),
    };
    let of_name = Datatype::of_file_name(name, Peaks::EncodePeak);
    let claims = [of_name, datatype].into_iter().flatten();
    let declared = claims
        .map(Datatype::claim)
        .find(|claim| matches!(claim, Claim::Format(_)))
        .unwrap_or(Claim::Anything);
    let declared_format = match declared {
        Claim::Format(format) => Some(format),
        _ => None,
    };
    let delivery = Delivery {
        file_name: name,
        ..Delivery::default()
    };
    match judge(declared, unpacked(content), &delivery) {
        Verdict::Refused(problem) | Verdict::Empty(problem) => (None, vec![problem]),
        Verdict::Doubtful(remark) => (TrackLayout::of(content, declared_format), vec![remark]),
        Verdict::Other(format) => {
            let layout = TrackLayout::of(content, declared_format);
            let remark = format!("found {}, expected a format of tracks", format.name());
            let is_track = layout.is_some();
            (layout, if is_track { Vec::new() } else { vec![remark] })
        }
        Verdict::AsDeclared | Verdict::Variant(_) => {
            (TrackLayout::of(content, declared_format), Vec::new())
        }
    }
}

/// What is within gzip, unless the gzip itself has a fault.
fn unpacked(content: &FileContent) -> &FileContent {
    match content {
        FileContent::Gzip(gzip) if gzip.fault.is_none() => unpacked(&gzip.inside),
        content => content,
    }
}
