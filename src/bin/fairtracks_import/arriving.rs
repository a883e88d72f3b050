//! Tracks arrive: they are fetched or taken out of a crate, verified, and stored as Galaxy wants them.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use fairtracks::archive::gzip;
use fairtracks::cli::{self, Clock, Failure};
use fairtracks::model::arrival::{Arrival, Failed, Origin, Stored, Track, WantedChecksum};
use fairtracks::model::credentials;
use fairtracks::model::datatype::{BAM, Datatype, Peaks};
use fairtracks::model::digest::Digests;
use fairtracks::model::ro_crate::tracks::Payload;
use fairtracks::model::values::checksum::ChecksumMethod;
use fairtracks::remote::{
    AllowedHost, Download, Fetched, Fetcher, Outcome, Settings, refused_unseen,
};

use super::folder::Folder;
use super::inputs::{Content, Input};
use super::recognition::{Recognised, first_bytes, looks_packed, otherwise, recognise};

/// What became of a track, and what it turned out to be.
pub struct Landed {
    pub arrival: Arrival,
    pub datatype: Datatype,
    pub remarks: Vec<String>,
}

impl Landed {
    fn plain(arrival: Arrival, track: &Track) -> Self {
        Landed {
            arrival,
            datatype: track.datatype,
            remarks: Vec::new(),
        }
    }

    fn failed(reason: String, served: Option<Digests>, took: Duration, track: &Track) -> Self {
        let failed = Failed {
            reason,
            served,
            took,
        };
        Landed::plain(Arrival::Failed(failed), track)
    }
}

/// Bytes that came, before they are known to be the track's.
struct Served {
    digests: Digests,
    origin: Origin,
    took: Duration,
}

/// Lets Galaxy know of the tracks without fetching any.
pub fn register(tracks: &[Track], allowed: &[AllowedHost]) -> Vec<Landed> {
    let landed = tracks.iter().map(|track| {
        let arrival = if track.url.is_empty() {
            Arrival::Skipped("the document has no address of its file".to_owned())
        } else if looks_packed(track) {
            let why = "needs download: the file is packed with gzip, and what is in it has to be looked at first";
            Arrival::Skipped(why.to_owned())
        } else if !may_be_deferred(&track.url) {
            let why = "cannot be registered: Galaxy fetches later from http, https and ftp addresses only";
            Arrival::Skipped(why.to_owned())
        } else if credentials::has_some(&track.url) {
            let why = "needs download: its address holds credentials, which are used for a download and stored nowhere";
            Arrival::Skipped(why.to_owned())
        } else if let Some(fault) = refused_unseen(&track.url, allowed) {
            return Landed::failed(fault.to_string(), None, Duration::ZERO, track);
        } else {
            Arrival::Registered
        };
        Landed::plain(arrival, track)
    });
    landed.collect()
}

fn may_be_deferred(url: &str) -> bool {
    let scheme = url.split("://").next().unwrap_or_default().to_lowercase();
    ["http", "https", "ftp"].contains(&scheme.as_str())
}

