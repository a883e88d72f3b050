//! `@context`: it must exist and define every key, because JSON-LD processors drop undefined keys with their values.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value as Json};

use super::claims::Version;
use super::report::{At, MetadataReport};
use super::rules::Rule;
use crate::fairtracks::fields::{shown, shown_text};
use crate::ro_crate::CONTEXTS;
use crate::ro_crate::draft::CrateDraft;
use crate::ro_crate::entities::items;

/// The terms of the context of RO-Crate 1.1 (version 1.1.3, public domain), separated by whitespace.
const TERMS: &str = include_str!("terms_of_ro_crate_1_1.txt");
/// The terms that the context of a version adds (`+`) or removes (`-`) against the version before; each line starts with its
/// version.
const CHANGES: &str = include_str!("terms_by_version.txt");
/// The terms of the context of the workflow run profiles.
const WORKFLOW_RUN_TERMS: &str = "ContainerImage DockerImage ParameterConnection SIFImage connection containerImage environment md5 \
    registry resourceUsage sha1 sha256 sha512 sourceParameter tag targetParameter";
/// The JSON-LD keywords that flattened and compacted metadata can have; `@reverse` has its own rule.
#[rustfmt::skip]
const KEYWORDS: [&str; 6] = [
    "@id", "@type", "@context", "@value", "@language", "@reverse",
];

/// The terms of the context of a version.
fn terms_of(version: Version) -> HashSet<&'static str> {
    let mut terms: HashSet<&str> = TERMS.split_ascii_whitespace().collect();
    for line in CHANGES.lines() {
        let (change, words) = line.split_once(' ').unwrap_or((line, ""));
        let (sign, changed) = change.split_at_checked(1).unwrap_or((change, ""));
        let changed = Version::ALL.into_iter().find(|it| it.as_str() == changed);
        // The list is that of 1.1: later changes are applied, earlier ones reverted.
        let is_made = changed > Some(Version::V1_1) && changed <= Some(version);
        let is_taken_back = changed <= Some(Version::V1_1) && changed > Some(version);
        if is_made || is_taken_back {
            let words = words.split_ascii_whitespace();
            if (sign == "+") == is_made {
                terms.extend(words);
            } else {
                words.for_each(|word| {
                    terms.remove(word);
                });
            }
        }
    }
    terms
}

/// The content of a context.
#[derive(Default)]
struct Context<'d> {
    /// The version of the context that it references.
    version: Option<Version>,
    /// Whether it references a context of RO-Crate, of any version.
    is_of_ro_crate: bool,
    /// Whether it references a context with unknown terms.
    is_open: bool,
    /// Whether it defines terms inline.
    has_own: bool,
    /// The terms that it defines inline.
    own: HashSet<&'d str>,
    /// The terms of the contexts that it references.
    terms: HashSet<&'static str>,
}

