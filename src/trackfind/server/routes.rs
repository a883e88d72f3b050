//! Routes: the URL of a request → its response.

use std::fmt::Write as _;

use super::address::{self, Parameters};
use super::compatible::error_answer::AsTrackFind;
use super::negotiation::{self, AnswerKind, JSON, PLAIN};
use super::problem::Problem;
use super::search::{FoundRows, Search};
use super::selection::Selection;
use super::store::{Store, StoredHub};
use super::{Effort, HubOptions, Request, ServerAnswer, gsuite};

/// The overhead of a row in bytes, besides its objects and the names of their categories: brackets, commas, layout.
const AROUND_ROW: usize = 16;
/// Bytes around each object of a row, at most.
const AROUND_OBJECT: usize = 16;

pub(super) struct RouteContext<'s> {
    /// All objects.
    pub store: &'s Store,
    pub options: &'s HubOptions,
    pub request: &'s Request<'s>,
    pub parameters: Parameters,
}

/// The cost class of a request.
pub(super) fn effort(store: &Store, path: &str, query: Option<&str>) -> Effort {
    let Ok(steps) = address::steps(path, store.dialect) else {
        return Effort::Immediate;
    };
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let narrows = || {
        let parameters = Parameters::read(query, store.dialect);
        parameters.is_ok_and(|parameters| parameters.text("query").is_some())
    };
    match steps.as_slice() {
        ["search" | "count", _, _] => Effort::Search,
        ["values", _, _, _] if narrows() => Effort::Search,
        ["metamodel", _, _] | ["attributes" | "values", _, _, _] => Effort::Lookup,
        _ => Effort::Immediate,
    }
}

pub(super) fn answer(store: &Store, options: &HubOptions, request: &Request<'_>) -> ServerAnswer {
    let steps = address::steps(request.path, store.dialect);
    let is_search = steps
        .as_ref()
        .is_ok_and(|steps| steps.first().is_some_and(|step| step == "search"));
    let answered = steps.and_then(|steps| {
        let parameters = Parameters::read(request.query, store.dialect)?;
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        let context = RouteContext {
            store,
            options,
            request,
            parameters,
        };
        context.route(&steps)
    });
    answered.unwrap_or_else(|problem| (store.dialect.refusal)(&problem, request.accept, is_search))
}

