//! Settings of a site: mirrors, limits, proxy and certificates.
//!
//! They are in a TOML file; the environment variable `FAIRTRACKS_CONFIG` of the job holds its path. All keys are optional:
//!
//! ```
//! use fairtracks::remote::Settings;
//! let settings = Settings::parse(r#"
//! ## Private hosts that downloads may use: names, IP addresses, networks. None by default.
//! allow_private_hosts = ["tracks.intern.example.org", "10.20.0.0/16"]
//! ## The proxy resolves host names, so it must itself block names of private networks; private addresses and names such as
//! ## localhost are refused in any case. Mirrors are contacted directly.
//! proxy = "http://proxy.example.org:3128"
//! ## Certificates in PEM that are trusted in addition to those of the system.
//! extra_ca = "/etc/ssl/intern.pem"
//! ## The `User-Agent` header of requests.
//! user_agent = "galaxy.example.org (help@example.org)"
//! ## The datatype of crates in Galaxy, where Galaxy has one for RO-Crates.
//! crate_datatype = "rocrate.zip"
//!
//! ## Ontologies in OBO format or as OBO graphs in JSON: their synonyms and narrower terms count in searches in words.
//! ontologies = ["/data/ontologies/cl.obo", "/data/ontologies/uberon.json"]
//!
//! ## URL prefix = URL or folder; both end in `/`, and the longest matching prefix applies.
//! [mirrors]
//! "https://www.encodeproject.org/files/" = "http://10.20.0.5/encode/"
//! "ftp://ftp.ebi.ac.uk/pub/" = "file:///data/mirrors/ebi/pub/"
//!
//! [limits]
//! bytes_per_file = 107374182400    # 100 GiB
//! bytes_per_job = 1099511627776    # 1 TiB
//! files_per_job = 10000
//! parallel = 4                     # parallel downloads
//! parallel_per_host = 2            # parallel downloads from one host
//! retries = 4                      # retries without progress before a download fails
//! stall_seconds = 60               # time without data before an attempt fails
//! retry_seconds = 1                # pause before the first retry; doubled before each further one
//! longest_retry_seconds = 120      # longest pause, even if the server requests more
//! server_seconds = 300             # time limit for an answer of a TrackFind server, all attempts together
//! ## Limits of JSON in memory, by kind; each list, object, string, number, boolean and null counts as a value.
//! metadata_bytes = 67108864        # crates, lineage, forms and answers of servers: 64 MiB
//! metadata_values = 4000000
//! export_bytes = 67108864          # each JSON file in a history export
//! export_values = 2000000
//! document_bytes = 4294967296      # FAIRtracks documents: 4 GiB
//! document_values = 50000000       # a document of a million tracks has about 30 million
//! "#)?;
//! assert_eq!(settings.limits.bytes_per_file, 100 << 30);
//! assert_eq!(Settings::parse("")?, Settings::default());
//! # Ok::<(), fairtracks::remote::SettingsError>(())
//! ```

mod numbers;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use serde::de::Deserialize;
use thiserror::Error;
use toml::Spanned;
use url::Url;

use super::hosts::AllowedHost;
use super::mirror::Mirrors;
use crate::text::json::{JsonLimits, Limit};
use numbers::{seconds, whole};

/// The settings of a site; [`Settings::default`] applies without a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Mirrors of URLs.
    pub mirrors: Mirrors,
    /// Private hosts that downloads may use.
    pub allow_private_hosts: Vec<AllowedHost>,
    /// Limits of size, number and time.
    pub limits: TransferLimits,
    /// The `User-Agent` header of requests.
    pub user_agent: String,
    /// The proxy to the internet, if any.
    pub proxy: Option<Url>,
    /// A file with certificates in PEM that are trusted in addition to those of the system.
    pub extra_ca: Option<PathBuf>,
    /// Ontology files whose synonyms and narrower terms count in searches.
    pub ontologies: Vec<PathBuf>,
    /// The datatype in Galaxy of the crates in a collection; `zip` by default.
    pub crate_datatype: String,
}

/// Limits of downloads and of JSON in memory: the table `[limits]`.
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
    /// Parallel downloads.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST_PARALLEL>")]
    pub parallel: usize,
    /// Parallel downloads from one host.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST_PARALLEL>")]
    pub parallel_per_host: usize,
    /// Retries without progress before a download fails.
    #[serde(deserialize_with = "whole::<_, _, 0, 100>")]
    pub retries: u32,
    /// Longest time without data before an attempt fails.
    #[serde(rename = "stall_seconds", deserialize_with = "seconds")]
    pub stall: Duration,
    /// Pause before the first retry; doubled before each further one.
    #[serde(rename = "retry_seconds", deserialize_with = "seconds")]
    pub retry_pause: Duration,
    /// Longest pause between attempts, even if the server requests more.
    #[serde(rename = "longest_retry_seconds", deserialize_with = "seconds")]
    pub longest_retry_pause: Duration,
    /// Time limit for an answer of a TrackFind server, all attempts together.
    #[serde(rename = "server_seconds", deserialize_with = "seconds")]
    pub server: Duration,
    /// Largest JSON of crates, lineage, forms and answers of servers, in bytes.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub metadata_bytes: u64,
    /// Most values in it: lists, objects, strings, numbers, booleans and nulls.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub metadata_values: u64,
    /// Largest JSON file in a history export, in bytes.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub export_bytes: u64,
    /// Most values in it.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub export_values: u64,
    /// Largest FAIRtracks document, in bytes.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub document_bytes: u64,
    /// Most values in it.
    #[serde(deserialize_with = "whole::<_, _, 1, MOST>")]
    pub document_values: u64,
}

