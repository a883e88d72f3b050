//! RO-Crates as zip archives, written in one pass: light crates and crates of results in memory, full crates in memory that does
//! not depend on their data. Where it is wanted, the archive is a BagIt bag (RFC 8493) with the crate as its payload.

use std::collections::BTreeMap;
use std::io::{Read, Seek, Write};
use std::thread;

use super::metadata_file::MetadataFile;
use crate::archive::LARGEST_METADATA;
use crate::archive::digest::{Digests, Sha256Sum};
use crate::archive::error::PackError;
use crate::archive::packer::{Compression, Packer};
use crate::archive::parallel_deflate::{self, DeflatedEntries};
use crate::ro_crate::common_entities::INPUTS;
use crate::ro_crate::{METADATA_FILE, PREVIEW_FILE};

/// A crate that is being written: the metadata, then documents and data, then the nested crates, and the page.
pub struct CrateBuilder<W: Write + Seek> {
    packer: Packer<W>,
    nested: Option<DeflatedEntries>,
    bag: Option<Bag>,
}

/// What a bag has besides a crate.
#[derive(Debug, Clone, Copy)]
pub struct BagInfo<'b> {
    /// The name of the bag: the one folder of the archive.
    pub name: &'b str,
    /// The day, `YYYY-MM-DD`.
    pub date: &'b str,
}

/// The bag so far.
struct Bag {
    name: String,
    date: String,
    /// The files of the payload, by their paths in the crate.
    sums: BTreeMap<String, Sha256Sum>,
    bytes: u64,
}

/// A crate that the crate was made of, to be nested in it at `inputs/<key>/`.
#[derive(Debug, Clone)]
pub struct NestedCrate<'c> {
    metadata: &'c MetadataFile,
    /// Further files by their paths.
    files: Vec<(&'c str, &'c [u8])>,
}

impl<'c> NestedCrate<'c> {
    /// The metadata of a crate.
    pub fn of(metadata: &'c MetadataFile) -> Self {
        let files = Vec::new();
        NestedCrate { metadata, files }
    }

    /// The same with further files, by their paths in the nested crate.
    #[must_use]
    pub fn with_files(self, files: Vec<(&'c str, &'c [u8])>) -> Self {
        NestedCrate { files, ..self }
    }

    /// The key of the crate.
    pub fn key(&self) -> &str {
        &self.metadata.key
    }

    /// Its folder, and its files by their paths in the crate around it.
    fn items(&self) -> impl Iterator<Item = (String, Option<&'c [u8]>)> {
        let folder = format!("{INPUTS}{}", self.metadata.key);
        let metadata = (METADATA_FILE, self.metadata.bytes.as_slice());
        let files = [metadata].into_iter().chain(self.files.iter().copied());
        let files: Vec<_> = files
            .map(|(path, bytes)| (format!("{folder}/{path}"), Some(bytes)))
            .collect();
        [(folder, None)].into_iter().chain(files)
    }
}

/// The data formats that are packed in themselves, by datatype or suffix.
const PACKED: &str = "bam bcf bigbed bigwig bb bw cram gz bgz bz2 xz zst zip vcf_bgzip png jpg jpeg gif pdf h5 h5ad cool \
    mcool hic 2bit tbi rocrate parquet";

/// How a file is best packed: what is packed in itself stays as it is.
pub fn compression(extension: &str) -> Compression {
    let extension = extension.to_ascii_lowercase();
    let last = extension.rsplit('.').next().unwrap_or_default();
    let mut packed = PACKED.split(' ');
    if packed.any(|known| known == extension || known == last) {
        Compression::Store
    } else {
        Compression::Deflate
    }
}

impl<W: Write + Seek> CrateBuilder<W> {
    /// Begins a crate with its metadata. The writer is empty and at its start.
    ///
    /// # Errors
    /// As of [`Packer::new`], and a nested crate that cannot be packed.
    pub fn new(
        writer: W,
        metadata: &[u8],
        nested: &[NestedCrate<'_>],
        bag: Option<BagInfo<'_>>,
    ) -> Result<Self, PackError> {
        let mut bag = bag.map(Bag::new);
        let mut nested: Vec<&NestedCrate<'_>> = nested.iter().collect();
        nested.sort_by_key(|nested| &nested.metadata.key);
        let mut items = Vec::new();
        for (path, bytes) in nested.iter().flat_map(|nested| nested.items()) {
            if let (Some(bag), Some(bytes)) = (&mut bag, bytes) {
                bag.note(&path, bytes.len() as u64, Sha256Sum::of(bytes));
            }
            items.push((placed(bag.as_ref(), &path), bytes));
        }
        // The metadata and the nested crates are deflated at the same time.
        let (nested, packer) = thread::scope(|scope| {
            let nested = (!items.is_empty()).then(|| scope.spawn(|| parallel_deflate::pack(items)));
            let packer = begun(writer, metadata, &mut bag);
            (nested.and_then(|nested| nested.join().ok()), packer)
        });
        Ok(CrateBuilder {
            packer: packer?,
            nested: nested.transpose()?,
            bag,
        })
    }

    /// Packs text at hand.
    ///
    /// # Errors
    /// As of [`Packer::add`].
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), PackError> {
        add(&mut self.packer, &mut self.bag, path, bytes)
    }

