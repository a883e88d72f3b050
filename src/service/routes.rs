//! From the address of a request to its answer.

use std::fmt::Write as _;

use super::address::{self, Parameters};
use super::negotiation::{self, JSON, Kind, PLAIN};
use super::problem::{AsTrackFind, Problem};
use super::search::{Found, Search};
use super::selection::Selection;
use super::store::{Kept, Store};
use super::{Answer, Options, Request, gsuite, jackson, java};

/// All that a route may look at.
pub(super) struct Context<'s> {
    /// All objects.
    pub store: &'s Store,
    /// How hubs are offered.
    pub options: &'s Options,
    /// The request.
    pub request: &'s Request<'s>,
    /// Its parameters.
    pub parameters: Parameters,
}

/// Answers a request.
pub(super) fn answer(store: &Store, options: &Options, request: &Request<'_>) -> Answer {
    let steps = address::steps(request.path, options.faithful);
    let is_search = steps
        .as_ref()
        .is_ok_and(|steps| steps.first().is_some_and(|step| step == "search"));
    let answered = steps.and_then(|steps| {
        let parameters = Parameters::read(request.query, options.faithful)?;
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        let context = Context {
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
            let kind = negotiation::wanted(request.accept, &[Kind::Plain, Kind::Json]);
            problem.answer_as_trackfind(is_search, kind == Some(Kind::Json))
        }
        Err(problem) => problem.answer(),
    }
}

impl Context<'_> {
    fn route(&self, steps: &[&str]) -> Result<Answer, Problem> {
        let is_faithful = self.options.faithful;
        let offered: &[Kind] = match steps {
            ["search", _, _] => &[Kind::Json, Kind::Plain],
            ["hubs"] | ["count", _, _] if is_faithful => return Err(no_such(steps)),
            ["repositories" | "hubs"]
            | ["hubs", _]
            | ["categories" | "metamodel" | "count", _, _]
            | ["attributes" | "values", _, _, _] => &[Kind::Json],
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
    fn kept(&self, repository: &str, hub: &str) -> Result<&Kept, Problem> {
        self.store.hub(repository, hub).ok_or_else(|| {
            let hubs = self.store.hubs.iter();
            let message = format!("there is no hub {repository}/{hub}");
            let known: Vec<String> = hubs
                .map(|kept| format!("{}/{}", kept.repository, kept.hub))
                .collect();
            Problem::new(404, "hub", message, 500).known(
                &format!("{repository}/{hub}"),
                known.iter().map(String::as_str),
            )
        })
    }

    fn hubs(&self, repository: &str) -> Result<Answer, Problem> {
        let hubs = || self.store.hubs.iter();
        if !hubs().any(|kept| kept.repository == repository) {
            let known = hubs().map(|kept| kept.repository.as_str());
            let message = format!("there is no repository {repository}");
            return Err(Problem::new(404, "repository", message, 500).known(repository, known));
        }
        let of_repository = hubs().filter(|kept| kept.repository == repository);
        Ok(self.names(of_repository.map(|kept| &kept.hub)))
    }

    /// The hubs with the number of their tracks, for a form's list.
    fn all_hubs(&self) -> Answer {
        let hubs = self.store.hubs.iter().map(|kept| {
            let tracks = kept
                .category("tracks")
                .map_or(0, |tracks| tracks.objects.len());
            serde_json::json!({"repository": kept.repository, "hub": kept.hub, "tracks": tracks})
        });
        json(serde_json::Value::Array(hubs.collect()).to_string())
    }

    /// A list of names, each once.
    pub fn names<'n>(&self, names: impl Iterator<Item = &'n String>) -> Answer {
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

    /// What a search or a count finds.
    fn found(&self, kept: &Kept) -> Result<(Selection, Found), Problem> {
        let query = self.parameters.needed("query", "true")?;
        let categories = self.parameters.text("categories").unwrap_or_default();
        let limit = self.parameters.number("limit")?;
        let selection = Selection::new(kept, &categories, self.options.faithful)?;
        let found = self.asking(kept, &selection).run(&query, limit)?;
        Ok((selection, found))
    }

    /// A search of a hub.
    pub fn asking<'c>(&'c self, kept: &'c Kept, selection: &'c Selection) -> Search<'c> {
        Search {
            store: self.store,
            kept,
            selection,
            options: self.options,
            request: self.request,
        }
    }

    fn search(&self, kept: &Kept, kind: Kind) -> Result<Answer, Problem> {
        let (selection, found) = self.found(kept)?;
        let mut answer = match kind {
            Kind::Json => json(self.rows(&selection, &found)),
            Kind::Plain => {
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

    /// The rows as JSON.
    fn rows(&self, selection: &Selection, found: &Found) -> String {
        let mut out = String::new();
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
pub(super) fn json(body: String) -> Answer {
    Answer {
        status: 200,
        content_type: Some(JSON),
        headers: Vec::new(),
        body: body.into_bytes(),
    }
}

/// An answer of text.
pub(super) fn plain(body: String) -> Answer {
    Answer {
        content_type: Some(PLAIN),
        ..json(body)
    }
}

/// There is no such address.
fn no_such(steps: &[&str]) -> Problem {
    let message = format!("there is no /{}", steps.join("/"));
    Problem::new(404, "address", message, 404)
        .hint(
            "there are /repositories, /hubs, /hubs/REPOSITORY, /categories/REPOSITORY/HUB, \
             /metamodel/REPOSITORY/HUB, /attributes/REPOSITORY/HUB/CATEGORY, /values/REPOSITORY/HUB/CATEGORY, \
             /search/REPOSITORY/HUB and /count/REPOSITORY/HUB",
        )
        .trackfind(AsTrackFind::Empty(404))
}
