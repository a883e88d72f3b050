//! A search in documents.

use serde_json::Value as Json;

use crate::cli::Failure;
use crate::fairtracks::augment::unlabelled;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::hit::LeftOut;
use crate::fairtracks::hits_document::{Provenance, Searched, hits_document};
use crate::query::Query;
use crate::query::hub::OuterJoin;
use crate::query::search::{Scope, search_within};
use crate::query::words::{excluded_values, missing_texts, missing_values};

use super::arguments::SearchArguments;
use super::counts::GenomeBuilds;
use super::documents::{ReadDocument, SearchedDocuments};
use super::found::{AskedQuery, SearchResult, SearchTask, SearchedSource, TakeHits};
use super::lists::HitLists;
use super::message::{
    MessageInput, UNLABELLED, augmentation, empty_columns, filled_in_short, lacking, message,
    unknown_values,
};
use super::totals::SearchTotals;

/// Where to look.
pub(super) fn scope(arguments: &SearchArguments) -> Result<Scope, Failure> {
    let join = if arguments.incomplete {
        OuterJoin::Left
    } else {
        OuterJoin::Inner
    };
    let all = || {
        Category::ALL
            .map(|category| category.name().to_owned())
            .to_vec()
    };
    let names = if arguments.categories.is_empty() {
        all()
    } else {
        arguments.categories.clone()
    };
    Scope::new(&names, join).map_err(|problem| Failure::usage("--categories", problem))
}

/// Searches the documents one after the other, and hands over the hits of each.
pub(super) fn search(
    task: SearchTask<'_>,
    scope: &Scope,
    documents: &mut SearchedDocuments,
    take_hits: TakeHits<'_>,
) -> Result<SearchResult, Failure> {
    let SearchTask {
        arguments,
        question,
        ..
    } = task;
    let (asked, values) = AskedQuery::of(question, || documents.existing_values())?;
    let query = Query::new(&asked.query, &scope.names())?;
    let mut search = DocumentSearch {
        task,
        scope,
        asked: &asked,
        query: &query,
        totals: SearchTotals::default(),
        lists: HitLists::wanted(arguments, task.columns),
        sources: Vec::new(),
        augmentation: String::new(),
        remarks: Vec::new(),
        has_unlabelled: false,
    };
    for number in 0..documents.labels.len() {
        let read = documents.take(number)?;
        let label = documents.labels[number].clone();
        search.add(&read, &label, number, take_hits)?;
        documents.put_back(read);
    }
    let DocumentSearch {
        totals,
        lists,
        sources,
        augmentation,
        mut remarks,
        has_unlabelled,
        ..
    } = search;
    let mut hints = match &asked.understood {
        Some(understood) => missing_values(understood, &values),
        None => Vec::new(),
    };
    hints.extend(totals.hints());
    if totals.hits == 0 && !question.exact().is_empty() {
        let values = documents.existing_values()?;
        let missing = missing_texts(question.exact(), &values, &hints);
        hints.extend(missing);
    }
    let lists = lists.finish();
    let mut explanation = message(&MessageInput {
        query: &query,
        understood: asked.understood.as_ref(),
        question,
        totals: &totals,
        hints: &hints,
        sources: &sources,
        not_in_gsuite: &lists.gsuite.left_out,
    });
    explanation += &augmentation;
    if totals.hits == 0 && has_unlabelled && !arguments.augment {
        explanation += UNLABELLED;
        remarks.push(UNLABELLED.trim().to_owned());
    }
    let unusable = totals.unusable.iter();
    remarks.extend(unusable.map(|unusable| unknown_values(query.text(), unusable)));
    let empty = empty_columns(&lists.table.empty_columns);
    for remark in remarks.iter().chain(&empty) {
        if !explanation.contains(remark.as_str()) {
            explanation += &format!("\n\n{remark}");
        }
    }
    remarks.extend(empty);
    Ok(SearchResult {
        sources,
        lists,
        explanation,
        hints,
        remarks,
        why_empty: totals.why_empty().filter(|_| asked.understood.is_none()),
        left_out: totals.left_out,
        terms: totals.terms,
        asked,
    })
}

