//! Faults of the machine that the import runs on, such as a full disk: no track is kept after one.

use std::io;
use std::sync::{Mutex, PoisonError};

use crate::cli::Failure;
use crate::galaxy::datatype::Datatype;
use crate::remote::Fault;

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

    /// Whether this machine had no fault. Where it had one, the tracks that are stored, by their numbers, are not all that could
    /// be, so they are removed.
    ///
    /// # Errors
    /// The first fault.
    pub fn verdict(
        &self,
        folder: &Folder,
        stored: impl Iterator<Item = (usize, Datatype)>,
    ) -> Result<(), Failure> {
        let first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(fault) = first.as_ref() else {
            return Ok(());
        };
        for (number, datatype) in stored {
            folder.remove_track(number, datatype);
        }
        Err(Failure::at("import", fault))
    }
}
