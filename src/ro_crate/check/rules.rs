//! The rules of RO-Crate and its profiles: scope, strength and clause of each.
//!
//! A rule is [`Strength::Must`] only if the RO-Crate validator rejects the crate too; a MUST that the validator does not enforce
//! is [`Strength::Should`]. Contradictions with the bytes in the archive apply to all versions and are not in this table.

use super::claims::{ConformanceClaims, Profile, Version};
use crate::fairtracks::finding::Strength;

use Rule as R;
use Strength::{May, Must, Should};

/// A rule of a version or profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Every entity has an `@id`.
    Id,
    /// Every entity has an `@type`.
    Type,
    /// A list of types has one.
    TypeFilled,
    /// No two entities have the same `@id`.
    IdOnce,
    /// No two entities with the same `@id` have different checksums or sizes.
    BytesOnce,
    /// The graph is flat.
    Flat,
    /// Lists and sets are written as JSON arrays.
    PlainLists,
    /// A single value is not written as a list.
    OneValueAlone,
    /// Keys are terms, not URLs.
    KeysAsTerms,
    /// The context of RO-Crate is included.
    Context,
    /// The context of RO-Crate is referenced by its URL.
    ContextByReference,
    /// The context defines every type.
    TypeTerms,
    /// The context defines every key.
    Terms,
    /// The context is that of the version.
    ContextOfVersion,
    /// The descriptor exists.
    Descriptor,
    /// The descriptor is a CreativeWork.
    DescriptorType,
    /// The descriptor is about one root.
    DescriptorAbout,
    /// The descriptor names the version.
    DescriptorVersion,
    /// The descriptor names the version by a reference.
    DescriptorVersionReference,
    /// `conformsTo` of the descriptor has only the version.
    DescriptorVersionAlone,
    /// The root exists.
    Root,
    /// The root is a Dataset.
    RootDataset,
    /// The root is a Dataset and nothing else.
    RootDatasetAlone,
    /// The id of the root is `./`.
    RootIdHere,
    /// The id of the root ends in `/`.
    RootIdSlash,
    /// The id of the root is `./` or an absolute IRI.
    RootIdAbsolute,
    /// The root has name, description, date and licence.
    RootProperties,
    /// These properties of the root are not empty.
    RootPropertiesFilled,
    /// `datePublished` is an ISO 8601 date.
    RootDate,
    /// `datePublished` is one plain string.
    RootDateText,
    /// `datePublished` gives the day.
    RootDateDay,
    /// The licence is described.
    LicenceReference,
    /// The root names its author and publisher.
    RootPeople,
    /// The publisher is an Organization or a Person.
    PublisherType,
    /// Authors have an affiliation.
    AuthorAffiliation,
    /// The affiliation of an author is described.
    AffiliationReference,
    /// Profiles that the root claims are entities of the right type.
    ProfileEntity,
    /// Profiles are claimed by the root.
    ProfileOnRoot,
    /// The root does not claim RO-Crate without a version.
    VersionOnRoot,
    /// Data entities are linked from the root.
    Part,
    /// Files and folders of the crate are in it.
    Present,
    /// The ids of data entities are paths or URLs.
    DataId,
    /// The paths in the ids of data entities are percent-encoded.
    DataIdEncoded,
    /// `hasPart` holds references.
    PartReference,
    /// The ids of folders end in `/`.
    FolderSlash,
    /// Files state their format.
    Format,
    /// The page is not a data entity.
    PageIsNoPart,
    /// The page has the metadata.
    PageMetadata,
    /// Software has a name.
    SoftwareName,
    /// Software has a URL and a version.
    Software,
    /// Applications and languages have a `version`, even if they have a `softwareVersion`.
    SoftwareVersion,
    /// Scripts and workflows are files.
    ScriptIsFile,
    /// Times of actions are ISO 8601 times.
    ActionTime,
    /// The crate has an action.
    Action,
    /// An action names the tool.
    ActionInstrument,
    /// An action is in `mentions` of the root.
    ActionMentioned,
    /// An action has description, times, agent, inputs and outputs.
    ActionProperties,
    /// An action has an agent.
    ActionAgent,
    /// `actionStatus` and `error` are those of the profile.
    ActionStatus,
    /// A tool has a URL as its id, a `url` and a version.
    Tool,
    /// The root names the main workflow.
    MainWorkflow,
    /// The main workflow has its types and its language.
    MainWorkflowProperties,
    /// The main workflow was run.
    WorkflowRun,
    /// Inputs and outputs of workflows are FormalParameters with a type.
    Parameters,
    /// Steps, and the actions that control and organise them, refer to each other.
    Steps,
}

