//! A search in a document.

use crate::archive::digest::Sha256Sum;
use crate::cli::{self, Failure, dataset_options};
use crate::fairtracks::augment::{Given, augment, unlabelled};
use crate::fairtracks::category::Category;
use crate::fairtracks::document_json;
use crate::fairtracks::hits_document::Searched;
use crate::query::Query;
use crate::query::hub::OuterJoin;
use crate::query::search::{Scope, search_within};
use crate::query::search_question::SearchQuestion;
use crate::query::words::{ExistingValues, excluded_values, missing_texts, missing_values};
use crate::tools::search::message::{UNLABELLED, augmentation, message};

use super::arguments::SearchArguments;
use super::found::{AskedQuery, SearchResult, lists};

/// Where to look.
pub fn scope(arguments: &SearchArguments) -> Result<Scope, Failure> {
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

pub fn search(
    arguments: &SearchArguments,
    question: &SearchQuestion,
    scope: &Scope,
) -> Result<SearchResult, Failure> {
    let Some(path) = &arguments.document else {
        let problem = "found neither a document nor a server in the form, expected one of them";
        return Err(Failure::at("--document", problem));
    };
    let names = dataset_options::names(
        arguments.names.as_deref(),
        std::slice::from_ref(path),
        "document",
    )?;
    let bytes = cli::read_bytes(path).map_err(|error| Failure::at(names.join(", "), error))?;
    let document =
        document_json::read(&bytes).map_err(|error| Failure::at(names.join(", "), error))?;
    let (document, filled) = if arguments.augment {
        augment(document, Given::Keep)
    } else {
        (document, Vec::new())
    };
    let (asked, values) = AskedQuery::of(question, || {
        let vocabulary = arguments.ontologies.vocabulary()?;
        Ok(ExistingValues::of(&document, vocabulary))
    })?;
    let query = Query::new(&asked.query, &scope.names())?;
    let mut answer = search_within(&document, &query, scope);
    if let Some(understood) = &asked.understood {
        // Exact values that were looked up are no typos.
        answer.advice = missing_values(understood, &values);
        if answer.hits.is_empty() {
            let excluded = excluded_values(&document, scope, understood);
            answer.advice.extend(excluded);
        }
    }
    let exact = question.exact();
    if answer.hits.is_empty() && !exact.is_empty() {
        let values = ExistingValues::of(&document, arguments.ontologies.vocabulary()?);
        let missing = missing_texts(exact, &values, &answer.advice);
        answer.advice.extend(missing);
    }
    let (table, suite) = lists(&answer.hits);
    let mut explanation = message(&query, &asked, question, &answer, &suite.left_out);
    if arguments.augment {
        explanation += &augmentation(&filled, &unlabelled(&document));
    } else if answer.hits.is_empty() && !unlabelled(&document).is_empty() {
        explanation += UNLABELLED;
    }
    let (positions, left_out) = (answer.positions, answer.left_out);
    Ok(SearchResult {
        asked,
        positions,
        table,
        gsuite: suite.text,
        explanation,
        searched: Searched::Document {
            sha256: Sha256Sum::of(&bytes).hexadecimal(),
        },
        categories: scope.names(),
        augmented: !filled.is_empty(),
        left_out,
        document,
    })
}