    /// Packs a file of at most `most` bytes as it streams by.
    ///
    /// # Errors
    /// As of [`Packer::add_from`].
    pub fn add_from(
        &mut self,
        path: &str,
        reader: &mut impl Read,
        most: u64,
        compression: Compression,
    ) -> Result<Digests, PackError> {
        let name = placed(self.bag.as_ref(), path);
        let digests = self
            .packer
            .add_from(&name, reader, most, compression, false)?;
        if let Some(bag) = &mut self.bag {
            bag.note(path, digests.bytes, digests.sha256);
        }
        Ok(digests)
    }

    /// Ends the crate with the nested crates and its page, and gives the writer back.
    ///
    /// # Errors
    /// As of [`Packer::finish`].
    pub fn finish(self, page: Option<&[u8]>) -> Result<W, PackError> {
        let CrateBuilder {
            mut packer,
            nested,
            mut bag,
        } = self;
        if let Some(nested) = nested {
            packer.add_apart(nested)?;
        }
        // Last, as Galaxy refuses to upload an archive that has HTML among its first two files.
        if let Some(page) = page {
            add(&mut packer, &mut bag, PREVIEW_FILE, page)?;
        }
        if let Some(bag) = bag {
            bag.end(&mut packer)?;
        }
        packer.finish()
    }
}

/// Begins an archive with the metadata of a crate.
fn begun<W: Write + Seek>(
    writer: W,
    metadata: &[u8],
    bag: &mut Option<Bag>,
) -> Result<Packer<W>, PackError> {
    if bag.is_none() {
        return Packer::new(writer, metadata);
    }
    let bytes = metadata.len() as u64;
    if bytes > LARGEST_METADATA {
        return Err(PackError::MetadataTooLarge { bytes });
    }
    let mut packer = Packer::empty(writer);
    add(&mut packer, bag, METADATA_FILE, metadata)?;
    Ok(packer)
}

fn add<W: Write + Seek>(
    packer: &mut Packer<W>,
    bag: &mut Option<Bag>,
    path: &str,
    bytes: &[u8],
) -> Result<(), PackError> {
    let name = placed(bag.as_ref(), path);
    let digests = packer.add(&name, bytes, Compression::Deflate)?;
    if let Some(bag) = bag {
        bag.note(path, digests.bytes, digests.sha256);
    }
    Ok(())
}

/// Where a file of the crate is in the archive.
fn placed(bag: Option<&Bag>, path: &str) -> String {
    match bag {
        Some(bag) => format!("{}/data/{path}", bag.name),
        None => path.to_owned(),
    }
}

impl Bag {
    fn new(info: BagInfo<'_>) -> Self {
        Bag {
            name: info.name.to_owned(),
            date: info.date.to_owned(),
            sums: BTreeMap::new(),
            bytes: 0,
        }
    }

    fn note(&mut self, path: &str, bytes: u64, sha256: Sha256Sum) {
        self.bytes += bytes;
        self.sums.insert(path.to_owned(), sha256);
    }

    /// Writes the files of the bag itself.
    fn end<W: Write + Seek>(self, packer: &mut Packer<W>) -> Result<(), PackError> {
        let manifest: String = self
            .sums
            .iter()
            .map(|(path, sum)| format!("{}  data/{}\n", sum.hexadecimal(), listed(path)))
            .collect();
        let (bytes, count) = (self.bytes, self.sums.len());
        let info = format!(
            "Bagging-Date: {}\nPayload-Oxum: {bytes}.{count}\n",
            self.date
        );
        let files = [
            (
                "bagit.txt",
                "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned(),
            ),
            ("bag-info.txt", info),
            ("manifest-sha256.txt", manifest),
        ];
        let mut tags = String::new();
        for (name, text) in files {
            let place = format!("{}/{name}", self.name);
            let digests = packer.add(&place, text.as_bytes(), Compression::Deflate)?;
            tags.push_str(&format!("{}  {name}\n", digests.sha256.hexadecimal()));
        }
        let place = format!("{}/tagmanifest-sha256.txt", self.name);
        packer.add(&place, tags.as_bytes(), Compression::Deflate)?;
        Ok(())
    }
}

/// A path as manifests have it: a percent sign is encoded, as line breaks would be, which no path has.
fn listed(path: &str) -> String {
    path.replace('%', "%25")
}
