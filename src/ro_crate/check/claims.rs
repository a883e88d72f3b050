//! The version of RO-Crate and the profiles that a crate claims to conform to; they decide which rules apply.

use serde_json::Value as Json;

use crate::ro_crate::draft::CrateDraft;
use crate::ro_crate::entities::items;

/// The common prefix of the URIs of all versions of RO-Crate, without the scheme.
const RO_CRATES: &str = "//w3id.org/ro/crate/";
/// The prefixes of the URIs of the supported profiles, without the scheme.
const PROFILES: [(&str, Profile); 4] = [
    ("//w3id.org/ro/wfrun/process", Profile::Process),
    ("//w3id.org/ro/wfrun/workflow", Profile::WorkflowRun),
    ("//w3id.org/ro/wfrun/provenance", Profile::Provenance),
    (
        "//w3id.org/workflowhub/workflow-ro-crate",
        Profile::WorkflowRoCrate,
    ),
];

/// A supported version of RO-Crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 1.0, of 2019.
    V1_0,
    /// 1.1, of 2020.
    V1_1,
    /// 1.2, of 2025.
    V1_2,
    /// 1.3, of 2026.
    V1_3,
}

impl Version {
    /// All of them, the oldest first.
    pub const ALL: [Version; 4] = [Version::V1_0, Version::V1_1, Version::V1_2, Version::V1_3];

    /// The version number, such as `1.1`.
    pub fn as_str(self) -> &'static str {
        match self {
            Version::V1_0 => "1.0",
            Version::V1_1 => "1.1",
            Version::V1_2 => "1.2",
            Version::V1_3 => "1.3",
        }
    }

    /// The version of a URL of the specification, of its context, or of a patch or draft of either.
    pub fn named_by(address: &str) -> Option<Self> {
        let rest = after_scheme(address)?.strip_prefix(RO_CRATES)?;
        Version::ALL.into_iter().find(|version| {
            let end = rest.strip_prefix(version.as_str());
            end.is_some_and(|end| end.is_empty() || end.starts_with(['/', '-', '.']))
        })
    }
}

/// A supported profile: versions 0.1 to 0.6 (workflow runs), 0.x and 1.x (workflows).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Process Run Crate.
    Process,
    /// Workflow Run Crate, which includes the two others.
    WorkflowRun,
    /// Provenance Run Crate, which includes Workflow Run Crate.
    Provenance,
    /// Workflow RO-Crate.
    WorkflowRoCrate,
}

impl Profile {
    /// The profile of a URL, if its version is supported.
    pub fn named_by(address: &str) -> Option<Self> {
        let address = after_scheme(address)?;
        let (rest, profile) = PROFILES
            .iter()
            .find_map(|(start, profile)| Some((address.strip_prefix(start)?, *profile)))?;
        let version = rest.trim_matches('/').trim_end_matches("-DRAFT");
        let versions: &[&str] = match profile {
            Profile::WorkflowRoCrate => &["", "0.1", "0.2", "0.3", "0.4", "1.0", "1.1"],
            _ => &["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"],
        };
        (rest.is_empty() || rest.starts_with('/')).then_some(())?;
        versions.contains(&version).then_some(profile)
    }

    /// Whether a URL names a known profile in an unsupported version.
    pub fn is_of_other_version(address: &str) -> bool {
        let is_of_profile = |rest: &str| {
            let mut starts = PROFILES.iter().map(|(start, _)| start);
            starts.any(|start| {
                rest.strip_prefix(start)
                    .is_some_and(|rest| rest.starts_with('/'))
            })
        };
        Profile::named_by(address).is_none() && after_scheme(address).is_some_and(is_of_profile)
    }

    /// Whether this profile includes the other.
    pub fn includes(self, other: Profile) -> bool {
        self == other
            || match self {
                Profile::Provenance => true,
                Profile::WorkflowRun => other != Profile::Provenance,
                Profile::Process | Profile::WorkflowRoCrate => false,
            }
    }
}

