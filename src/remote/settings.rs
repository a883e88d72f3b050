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

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use serde::de::{Deserialize, Deserializer, Error as _};
use thiserror::Error;
use toml::Spanned;
use url::Url;

use super::hosts::AllowedHost;
use super::mirror::Mirrors;
use crate::text::json::{JsonLimits, Limit};

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

/// How much may be fetched, and how long to wait: the table `[limits]`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a table, [limits]")]
pub struct TransferLimits {
    /// Largest file, in bytes.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub bytes_per_file: u64,
    /// All files of a job together, in bytes.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub bytes_per_job: u64,
    /// Most files of a job.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub files_per_job: u64,
    /// Downloads at a time.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST_PARALLEL>")]
    pub parallel: usize,
    /// Downloads at a time from one host.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST_PARALLEL>")]
    pub parallel_per_host: usize,
    /// Further attempts that bring nothing, before a file is given up.
    #[serde(deserialize_with = "whole::<_, _, 0, 100>")]
    pub retries: u32,
    /// Longest time without a byte.
    #[serde(rename = "stall_seconds", deserialize_with = "seconds")]
    pub stall: Duration,
    /// Pause before the first further attempt; each next one is twice as long.
    #[serde(rename = "retry_seconds", deserialize_with = "seconds")]
    pub retry_pause: Duration,
    /// Longest pause between attempts, whatever the server asks for.
    #[serde(rename = "longest_retry_seconds", deserialize_with = "seconds")]
    pub longest_retry_pause: Duration,
    /// Longest time until a TrackFind server has answered a question, all attempts together.
    #[serde(rename = "server_seconds", deserialize_with = "seconds")]
    pub server: Duration,
    /// JSON of a crate, of lineage, forms and answers, in bytes.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub metadata_bytes: u64,
    /// Values in it: lists, objects, texts, numbers, true, false and null.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub metadata_values: u64,
    /// Each file of attributes in an exported history, in bytes.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub export_bytes: u64,
    /// Values in it.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub export_values: u64,
    /// A FAIRtracks document or another text, in bytes.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub document_bytes: u64,
    /// Values in it.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub document_values: u64,
}

/// The file before its texts are read.
#[derive(Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SettingsFile {
    mirrors: BTreeMap<Spanned<String>, Spanned<String>>,
    allow_private_hosts: Vec<Spanned<String>>,
    limits: TransferLimits,
    user_agent: Option<Spanned<String>>,
    proxy: Option<Spanned<String>>,
    extra_ca: Option<Spanned<String>>,
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

const MOST: u64 = u64::MAX;
const TEXT: &str = "a text in quotation marks";
const HOSTS: &str = "a list of host names, addresses or networks such as [\"tracks.example.org\", \"10.20.0.0/16\"]";
/// More downloads at a time are no faster and look like an attack.
const MOST_PARALLEL: u64 = 64;
/// A week: longer than any server asks to wait.
const LONGEST_SECONDS: f64 = 604_800.0;

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
        let json = JsonLimits::default();
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
            metadata_bytes: json.metadata.bytes,
            metadata_values: json.metadata.values,
            export_bytes: json.export.bytes,
            export_values: json.export.values,
            document_bytes: json.document.bytes,
            document_values: json.document.values,
        }
    }
}

