//! Names on a server, checked before a request: it treats an unknown category as that of every hub.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use super::Server;
use super::error::ServerError;
use super::reply::one_line;
use crate::fairtracks::category::Category;
use crate::query::nearest::nearest;
use crate::query::{QueryError, QueryFault};
use crate::trackfind::wire::{CategoryAlias, aliases, has_sub_query};

/// Cached facts about a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RememberedHub {
    Categories,
    Documents,
}

/// The most known names in a message about an unknown one.
const MOST_LISTED: usize = 12;

/// "Did you mean", or the known names.
pub(super) fn advice(name: &str, known: &[String]) -> String {
    let known: Vec<String> = known.iter().map(|name| one_line(name)).collect();
    if let Some(meant) = nearest(name, known.iter().map(String::as_str)) {
        return format!("did you mean `{meant}`?");
    }
    if known.is_empty() {
        return "it has none; ask the server's provider".to_owned();
    }
    let listed = known.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>();
    match known.len().saturating_sub(MOST_LISTED) {
        0 => format!("expected one of {}", listed.join(", ")),
        more => format!("expected one of {} or {more} more", listed.join(", ")),
    }
}

impl Server {
    /// Refuses a repository that the server does not have.
    pub(super) fn known_repository(&self, repository: &str) -> Result<(), ServerError> {
        let known = self.repositories()?;
        if known.iter().any(|known| known == repository) {
            return Ok(());
        }
        Err(ServerError::UnknownRepository {
            server: self.name.clone(),
            name: repository.to_owned(),
            advice: advice(repository, &known),
        })
    }

    /// Refuses a hub that a known repository does not have.
    pub(super) fn known_hub(&self, repository: &str, hub: &str) -> Result<(), ServerError> {
        let known = self.hubs(repository)?;
        if known.iter().any(|known| known == hub) {
            return Ok(());
        }
        Err(ServerError::UnknownHub {
            server: self.name.clone(),
            repository: repository.to_owned(),
            name: hub.to_owned(),
            advice: advice(hub, &known),
        })
    }

    /// The categories of a hub on the server. They are cached, so that repeated searches need no further requests.
    pub(super) fn checked_categories(
        &self,
        repository: &str,
        hub: &str,
    ) -> Result<Vec<String>, ServerError> {
        self.kept(RememberedHub::Categories, repository, hub, || {
            self.known_repository(repository)?;
            self.known_hub(repository, hub)?;
            self.categories(repository, hub)
        })
    }

    /// The ids of the documents of a hub.
    pub(super) fn documents(
        &self,
        repository: &str,
        hub: &str,
    ) -> Result<Vec<String>, ServerError> {
        self.kept(RememberedHub::Documents, repository, hub, || {
            self.values(repository, hub, "doc_info", "local_id", "", "")
        })
    }

    /// The facts about a hub, requested once.
    fn kept(
        &self,
        what: RememberedHub,
        repository: &str,
        hub: &str,
        ask: impl FnOnce() -> Result<Vec<String>, ServerError>,
    ) -> Result<Vec<String>, ServerError> {
        let key = (what, repository.to_owned(), hub.to_owned());
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(names) = known().get(&key) {
            return Ok(names.clone());
        }
        let names = ask()?;
        known().insert(key, names.clone());
        Ok(names)
    }

    /// The categories of a search: the chosen ones, or else those of the standard that the hub has and those in the query;
    /// always with the two that the server adds.
    pub(super) fn selected(
        &self,
        hub: &str,
        known: &[String],
        chosen: &[String],
        query: &str,
    ) -> Result<Vec<String>, ServerError> {
        let has = |name: &str| known.iter().any(|known| known == name);
        if let Some(unknown) = chosen.iter().find(|name| !has(name)) {
            return Err(ServerError::UnknownCategory {
                server: self.name.clone(),
                hub: hub.to_owned(),
                name: unknown.clone(),
                advice: advice(unknown, known),
            });
        }
        let always = [Category::CollectionInfo, Category::DocInfo];
        if let Some(missing) = always.iter().find(|category| !has(category.name())) {
            return Err(ServerError::NotFairtracks {
                server: self.name.clone(),
                hub: hub.to_owned(),
                category: missing.name().to_owned(),
            });
        }
        let standard = Category::ALL.map(|category| category.name().to_owned());
        let is_wanted = |name: &String| {
            let is_always = always.iter().any(|category| category.name() == name);
            is_always || chosen.contains(name) || chosen.is_empty() && has(name)
        };
        let selected = standard.iter();
        let mut selected: Vec<String> = selected.filter(|name| is_wanted(name)).cloned().collect();
        let spoken_of = if chosen.is_empty() && !has_sub_query(query) {
            aliases(query).unwrap_or_default()
        } else {
            Vec::new()
        };
        let is_asked = |name: &&String| {
            let named = |alias: &CategoryAlias| alias.name.eq_ignore_ascii_case(name);
            chosen.contains(name) || spoken_of.iter().any(named)
        };
        let others = known.iter().filter(is_asked);
        let others: BTreeSet<&String> = others.filter(|name| !standard.contains(name)).collect();
        selected.extend(others.into_iter().cloned());
        Ok(selected)
    }

    /// Rejects a query with a category that is not searched.
    pub(super) fn known_aliases(
        &self,
        query: &str,
        selected: &[String],
        known: &[String],
    ) -> Result<(), QueryError> {
        // A sub-query has its own names, which only the server's database can check.
        let may_name_own = has_sub_query(query);
        let has = |names: &[String], name: &str| {
            // The server writes the names without double quotes, so their case is lost.
            names.iter().any(|known| known.eq_ignore_ascii_case(name))
        };
        for alias in aliases(query)? {
            if may_name_own || has(selected, &alias.name) {
                continue;
            }
            let error = |message: String| {
                QueryError::new(query, alias.span.clone(), QueryFault::Name, message)
            };
            let name = &alias.name;
            if has(known, name) {
                let always = [Category::CollectionInfo, Category::DocInfo].map(Category::name);
                let chosen = selected.iter().map(String::as_str);
                let wanted = chosen.filter(|chosen| !always.contains(chosen));
                let mut wanted: Vec<&str> = wanted.chain([name.as_str()]).collect();
                // Only experiments join tracks with other categories; without them each track is combined with each sample.
                let link = Category::Experiments.name();
                if !wanted.contains(&link) && has(known, link) {
                    wanted.insert(1, link);
                }
                return Err(error(format!(
                    "the category `{name}` is not searched, expected one of {}",
                    selected.join(", ")
                ))
                .hint(format!("add it: --categories {}", wanted.join(","))));
            }
            return Err(
                error(format!("found the unknown category `{name}`")).hint(advice(name, known))
            );
        }
        Ok(())
    }
}