/// The crates that a rule applies to.
#[derive(Debug, Clone, Copy)]
enum Scope {
    /// Every crate, including unknown versions.
    Every,
    /// Crates of these versions, both ends included.
    Versions(Version, Version),
    /// Crates that claim a profile.
    Claimed(Profile),
}

/// A rule for some crates.
struct Row {
    rule: Rule,
    scope: Scope,
    strength: Strength,
    clause: &'static str,
}

const fn row(rule: Rule, scope: Scope, strength: Strength, clause: &'static str) -> Row {
    Row {
        rule,
        scope,
        strength,
        clause,
    }
}

const EVERY: Scope = Scope::Every;
const ALL: Scope = Scope::Versions(Version::V1_0, Version::V1_3);
const V1_0: Scope = Scope::Versions(Version::V1_0, Version::V1_0);
const V1_1: Scope = Scope::Versions(Version::V1_1, Version::V1_1);
const TO_1_1: Scope = Scope::Versions(Version::V1_0, Version::V1_1);
const FROM_1_1: Scope = Scope::Versions(Version::V1_1, Version::V1_3);
const FROM_1_2: Scope = Scope::Versions(Version::V1_2, Version::V1_3);
const V1_3: Scope = Scope::Versions(Version::V1_3, Version::V1_3);
const PROCESS: Scope = Scope::Claimed(Profile::Process);
const WORKFLOW: Scope = Scope::Claimed(Profile::WorkflowRoCrate);
const PROVENANCE: Scope = Scope::Claimed(Profile::Provenance);

