//! `@context`: it must be there, and it must know every key, else readers of linked data drop what stands under it.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value as Json};

use super::report::Report;
use crate::model::fields::{must, shown, shown_text};
use crate::model::finding::{Remark, Strength};
use crate::model::ro_crate::CONTEXTS;
use crate::model::ro_crate::draft::CrateDraft;

/// The terms of the context of RO-Crate 1.1 (version 1.1.3, which is in the public domain), separated by white space.
const TERMS: &str = include_str!("terms_of_ro_crate_1_1.txt");
/// The terms of the context of the workflow run profiles.
const WORKFLOW_RUN_TERMS: [&str; 16] = [
    "ContainerImage",
    "DockerImage",
    "ParameterConnection",
    "SIFImage",
    "connection",
    "containerImage",
    "environment",
    "md5",
    "registry",
    "resourceUsage",
    "sha1",
    "sha256",
    "sha512",
    "sourceParameter",
    "tag",
    "targetParameter",
];
/// The keys that JSON-LD itself has.
const KEYWORDS: [&str; 6] = [
    "@id",
    "@type",
    "@reverse",
    "@index",
    "@language",
    "@direction",
];

/// What a context says.
struct Context<'d> {
    /// Whether it names a context of RO-Crate, whatever version.
    is_of_ro_crate: bool,
    /// Whether it names that of workflow runs.
    is_of_runs: bool,
    /// Whether there is more to it than is known here.
    is_open: bool,
    /// The terms that it defines in place.
    own: HashSet<&'d str>,
}

impl<'d> Context<'d> {
    fn read(value: &'d Json) -> Self {
        let mut context = Context {
            is_of_ro_crate: false,
            is_of_runs: false,
            is_open: false,
            own: HashSet::new(),
        };
        let parts = match value {
            Json::Array(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        for part in parts {
            match part {
                Json::String(address) => context.add_address(address),
                Json::Object(terms) => context.add_terms(terms),
                _ => {}
            }
        }
        context
    }

    fn add_address(&mut self, address: &str) {
        let address = address.replacen("http://", "https://", 1);
        let is_of = |known: &str| address.trim_end_matches('/') == known;
        if is_of(CONTEXTS[0]) {
            self.is_of_ro_crate = true;
        } else if is_of(CONTEXTS[1]) {
            self.is_of_runs = true;
        } else {
            self.is_of_ro_crate |= address.starts_with("https://w3id.org/ro/crate/");
            self.is_open = true;
        }
    }

    fn add_terms(&mut self, terms: &'d Map<String, Json>) {
        self.is_open |= terms.contains_key("@vocab");
        self.own.extend(terms.keys().map(String::as_str));
    }

    /// Whether a key means something.
    fn knows(&self, key: &str, terms: &HashSet<&str>) -> bool {
        if KEYWORDS.contains(&key) || self.own.contains(key) || key.contains("://") {
            return true;
        }
        if key.starts_with('@') {
            return false;
        }
        if let Some((prefix, _)) = key.split_once(':') {
            return self.is_open || self.own.contains(prefix);
        }
        self.is_open
            || (self.is_of_ro_crate && terms.contains(key))
            || (self.is_of_runs && WORKFLOW_RUN_TERMS.contains(&key))
    }
}

/// Checks the context, and the keys and types of all entities against it; each key is told once.
pub fn check(draft: &CrateDraft, report: &mut Report<'_>) {
    let value = &draft.read.context;
    let context = Context::read(value);
    if !context.is_of_ro_crate {
        let what = match value {
            Json::Null => "no `@context`".to_owned(),
            Json::String(_) => shown(value),
            _ => "a context without that of RO-Crate".to_owned(),
        };
        let hint = "without it the words of the metadata mean nothing to readers of linked data";
        report.at_pointer("/@context".to_owned(), what, must(CONTEXTS[0], hint));
        return;
    }
    let terms: HashSet<&str> = TERMS.split_ascii_whitespace().collect();
    let mut unknown = Unknown::default();
    for (position, entity, _) in draft.items() {
        for key in entity.properties.keys() {
            if !context.knows(key, &terms) {
                unknown.add(position, key, false);
            }
        }
        for kind in &entity.types {
            if !context.knows(kind, &terms) {
                unknown.add(position, kind, true);
            }
        }
    }
    for word in unknown.words {
        word.report(report);
    }
}

/// The words that mean nothing, in the order of their first places.
#[derive(Default)]
struct Unknown<'d> {
    words: Vec<Word<'d>>,
    places: HashMap<(&'d str, bool), usize>,
}

struct Word<'d> {
    position: usize,
    word: &'d str,
    is_type: bool,
    count: usize,
}

impl<'d> Unknown<'d> {
    fn add(&mut self, position: usize, word: &'d str, is_type: bool) {
        let next = self.words.len();
        let place = *self.places.entry((word, is_type)).or_insert(next);
        if place == next {
            self.words.push(Word {
                position,
                word,
                is_type,
                count: 0,
            });
        }
        self.words[place].count += 1;
    }
}

impl Word<'_> {
    fn report(&self, report: &mut Report<'_>) {
        let &Word {
            position,
            word,
            is_type,
            count,
        } = self;
        let kind = if is_type { "type" } else { "key" };
        let more = match count {
            1 => String::new(),
            count => format!(", and in {} more places", count - 1),
        };
        let what = format!(
            "the {kind} {}, which `@context` does not define{more}",
            shown_text(word)
        );
        let hint = match WORKFLOW_RUN_TERMS.contains(&word) {
            true => format!("add {} to `@context`", CONTEXTS[1]),
            false => {
                "define it in `@context`, or say it in a PropertyValue: readers of linked data drop it"
                    .to_owned()
            }
        };
        let strength = if is_type {
            Strength::Should
        } else {
            Strength::Must
        };
        let remark = Remark::new(strength, "a term of RO-Crate 1.1", hint);
        let key = if is_type { "@type" } else { word };
        report.at_key(position, key, what, remark);
    }
}
