//! Routes: the URL of a request → its response.

use std::fmt::Write as _;

use super::address::{self, Parameters};
use super::negotiation::{self, AnswerKind, JSON, PLAIN};
use super::problem::{AsTrackFind, Problem};
use super::search::{FoundRows, Search};
use super::selection::Selection;
use super::store::{Store, StoredHub};
use super::{Effort, HubOptions, Request, ServerAnswer, gsuite, jackson, java};

/// The overhead of a row in bytes, besides its objects and the names of their categories: brackets, commas, layout.
const AROUND_ROW: usize = 16;
/// Bytes around each object of a row, at most.
const AROUND_OBJECT: usize = 16;

/// The context of a route.
pub(super) struct RouteContext<'s> {
    /// All objects.
    pub store: &'s Store,
    /// The options of the server.
    pub options: &'s HubOptions,
    /// The request.
    pub request: &'s Request<'s>,
    /// Its parameters.
    pub parameters: Parameters,
}

/// The cost class of a request.
pub(super) fn effort(options: &HubOptions, path: &str, query: Option<&str>) -> Effort {
    let Ok(steps) = address::steps(path, options.faithful) else {
        return Effort::Immediate;
    };
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let narrows = || {
        let parameters = Parameters::read(query, options.faithful);
        parameters.is_ok_and(|parameters| parameters.text("query").is_some())
    };
    match steps.as_slice() {
        ["search" | "count", _, _] => Effort::Search,
        ["values", _, _, _] if narrows() => Effort::Search,
        ["metamodel", _, _] | ["attributes" | "values", _, _, _] => Effort::Lookup,
        _ => Effort::Immediate,
    }
}

/// Answers a request.
pub(super) fn answer(store: &Store, options: &HubOptions, request: &Request<'_>) -> ServerAnswer {
    let steps = address::steps(request.path, options.faithful);
    let is_search = steps
        .as_ref()
        .is_ok_and(|steps| steps.first().is_some_and(|step| step == "search"));
    let answered = steps.and_then(|steps| {
        let parameters = Parameters::read(request.query, options.faithful)?;
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        let context = RouteContext {
            store,
            options,
            request,
            parameters,
        };
        context.route(&steps)
    });
    match answered {
        Ok(answer) => answer,
        Err(problem) if options.faithful => {
            let kind = negotiation::wanted(request.accept, &[AnswerKind::Plain, AnswerKind::Json]);
            problem.answer_as_trackfind(is_search, kind == Some(AnswerKind::Json))
        }
        Err(problem) => problem.answer(),
    }
}

impl RouteContext<'_> {
    fn route(&self, steps: &[&str]) -> Result<ServerAnswer, Problem> {
        let is_faithful = self.options.faithful;
        let only_json: &[AnswerKind] = &[AnswerKind::Json];
        // As declared in the OpenAPI document.
        let (offered, parameters): (_, &[&str]) = match steps {
            ["search", _, _] => {
                let parameters = &["query", "categories", "limit", "attributes"];
                (&[AnswerKind::Json, AnswerKind::Plain][..], parameters)
            }
            ["hubs"] | ["count", _, _] if is_faithful => return Err(no_such(steps)),
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
            ["hubs"] if !is_faithful => Ok(self.all_hubs()),
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
            ["count", repository, hub] if !is_faithful => {
                let found = self.found(self.kept(repository, hub)?)?.1;
                Ok(json(format!("{{\"rows\":{}}}", found.total)))
            }
            _ => Err(no_such(steps)),
        }
    }

    /// The hub that the path names.
    fn kept(&self, repository: &str, hub: &str) -> Result<&StoredHub, Problem> {
        self.store.hub(repository, hub).ok_or_else(|| {
            let hubs = self.store.hubs.iter();
            let message = format!("found the unknown hub {repository}/{hub}");
            let known: Vec<String> = hubs
                .map(|kept| format!("{}/{}", kept.repository, kept.hub))
                .collect();
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

    /// A list of names, each once.
    pub fn names<'n>(&self, names: impl Iterator<Item = &'n String>) -> ServerAnswer {
        let mut listed: Vec<&String> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        listed.extend(names.filter(|name| seen.insert(name.as_str())));
        if !self.options.faithful {
            return json(serde_json::json!(listed).to_string());
        }
        java::sort_grown(&mut listed, |name| name);
        let mut body = String::new();
        jackson::list(listed.into_iter(), &mut body, |name, out| {
            jackson::write_text(name, out);
        });
        json(body)
    }

    /// The result of a search or count.
    fn found(&self, kept: &StoredHub) -> Result<(Selection, FoundRows), Problem> {
        let query = self.parameters.needed("query", "true")?;
        let categories = self.parameters.text("categories").unwrap_or_default();
        let limit = self.parameters.number("limit")?;
        let selection = Selection::new(kept, &categories, self.options.faithful)?;
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
            AnswerKind::Json => json(self.rows(&selection, &found, bytes)),
            AnswerKind::Plain => {
                let attributes = self.parameters.text("attributes");
                let attributes = attributes.as_deref();
                plain(gsuite::write(
                    self.store,
                    self.options,
                    &selection,
                    &found,
                    attributes,
                )?)
            }
        };
        if !self.options.faithful {
            let total = found.total.to_string();
            answer.headers.push(("X-Total-Count", total));
            if found.unusable > 0 {
                let unusable = found.unusable.to_string();
                answer.headers.push(("X-Unusable-Values", unusable));
            }
        }
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

    /// The rows as JSON of at most this size.
    fn rows(&self, selection: &Selection, found: &FoundRows, bytes: usize) -> String {
        let mut out = String::with_capacity(bytes);
        let text = |row: &[usize], place: usize| self.store.objects[row[place]].text.as_str();
        let members = |row| {
            let shown = selection.shown.iter();
            shown.map(move |&place| (&selection.aliases[place].name, text(row, place)))
        };
        if self.options.faithful {
            jackson::list(found.rows(), &mut out, |row, out| {
                jackson::object(members(row), 0, out, |text, _, out| out.push_str(text));
            });
            return out;
        }
        out.push('[');
        for (position, row) in found.rows().enumerate() {
            out.push_str(if position == 0 { "{" } else { ",\n{" });
            for (place, (name, text)) in members(row).enumerate() {
                let comma = if place == 0 { "" } else { "," };
                // Writing to a String cannot fail.
                let _ = write!(out, "{comma}\"{name}\":{text}");
            }
            out.push('}');
        }
        out.push(']');
        out
    }
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

/// An unknown path.
fn no_such(steps: &[&str]) -> Problem {
    let message = format!("found the unknown path /{}", steps.join("/"));
    Problem::new(404, "address", message, 404)
        .hint(
            "expected /repositories, /hubs, /hubs/REPOSITORY, /categories/REPOSITORY/HUB, \
             /metamodel/REPOSITORY/HUB, /attributes/REPOSITORY/HUB/CATEGORY, /values/REPOSITORY/HUB/CATEGORY, \
             /search/REPOSITORY/HUB and /count/REPOSITORY/HUB",
        )
        .trackfind(AsTrackFind::Empty(404))
}
