//! Full crates, with their data, as zip archives: written in one pass in constant memory; where it is wanted as a BagIt bag
//! (RFC 8493), the crate being what the bag carries.

use std::collections::BTreeMap;
use std::io::{Read, Seek, Write};

use super::crate_zip::MetadataFile;
use super::known_crate::KnownCrate;
use crate::archive::LARGEST_METADATA;
use crate::archive::digest::{Digests, Sha256Sum};
use crate::archive::packer::{Compression, PackError, Packer};
use crate::archive::parallel_deflate;
use crate::ro_crate::common_entities::INPUTS;
use crate::ro_crate::{METADATA_FILE, PREVIEW_FILE};

/// A crate that is being written.
pub struct FullCrate<W: Write + Seek> {
    packer: Packer<W>,
    bag: Option<Bag>,
}

/// What a bag has to tell of its payload in the end.
struct Bag {
    /// The one folder of the archive.
    base: String,
    sums: BTreeMap<String, Sha256Sum>,
    bytes: u64,
}

/// A crate that the crate was made of.
#[derive(Debug, Clone, Copy)]
pub struct Inner<'c> {
    /// Its metadata.
    pub metadata: &'c MetadataFile,
    /// The rest of it, where all of it is carried on.
    pub whole: Option<&'c KnownCrate>,
}

/// The data formats that are packed in themselves, by the names that Galaxy or suffixes give them.
const PACKED: [&str; 28] = [
    "bam",
    "bcf",
    "bigbed",
    "bigwig",
    "bb",
    "bw",
    "cram",
    "gz",
    "bgz",
    "bz2",
    "xz",
    "zst",
    "zip",
    "vcf_bgzip",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "pdf",
    "h5",
    "h5ad",
    "cool",
    "mcool",
    "hic",
    "2bit",
    "tbi",
    "rocrate",
    "parquet",
];

/// How a file is best packed: what is packed in itself stays as it is.
pub fn compression(extension: &str) -> Compression {
    let extension = extension.to_ascii_lowercase();
    let last = extension.rsplit('.').next().unwrap_or_default();
    if PACKED.contains(&extension.as_str()) || PACKED.contains(&last) {
        Compression::Store
    } else {
        Compression::Deflate
    }
}

impl<W: Write + Seek> FullCrate<W> {
    /// Begins a crate with its metadata; a bag gets the name `bag`. The writer is empty and at its start.
    ///
    /// # Errors
    /// As of [`Packer::new`].
    pub fn begin(writer: W, metadata: &[u8], bag: Option<&str>) -> Result<Self, PackError> {
        let Some(base) = bag else {
            let packer = Packer::new(writer, metadata)?;
            return Ok(FullCrate { packer, bag: None });
        };
        let bytes = metadata.len() as u64;
        if bytes > LARGEST_METADATA {
            return Err(PackError::MetadataTooLarge { bytes });
        }
        let mut crate_ = FullCrate {
            packer: Packer::empty(writer),
            bag: Some(Bag {
                base: base.to_owned(),
                sums: BTreeMap::new(),
                bytes: 0,
            }),
        };
        crate_.add(METADATA_FILE, metadata)?;
        Ok(crate_)
    }

    /// Packs text at hand.
    ///
    /// # Errors
    /// As of [`Packer::add`].
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), PackError> {
        let name = self.placed(path);
        let digests = self.packer.add(&name, bytes, Compression::Deflate)?;
        self.note(path, &digests);
        Ok(())
    }

    /// Packs a file of `most` bytes as it streams by.
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
        let name = self.placed(path);
        let digests = self
            .packer
            .add_from(&name, reader, most, compression, false)?;
        self.note(path, &digests);
        Ok(digests)
    }

    /// Packs the crates that the crate was made of, each in its folder.
    ///
    /// # Errors
    /// As of [`Packer::add_apart`].
    pub fn add_inner(&mut self, inner: &[Inner<'_>]) -> Result<(), PackError> {
        let mut items = Vec::new();
        for Inner { metadata, whole } in inner {
            let folder = format!("{INPUTS}{}", metadata.key);
            let file = |path: &str| format!("{folder}/{path}");
            items.push((folder.clone(), None));
            items.push((file(METADATA_FILE), Some(metadata.bytes.as_slice())));
            if let Some(known) = whole {
                let document = known.document.as_ref();
                items.extend(document.map(|found| (file(found.path()), Some(found.bytes()))));
                items.extend(
                    known
                        .page
                        .as_deref()
                        .map(|page| (file(PREVIEW_FILE), Some(page))),
                );
            }
        }
        if let Some(bag) = &mut self.bag {
            for (path, bytes) in &items {
                if let Some(bytes) = bytes {
                    bag.bytes += bytes.len() as u64;
                    bag.sums.insert(path.clone(), Sha256Sum::of(bytes));
                }
            }
        }
        let items = items.into_iter();
        let placed = items.map(|(path, bytes)| (self.placed(&path), bytes));
        let apart = parallel_deflate::pack(placed.collect())?;
        self.packer.add_apart(apart)
    }

    /// Ends the crate with its page, and gives the writer back; `date` is the day of a bag.
    ///
    /// # Errors
    /// As of [`Packer::finish`].
    pub fn finish(mut self, page: Option<&[u8]>, date: &str) -> Result<W, PackError> {
        // Last, as Galaxy refuses to upload an archive that has HTML among its first two files.
        if let Some(page) = page {
            self.add(PREVIEW_FILE, page)?;
        }
        let FullCrate { mut packer, bag } = self;
        if let Some(bag) = bag {
            bag.end(&mut packer, date)?;
        }
        packer.finish()
    }

    fn placed(&self, path: &str) -> String {
        match &self.bag {
            Some(bag) => format!("{}/data/{path}", bag.base),
            None => path.to_owned(),
        }
    }

    fn note(&mut self, path: &str, digests: &Digests) {
        if let Some(bag) = &mut self.bag {
            bag.bytes += digests.bytes;
            bag.sums.insert(path.to_owned(), digests.sha256);
        }
    }
}

impl Bag {
    /// Writes the files of the bag itself.
    fn end<W: Write + Seek>(self, packer: &mut Packer<W>, date: &str) -> Result<(), PackError> {
        let manifest: String = self
            .sums
            .iter()
            .map(|(path, sum)| format!("{}  data/{}\n", sum.hexadecimal(), listed(path)))
            .collect();
        let (bytes, count) = (self.bytes, self.sums.len());
        let info = format!("Bagging-Date: {date}\nPayload-Oxum: {bytes}.{count}\n");
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
            let place = format!("{}/{name}", self.base);
            let digests = packer.add(&place, text.as_bytes(), Compression::Deflate)?;
            tags.push_str(&format!("{}  {name}\n", digests.sha256.hexadecimal()));
        }
        let place = format!("{}/tagmanifest-sha256.txt", self.base);
        packer.add(&place, tags.as_bytes(), Compression::Deflate)?;
        Ok(())
    }
}

/// A path as manifests have it: a percent sign is encoded, as line breaks would be, which no path has.
fn listed(path: &str) -> String {
    path.replace('%', "%25")
}
