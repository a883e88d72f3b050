//! Records of EpiRR, which describe the epigenomes of datasets of IHEC.

use serde_json::Value as Json;

use super::flatten::{flatten, list, texts};
use super::portal_rows::is_accession;

/// The values of a record of EpiRR. Its raw data are of several experiments; those of this one are its raw files.
pub(super) fn values(
    record: &Json,
    experiment_type: &str,
    assay_type: &str,
) -> Vec<(String, String)> {
    let members = record.as_object().into_iter().flatten();
    let members = members.filter(|(key, _)| !["raw_data", "_links"].contains(&key.as_str()));
    let mut values = flatten(&Json::Object(
        members
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    ));
    let raw = list(&record["raw_data"]).iter();
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for entry in raw {
        let text = |key: &str| texts(&entry[key]).join(";");
        let same = |key: &str, wanted: &str| text(key).eq_ignore_ascii_case(wanted);
        let is_own = same("experiment_type", experiment_type) && same("assay_type", assay_type);
        let id = text("primary_id");
        match (is_own, text("archive").as_str()) {
            _ if id.is_empty() => other.push(entry.to_string()),
            (true, "ENA" | "SRA" | "DDBJ") if is_accession(&id) => {
                own.push(format!("ena.embl:{id}"))
            }
            _ => other.push(id),
        }
    }
    for (title, ids) in [("raw_data", own), ("other_raw_data", other)] {
        if !ids.is_empty() {
            values.push((title.to_owned(), ids.join(";")));
        }
    }
    values
}