/// The parsed file, before its strings are interpreted.
#[derive(Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SettingsFile {
    mirrors: BTreeMap<Spanned<String>, Spanned<String>>,
    allow_private_hosts: Vec<Spanned<String>>,
    limits: TransferLimits,
    user_agent: Option<Spanned<String>>,
    proxy: Option<Spanned<String>>,
    extra_ca: Option<Spanned<String>>,
    ontologies: Vec<Spanned<String>>,
    crate_datatype: Option<Spanned<String>>,
}

/// An error in the settings, with its line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct SettingsError {
    /// Line, from 1.
    pub line: usize,
    /// The fault, in the form *found – expected – what to do*.
    pub problem: String,
}

const MOST: u64 = u64::MAX;
const TEXT: &str = "a string in quotes";
const HOSTS: &str = "a list of host names, IP addresses or networks such as [\"tracks.example.org\", \"10.20.0.0/16\"]";
const FILES: &str = "a list of files such as [\"/data/ontologies/cl.obo\"]";
/// More downloads at a time are no faster and look like an attack.
const MOST_PARALLEL: u64 = 64;

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
            ontologies: Vec::new(),
            crate_datatype: "zip".to_owned(),
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
    /// The limits of each kind of JSON.
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
    /// Invalid TOML, an unknown key, or an invalid value, with its line.
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
        // In the order of the file, so that the second of two equal prefixes is reported.
        let mut mirrors: Vec<_> = file.mirrors.into_iter().collect();
        mirrors.sort_by_key(|(start, _)| start.span().start);
        for (start, target) in mirrors {
            let problem = settings.mirrors.add(start.get_ref(), target.get_ref());
            problem.map_err(|problem| reader.at(&start.span(), problem))?;
        }
        for host in file.allow_private_hosts {
            let expected = "a host name, an IP address or a network such as 10.20.0.0/16";
            let allowed = AllowedHost::parse(host.get_ref());
            let allowed = allowed.ok_or_else(|| reader.wrong(&host.span(), expected))?;
            settings.allow_private_hosts.push(allowed);
        }
        if let Some(text) = file.user_agent {
            let is_sendable = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            if text.get_ref().trim().is_empty() || !is_sendable(text.get_ref()) {
                let expected = "printable ASCII text";
                return Err(reader.wrong(&text.span(), expected));
            }
            settings.user_agent = text.into_inner();
        }
        if let Some(text) = file.proxy {
            let is_http = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
            let url = Url::parse(text.get_ref()).ok().filter(is_http);
            // The value may hold a password, so it is not shown.
            let expected = "expected the URL of a proxy such as \"http://proxy.example.org:3128\"";
            settings.proxy = Some(url.ok_or_else(|| reader.at(&text.span(), expected))?);
        }
        if let Some(path) = file.extra_ca {
            if path.get_ref().trim().is_empty() {
                return Err(reader.wrong(&path.span(), TEXT));
            }
            settings.extra_ca = Some(path.into_inner().into());
        }
        for path in file.ontologies {
            if path.get_ref().trim().is_empty() {
                return Err(reader.wrong(&path.span(), TEXT));
            }
            settings.ontologies.push(path.into_inner().into());
        }
        if let Some(text) = file.crate_datatype {
            let is_extension = |text: &str| {
                !text.is_empty()
                    && text
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
            };
            if !is_extension(text.get_ref()) {
                let expected = "a datatype of Galaxy such as \"rocrate.zip\"";
                return Err(reader.wrong(&text.span(), expected));
            }
            settings.crate_datatype = text.into_inner();
        }
        Ok(settings)
    }
}

/// The text, to determine lines.
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

    /// Whether a value belongs to a key.
    fn is_key(&self, span: &Range<usize>, key: &str) -> bool {
        let before = self.0.get(..span.start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.trim_start().starts_with(key)
    }

    fn wrong(&self, span: &Range<usize>, expected: &str) -> SettingsError {
        let found = self.found(span);
        self.at(span, format!("found {found}, expected {expected}"))
    }

    /// An error of serde in the form of the other messages.
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
            "a sequence" if self.is_key(&span, "ontologies") => self.wrong(&span, FILES),
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
        self.at(
            span,
            format!("found the unknown setting `{found}`: {advice}"),
        )
    }
}
