//! What a site decides: mirrors, limits, the way out to the internet.
//!
//! One TOML file, whose path stands in the environment variable `FAIRTRACKS_CONFIG` of the job. All of it is optional:
//!
//! ```
//! use fairtracks::remote::Settings;
//! let settings = Settings::parse(r#"
//! ## Hosts inside the own network that may be fetched from: names, addresses, networks. None without this line.
//! allow_private_hosts = ["tracks.intern.example.org", "10.20.0.0/16"]
//! ## The way out. Names are then turned into addresses by the proxy, so what a name stands for is its duty to check;
//! ## private addresses and names such as localhost are still refused here. Mirrors are reached without it.
//! proxy = "http://proxy.example.org:3128"
//! ## Certificates in PEM that are accepted besides those of the system.
//! extra_ca = "/etc/ssl/intern.pem"
//! ## How the jobs introduce themselves to providers.
//! user_agent = "galaxy.example.org (help@example.org)"
//!
//! ## Addresses that start with the name are taken from the other place; the longest start decides. Both end in `/`.
//! [mirrors]
//! "https://www.encodeproject.org/files/" = "http://10.20.0.5/encode/"
//! "ftp://ftp.ebi.ac.uk/pub/" = "file:///data/mirrors/ebi/pub/"
//!
//! [limits]
//! bytes_per_file = 107374182400    # 100 GiB
//! bytes_per_job = 1099511627776    # 1 TiB
//! files_per_job = 10000
//! parallel = 4                     # downloads at a time
//! parallel_per_host = 2            # of these, from one host
//! retries = 4                      # further attempts that bring nothing, before a file is given up
//! stall_seconds = 60               # without a byte, before an attempt is given up
//! retry_seconds = 1                # pause before the first further attempt; each next one is twice as long
//! longest_retry_seconds = 120      # longest pause, whatever the server asks for
//! server_seconds = 300             # for an answer of a TrackFind server, which answers one search at a time
//! ## How much JSON is taken into memory, by what it is; values are lists, objects, texts, numbers, true, false and null.
//! metadata_bytes = 67108864        # of a crate, of lineage, forms and answers: 64 MiB
//! metadata_values = 4000000
//! export_bytes = 67108864          # of each file of attributes in an exported history
//! export_values = 2000000
//! document_bytes = 4294967296      # of a FAIRtracks document or another text: 4 GiB
//! document_values = 50000000       # a document of a million tracks has some 30 million
//! "#)?;
//! assert_eq!(settings.limits.bytes_per_file, 100 << 30);
//! assert_eq!(Settings::parse("")?, Settings::default());
//! # Ok::<(), crate::remote::SettingsError>(())
//! ```

use std::borrow::Cow;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use url::Url;

use super::hosts::AllowedHost;
use super::mirror::Mirrors;
use crate::text::json;

/// What a site decides about the outside world; [`Settings::default`] is that of a site without a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Other places for addresses.
    pub mirrors: Mirrors,
    /// Hosts that may be fetched from although they are private.
    pub allow_private_hosts: Vec<AllowedHost>,
    /// How much and how long.
    pub limits: TransferLimits,
    /// How requests introduce themselves.
    pub user_agent: String,
    /// The way out to the internet, if not directly.
    pub proxy: Option<Url>,
    /// A file with certificates in PEM that are accepted besides those of the system.
    pub extra_ca: Option<PathBuf>,
}

/// How much may be fetched, and how long is waited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferLimits {
    /// Largest file, in bytes.
    pub bytes_per_file: u64,
    /// All files of a job together, in bytes.
    pub bytes_per_job: u64,
    /// Most files of a job.
    pub files_per_job: u64,
    /// Downloads at a time.
    pub parallel: usize,
    /// Downloads at a time from one host.
    pub parallel_per_host: usize,
    /// Further attempts that bring nothing, before a file is given up.
    pub retries: u32,
    /// Longest time without a byte.
    pub stall: Duration,
    /// Pause before the first further attempt; each next one is twice as long.
    pub retry_pause: Duration,
    /// Longest pause between attempts, whatever the server asks for.
    pub longest_retry_pause: Duration,
    /// Longest time until a TrackFind server has answered a question, all attempts together.
    pub server: Duration,
    /// How much JSON of each kind is read.
    pub json: json::JsonLimits,
}

/// What is wrong in the settings, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct SettingsError {
    /// Line, from 1.
    pub line: usize,
    /// What was found, what was expected, what to do.
    pub problem: String,
}