impl TransferLimits {
    /// How much JSON of each kind is read.
    pub fn json(&self) -> JsonLimits {
        let limit = |bytes, values| Limit { bytes, values };
        JsonLimits {
            metadata: limit(self.metadata_bytes, self.metadata_values),
            export: limit(self.export_bytes, self.export_values),
            document: limit(self.document_bytes, self.document_values),
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
        let toml = toml::Deserializer::parse(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            reader.at(&span, error.message())
        })?;
        let file = SettingsFile::deserialize(toml).map_err(|error| reader.error(&error))?;
        let mut settings = Settings {
            limits: file.limits,
            ..Settings::default()
        };
        // In the order of the file, so that the second of two equal starts is the mistake.
        let mut mirrors: Vec<_> = file.mirrors.into_iter().collect();
        mirrors.sort_by_key(|(start, _)| start.span().start);
        for (start, target) in mirrors {
            let problem = settings.mirrors.add(start.get_ref(), target.get_ref());
            problem.map_err(|problem| reader.at(&start.span(), problem))?;
        }
        for host in file.allow_private_hosts {
            let expected = "a host name, an address or a network such as 10.20.0.0/16";
            let allowed = AllowedHost::parse(host.get_ref());
            let allowed = allowed.ok_or_else(|| reader.wrong(&host.span(), expected))?;
            settings.allow_private_hosts.push(allowed);
        }
        if let Some(text) = file.user_agent {
            let is_sendable = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            if text.get_ref().trim().is_empty() || !is_sendable(text.get_ref()) {
                let expected = "a text of letters, digits and signs of ASCII";
                return Err(reader.wrong(&text.span(), expected));
            }
            settings.user_agent = text.into_inner();
        }
        if let Some(text) = file.proxy {
            let is_http = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
            let url = Url::parse(text.get_ref()).ok().filter(is_http);
            // The value may hold a password, so it is not shown.
            let expected =
                "expected the address of a proxy such as \"http://proxy.example.org:3128\"";
            settings.proxy = Some(url.ok_or_else(|| reader.at(&text.span(), expected))?);
        }
        if let Some(path) = file.extra_ca {
            if path.get_ref().trim().is_empty() {
                return Err(reader.wrong(&path.span(), TEXT));
            }
            settings.extra_ca = Some(path.into_inner().into());
        }
        Ok(settings)
    }
}

/// The text, to find lines in it.
struct Reader<'t>(&'t str);

impl Reader<'_> {
    fn at(&self, span: &Range<usize>, problem: impl Into<String>) -> SettingsError {
        let before = self.0.as_bytes().get(..span.start);
        let before = before.unwrap_or(self.0.as_bytes());
        SettingsError {
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            problem: problem.into(),
        }
    }

    fn found(&self, span: &Range<usize>) -> &str {
        let found = self.0.get(span.clone()).unwrap_or_default();
        found.lines().next().unwrap_or_default()
    }

    fn wrong(&self, span: &Range<usize>, expected: &str) -> SettingsError {
        let found = self.found(span);
        self.at(span, format!("found {found}, expected {expected}"))
    }

    /// An error of serde in the words of the others.
    fn error(&self, error: &toml::de::Error) -> SettingsError {
        let span = error.span().unwrap_or_default();
        let (problem, expected) = match error.message().split_once(", expected ") {
            Some(parts) => parts,
            None => return self.at(&span, error.message()),
        };
        match expected {
            known if problem.starts_with("unknown field") => {
                self.unknown(&span, known.split('`').skip(1).step_by(2).collect())
            }
            "a string" => self.wrong(&span, TEXT),
            "a map" => self.wrong(&span, "a table, [mirrors]"),
            "a sequence" => self.wrong(&span, HOSTS),
            expected => self.wrong(&span, expected),
        }
    }

    fn unknown(&self, span: &Range<usize>, known: Vec<&str>) -> SettingsError {
        let found = self.found(span);
        let nearest = known
            .iter()
            .map(|key| (strsim::damerau_levenshtein(key, found), key))
            .min()
            .filter(|(distance, key)| *distance <= key.len() / 3);
        let advice = match nearest {
            Some((_, key)) => format!("did you mean `{key}`?"),
            None => format!("expected one of {}", known.join(", ")),
        };
        self.at(span, format!("there is no setting `{found}`; {advice}"))
    }
}

/// Reads a whole number from `LEAST` to `MOST`.
fn whole<'de, D: Deserializer<'de>, N: TryFrom<u64>, const LEAST: u64, const MOST: u64>(
    value: D,
) -> Result<N, D::Error> {
    let number = u64::deserialize(value).ok();
    let number = number.filter(|number| (LEAST..=MOST).contains(number));
    let number = number.and_then(|number| N::try_from(number).ok());
    number.ok_or_else(|| match MOST {
        u64::MAX => D::Error::custom(format!(
            "number, expected a whole number of at least {LEAST}"
        )),
        _ => D::Error::custom(format!(
            "number, expected a whole number from {LEAST} to {MOST}"
        )),
    })
}

/// Reads seconds, with a fraction or without.
fn seconds<'de, D: Deserializer<'de>>(value: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(value).ok();
    let seconds = seconds.filter(|seconds| (0.001..=LONGEST_SECONDS).contains(seconds));
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let expected = "number, expected seconds, from 0.001 to 604800 (a week)";
    duration.ok_or_else(|| D::Error::custom(expected))
}