/// Gets the tracks: out of their crate where it holds them, else from their addresses.
pub fn fetch(
    tracks: &mut [Track],
    inputs: &mut [Input],
    folder: &Folder,
    settings: &Settings,
    (clock, peaks): (&Clock, Peaks),
) -> Result<Vec<Landed>, Failure> {
    let store = Store {
        tracks,
        folder,
        clock,
        peaks,
        limit: settings.limits.bytes_per_file,
    };
    let mut landed: Vec<Option<Landed>> = Vec::new();
    let mut numbers = Vec::new();
    for (number, track) in store.tracks.iter().enumerate() {
        let input = &mut inputs[track.source];
        let out_of_crate = match &mut input.content {
            Content::Crate(open) => match &track.packed {
                Some(packed) => Some((open, packed.payload.clone())),
                None => open.payloads[track.position]
                    .clone()
                    .map(|payload| (open, payload)),
            },
            _ => None,
        };
        landed.push(match out_of_crate {
            Some((open, payload)) => {
                let start = Instant::now();
                let took_out =
                    take_out(open.archive(), &payload, &folder.partial(number), settings);
                Some(match took_out {
                    Ok(digests) => store.keep(
                        number,
                        Served {
                            digests,
                            origin: Origin::Crate {
                                compared: payload.sha256.is_some() || payload.md5.is_some(),
                                path: payload.path,
                            },
                            took: clock.since(start),
                        },
                    ),
                    Err(reason) => Landed::failed(reason, None, clock.since(start), track),
                })
            }
            None if track.url.is_empty() => {
                let reason = "found no address of its file, expected a file_url".to_owned();
                Some(Landed::failed(reason, None, Duration::ZERO, track))
            }
            None => {
                numbers.push(number);
                None
            }
        });
        if let Some(landed) = &landed[number] {
            store.tell(number, landed);
        }
    }
    if !numbers.is_empty() {
        let fetcher = Fetcher::new(settings.clone())?;
        fetcher.notes().iter().for_each(cli::say);
        let downloads: Vec<Download> = numbers
            .iter()
            .map(|number| store.download(*number))
            .collect();
        fetcher.fetch_all(&downloads, &mut |position, fetched: &Outcome, took| {
            let number = numbers[position];
            if let Ok(Fetched {
                file_name: Some(name),
                ..
            }) = fetched
            {
                store.tracks[number].name_as_served(name, store.peaks);
            }
            let arrived = store.arrived(number, fetched, took);
            store.tell(number, &arrived);
            landed[number] = Some(arrived);
        });
    }
    let landed = landed
        .into_iter()
        .zip(&*store.tracks)
        .map(|(landed, track)| {
            let lost = || {
                Landed::failed(
                    "nothing was heard of its download".to_owned(),
                    None,
                    Duration::ZERO,
                    track,
                )
            };
            landed.unwrap_or_else(lost)
        });
    Ok(landed.collect())
}

/// Takes a file out of a crate and compares it with what the crate says of it.
fn take_out(
    archive: &mut fairtracks::archive::gate::Archive<File>,
    payload: &Payload,
    to: &Path,
    settings: &Settings,
) -> Result<Digests, String> {
    let mut file = File::create(to).map_err(|error| error.to_string())?;
    let copied = archive.copy(
        &payload.path,
        &mut file,
        settings.limits.bytes_per_file,
        true,
    );
    let digests = copied.map_err(|error| error.to_string())?;
    let stated = [
        (
            "SHA-256",
            payload.sha256.map(|sum| sum.hexadecimal()),
            Some(digests.sha256.hexadecimal()),
        ),
        ("MD5", payload.md5.clone(), digests.md5.clone()),
    ];
    for (method, wanted, found) in stated {
        if let (Some(wanted), Some(found)) = (wanted, found)
            && wanted != found
        {
            return Err(format!(
                "{} in the crate is not the file that the crate describes: found the {method} {found}, expected {wanted}",
                payload.path
            ));
        }
    }
    Ok(digests)
}

/// Where tracks are stored, and how.
struct Store<'s> {
    tracks: &'s mut [Track],
    folder: &'s Folder,
    clock: &'s Clock,
    peaks: Peaks,
    limit: u64,
}

