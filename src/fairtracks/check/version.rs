//! `doc_version`: by custom the signature of the document, which shows whether the document was changed.

use serde_json::{Map, Value as Json};

use crate::fairtracks::finding::{Findings, Strength, ValueIssue};
use crate::fairtracks::signature;

/// Compares `doc_info.doc_version` with the signature of the document. A version of another form is not checked.
pub fn check(members: &Map<String, Json>, findings: &mut Findings) {
    let version = members
        .get("doc_info")
        .and_then(|doc_info| doc_info.get("doc_version"))
        .and_then(Json::as_str)
        .filter(|version| version.len() == 64 && version.bytes().all(|b| b.is_ascii_hexdigit()));
    let Some(version) = version else {
        return;
    };
    let computed = if members.contains_key("subset_of") {
        signature::signature_without_ids(members)
    } else if is_converted(members) {
        signature::signature_of_conversion(members)
    } else {
        signature::signature(members)
    };
    if !version.eq_ignore_ascii_case(&computed) {
        let remark = ValueIssue::new(
            Strength::Should,
            format!("{computed}, the signature of the document"),
            "the document was changed after its version was computed: update the version, or get the document again",
        );
        findings.add_at(
            "/doc_info/doc_version".to_owned(),
            format!("\"{version}\""),
            remark,
        );
    }
}

/// Whether the document states what it was converted from, in the shape that these tools write.
fn is_converted(members: &Map<String, Json>) -> bool {
    let converted_from = members.get("converted_from");
    converted_from.is_some_and(|stated| stated.get("rules").is_some())
}