impl RouteContext<'_> {
    fn route(&self, steps: &[&str]) -> Result<ServerAnswer, Problem> {
        if !(self.store.dialect.has_route)(steps) {
            return Err(no_such(steps));
        }
        let only_json: &[AnswerKind] = &[AnswerKind::Json];
        // As declared in the OpenAPI document.
        let (offered, parameters): (_, &[&str]) = match steps {
            ["search", _, _] => {
                let parameters = &["query", "categories", "limit", "attributes"];
                (&[AnswerKind::Json, AnswerKind::Plain][..], parameters)
            }
            ["repositories" | "hubs"] | ["hubs", _] | ["categories", _, _] => (only_json, &[]),
            ["count", _, _] => (only_json, &["query", "categories"]),
            ["metamodel", _, _] => (only_json, &["flat", "attributesFilter", "valuesFilter"]),
            ["attributes", _, _, _] => (only_json, &["path"]),
            ["values", _, _, _] => (only_json, &["path", "filter", "query"]),
            _ => return Err(no_such(steps)),
        };
        if !["GET", "HEAD"].contains(&self.request.method) {
            return Err(Problem::method(self.request.method));
        }
        let kind = negotiation::wanted(self.request.accept, offered).ok_or_else(|| {
            let accept = self.request.accept.unwrap_or_default();
            Problem::new(
                406,
                "accept",
                format!(
                    "found Accept: {accept}, expected application/json, or text/plain for GSuite"
                ),
                406,
            )
        })?;
        self.parameters.only(parameters)?;
        match steps {
            ["repositories"] => Ok(self.names(self.store.hubs.iter().map(|kept| &kept.repository))),
            ["hubs"] => Ok(self.all_hubs()),
            ["hubs", repository] => self.hubs(repository),
            ["categories", repository, hub] => {
                let kept = self.kept(repository, hub)?;
                Ok(self.names(kept.categories.iter().map(|category| &category.name)))
            }
            ["metamodel", repository, hub] => self.metamodel(self.kept(repository, hub)?),
            ["attributes", repository, hub, category] => {
                self.attributes(self.kept(repository, hub)?, category)
            }
            ["values", repository, hub, category] => {
                self.values(self.kept(repository, hub)?, category)
            }
            ["search", repository, hub] => self.search(self.kept(repository, hub)?, kind),
            ["count", repository, hub] => {
                let found = self.found(self.kept(repository, hub)?)?.1;
                Ok(json(format!("{{\"rows\":{}}}", found.total)))
            }
            _ => Err(no_such(steps)),
        }
    }

    /// The hub in the path.
    fn kept(&self, repository: &str, hub: &str) -> Result<&StoredHub, Problem> {
        self.store.hub(repository, hub).ok_or_else(|| {
            let hubs = self.store.hubs.iter();
            let message = format!("found the unknown hub {repository}/{hub}");
            let known = hubs.map(|kept| format!("{}/{}", kept.repository, kept.hub));
            let known: Vec<String> = known.collect();
            Problem::new(404, "hub", message, 500).known(
                &format!("{repository}/{hub}"),
                known.iter().map(String::as_str),
            )
        })
    }

    fn hubs(&self, repository: &str) -> Result<ServerAnswer, Problem> {
        let hubs = || self.store.hubs.iter();
        if !hubs().any(|kept| kept.repository == repository) {
            let known = hubs().map(|kept| kept.repository.as_str());
            let message = format!("found the unknown repository {repository}");
            return Err(Problem::new(404, "repository", message, 500).known(repository, known));
        }
        let of_repository = hubs().filter(|kept| kept.repository == repository);
        Ok(self.names(of_repository.map(|kept| &kept.hub)))
    }

    /// The hubs with the number of their tracks, for a form's list.
    fn all_hubs(&self) -> ServerAnswer {
        let hubs = self.store.hubs.iter().map(|kept| {
            let tracks = kept
                .category("tracks")
                .map_or(0, |tracks| tracks.objects.len());
            serde_json::json!({"repository": kept.repository, "hub": kept.hub, "tracks": tracks})
        });
        json(serde_json::Value::Array(hubs.collect()).to_string())
    }

    pub fn names<'n>(&self, names: impl Iterator<Item = &'n String>) -> ServerAnswer {
        let mut seen = std::collections::HashSet::new();
        let names = names.map(String::as_str);
        let listed = names.filter(|name| seen.insert(*name)).collect();
        json((self.store.dialect.names)(listed))
    }

    /// The result of a search or count.
    fn found(&self, kept: &StoredHub) -> Result<(Selection, FoundRows), Problem> {
        let query = self.parameters.needed("query", "true")?;
        let categories = self.parameters.text("categories").unwrap_or_default();
        let limit = self.parameters.number("limit")?;
        let selection = Selection::new(kept, &categories, self.store.dialect)?;
        let found = self.asking(kept, &selection).run(&query, limit)?;
        Ok((selection, found))
    }

    /// A search of a hub.
    pub fn asking<'c>(&'c self, kept: &'c StoredHub, selection: &'c Selection) -> Search<'c> {
        Search {
            store: self.store,
            kept,
            selection,
            options: self.options,
            request: self.request,
        }
    }

    fn search(&self, kept: &StoredHub, kind: AnswerKind) -> Result<ServerAnswer, Problem> {
        let (selection, found) = self.found(kept)?;
        let bytes = self.most_bytes(&selection, &found);
        // GSuite has the same values without their names, so it is smaller.
        self.request.hold(found.bytes.saturating_add(bytes))?;
        let mut answer = match kind {
            AnswerKind::Json => {
                let mut out = String::with_capacity(bytes);
                (self.store.dialect.rows)(self.store, &selection, &found, &mut out);
                json(out)
            }
            AnswerKind::Plain => {
                let attributes = self.parameters.text("attributes");
                let wanted = attributes.as_deref().filter(|list| !list.is_empty());
                let wanted = wanted.map(gsuite::read);
                let dialect = self.store.dialect;
                plain((dialect.gsuite)(
                    self.store,
                    &selection,
                    &found,
                    wanted.as_ref(),
                )?)
            }
        };
        answer.headers.extend((self.store.dialect.headers)(&found));
        Ok(answer)
    }

    /// The largest size of the rows as JSON, in bytes.
    fn most_bytes(&self, selection: &Selection, found: &FoundRows) -> usize {
        let shown = selection.shown.iter();
        let names: usize = shown
            .map(|&place| selection.aliases[place].name.len() + AROUND_OBJECT)
            .sum();
        let texts = found.rows().flat_map(|row| {
            let shown = selection.shown.iter();
            shown.map(|&place| self.store.objects[row[place]].text.len())
        });
        let rows = found.rows().count();
        AROUND_ROW + texts.sum::<usize>() + rows * (names + AROUND_ROW)
    }
}