/// Whether a URL names the specification of RO-Crate in any version, supported or not.
pub fn is_ro_crate(address: &str) -> bool {
    after_scheme(address).is_some_and(|rest| rest.starts_with(RO_CRATES))
}

/// A URL without `http:` or `https:`.
fn after_scheme(address: &str) -> Option<&str> {
    address
        .strip_prefix("https:")
        .or_else(|| address.strip_prefix("http:"))
}

/// The claims of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConformanceClaims {
    /// The version; `None` if it names none or an unsupported one.
    pub version: Option<Version>,
    /// The supported profiles that it claims.
    pub profiles: Vec<Profile>,
}

impl ConformanceClaims {
    /// Reads the claims of the descriptor and of the root. Claims of other entities, such as embedded crates, do not count.
    pub fn of(draft: &CrateDraft) -> Self {
        let entities = draft.read.entities();
        let claimants = [draft.descriptor(), draft.root()];
        let claimed: Vec<&str> = claimants
            .into_iter()
            .flatten()
            .flat_map(|position| conforms_to(entities[position].properties.get("conformsTo")))
            .collect();
        let stated = claimed.iter().filter(|address| is_ro_crate(address));
        // An unsupported version is not checked by the rules of another.
        let version = match stated.clone().next() {
            Some(_) => stated
                .clone()
                .find_map(|address| Version::named_by(address)),
            None => context_version(&draft.read.context),
        };
        ConformanceClaims {
            version,
            profiles: claimed
                .iter()
                .filter_map(|address| Profile::named_by(address))
                .collect(),
        }
    }

    /// Whether a profile is claimed directly or by a profile that includes it.
    pub fn follow(&self, profile: Profile) -> bool {
        self.profiles
            .iter()
            .any(|claimed| claimed.includes(profile))
    }
}

/// The URLs in a value of `conformsTo`: references, and strings, which are wrong but unambiguous.
pub fn conforms_to(value: Option<&Json>) -> Vec<&str> {
    items(value).filter_map(address).collect()
}

/// The URL in a value of `conformsTo`.
fn address(value: &Json) -> Option<&str> {
    value.as_str().or_else(|| value.get("@id")?.as_str())
}

/// The version of a context URL.
fn context_version(context: &Json) -> Option<Version> {
    let mut addresses = items(Some(context)).filter_map(Json::as_str);
    addresses.find_map(Version::named_by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_versions_and_profiles_that_are_known() {
        for (address, version) in [
            ("ro/crate/1.1", Some(Version::V1_1)),
            ("ro/crate/1.0/", Some(Version::V1_0)),
            ("ro/crate/1.1-DRAFT", Some(Version::V1_1)),
            ("ro/crate/1.2/context", Some(Version::V1_2)),
            ("ro/crate/1.3.1", Some(Version::V1_3)),
            ("ro/crate/1.10", None),
            ("ro/crate/2.0", None),
            ("ro/crate", None),
        ] {
            let found = Version::named_by(&format!("https://w3id.org/{address}"));
            assert_eq!(found, version, "{address}");
        }
        for (address, profile) in [
            ("ro/wfrun/process/0.4", Some(Profile::Process)),
            ("ro/wfrun/provenance/0.1-DRAFT", Some(Profile::Provenance)),
            (
                "workflowhub/workflow-ro-crate/1.0",
                Some(Profile::WorkflowRoCrate),
            ),
            (
                "workflowhub/workflow-ro-crate/",
                Some(Profile::WorkflowRoCrate),
            ),
            ("ro/wfrun/process/9.9", None),
            ("ro/wfrun/processes/0.5", None),
            ("5s-crate/0.4", None),
        ] {
            let found = Profile::named_by(&format!("http://w3id.org/{address}"));
            assert_eq!(found, profile, "{address}");
        }
        assert!(Profile::Provenance.includes(Profile::Process));
        assert!(Profile::WorkflowRun.includes(Profile::WorkflowRoCrate));
        assert!(!Profile::Process.includes(Profile::WorkflowRun));
    }
}