const KEYS: [&str; 6] = [
    "mirrors",
    "allow_private_hosts",
    "limits",
    "user_agent",
    "proxy",
    "extra_ca",
];
const LIMITS: [&str; 16] = [
    "bytes_per_file",
    "bytes_per_job",
    "files_per_job",
    "parallel",
    "parallel_per_host",
    "retries",
    "stall_seconds",
    "retry_seconds",
    "longest_retry_seconds",
    "server_seconds",
    "metadata_bytes",
    "metadata_values",
    "export_bytes",
    "export_values",
    "document_bytes",
    "document_values",
];
/// More downloads at a time help nobody and look like an attack.
const MOST_PARALLEL: u64 = 64;
/// A week: longer than any server asks to wait.
const LONGEST_SECONDS: f64 = 604_800.0;

type Value<'v, 't> = &'v Spanned<DeValue<'t>>;

impl Default for Settings {
    fn default() -> Self {
        Settings {
            mirrors: Mirrors::default(),
            allow_private_hosts: Vec::new(),
            limits: TransferLimits::default(),
            user_agent: concat!(
                "fairtracks-galaxy/",
                env!("CARGO_PKG_VERSION"),
                " (+https://fairtracks.net)"
            )
            .to_owned(),
            proxy: None,
            extra_ca: None,
        }
    }
}

impl Default for TransferLimits {
    fn default() -> Self {
        TransferLimits {
            bytes_per_file: 100 << 30,
            bytes_per_job: 1 << 40,
            files_per_job: 10_000,
            parallel: 4,
            parallel_per_host: 2,
            retries: 4,
            stall: Duration::from_secs(60),
            retry_pause: Duration::from_secs(1),
            longest_retry_pause: Duration::from_secs(120),
            server: Duration::from_secs(300),
            json: json::JsonLimits::default(),
        }
    }
}

impl Settings {
    /// Reads the text of a settings file.
    ///
    /// # Errors
    /// What is no TOML, a key that does not exist, a value of the wrong kind, each with its line.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let reader = Reader(text);
        let table = DeTable::parse(text).map_err(|error| SettingsError {
            line: reader.line(error.span().map_or(0, |span| span.start)),
            problem: error.message().to_owned(),
        })?;
        let mut settings = Settings::default();
        for (key, value) in rows(table.get_ref()) {
            match key.get_ref().as_ref() {
                "mirrors" => settings.mirrors = reader.mirrors(value)?,
                "allow_private_hosts" => settings.allow_private_hosts = reader.hosts(value)?,
                "limits" => settings.limits = reader.limits(value)?,
                "user_agent" => settings.user_agent = reader.user_agent(value)?,
                "proxy" => settings.proxy = Some(reader.proxy(value)?),
                "extra_ca" => settings.extra_ca = Some(reader.text(value)?.into()),
                unknown => return Err(reader.unknown(key.span().start, unknown, &KEYS)),
            }
        }
        Ok(settings)
    }
}

/// The rows of a table in the order of the file, so that the first mistake is told first.
fn rows<'v, 't>(table: &'v DeTable<'t>) -> Vec<(&'v Spanned<Cow<'t, str>>, Value<'v, 't>)> {
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|(key, _)| key.span().start);
    rows
}

