//! Answers that are TrackFind's to the byte, its quirks included: the double of a real server.
//!
//! TrackFind is Java on PostgreSQL, with a converter in Python 2, and all of that shows: the order of hash maps and the
//! spelling of numbers (`java`), the layout of JSON (`jackson`), texts of the database (`postgresql`), and GSuite as the
//! converter writes it (`converter`, `uri`).

use serde_json::Value as Json;

use super::Dialect;
use super::ServerAnswer;
use super::flat::FlatValues;
use super::gsuite::WantedAttributes;
use super::negotiation::{self, AnswerKind};
use super::paging;
use super::problem::Problem;
use super::routes::{RouteContext, members};
use super::rows::RowCollector;
use super::search::{FoundRows, Search};
use super::selection::{SelectedCategory, Selection};
use super::store::{Store, StoredHub, StoredObject, references};
use crate::query::{ObjectReference, Query, QueryError};

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
#[derive(Debug)]
pub(super) struct TrackFind;

impl Dialect for TrackFind {
    fn check_path(&self, path: &str) -> Result<(), Problem> {
        address::check_path(path)
    }

    fn parameters(&self, query: &str) -> Result<Vec<(String, String)>, Problem> {
        address::parameters(query)
    }

    /// TrackFind passes over parameters that it does not know, and joins those that are given twice.
    fn check_parameters(&self, _: &[(String, String)], _: &[&str]) -> Result<(), Problem> {
        Ok(())
    }

    fn number(&self, name: &str, value: &str) -> Result<i64, Problem> {
        address::number(name, value)
    }

    fn flag(&self, name: &str, value: &str) -> Result<bool, Problem> {
        address::flag(name, value)
    }

    fn has_route(&self, steps: &[&str]) -> bool {
        !matches!(steps, ["hubs"] | ["count", _, _])
    }

    fn refusal(&self, problem: &Problem, accept: Option<&str>, is_search: bool) -> ServerAnswer {
        let kind = negotiation::wanted(accept, &[AnswerKind::Plain, AnswerKind::Json]);
        let is_json = kind == Some(AnswerKind::Json);
        ServerAnswer {
            headers: problem.headers("GET"),
            ..problem.as_trackfind.answer(is_search, is_json)
        }
    }

    fn names(&self, mut names: Vec<&str>) -> String {
        java::sort_grown(&mut names, |name| name);
        let mut body = String::new();
        jackson::list(names.into_iter(), &mut body, jackson::write_text);
        body
    }

    fn rows(&self, store: &Store, selection: &Selection, found: &FoundRows, out: &mut String) {
        jackson::list(found.rows(), out, |row, out| {
            let members = members(store, selection, row);
            jackson::object(members, 0, out, |text, _, out| out.push_str(text));
        });
    }

    fn headers(&self, _: &FoundRows) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    fn gsuite(
        &self,
        store: &Store,
        selection: &Selection,
        found: &FoundRows,
        wanted: Option<&WantedAttributes<'_>>,
    ) -> Result<String, Problem> {
        gsuite::write(store, selection, found, wanted)
    }

    fn select<'n>(
        &self,
        kept: &'n StoredHub,
        names: Vec<&'n str>,
        is_plain: bool,
    ) -> Result<(Vec<&'n str>, bool), Problem> {
        selection::select(kept, names, is_plain)
    }

    fn shown(&self, aliases: &[SelectedCategory]) -> Vec<usize> {
        java::places(aliases.iter().map(|alias| alias.name.as_str()))
    }

    fn store(&self, objects: Vec<&Json>, sorted: &mut Vec<Json>) -> Vec<StoredObject> {
        store::store(objects, sorted)
    }

    fn ranks(&self, sorted: &[Json]) -> Vec<usize> {
        store::ranks(sorted)
    }

    /// TrackFind's example also joins studies with the collection, of which a document has only one.
    fn references(&self, copy_samples: bool) -> Vec<ObjectReference> {
        let collection = ["studies", "collection_ref", "collection_info", "local_id"];
        let [from, attribute, to, id] = collection;
        let mut references = references(copy_samples);
        references.push(ObjectReference::new(from, attribute, to, id));
        references
    }

    fn sort_joined(&self, store: &Store, kept: &StoredHub, rows: &mut [Vec<Option<usize>>]) {
        store::sort_joined(store, kept, rows);
    }

    fn metamodel(
        &self,
        categories: Vec<(&str, Vec<FlatValues>)>,
        is_flat: bool,
    ) -> Result<String, Problem> {
        metamodel::metamodel(categories, is_flat)
    }

    fn below(&self, attribute: &str, path: &str) -> Option<String> {
        metamodel::below(attribute, path)
    }

    fn values(
        &self,
        context: &RouteContext<'_>,
        kept: &StoredHub,
        category: &str,
        path: &str,
        filter: &str,
    ) -> Result<String, Problem> {
        metamodel::values(context, kept, category, path, filter)
    }

    fn written(&self, query: &str) -> String {
        postgresql::doubled(query)
    }

    fn query(&self, text: &str, names: &[String]) -> Result<Query, QueryError> {
        Query::as_postgresql(text, names)
    }

    fn query_problem(&self, search: &Search<'_>, text: &str, error: &QueryError) -> Problem {
        search::query_problem(search, text, error)
    }

    /// TrackFind writes the limit behind the query, where a comment at its end hides it.
    fn heeds_limit(&self, query: &str) -> bool {
        paging::reads_on(query)
    }

    fn leaves_joins(&self, query: &Query) -> bool {
        search::leaves_joins(query)
    }

    fn matching(
        &self,
        search: &Search<'_>,
        query: &Query,
        rows: &mut RowCollector<'_>,
    ) -> Result<(), Problem> {
        search::matching(search, query, rows)
    }

    /// PostgreSQL ends a search at a value that it cannot use.
    fn check_unusable(&self, complaint: &str) -> Result<(), Problem> {
        let said = AsTrackFind::Sql(format!("ERROR: {complaint}"));
        Err(Problem::new(400, "value", complaint, 400).trackfind(said))
    }

    fn sorts_rows(&self) -> bool {
        true
    }

    fn sort(&self, search: &Search<'_>, rows: &mut Vec<&[usize]>) {
        search::sort(search, rows);
    }
}
