//! Tracks arrive: they are fetched or taken out of a crate, verified, and stored as Galaxy wants them.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::archive::digest::Digests;
use crate::archive::error::ArchiveError;
use crate::archive::gate::Archive;
use crate::cli::{self, Clock, Failure};
use crate::fairtracks::values::checksum::ChecksumMethod;
use crate::galaxy::datatype::Datatype;
use crate::genome::content::Delivery;
use crate::remote::{Download, DownloadOutcome, Fetched, Fetcher, Settings};
use crate::ro_crate::imported_track::{
    ByteOrigin, FailedTrack, ImportStatus, PlannedTrack, StoredTrack,
};
use crate::ro_crate::tracks::TrackPayload;
use crate::ro_crate::verification;

use super::coordinates;
use super::folder::Folder;
use super::inputs::{ImportInput, InputContent};
use super::machine_faults::MachineFaults;
use super::recognition::{RecognitionError, Terms, recognise, undo_coding};

/// What became of a track, and what it turned out to be.
pub struct DownloadedTrack {
    pub arrival: ImportStatus,
    pub datatype: Datatype,
    pub remarks: Vec<String>,
}

impl DownloadedTrack {
    pub fn plain(arrival: ImportStatus, track: &PlannedTrack) -> Self {
        DownloadedTrack {
            arrival,
            datatype: track.datatype,
            remarks: Vec::new(),
        }
    }

    pub fn failed(
        reason: String,
        served: Option<Digests>,
        took: Duration,
        track: &PlannedTrack,
    ) -> Self {
        let failed = FailedTrack {
            reason,
            served,
            took,
        };
        DownloadedTrack::plain(ImportStatus::Failed(failed), track)
    }
}

/// Bytes that came, before they are known to be the track's.
struct DownloadedFile {
    digests: Digests,
    origin: ByteOrigin,
    took: Duration,
    /// Media type and content coding, where a server stated them.
    media_type: Option<String>,
    content_encoding: Option<String>,
}

impl DownloadedFile {
    /// How the bytes came, for the question what they are.
    fn delivery<'s>(&'s self, track: &'s PlannedTrack, is_verified: bool) -> Delivery<'s> {
        Delivery {
            media_type: self.media_type.as_deref(),
            content_encoding: self.content_encoding.as_deref(),
            is_verified,
            from_server: matches!(self.origin, ByteOrigin::Url { .. }),
            file_name: &track.file_name,
        }
    }
}

