//! Answers that are TrackFind's to the byte, its quirks included: the double of a real server.
//!
//! TrackFind is Java on PostgreSQL, with a converter in Python 2, and all of that shows: the order of hash maps and the
//! spelling of numbers (`java`), the layout of JSON (`jackson`), texts of the database (`postgresql`), and GSuite as the
//! converter writes it (`converter`, `uri`).

use super::negotiation::{self, AnswerKind};
use super::problem::Problem;
use super::routes::members;
use super::store::references;
use super::{Dialect, ServerAnswer, paging};
use crate::query::{ObjectReference, Query};

mod address;
mod converter;
pub(super) mod error_answer;
mod gsuite;
mod jackson;
mod java;
mod metamodel;
mod postgresql;
mod search;
mod selection;
mod store;
mod uri;

use error_answer::AsTrackFind;

/// The dialect of TrackFind 3.4.0.
pub(super) static TRACKFIND: Dialect = Dialect {
    check_path: address::check_path,
    parameters: address::parameters,
    // TrackFind ignores unknown parameters, and joins those that are given twice.
    check_parameters: |_, _| Ok(()),
    number: address::number,
    flag: address::flag,
    has_route: |steps| !matches!(steps, ["hubs"] | ["count", _, _]),
    refusal: |problem, accept, is_search| {
        let kind = negotiation::wanted(accept, &[AnswerKind::Plain, AnswerKind::Json]);
        let is_json = kind == Some(AnswerKind::Json);
        ServerAnswer {
            headers: problem.headers("GET"),
            ..problem.as_trackfind.answer(is_search, is_json)
        }
    },
    names: |mut names| {
        java::sort_grown(&mut names, |name| name);
        let mut body = String::new();
        jackson::list(names.into_iter(), &mut body, jackson::write_text);
        body
    },
    rows: |store, selection, found, out| {
        jackson::list(found.rows(), out, |row, out| {
            let members = members(store, selection, row);
            jackson::object(members, 0, out, |text, _, out| out.push_str(text));
        });
    },
    headers: |_| Vec::new(),
    gsuite: gsuite::write,
    select: selection::select,
    shown: |aliases| java::places(aliases.iter().map(|alias| alias.name.as_str())),
    store: store::store,
    ranks: store::ranks,
    // TrackFind's example also joins studies with the collection, of which a document has only one.
    references: |copy_samples| {
        let collection =
            ObjectReference::new("studies", "collection_ref", "collection_info", "local_id");
        let mut references = references(copy_samples);
        references.push(collection);
        references
    },
    sort_joined: store::sort_joined,
    metamodel: metamodel::metamodel,
    below: metamodel::below,
    values: metamodel::values,
    written: postgresql::doubled,
    query: |text, names| Query::as_postgresql(text, names),
    query_problem: search::query_problem,
    // TrackFind writes the limit behind the query, where a comment at its end hides it.
    heeds_limit: paging::reads_on,
    leaves_joins: search::leaves_joins,
    matching: search::matching,
    // PostgreSQL ends a search at a value that it cannot use.
    check_unusable: |complaint| {
        let said = AsTrackFind::Sql(format!("ERROR: {complaint}"));
        Err(Problem::new(400, "value", complaint, 400).trackfind(said))
    },
    sort: Some(search::sort),
};
