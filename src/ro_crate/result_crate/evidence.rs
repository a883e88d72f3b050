//! The match of a result with its source tracks, and what proves it.

use super::{ResultCrateInput, short_hash};
use crate::archive::digest::DigestFunction;
use crate::ro_crate::common_entities::{Ancestor, COMPLETED, DOCUMENT_FILE, property, tool};
use crate::ro_crate::credits::Credited;
use crate::ro_crate::entities::{CreateAction, EntityId, PropertyValue};
use crate::ro_crate::proof::trace::Evidence;
use crate::ro_crate::{Crate, Entity};

impl Evidence {
    /// The kind of proof: `content`, `document`, `source URL`, `lineage`, or what the user accepts.
    pub fn kind(self) -> &'static str {
        match self {
            Evidence::Bytes
            | Evidence::UnpackedBytes
            | Evidence::Checksum(_)
            | Evidence::UnpackedChecksum(_)
            | Evidence::EarlierResult(_) => "content",
            Evidence::Document(_) | Evidence::UnpackedDocument(_) => "document",
            Evidence::SourceUrl => "source URL",
            Evidence::LineageToBytes | Evidence::LineageToImport | Evidence::LineageToUrl => {
                "lineage"
            }
            Evidence::Accepted => "accepted",
        }
    }

    /// The digest that proves it, where a digest does.
    pub fn digest_function(self) -> Option<DigestFunction> {
        match self {
            Evidence::Bytes | Evidence::UnpackedBytes => Some(DigestFunction::Sha256),
            Evidence::Checksum(function)
            | Evidence::UnpackedChecksum(function)
            | Evidence::EarlierResult(function)
            | Evidence::Document(function)
            | Evidence::UnpackedDocument(function) => Some(function),
            Evidence::SourceUrl
            | Evidence::LineageToBytes
            | Evidence::LineageToImport
            | Evidence::LineageToUrl
            | Evidence::Accepted => None,
        }
    }

    /// The kind of proof with the digest that proves it: `content (SHA-256)`, `lineage`.
    pub fn label(self) -> String {
        match self.digest_function() {
            Some(function) => format!("{} ({})", self.kind(), function.name()),
            None => self.kind().to_owned(),
        }
    }

    /// The proof in words.
    pub fn sentence(self) -> String {
        let digest = self.digest_function().map_or("", DigestFunction::name);
        match self {
            Evidence::Bytes => {
                format!("the result has the same bytes as the track ({digest})")
            }
            Evidence::UnpackedBytes => {
                format!("the decompressed result has the same bytes as the track ({digest})")
            }
            Evidence::Checksum(_) => format!(
                "the result matches the checksum that the provider or a crate gives for the track ({digest})"
            ),
            Evidence::UnpackedChecksum(_) => format!(
                "the decompressed result matches the checksum that the provider or a crate gives for the track ({digest})"
            ),
            Evidence::EarlierResult(_) => format!(
                "the result has the same bytes as a file that an earlier crate traces to the track ({digest})"
            ),
            Evidence::LineageToBytes => {
                "Galaxy's job record leads from the result to a dataset with the bytes of the track"
                    .to_owned()
            }
            Evidence::LineageToImport => {
                "Galaxy's job record leads from the result to the import of the track from its URL"
                    .to_owned()
            }
            Evidence::Document(_) => format!(
                "the result matches the checksum that a FAIRtracks document gives for the track ({digest})"
            ),
            Evidence::UnpackedDocument(_) => format!(
                "the decompressed result matches the checksum that a FAIRtracks document gives for the track ({digest})"
            ),
            Evidence::SourceUrl => {
                "Galaxy loaded the result from the URL that a FAIRtracks document gives for the track"
                    .to_owned()
            }
            Evidence::LineageToUrl => {
                "Galaxy's job record leads from the result to a dataset that Galaxy loaded from the URL of the track"
                    .to_owned()
            }
            Evidence::Accepted => {
                "the user accepts a matching element identifier or name tag as proof".to_owned()
            }
        }
    }
}

/// Adds the match, if there was anything to match.
pub fn add(
    input: &ResultCrateInput<'_>,
    ancestors: &[Ancestor],
    credits: &Credited,
    crate_: &mut Crate,
) {
    if ancestors.is_empty() {
        return;
    }
    let result = input.result_id();
    let mut objects: Vec<String> = ancestors.iter().map(Ancestor::id).collect();
    for (track, evidence) in &input.trace.proven {
        for evidence in evidence {
            let id = format!(
                "evidence-{}",
                short_hash(&[&result, track, evidence.kind(), &evidence.sentence()])
            );
            let value = property(&id, "evidence", &evidence.sentence()).set(&PropertyValue {
                property_id: evidence.kind().into(),
                value_reference: track.into(),
                ..PropertyValue::default()
            });
            objects.push(crate_.add(value));
        }
    }
    let instrument = crate_.add(tool(input.tool.0, input.tool.1));
    let texts: Vec<&str> = [result.as_str()]
        .into_iter()
        .chain(objects.iter().map(String::as_str))
        .collect();
    // Without a document nothing is made by the match, which a CreateAction should do.
    let kind = if input.document.is_some() {
        "CreateAction"
    } else {
        "ActivateAction"
    };
    let id = EntityId::Follow(&short_hash(&texts)).to_string();
    crate_.add(Entity::new(id, &[kind]).set(&CreateAction {
        name: format!("Matching of {} to its source tracks", input.result.label()).into(),
        description: "Source tracks were identified by content and by Galaxy's job record; names and tags count only if the user accepts them".into(),
        end_time: input.time.into(),
        action_status: COMPLETED.into(),
        agent: credits.agent().into(),
        instrument: instrument.into(),
        object: objects.into(),
        result: input.document.map(|_| DOCUMENT_FILE).into(),
        ..CreateAction::default()
    }));
}
