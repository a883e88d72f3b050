//! Faults of the machine that the import runs on, such as a full disk: no track is kept after one.

use std::io;
use std::sync::{Mutex, PoisonError};

use crate::cli::Failure;
use crate::remote::Fault;

use super::download::DownloadedTrack;
use super::folder::Folder;

/// The first fault of this machine, if there was one.
#[derive(Default)]
pub struct MachineFaults(Mutex<Option<Fault>>);

impl MachineFaults {
    /// Notes that a file could not be read or written, and says why.
    pub fn disk(&self, error: &io::Error) -> String {
        self.note(&Fault::disk(error))
    }

    /// Notes a fault if it is of this machine, and says it. The first one counts.
    pub fn note(&self, fault: &Fault) -> String {
        if fault.is_of_this_machine() {
            let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            first.get_or_insert_with(|| fault.clone());
        }
        fault.to_string()
    }

    /// Whether this machine had no fault. After a fault the imported tracks may be incomplete, so none is kept.
    ///
    /// # Errors
    /// The first fault.
    pub fn verdict(
        &self,
        folder: &Folder,
        landed: &[Option<DownloadedTrack>],
    ) -> Result<(), Failure> {
        let first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(fault) = first.as_ref() else {
            return Ok(());
        };
        for (number, landed) in landed.iter().enumerate() {
            if let Some(landed) = landed
                && landed.arrival.stored().is_some()
            {
                folder.remove_track(number, landed.datatype);
            }
        }
        Err(Failure::at("import", fault))
    }
}
