//! Searches of ENCODE: the URLs that ask for all results with the members that rules read.

use std::collections::HashSet;

use url::Url;

use super::encode_answer;
use super::json_source::SourceFile;
use crate::conversion::error::JsonSourceError;

/// Members of files.
const OF_FILES: [&str; 24] = [
    "accession",
    "assembly",
    "assay_term_name",
    "assay_title",
    "award.project",
    "biosample_ontology.classification",
    "biosample_ontology.term_id",
    "biosample_ontology.term_name",
    "dataset",
    "derived_from",
    "file_format",
    "file_size",
    "file_type",
    "href",
    "lab.title",
    "md5sum",
    "output_category",
    "output_type",
    "preferred_default",
    "simple_biosample_summary",
    "status",
    "target.genes.dbxrefs",
    "target.investigated_as",
    "target.label",
];

/// Members of experiments.
const OF_EXPERIMENTS: [&str; 7] = [
    "accession",
    "assay_term_id",
    "replicates.library.biosample.accession",
    "replicates.library.biosample.disease_term_name",
    "replicates.library.biosample.donor.health_status",
    "replicates.library.biosample.organism.scientific_name",
    "replicates.library.biosample.organism.taxon_id",
];

/// The URL of a search for files: that of the user, as JSON, in an order that pages keep, and with members unless it names some.
pub fn search_of_files(url: &Url) -> Url {
    let mut search = url.clone();
    let given: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let has = |name: &str| given.iter().any(|(given, _)| given == name);
    let kept = given.iter().filter(|(name, _)| name != "format");
    let mut pairs: Vec<(&str, &str)> = kept.map(|(name, value)| (&name[..], &value[..])).collect();
    if !has("type") {
        pairs.insert(0, ("type", "File"));
    }
    if !has("sort") && !has("limit") && !has("from") {
        pairs.push(("sort", "accession"));
    }
    if !has("field") && !has("frame") {
        pairs.extend(OF_FILES.map(|name| ("field", name)));
    }
    pairs.push(("format", "json"));
    search.query_pairs_mut().clear().extend_pairs(pairs);
    search
}

/// The URL of a search for experiments by their accessions.
pub fn search_of_experiments(url: &Url, accessions: &[String]) -> Url {
    let mut search = url.clone();
    search.set_path("/search/");
    search.set_fragment(None);
    let accessions = accessions
        .iter()
        .map(|accession| ("accession", &accession[..]));
    let fields = OF_EXPERIMENTS.map(|name| ("field", name));
    let mut query = search.query_pairs_mut();
    query.clear().append_pair("type", "Experiment");
    query.extend_pairs(accessions).extend_pairs(fields);
    query.extend_pairs([("limit", "all"), ("format", "json")]);
    drop(query);
    search
}

/// The accessions of the experiments of files, each once.
///
/// # Errors
/// A file is no answer.
pub fn experiments(files: &[SourceFile]) -> Result<Vec<String>, JsonSourceError> {
    let mut known = HashSet::new();
    let mut accessions = Vec::new();
    for file in files {
        encode_answer::each_item(file, |item| {
            let dataset = item.get("dataset").and_then(|dataset| dataset.as_str());
            let accession = dataset.and_then(|dataset| {
                let path = dataset.strip_prefix("/experiments/")?;
                path.strip_suffix('/')
            });
            if let Some(accession) = accession
                && known.insert(accession.to_owned())
            {
                accessions.push(accession.to_owned());
            }
        })?;
    }
    Ok(accessions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_asks_for_results_in_order_as_json() {
        let url = Url::parse("https://h.example.org/search/?type=File&assembly=GRCh38&format=html")
            .unwrap();
        let search = search_of_files(&url).to_string();
        assert!(
            search.starts_with(
                "https://h.example.org/search/?type=File&assembly=GRCh38&sort=accession&field=accession&"
            ),
            "{search}"
        );
        assert!(search.ends_with("&format=json"), "{search}");
        let own = Url::parse("https://h.example.org/search/?limit=5&field=href").unwrap();
        assert_eq!(
            search_of_files(&own).query(),
            Some("type=File&limit=5&field=href&format=json")
        );
        let experiments = search_of_experiments(&own, &["A".to_owned(), "B".to_owned()]);
        assert!(
            experiments
                .query()
                .unwrap()
                .starts_with("type=Experiment&accession=A&accession=B&field=accession&")
        );
    }
}