/// The text, to find lines in it.
struct Reader<'t>(&'t str);

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        let before = self.0.as_bytes().get(..at).unwrap_or(self.0.as_bytes());
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }

    fn wrong(&self, value: Value, expected: &str) -> SettingsError {
        let found = self.0.get(value.span()).unwrap_or_default();
        let found = found.lines().next().unwrap_or_default();
        self.at(
            value.span().start,
            format!("found {found}, expected {expected}"),
        )
    }

    fn at(&self, at: usize, problem: impl Into<String>) -> SettingsError {
        SettingsError {
            line: self.line(at),
            problem: problem.into(),
        }
    }

    fn unknown(&self, at: usize, found: &str, known: &[&str]) -> SettingsError {
        let nearest = known
            .iter()
            .map(|key| (strsim::damerau_levenshtein(key, found), key))
            .min()
            .filter(|(distance, key)| *distance <= key.len() / 3);
        let advice = match nearest {
            Some((_, key)) => format!("did you mean `{key}`?"),
            None => format!("expected one of {}", known.join(", ")),
        };
        self.at(at, format!("there is no setting `{found}`; {advice}"))
    }

    fn text<'v>(&self, value: Value<'v, '_>) -> Result<&'v str, SettingsError> {
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Ok(text),
            _ => Err(self.wrong(value, "a text in quotation marks")),
        }
    }

    fn user_agent(&self, value: Value) -> Result<String, SettingsError> {
        let text = self.text(value)?;
        let is_sendable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        is_sendable
            .then(|| text.to_owned())
            .ok_or_else(|| self.wrong(value, "a text of letters, digits and signs of ASCII"))
    }

    fn proxy(&self, value: Value) -> Result<Url, SettingsError> {
        // The value may hold a password, so it is not shown.
        let wrong = || {
            self.at(
                value.span().start,
                "expected the address of a proxy such as \"http://proxy.example.org:3128\"",
            )
        };
        let url = Url::parse(self.text(value)?).map_err(|_| wrong())?;
        let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
        is_http.then_some(url).ok_or_else(wrong)
    }

    fn hosts(&self, value: Value) -> Result<Vec<AllowedHost>, SettingsError> {
        let expected = "a list of host names, addresses or networks such as [\"tracks.example.org\", \"10.20.0.0/16\"]";
        let list = value.get_ref().as_array();
        let list = list.ok_or_else(|| self.wrong(value, expected))?;
        list.iter()
            .map(|item| {
                let text = self.text(item)?;
                AllowedHost::parse(text).ok_or_else(|| {
                    self.wrong(
                        item,
                        "a host name, an address or a network such as 10.20.0.0/16",
                    )
                })
            })
            .collect()
    }

    fn mirrors(&self, value: Value) -> Result<Mirrors, SettingsError> {
        let table = value.get_ref().as_table();
        let table = table.ok_or_else(|| self.wrong(value, "a table, [mirrors]"))?;
        let mut mirrors = Mirrors::default();
        for (start, target) in rows(table) {
            let problem = mirrors.add(start.get_ref(), self.text(target)?);
            problem.map_err(|problem| self.at(start.span().start, problem))?;
        }
        Ok(mirrors)
    }

    fn limits(&self, value: Value) -> Result<TransferLimits, SettingsError> {
        let table = value.get_ref().as_table();
        let table = table.ok_or_else(|| self.wrong(value, "a table, [limits]"))?;
        let mut limits = TransferLimits::default();
        for (key, value) in rows(table) {
            match key.get_ref().as_ref() {
                "bytes_per_file" => limits.bytes_per_file = self.number(value, 1, u64::MAX)?,
                "bytes_per_job" => limits.bytes_per_job = self.number(value, 1, u64::MAX)?,
                "files_per_job" => limits.files_per_job = self.number(value, 1, u64::MAX)?,
                "parallel" => limits.parallel = self.number(value, 1, MOST_PARALLEL)?,
                "parallel_per_host" => {
                    limits.parallel_per_host = self.number(value, 1, MOST_PARALLEL)?;
                }
                "retries" => limits.retries = self.number(value, 0, 100)?,
                "stall_seconds" => limits.stall = self.seconds(value)?,
                "retry_seconds" => limits.retry_pause = self.seconds(value)?,
                "longest_retry_seconds" => limits.longest_retry_pause = self.seconds(value)?,
                "server_seconds" => limits.server = self.seconds(value)?,
                json => match json_limit(&mut limits.json, json) {
                    Some(limit) => *limit = self.number(value, 1, u64::MAX)?,
                    None => return Err(self.unknown(key.span().start, json, &LIMITS)),
                },
            }
        }
        Ok(limits)
    }

    fn number<N: TryFrom<u64>>(
        &self,
        value: Value,
        least: u64,
        most: u64,
    ) -> Result<N, SettingsError> {
        let expected = if most == u64::MAX {
            format!("a whole number of at least {least}")
        } else {
            format!("a whole number from {least} to {most}")
        };
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|integer| u64::from_str_radix(integer.as_str(), integer.radix()).ok());
        number
            .filter(|number| (least..=most).contains(number))
            .and_then(|number| N::try_from(number).ok())
            .ok_or_else(|| self.wrong(value, &expected))
    }

    fn seconds(&self, value: Value) -> Result<Duration, SettingsError> {
        let text = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
            DeValue::Float(float) => float.as_str(),
            _ => "",
        };
        let seconds = text.parse::<f64>().ok();
        let seconds = seconds.filter(|seconds| (0.001..=LONGEST_SECONDS).contains(seconds));
        let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        duration.ok_or_else(|| self.wrong(value, "seconds, from 0.001 to 604800 (a week)"))
    }
}

/// The limit that a key such as `document_values` sets.
fn json_limit<'l>(limits: &'l mut json::JsonLimits, key: &str) -> Option<&'l mut u64> {
    let (kind, what) = key.split_once('_')?;
    let limit = match kind {
        "metadata" => &mut limits.metadata,
        "export" => &mut limits.export,
        "document" => &mut limits.document,
        _ => return None,
    };
    match what {
        "bytes" => Some(&mut limit.bytes),
        "values" => Some(&mut limit.values),
        _ => None,
    }
}
