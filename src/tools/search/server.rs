//! A search on a TrackFind server.

use crate::cli::{Failure, say};
use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::augment::{Given, augment, unlabelled};
use crate::fairtracks::category::Category;
use crate::fairtracks::hits_document::Searched;
use crate::fairtracks::search_source::ServerHub;
use crate::query::search_question::SearchQuestion;
use crate::query::words::{ExistingValues, UnderstoodQuestion, missing_texts, missing_values};
use crate::remote::site_settings;
use crate::tools::search::message::augmentation_after;
use crate::tools::search::regroup::Regrouping;
use crate::tools::search::server_message::{ServerMessageInput, server_message};
use crate::trackfind::client::Server;

use super::arguments::SearchArguments;
use super::found::{AskedQuery, SearchResult, lists};

/// The categories that are asked for; all of the hub where there are none.
pub fn categories(arguments: &SearchArguments) -> Result<Vec<String>, Failure> {
    if arguments.incomplete {
        let problem = "a TrackFind server finds no tracks with dangling references: drop this option; for tracks without a sample use --categories tracks,experiments,studies, for those without an experiment --categories tracks (in Galaxy \"Tracks to find\")";
        return Err(Failure::at("--incomplete", problem));
    }
    let names = &arguments.categories;
    let tracks = Category::Tracks.name();
    if !names.is_empty() && !names.iter().any(|name| name == tracks) {
        let names = names.join(", ");
        let problem = format!("found the categories {names}, expected tracks among them");
        return Err(Failure::at("--categories", problem));
    }
    Ok(names.clone())
}

pub fn search(
    arguments: &SearchArguments,
    question: &SearchQuestion,
    place: &ServerHub,
    categories: &[String],
) -> Result<SearchResult, Failure> {
    let server = Server::new(&place.url, &site_settings()?)?.with_notice(|text| say(text));
    let ServerHub {
        repository, hub, ..
    } = place;
    let (asked, values) = AskedQuery::of(question, || existing_values(arguments, &server, place))?;
    let mut regrouping = Regrouping::default();
    let mut combinations = 0;
    let rows = server.search_each(
        repository,
        hub,
        &asked.query,
        categories,
        None,
        &mut |row| {
            combinations += 1;
            regrouping.add(row);
        },
    )?;
    let mut is_empty_hub = false;
    if combinations == 0 {
        // A document without tracks has a name too, and whether anything can be found at all is worth knowing.
        let any = server.search(repository, hub, "true", categories, Some(1))?;
        is_empty_hub = any.rows.is_empty();
        any.rows
            .into_iter()
            .for_each(|row| regrouping.add_heading(row));
    }
    let address = server.address();
    let regrouped = regrouping.finish()?;
    let document = regrouped.document.clone();
    let (document, filled) = if arguments.augment {
        augment(document, Given::Keep)
    } else {
        (document, Vec::new())
    };
    let hits = regrouped.hits(&document);
    let (table, suite) = lists(&hits);
    let understood = asked.understood.as_ref();
    let mut hints =
        understood.map_or_else(Vec::new, |understood| missing_values(understood, &values));
    let exact = question.exact();
    if combinations == 0 && !is_empty_hub && !exact.is_empty() {
        // Hints are worth a request; without an answer the message has the general advice.
        let values = existing_values(arguments, &server, place).unwrap_or_default();
        let missing = missing_texts(exact, &values, &hints);
        hints.extend(missing);
    }
    let input = ServerMessageInput {
        understood: &understood.map_or_else(Vec::new, UnderstoodQuestion::sentences),
        hints: &hints,
        tracks: hits.len(),
        combinations,
        address: &address,
        repository,
        hub,
        query: &asked.query,
        sent: &rows.sent,
        notes: &rows.notes,
        is_empty_hub,
        repeated_ids: regrouped.repeated_ids,
        categories: &rows.categories,
        not_in_gsuite: &suite.left_out,
    };
    let mut explanation = server_message(&input, question);
    if arguments.augment {
        explanation += &augmentation_after(&filled, &unlabelled(&document));
    }
    let positions = (0..hits.len()).collect();
    drop(hits);
    Ok(SearchResult {
        asked,
        positions,
        table,
        gsuite: suite.text,
        explanation,
        searched: Searched::Server(ServerHub {
            url: address,
            repository: repository.clone(),
            hub: hub.clone(),
        }),
        categories: rows.categories,
        augmented: !filled.is_empty(),
        left_out: Vec::new(),
        document,
    })
}

/// The values of a hub, as its metamodel lists them.
fn existing_values(
    arguments: &SearchArguments,
    server: &Server,
    place: &ServerHub,
) -> Result<ExistingValues, Failure> {
    let metamodel = server.metamodel(&place.repository, &place.hub, "", "")?;
    let lists = metamodel.into_iter().flat_map(|(category, attributes)| {
        attributes.into_iter().filter_map(move |(path, values)| {
            let attribute = Attribute::parse(&format!("{category}->{path}")).ok()?;
            Some((attribute, values))
        })
    });
    let vocabulary = arguments.ontologies.vocabulary()?;
    Ok(ExistingValues::of_lists(lists, vocabulary))
}
