//! A search on a TrackFind server.

use std::fmt::Write as _;

use crate::cli::{Failure, say};
use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::augment::{Given, augment, unlabelled};
use crate::fairtracks::category::Category;
use crate::fairtracks::hits_document::{Provenance, Searched, hits_document};
use crate::fairtracks::search_source::ServerHub;
use crate::query::words::{ExistingValues, UnderstoodQuestion, missing_texts, missing_values};
use crate::remote::site_settings;
use crate::trackfind::client::Server;

use super::arguments::SearchArguments;
use super::found::{AskedQuery, SearchResult, SearchTask, SearchedSource, TakeHits};
use super::lists::HitLists;
use super::message::{augmentation_after, empty_columns, lacking};
use super::regroup::Regrouping;
use super::server_message::{ServerMessageInput, advice, is_searched, server_message};

/// The categories that are asked for; all of the hub where there are none.
pub(super) fn categories(arguments: &SearchArguments) -> Result<Vec<String>, Failure> {
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

/// Searches a hub, and hands over its hits.
pub(super) fn search(
    task: SearchTask<'_>,
    place: &ServerHub,
    categories: &[String],
    take_hits: TakeHits<'_>,
) -> Result<SearchResult, Failure> {
    let SearchTask {
        arguments,
        question,
        ..
    } = task;
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
    let name = format!("{repository} / {hub} of {address}");
    let mut lists = HitLists::wanted(arguments, task.columns);
    lists.add(&hits, &name);
    let lists = lists.finish();
    let understood = asked.understood.as_ref();
    let mut hints = understood.map_or_else(Vec::new, |known| missing_values(known, &values));
    let exact = question.exact();
    if combinations == 0 && !is_empty_hub && !exact.is_empty() {
        // Hints are worth a request; without an answer the message has the general advice.
        let values = existing_values(arguments, &server, place).unwrap_or_default();
        let missing = missing_texts(exact, &values, &hints);
        hints.extend(missing);
    }
    let searches_samples = is_searched(Category::Samples, &rows.categories);
    if hits.is_empty() && hints.is_empty() {
        let is_in_words = understood.is_some_and(|known| !known.conditions.is_empty());
        hints = advice(is_empty_hub, searches_samples, is_in_words);
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
        not_in_gsuite: &lists.gsuite.left_out,
    };
    let mut explanation = server_message(&input, question);
    if arguments.augment {
        explanation += &augmentation_after(&filled, &unlabelled(&document));
    }
    let mut remarks = rows.notes;
    remarks.extend(empty_columns(&lists.table.empty_columns));
    if arguments.is_any_output_wanted() {
        let provenance = Provenance {
            searched: Searched::Server(ServerHub {
                url: address.clone(),
                repository: repository.clone(),
                hub: hub.clone(),
            }),
            query: asked.query.clone(),
            conditions: asked.conditions.clone(),
            augmented: !filled.is_empty(),
            categories: rows.categories,
            incomplete: arguments.incomplete,
            time: task.time.to_owned(),
            tool: super::NAME.to_owned(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            left_out: Vec::new(),
        };
        let positions: Vec<usize> = (0..hits.len()).collect();
        let document_of_hits = hits_document(&document, &positions, &provenance);
        let chosen = &arguments.categories;
        let lacking = lacking(&document_of_hits, chosen, &provenance.categories).trim();
        remarks.extend((!lacking.is_empty()).then(|| lacking.to_owned()));
        take_hits(0, &document_of_hits)?;
    }
    for remark in &remarks {
        if !explanation.contains(remark.as_str()) {
            let _ = write!(explanation, "\n\n{remark}");
        }
    }
    let source = SearchedSource {
        stated: vec![
            ("server", address),
            ("repository", repository.clone()),
            ("hub", hub.clone()),
        ],
        name,
        hits: hits.len(),
        tracks: None,
        genome_build: lists.counts.genome_builds.common().map(str::to_owned),
    };
    drop(hits);
    Ok(SearchResult {
        asked,
        sources: vec![source],
        lists,
        explanation,
        hints,
        remarks,
        left_out: Vec::new(),
        terms: Vec::new(),
        why_empty: is_empty_hub.then(|| "every search of the hub is empty".to_owned()),
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