impl<'d> Context<'d> {
    fn read(value: &'d Json) -> Self {
        let mut context = Context::default();
        for part in items(Some(value)) {
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
        let version = Version::named_by(&address).filter(|version| {
            address.trim_end_matches('/')
                == format!("https://w3id.org/ro/crate/{}/context", version.as_str())
        });
        if let Some(version) = version {
            self.is_of_ro_crate = true;
            self.version = self.version.or(Some(version));
            self.terms.extend(terms_of(version));
        } else if address.trim_end_matches('/') == CONTEXTS[1] {
            self.terms.extend(WORKFLOW_RUN_TERMS.split(' '));
        } else {
            // Copies of the context of RO-Crate have several URLs.
            self.is_of_ro_crate |= ["ro/crate/", "ro-crate/"]
                .iter()
                .any(|part| address.contains(part));
            self.is_open = true;
        }
    }

    fn add_terms(&mut self, terms: &'d Map<String, Json>) {
        self.has_own = true;
        self.is_open |= terms.contains_key("@vocab") || terms.contains_key("@import");
        self.own.extend(terms.keys().map(String::as_str));
    }

    /// Whether a key is defined.
    fn knows(&self, key: &str) -> bool {
        if KEYWORDS.contains(&key) || self.own.contains(key) || self.terms.contains(key) {
            return true;
        }
        if key.starts_with('@') {
            return false;
        }
        let prefix = key.split_once(':').map(|(prefix, _)| prefix);
        self.is_open
            || prefix.is_some_and(|prefix| self.own.contains(prefix) || self.terms.contains(prefix))
    }
}

/// Checks the context, and the keys and types of all entities against it; each key is reported once.
pub fn check(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    let value = &draft.read.context;
    let context = Context::read(value);
    if !context.is_of_ro_crate && !named(draft, &context, report) {
        return;
    }
    if context.version.is_some() && context.version != report.claims.version {
        let claimed = report.claims.version.map_or("", Version::as_str);
        let expected = format!("https://w3id.org/ro/crate/{claimed}/context");
        let hint = "use the context of the version that the descriptor names";
        let what = shown(value);
        let at = At::Member("@context");
        report.ask(Rule::ContextOfVersion, at, what, expected, hint);
    }
    let mut unknown = Unknown::default();
    for (position, entity, _) in draft.items() {
        for key in entity.properties.keys() {
            if !context.knows(key) {
                unknown.add(position, key, false);
            }
        }
        for kind in &entity.types {
            if !context.knows(kind) && !kind.contains(':') {
                unknown.add(position, kind, true);
            }
        }
    }
    for word in unknown.words {
        word.report(report);
    }
}

/// Reports a context without the RO-Crate context; returns whether keys can be checked.
fn named(draft: &CrateDraft, context: &Context<'_>, report: &mut MetadataReport<'_>) -> bool {
    let value = &draft.read.context;
    let version = report.claims.version.unwrap_or(Version::V1_1);
    let expected = format!("https://w3id.org/ro/crate/{}/context", version.as_str());
    let (rule, what) = match value {
        Json::Null => (Rule::Context, "no `@context`".to_owned()),
        Json::String(_) => (Rule::Context, shown(value)),
        _ if context.has_own => (
            Rule::ContextByReference,
            "a context with inline definitions only".to_owned(),
        ),
        _ => (
            Rule::Context,
            "a context without the RO-Crate context".to_owned(),
        ),
    };
    let hint = "without it JSON-LD processors cannot interpret the metadata";
    report.ask(rule, At::Member("@context"), what, expected, hint);
    context.has_own
}

/// The undefined words, in order of first occurrence.
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
    fn report(&self, report: &mut MetadataReport<'_>) {
        let &Word {
            position,
            word,
            is_type,
            count,
        } = self;
        let kind = if is_type { "type" } else { "key" };
        let more = match count {
            1 => String::new(),
            count => format!(", and {} more times", count - 1),
        };
        let what = format!(
            "the {kind} {}, not defined by `@context`{more}",
            shown_text(word)
        );
        let hint = match WORKFLOW_RUN_TERMS.contains(word) {
            true => format!("add {} to `@context`", CONTEXTS[1]),
            false => {
                "define it in `@context`, or use a PropertyValue: JSON-LD processors drop undefined keys"
                    .to_owned()
            }
        };
        let rule = match (is_type, word.contains("://")) {
            (true, _) => Rule::TypeTerms,
            (false, true) => Rule::KeysAsTerms,
            (false, false) => Rule::Terms,
        };
        let key = if is_type { "@type" } else { word };
        let at = At::Key(position, key);
        report.ask(rule, at, what, "a term of the context", &hint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_has_the_terms_of_its_context() {
        let has = |version, term| terms_of(version).contains(term);
        for (version, count) in Version::ALL.into_iter().zip([2419, 2627, 2899, 3069]) {
            assert!(has(version, "Dataset"));
            assert_eq!(terms_of(version).len(), count, "{version:?}");
        }
        assert!(has(Version::V1_2, "localPath") && !has(Version::V1_1, "localPath"));
        assert!(has(Version::V1_1, "observedNode") && !has(Version::V1_2, "observedNode"));
    }

    #[test]
    fn what_is_not_known_of_a_context_is_open() {
        let open = |value: Json| Context::read(&value).is_open;
        assert!(open("https://example.org/context".into()));
        assert!(open(serde_json::json!({"@vocab": "http://schema.org/"})));
        assert!(!open("https://w3id.org/ro/crate/1.3/context".into()));
        assert!(open("https://w3id.org/ro/crate/2.0/context".into()));
    }
}