/// A search under way: what the documents so far gave.
struct DocumentSearch<'a> {
    task: SearchTask<'a>,
    scope: &'a Scope,
    asked: &'a AskedQuery,
    query: &'a Query,
    totals: SearchTotals,
    lists: HitLists,
    sources: Vec<SearchedSource>,
    /// The part of the message about values filled in.
    augmentation: String,
    remarks: Vec<String>,
    has_unlabelled: bool,
}

impl DocumentSearch<'_> {
    /// Searches one more document.
    fn add(
        &mut self,
        read: &ReadDocument,
        label: &str,
        number: usize,
        take_hits: TakeHits<'_>,
    ) -> Result<(), Failure> {
        let arguments = self.task.arguments;
        let document = &read.document;
        let mut answer = search_within(document, self.query, self.scope);
        if let Some(understood) = &self.asked.understood {
            // Exact values that were looked up are no typos.
            answer.advice = Vec::new();
            if answer.hits.is_empty() && self.totals.hits == 0 {
                answer.advice = excluded_values(document, self.scope, understood);
            }
        }
        self.lists.add(&answer.hits, label);
        let mut builds = GenomeBuilds::default();
        builds.add(&answer.hits);
        self.sources.push(SearchedSource {
            name: label.to_owned(),
            stated: stated(document),
            hits: answer.hits.len(),
            tracks: Some(answer.searched + answer.left_out.len()),
            genome_build: builds.common().map(str::to_owned),
        });
        self.describe_filled(read, label);
        if arguments.is_any_output_wanted() {
            let provenance = self.provenance(read, answer.left_out.clone());
            let hits = hits_document(document, &answer.positions, &provenance);
            let lacking = lacking(&hits, &arguments.categories, &provenance.categories);
            let lacking = lacking.trim();
            if !lacking.is_empty() && !self.remarks.iter().any(|known| known == lacking) {
                self.remarks.push(lacking.to_owned());
            }
            take_hits(number, &hits)?;
        }
        self.totals.add(&mut answer, label);
        Ok(())
    }

    fn describe_filled(&mut self, read: &ReadDocument, label: &str) {
        let unlabelled = unlabelled(&read.document);
        self.has_unlabelled |= !unlabelled.is_empty();
        if !self.task.arguments.augment {
            return;
        }
        let place = match self.task.arguments.is_list() {
            true => format!(" in {label}"),
            false => String::new(),
        };
        self.augmentation += &augmentation(&read.filled, &unlabelled, &place);
        self.remarks.extend(filled_in_short(&read.filled, &place));
    }

    fn provenance(&self, read: &ReadDocument, left_out: Vec<LeftOut>) -> Provenance {
        Provenance {
            searched: Searched::Document {
                sha256: read.sha256.clone(),
            },
            query: self.asked.query.clone(),
            conditions: self.asked.conditions.clone(),
            augmented: !read.filled.is_empty(),
            categories: self.scope.names(),
            incomplete: self.task.arguments.incomplete,
            time: self.task.time.to_owned(),
            tool: super::NAME.to_owned(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            left_out,
        }
    }
}

/// What a document says of itself.
fn stated(document: &Document) -> Vec<(&'static str, String)> {
    let doc_info = document.object(Category::DocInfo, 0);
    let collection = document.object(Category::CollectionInfo, 0);
    let text = |object: Option<&Json>, key: &str| {
        let text = object.and_then(|object| object.get(key)?.as_str());
        text.filter(|text| !text.trim().is_empty())
            .map(str::to_owned)
    };
    let all = [
        (
            "collection",
            text(collection, "long_name").or_else(|| text(collection, "short_name")),
        ),
        ("version", text(doc_info, "doc_version")),
        ("date", text(doc_info, "doc_date")),
        ("URL", text(doc_info, "doc_url")),
        (
            "kind",
            document
                .members()
                .contains_key("subset_of")
                .then(|| "document of hits of an earlier search".to_owned()),
        ),
    ];
    let stated = all.into_iter();
    stated
        .filter_map(|(title, text)| Some((title, text?)))
        .collect()
}