/// Gets the tracks that have not `landed` yet: out of their crate where it holds them, else from their addresses.
pub fn fetch(
    tracks: &mut [PlannedTrack],
    inputs: &mut [ImportInput],
    folder: &Folder,
    settings: &Settings,
    (clock, terms): (&Clock, Terms),
    mut landed: Vec<Option<DownloadedTrack>>,
) -> Result<Vec<DownloadedTrack>, Failure> {
    let store = Store {
        tracks,
        folder,
        clock,
        terms,
        machine: MachineFaults::default(),
    };
    landed.resize_with(store.tracks.len(), || None);
    let mut numbers = Vec::new();
    for (number, track) in store.tracks.iter().enumerate() {
        if landed[number].is_some() {
            continue;
        }
        let input = &mut inputs[track.source];
        let out_of_crate = match &mut input.content {
            InputContent::Crate(open) => match &track.packed {
                Some(packed) => Some((open, packed.payload.clone())),
                None => open.tracks.payloads[track.position]
                    .clone()
                    .map(|payload| (open, payload)),
            },
            _ => None,
        };
        landed[number] = match out_of_crate {
            Some((open, payload)) => {
                let start = Instant::now();
                let took_out = store.take_out(&mut open.archive.payload, &payload, number);
                Some(match took_out {
                    Ok((digests, compared)) => store.keep(
                        number,
                        DownloadedFile {
                            digests,
                            origin: ByteOrigin::Crate {
                                compared,
                                path: payload.path,
                            },
                            took: clock.since(start),
                            media_type: None,
                            content_encoding: None,
                        },
                    ),
                    Err(reason) => DownloadedTrack::failed(reason, None, clock.since(start), track),
                })
            }
            None if track.url.is_empty() => {
                let reason = "found no URL of the file, expected a file_url".to_owned();
                Some(DownloadedTrack::failed(reason, None, Duration::ZERO, track))
            }
            None => {
                numbers.push(number);
                None
            }
        };
        if let Some(landed) = &landed[number] {
            store.tell(number, landed);
        }
    }
    if !numbers.is_empty() {
        let fetcher = Fetcher::new(settings.clone())?;
        fetcher.notes().iter().for_each(cli::say);
        let downloads = numbers.iter();
        let downloads: Vec<Download> = downloads.map(|number| store.download(*number)).collect();
        fetcher.fetch_all(
            &downloads,
            &mut |position, fetched: &DownloadOutcome, took| {
                let number = numbers[position];
                if let Ok(Fetched {
                    file_name: Some(name),
                    ..
                }) = fetched
                {
                    store.tracks[number].name_as_served(name, store.terms.peaks);
                }
                let arrived = store.arrived(number, fetched, took);
                store.tell(number, &arrived);
                landed[number] = Some(arrived);
            },
        );
    }
    let stored = landed.iter().enumerate().filter_map(|(number, landed)| {
        let landed = landed.as_ref()?;
        landed.arrival.stored().map(|_| (number, landed.datatype))
    });
    store.machine.verdict(folder, stored)?;
    let landed = landed
        .into_iter()
        .zip(&*store.tracks)
        .map(|(landed, track)| {
            let lost = || {
                DownloadedTrack::failed(
                    "internal error: the download reported no outcome".to_owned(),
                    None,
                    Duration::ZERO,
                    track,
                )
            };
            landed.unwrap_or_else(lost)
        });
    Ok(landed.collect())
}

/// Where tracks are stored, and how.
struct Store<'s> {
    tracks: &'s mut [PlannedTrack],
    folder: &'s Folder,
    clock: &'s Clock,
    terms: Terms,
    machine: MachineFaults,
}