/// The categories of a row that are shown, by their names, with the texts of its objects.
pub(super) fn members<'s>(
    store: &'s Store,
    selection: &'s Selection,
    row: &'s [usize],
) -> impl Iterator<Item = (&'s str, &'s str)> {
    let shown = selection.shown.iter();
    shown.map(move |&place| {
        let text = store.objects[row[place]].text.as_str();
        (selection.aliases[place].name.as_str(), text)
    })
}

pub(super) fn rows(store: &Store, selection: &Selection, found: &FoundRows, out: &mut String) {
    out.push('[');
    for (position, row) in found.rows().enumerate() {
        out.push_str(if position == 0 { "{" } else { ",\n{" });
        for (place, (name, text)) in members(store, selection, row).enumerate() {
            let comma = if place == 0 { "" } else { "," };
            // Writing to a String cannot fail.
            let _ = write!(out, "{comma}\"{name}\":{text}");
        }
        out.push('}');
    }
    out.push(']');
}

/// The headers with the number of rows, and of values that the query cannot use.
pub(super) fn headers(found: &FoundRows) -> Vec<(&'static str, String)> {
    let unusable = found.unusable;
    let unusable = (unusable > 0).then(|| ("X-Unusable-Values", unusable.to_string()));
    let total = ("X-Total-Count", found.total.to_string());
    [Some(total), unusable].into_iter().flatten().collect()
}

/// An answer of JSON.
pub(super) fn json(body: String) -> ServerAnswer {
    ServerAnswer {
        status: 200,
        content_type: Some(JSON),
        headers: Vec::new(),
        body: body.into_bytes(),
    }
}

/// An answer of text.
pub(super) fn plain(body: String) -> ServerAnswer {
    ServerAnswer {
        content_type: Some(PLAIN),
        ..json(body)
    }
}

fn no_such(steps: &[&str]) -> Problem {
    let message = format!("found the unknown path /api/v1/{}", steps.join("/"));
    Problem::new(404, "address", message, 404)
        .hint(
            "expected one of these below `/api/v1`: /repositories, /hubs, /hubs/REPOSITORY, /categories/REPOSITORY/HUB, \
             /metamodel/REPOSITORY/HUB, /attributes/REPOSITORY/HUB/CATEGORY, /values/REPOSITORY/HUB/CATEGORY, \
             /search/REPOSITORY/HUB and /count/REPOSITORY/HUB",
        )
        .trackfind(AsTrackFind::Empty(404))
}