/// All rules; if several rows apply to a crate, the strongest counts.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    row(R::Id, EVERY, Must, "RO-Crate JSON-LD: describing entities"),
    row(R::Type, EVERY, Must, "RO-Crate JSON-LD: describing entities"),
    row(R::BytesOnce, EVERY, Must, "RO-Crate, Contextual Entities: `@graph` MUST NOT list one `@id` twice"),
    row(R::TypeFilled, EVERY, Should, "RO-Crate JSON-LD: describing entities"),
    row(R::IdOnce, TO_1_1, Should, "RO-Crate, Contextual Entities: `@graph` MUST NOT list one `@id` twice"),
    row(R::IdOnce, FROM_1_2, Must, "RO-Crate, Contextual Entities: `@graph` MUST NOT list one `@id` twice"),
    row(R::Flat, EVERY, Must, "RO-Crate, Metadata Document: flattened JSON-LD"),
    row(R::PlainLists, ALL, Must, "RO-Crate, Metadata Document: compacted JSON-LD"),
    row(R::OneValueAlone, ALL, Should, "RO-Crate JSON-LD: single-element arrays SHOULD be unpacked"),
    row(R::KeysAsTerms, ALL, Must, "RO-Crate, Metadata Document: compacted JSON-LD"),
    row(R::Context, EVERY, Must, "RO-Crate JSON-LD: the context"),
    row(R::ContextByReference, TO_1_1, Should, "RO-Crate JSON-LD: the context"),
    row(R::ContextByReference, FROM_1_2, Must, "RO-Crate 1.2, Structure: the context by reference"),
    row(R::TypeTerms, ALL, Should, "RO-Crate JSON-LD: adding new or ad hoc vocabulary terms"),
    row(R::Terms, ALL, Must, "RO-Crate JSON-LD: adding new or ad hoc vocabulary terms"),
    row(R::ContextOfVersion, FROM_1_2, Should, "RO-Crate 1.2, Structure: the context of the version by reference"),
    row(R::ContextOfVersion, V1_3, Must, "RO-Crate 1.3, Structure: the context of the version by reference"),
    row(R::Descriptor, EVERY, Must, "RO-Crate, Root Data Entity: the descriptor"),
    row(R::DescriptorType, EVERY, Must, "RO-Crate, Root Data Entity: the descriptor"),
    row(R::DescriptorAbout, EVERY, Must, "RO-Crate, Root Data Entity: the descriptor"),
    row(R::DescriptorVersion, EVERY, Should, "RO-Crate, Root Data Entity: the descriptor"),
    row(R::DescriptorVersionReference, TO_1_1, Should, "RO-Crate JSON-LD: references"),
    row(R::DescriptorVersionReference, V1_1, Must, "RO-Crate JSON-LD: references"),
    row(R::DescriptorVersionReference, FROM_1_2, Must, "RO-Crate 1.2, Metadata: references MUST have the form {\"@id\": …}"),
    row(R::DescriptorVersionAlone, FROM_1_2, Should, "RO-Crate 1.2, Root Data Entity: `conformsTo` SHOULD have a single value"),
    row(R::Root, EVERY, Must, "RO-Crate, Structure: the graph MUST describe the root"),
    row(R::RootDataset, EVERY, Must, "RO-Crate, Root Data Entity: `@type`"),
    row(R::RootDatasetAlone, TO_1_1, Should, "RO-Crate 1.1, Root Data Entity: `@type` MUST be Dataset"),
    row(R::RootIdHere, V1_0, Must, "RO-Crate 1.0, Root Data Entity: `@id` MUST be ./"),
    row(R::RootIdHere, V1_1, Should, "RO-Crate 1.1, Root Data Entity: `@id` SHOULD be ./"),
    row(R::RootIdSlash, TO_1_1, Must, "RO-Crate 1.1, Root Data Entity: `@id` MUST end with /"),
    row(R::RootIdAbsolute, FROM_1_2, Must, "RO-Crate 1.2, Structure: `@id` of the root MUST be ./ or a URI"),
    row(R::RootProperties, ALL, Must, "RO-Crate, Root Data Entity: direct properties"),
    row(R::RootPropertiesFilled, ALL, Should, "RO-Crate, Root Data Entity: direct properties"),
    row(R::RootDate, ALL, Must, "RO-Crate, Root Data Entity: `datePublished` MUST be of ISO 8601"),
    row(R::RootDateText, TO_1_1, May, "RO-Crate 1.1, Root Data Entity: `datePublished` MUST be a string"),
    row(R::RootDateText, FROM_1_2, Must, "RO-Crate 1.2, Root Data Entity: `datePublished` MUST be a single string"),
    row(R::RootDateDay, ALL, Should, "RO-Crate, Root Data Entity: `datePublished` SHOULD give the day"),
    row(R::LicenceReference, ALL, Should, "RO-Crate, Root Data Entity: `license` SHOULD link to an entity"),
    row(R::RootPeople, ALL, May, "RO-Crate, Contextual Entities: people, publisher"),
    row(R::PublisherType, FROM_1_1, Must, "RO-Crate, Contextual Entities: publisher SHOULD be an Organization, MAY be a Person"),
    row(R::AuthorAffiliation, FROM_1_1, Should, "RO-Crate, Contextual Entities: people"),
    row(R::AffiliationReference, FROM_1_1, May, "RO-Crate, Contextual Entities: affiliation SHOULD be an entity"),
    row(R::ProfileEntity, PROCESS, Must, "Process Run Crate: root `conformsTo` MUST reference a CreativeWork"),
    row(R::ProfileEntity, FROM_1_2, Must, "RO-Crate 1.2, Profiles: a profile MUST be an entity of type Profile"),
    row(R::ProfileOnRoot, PROCESS, Must, "Process Run Crate: root `conformsTo` MUST reference the profile"),
    row(R::VersionOnRoot, FROM_1_2, Must, "RO-Crate 1.2, Data Entities: the name without version is for referenced crates"),
    row(R::Part, ALL, Must, "RO-Crate, Data Entities: data entities MUST be linked from the root by `hasPart`"),
    row(R::Present, EVERY, Must, "RO-Crate, Structure: data entities MUST be in the crate or on the web"),
    row(R::DataId, ALL, Must, "RO-Crate, Data Entities: `@id` MUST be a relative or absolute URI"),
    row(R::DataIdEncoded, ALL, Should, "RO-Crate, Data Entities: encoding file paths"),
    row(R::PartReference, TO_1_1, Must, "RO-Crate, Data Entities: `hasPart` references data entities"),
    row(R::PartReference, FROM_1_2, Should, "RO-Crate 1.2, Metadata: references MUST have the form {\"@id\": …}"),
    row(R::FolderSlash, ALL, Should, "RO-Crate, Data Entities: `@id` of a folder SHOULD end with /"),
    row(R::Format, ALL, Should, "RO-Crate, Data Entities: encodings"),
    row(R::PageIsNoPart, FROM_1_1, Should, "RO-Crate, Structure: the RO-Crate Website is no part of the payload"),
    row(R::PageMetadata, TO_1_1, Should, "RO-Crate 1.1, Structure: ro-crate-preview.html MUST contain the JSON-LD"),
    row(R::SoftwareName, FROM_1_2, Must, "RO-Crate 1.2, Workflows: software MUST have name, url and version"),
    row(R::Software, TO_1_1, Should, "RO-Crate 1.1, Workflows: software MUST have name, url and version"),
    row(R::Software, FROM_1_2, Must, "RO-Crate 1.2, Workflows: software MUST have name, url and version"),
    row(R::SoftwareVersion, FROM_1_2, Must, "RO-Crate 1.2, Workflows: software MUST have name, url and version"),
    row(R::ScriptIsFile, TO_1_1, Should, "RO-Crate 1.1, Workflows: scripts and workflows MUST be Files"),
    row(R::ScriptIsFile, FROM_1_2, Must, "RO-Crate 1.2, Workflows: scripts and workflows MUST be Files"),
    row(R::ActionTime, EVERY, Should, "RO-Crate, Provenance: times MUST be of ISO 8601"),
    row(R::Action, PROCESS, Should, "Process Run Crate: the execution is an action"),
    row(R::ActionInstrument, PROCESS, Must, "Process Run Crate: an action MUST have the tool as its `instrument`"),
    row(R::ActionMentioned, PROCESS, Should, "Process Run Crate: an action SHOULD be in `mentions` of the root"),
    row(R::ActionProperties, PROCESS, Should, "Process Run Crate: properties of actions"),
    row(R::ActionAgent, PROCESS, May, "Process Run Crate: an action SHOULD have an `agent`"),
    row(R::ActionStatus, PROCESS, Should, "Process Run Crate: `actionStatus`, `error`"),
    row(R::Tool, PROCESS, Should, "Process Run Crate: properties of the tool"),
    row(R::MainWorkflow, WORKFLOW, Must, "Workflow RO-Crate: `mainEntity` MUST be the main workflow"),
    row(R::MainWorkflowProperties, WORKFLOW, Must, "Workflow RO-Crate: the main workflow"),
    row(R::WorkflowRun, Scope::Claimed(Profile::WorkflowRun), Must, "Workflow Run Crate: an action MUST have the main workflow as its `instrument`"),
    row(R::Parameters, Scope::Claimed(Profile::WorkflowRun), Must, "Workflow Run Crate: FormalParameter"),
    row(R::Steps, PROVENANCE, Must, "Provenance Run Crate: tools, HowToStep, ControlAction, OrganizeAction"),
];

impl Scope {
    fn covers(self, claims: &ConformanceClaims) -> bool {
        match self {
            Scope::Every => true,
            Scope::Versions(first, last) => claims
                .version
                .is_some_and(|version| (first..=last).contains(&version)),
            Scope::Claimed(profile) => claims.follow(profile),
        }
    }
}

/// The strength and clause of a rule for a crate; `None` if it does not apply.
pub fn of(rule: Rule, claims: &ConformanceClaims) -> Option<(Strength, &'static str)> {
    let counting = ROWS
        .iter()
        .filter(|row| row.rule == rule && row.scope.covers(claims));
    counting
        .min_by_key(|row| row.strength)
        .map(|row| (row.strength, row.clause))
}
