//! The files that a package is read from and written to.

use std::fs::File;
use std::io::{self, BufWriter};

use rayon::prelude::*;

use crate::archive::digest::Sha256Sum;
use crate::cli::{Failure, LargeOutput};
use crate::ro_crate::publication::PublicationFiles;

use super::inputs::PackageInputs;

/// The data on disk, and the output.
pub struct PackageFiles<'f> {
    pub inputs: &'f PackageInputs,
    pub output: &'f LargeOutput,
}

impl PublicationFiles for PackageFiles<'_> {
    type Reader = File;
    type Writer = BufWriter<File>;
    type Error = Failure;

    fn open(&self, number: usize) -> io::Result<File> {
        File::open(&self.inputs.paths[number])
    }

    fn sums(&self, known: &[Option<Sha256Sum>]) -> Result<Vec<Sha256Sum>, Failure> {
        let read = known.par_iter().enumerate().with_max_len(1);
        let read = read.map(|(number, known)| known.map_or_else(|| self.inputs.sha256(number), Ok));
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }

    fn start(&self) -> Result<BufWriter<File>, Failure> {
        Ok(BufWriter::with_capacity(1 << 20, self.output.start()?))
    }
}