impl Store<'_> {
    fn download(&self, number: usize) -> Download {
        let track = &self.tracks[number];
        let method = track.checksum.as_ref().map(|wanted| wanted.method);
        Download {
            address: track.url.clone(),
            to: self.folder.partial(number),
            with_md5: method == Some(ChecksumMethod::Md5),
        }
    }

    /// One line a file, for who waits or looks for what happened.
    fn tell(&self, number: usize, landed: &Landed) {
        let track = &self.tracks[number];
        let what = match &landed.arrival {
            Arrival::Imported(stored) => format!(
                "{} bytes in {:.1} s",
                stored.stored.bytes,
                stored.took.as_secs_f64()
            ),
            _ => "failed".to_owned(),
        };
        cli::say(format!("{}: {what}", track.element_identifier));
    }

    /// A download has ended.
    fn arrived(&self, number: usize, fetched: &Outcome, took: Duration) -> Landed {
        let took = self.clock.of(took);
        match fetched {
            Ok(fetched) => self.keep(
                number,
                Served {
                    digests: fetched.digests.clone(),
                    origin: Origin::Url {
                        address: fetched.retrieved_from.clone(),
                        from_mirror: fetched.from_mirror,
                    },
                    took,
                },
            ),
            Err(fault) => Landed::failed(fault.to_string(), None, took, &self.tracks[number]),
        }
    }

    /// Verifies bytes that came and stores them; what cannot be kept is gone.
    fn keep(&self, number: usize, served: Served) -> Landed {
        let track = &self.tracks[number];
        let partial = self.folder.partial(number);
        let digests = served.digests.clone();
        let took = served.took;
        let kept = self
            .verify(track, &served)
            .and_then(|()| self.store(number, &partial, served));
        // It was moved away where it is kept as it came.
        let _ = fs::remove_file(&partial);
        kept.unwrap_or_else(|reason| Landed::failed(reason, Some(digests), took, track))
    }

    fn verify(&self, track: &Track, served: &Served) -> Result<(), String> {
        // A crate may hold a file as it was stored, of which only the crate knows the checksum.
        let Some(wanted) = track
            .checksum
            .as_ref()
            .filter(|_| matches!(served.origin, Origin::Url { .. }))
        else {
            return Ok(());
        };
        match wanted.found(&served.digests) {
            Some(found) if found != wanted.sum => Err(other_bytes(wanted, &found)),
            _ => Ok(()),
        }
    }

    fn store(&self, number: usize, partial: &Path, served: Served) -> Result<Landed, String> {
        let track = &self.tracks[number];
        let first = first_bytes(partial).map_err(|error| error.to_string())?;
        let mut remarks = Vec::new();
        let mut found = recognise(track, &first, &mut remarks)?;
        let mut stored = served.digests.clone();
        if found.unpack {
            let to = self.folder.unpacked(number);
            let unpacked = self.unpack(track, partial, &to, &mut found, &mut remarks);
            if let Some(digests) = unpacked.inspect_err(|_| {
                // Half a file is no file.
                let _ = fs::remove_file(&to);
            })? {
                stored = digests;
                fs::rename(&to, partial).map_err(|error| error.to_string())?;
            }
        }
        let place = self.folder.track(number, found.datatype);
        fs::rename(partial, place).map_err(|error| error.to_string())?;
        let stored = Stored {
            served: served.digests,
            stored,
            unpacked: found.unpack,
            origin: served.origin,
            times: self.clock.around(served.took),
            took: served.took,
        };
        Ok(Landed {
            arrival: Arrival::Imported(stored),
            datatype: found.datatype,
            remarks,
        })
    }

    /// Unpacks gzip and looks at what comes out. BAM is gzip by itself: it stays as it came, and nothing is given back.
    fn unpack(
        &self,
        track: &Track,
        from: &Path,
        to: &Path,
        found: &mut Recognised,
        remarks: &mut Vec<String>,
    ) -> Result<Option<Digests>, String> {
        let digests = unpacked(from, to, self.limit)?;
        let first = first_bytes(to).map_err(|error| error.to_string())?;
        if first.starts_with(b"BAM\x01") {
            *found = Recognised {
                datatype: BAM,
                unpack: false,
            };
            remarks.push(otherwise(BAM));
            let _ = fs::remove_file(to);
            return Ok(None);
        }
        found.datatype = recognise(track, &first, remarks)?.datatype;
        Ok(Some(digests))
    }
}

fn other_bytes(wanted: &WantedChecksum, found: &str) -> String {
    let method = match wanted.method {
        ChecksumMethod::Md5 => "MD5",
        ChecksumMethod::Sha256 => "SHA-256",
    };
    format!(
        "the file is not the one that the document describes: found the {method} {found}, expected {}; it was changed or damaged, so ask its provider",
        wanted.sum
    )
}

/// Unpacks gzip into a file.
fn unpacked(from: &Path, to: &Path, limit: u64) -> Result<Digests, String> {
    let from = File::open(from).map_err(|error| error.to_string())?;
    let file = File::create(to).map_err(|error| error.to_string())?;
    let mut writer = BufWriter::new(file);
    let unpacked = gzip::unpack(from, &mut writer, limit).map_err(|error| error.to_string())?;
    writer.flush().map_err(|error| error.to_string())?;
    Ok(unpacked)
}