impl Store<'_> {
    /// Copies a file out of a crate, and compares it with the digests in the crate, if there are any.
    fn take_out(
        &self,
        archive: &mut Archive<File>,
        payload: &TrackPayload,
        number: usize,
    ) -> Result<(Digests, bool), String> {
        let to = self.folder.partial(number);
        let mut file = File::create(to).map_err(|error| self.machine.disk(&error))?;
        let copied = archive.copy(&payload.path, &mut file, self.terms.limit, true);
        let digests = copied.map_err(|error| match error {
            ArchiveError::Writing(error) => self.machine.disk(&error),
            error => error.to_string(),
        })?;
        let compared = verification::against_crate(payload, &digests);
        Ok((digests, compared.map_err(|error| error.to_string())?))
    }

    fn download(&self, number: usize) -> Download {
        let track = &self.tracks[number];
        let method = track.checksum.as_ref().map(|wanted| wanted.method);
        Download {
            address: track.url.clone(),
            to: Some(self.folder.partial(number)),
            with_md5: method == Some(ChecksumMethod::Md5),
        }
    }

    /// One line a file, for who waits or looks for what happened.
    fn tell(&self, number: usize, landed: &DownloadedTrack) {
        let track = &self.tracks[number];
        let what = match &landed.arrival {
            ImportStatus::Imported(stored) | ImportStatus::Taken(stored) => {
                let (bytes, seconds) = (stored.stored.bytes, stored.took.as_secs_f64());
                format!("{bytes} bytes in {seconds:.1} s")
            }
            _ => "failed".to_owned(),
        };
        cli::say(format!("{}: {what}", track.element_identifier));
    }

    fn arrived(&self, number: usize, fetched: &DownloadOutcome, took: Duration) -> DownloadedTrack {
        let took = self.clock.of(took);
        match fetched {
            Ok(fetched) => self.keep(
                number,
                DownloadedFile {
                    digests: fetched.digests.clone(),
                    origin: ByteOrigin::Url {
                        address: fetched.retrieved_from.clone(),
                        from_mirror: fetched.from_mirror,
                    },
                    took,
                    media_type: fetched.content_type.clone(),
                    content_encoding: fetched.content_encoding.clone(),
                },
            ),
            Err(fault) => {
                let reason = self.machine.note(fault);
                DownloadedTrack::failed(reason, None, took, &self.tracks[number])
            }
        }
    }

    /// Verifies bytes that came and stores them; what cannot be kept is gone.
    fn keep(&self, number: usize, served: DownloadedFile) -> DownloadedTrack {
        let track = &self.tracks[number];
        let partial = self.folder.partial(number);
        let digests = served.digests.clone();
        let took = served.took;
        let kept = match self.verify(track, &served) {
            Ok(is_verified) => self.store(number, &partial, served, is_verified),
            Err(reason) => self.store_decoded(number, &partial, served, reason),
        };
        // It was moved away where it is kept as it came.
        let _ = fs::remove_file(&partial);
        kept.unwrap_or_else(|reason| DownloadedTrack::failed(reason, Some(digests), took, track))
    }

    /// Compares a file with its checksum; the answer says whether there was one to compare with.
    fn verify(&self, track: &PlannedTrack, served: &DownloadedFile) -> Result<bool, String> {
        // A crate may hold a file as it was stored, of which only the crate knows the checksum.
        if let ByteOrigin::Crate { compared, .. } = served.origin {
            return Ok(compared);
        }
        verification::against_document(track.checksum.as_ref(), &served.digests)
            .map_err(|error| error.to_string())
    }

    /// Stores a file whose checksum differs for no other reason than that its server compressed it; for all others the answer
    /// is why they are refused.
    fn store_decoded(
        &self,
        number: usize,
        partial: &Path,
        mut served: DownloadedFile,
        reason: String,
    ) -> Result<DownloadedTrack, String> {
        let track = &self.tracks[number];
        let delivery = served.delivery(track, false);
        let spare = self.folder.unpacked(number);
        let places = (partial, &*spare);
        let decoded = track
            .checksum
            .as_ref()
            .and_then(|wanted| undo_coding(wanted, places, &delivery, self.terms.limit));
        let Some(digests) = decoded else {
            // The bytes received instead of the file say more than its checksum.
            return Err(match recognise(track, places, &delivery, self.terms) {
                Err(RecognitionError::Refused(other)) => format!("{other}; {reason}"),
                Err(RecognitionError::Storage(error)) => self.machine.disk(&error),
                Ok(_) => reason,
            });
        };
        served.digests = digests;
        let coding = served.content_encoding.take().unwrap_or_default();
        let mut landed = self.store(number, partial, served, true)?;
        landed.remarks.push(format!(
            "the server sent the file compressed (Content-Encoding `{coding}`), against the request; decompressed before the checksum was compared"
        ));
        Ok(landed)
    }

    fn store(
        &self,
        number: usize,
        partial: &Path,
        served: DownloadedFile,
        is_verified: bool,
    ) -> Result<DownloadedTrack, String> {
        let track = &self.tracks[number];
        let delivery = served.delivery(track, is_verified);
        let spare = self.folder.unpacked(number);
        let found = recognise(track, (partial, &spare), &delivery, self.terms).map_err(
            |error| match error {
                RecognitionError::Refused(reason) => reason,
                RecognitionError::Storage(error) => self.machine.disk(&error),
            },
        )?;
        let compared = coordinates::compare(track, partial);
        let compared = compared.map_err(|error| self.machine.disk(&error))?;
        let place = self.folder.track(number, found.datatype);
        fs::rename(partial, place).map_err(|error| self.machine.disk(&error))?;
        let stored = StoredTrack {
            stored: found.digests.unwrap_or_else(|| served.digests.clone()),
            served: served.digests,
            unpacked: found.unpacked,
            origin: served.origin,
            times: self.clock.around(served.took),
            took: served.took,
            coordinates: compared.claim.map(Box::new),
        };
        let mut remarks = found.remarks;
        remarks.extend(compared.remark);
        Ok(DownloadedTrack {
            arrival: ImportStatus::Imported(stored),
            datatype: found.datatype,
            remarks,
        })
    }
}
