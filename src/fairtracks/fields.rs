//! Reads the members of a FAIRtracks object: each becomes a typed value, each error a finding.

use serde_json::{Map, Value as Json};

use super::finding::{Findings, Reading, Strength, ValueIssue};
use super::generation::Generation;
use crate::text::controls::visible;
use crate::text::pointer::Path;
use crate::text::secrets;

/// Whether a member has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The standard requires it.
    Required,
    /// It may be left out.
    Optional,
    /// It may be left out of a document as its provider writes it; augmentation fills it in.
    Augmented,
}

/// The members of one object, with the place to report to.
pub struct Fields<'d, 'c> {
    object: &'d Map<String, Json>,
    path: &'c Path<'c>,
    generation: Generation,
    findings: &'c mut Findings,
}

impl<'d, 'c> Fields<'d, 'c> {
    /// The members of `object`, which stands at `path`.
    pub fn new(
        object: &'d Map<String, Json>,
        path: &'c Path<'c>,
        generation: Generation,
        findings: &'c mut Findings,
    ) -> Self {
        Fields {
            object,
            path,
            generation,
            findings,
        }
    }

    /// The generation of the standard that the document follows.
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// Whether there is a member of this key, of whatever kind.
    pub fn has(&self, key: &str) -> bool {
        self.object.contains_key(key)
    }

    /// The member of this key as it stands.
    pub fn get(&self, key: &str) -> Option<&'d Json> {
        self.object.get(key)
    }

    /// The JSON pointer of what is below the object.
    pub fn pointer(&self, below: &str) -> String {
        format!("{}/{below}", self.path)
    }

    /// The text at `key`, which the standard requires, read by `parse`.
    pub fn required<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&'d str) -> Reading<T>,
    ) -> Option<T> {
        self.text(Presence::Required, key, parse)
    }

    /// The text at `key`, if it is there, read by `parse`.
    pub fn optional<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&'d str) -> Reading<T>,
    ) -> Option<T> {
        self.text(Presence::Optional, key, parse)
    }

    /// The text at `key`, read by `parse`.
    pub fn text<T>(
        &mut self,
        need: Presence,
        key: &str,
        parse: impl FnOnce(&'d str) -> Reading<T>,
    ) -> Option<T> {
        let value = self.member(need, key)?;
        let path = self.path.key(key);
        read_text(value, &path, self.findings, parse)
    }

    /// The object at `key`, read by `read`.
    pub fn object<T>(
        &mut self,
        need: Presence,
        key: &str,
        read: impl FnOnce(&mut Fields<'d, '_>) -> T,
    ) -> Option<T> {
        let value = self.member(need, key)?;
        let path = self.path.key(key);
        let Json::Object(object) = value else {
            self.findings.add(
                &path,
                shown(value),
                must("an object", "write it in curly brackets"),
            );
            return None;
        };
        Some(read(&mut Fields::new(
            object,
            &path,
            self.generation,
            self.findings,
        )))
    }

    /// Reads the texts of the list at `key`, each by `parse`.
    ///
    /// `empty` is the issue of a list without items.
    pub fn list<T>(&mut self, key: &str, empty: ValueIssue, parse: impl Fn(&'d str) -> Reading<T>) {
        let Some(value) = self.member(Presence::Optional, key) else {
            return;
        };
        let path = self.path.key(key);
        let Json::Array(items) = value else {
            let remark = must("an array of strings", "write it in square brackets");
            return self.findings.add(&path, shown(value), remark);
        };
        if items.is_empty() {
            self.findings.add(&path, shown(value), empty);
        }
        for (position, item) in items.iter().enumerate() {
            read_text(item, &path.position(position), self.findings, &parse);
        }
    }

    /// The objects of the list at `key`, which the standard requires, each read by `read` with its position.
    ///
    /// `empty` is the issue of a list without items.
    pub fn objects(
        &mut self,
        key: &str,
        empty: ValueIssue,
        mut read: impl FnMut(usize, &mut Fields<'d, '_>),
    ) {
        let Some(value) = self.member(Presence::Required, key) else {
            return;
        };
        let path = self.path.key(key);
        let Json::Array(items) = value else {
            self.findings.add(
                &path,
                shown(value),
                must("an array of objects", "write it in square brackets"),
            );
            return;
        };
        if items.is_empty() {
            self.findings.add(&path, shown(value), empty);
        }
        for (position, item) in items.iter().enumerate() {
            let path = path.position(position);
            match item {
                Json::Object(object) => read(
                    position,
                    &mut Fields::new(object, &path, self.generation, self.findings),
                ),
                other => self.findings.add(
                    &path,
                    shown(other),
                    must("an object", "write it in curly brackets"),
                ),
            }
        }
    }

    /// Whether the member at `key` is true.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.member(Presence::Required, key)?;
        if !value.is_boolean() {
            self.report(
                Some(key),
                shown(value),
                must("true or false", "remove the quotes"),
            );
        }
        value.as_bool()
    }

    /// Reports what is wrong with the member of this key, or with the object itself.
    pub fn report(&mut self, key: Option<&str>, what: String, remark: ValueIssue) {
        match key {
            Some(key) => self.findings.add(&self.path.key(key), what, remark),
            None => self.findings.add(self.path, what, remark),
        }
    }

    /// The member itself; a missing one is reported where it is needed.
    fn member(&mut self, need: Presence, key: &str) -> Option<&'d Json> {
        let value = self.object.get(key);
        let is_needed = match need {
            Presence::Required => true,
            Presence::Optional => false,
            Presence::Augmented => self.generation.requires_augmented(),
        };
        if value.is_none() && is_needed {
            let remark = must(format!("the member `{key}`"), "add it");
            self.report(None, format!("no `{key}`"), remark);
        }
        value
    }
}

fn read_text<'d, T>(
    value: &'d Json,
    path: &Path<'_>,
    findings: &mut Findings,
    parse: impl FnOnce(&'d str) -> Reading<T>,
) -> Option<T> {
    let Json::String(text) = value else {
        let hint = match value {
            Json::Null => "remove the member, or give it a value",
            Json::Number(_) | Json::Bool(_) => "write it in double quotes",
            _ => "write one string in double quotes",
        };
        findings.add(path, shown(value), must("a string", hint));
        return None;
    };
    let reading = parse(text);
    for remark in reading.remarks {
        findings.add(path, shown(value), remark);
    }
    reading.value
}

/// A remark that breaks a rule of the standard.
pub fn must(
    expected: impl Into<std::borrow::Cow<'static, str>>,
    hint: impl Into<std::borrow::Cow<'static, str>>,
) -> ValueIssue {
    ValueIssue::new(Strength::Must, expected, hint)
}

/// How much of a value is shown, in characters.
const LONGEST_SHOWN: usize = 120;

/// A value as a reader of findings sees it: texts and numbers as in the file, cut where they are long.
pub fn shown(value: &Json) -> String {
    let text = match value {
        Json::Null => return "null".to_owned(),
        Json::Array(items) if items.is_empty() => return "an empty list".to_owned(),
        Json::Array(_) => return "a list".to_owned(),
        Json::Object(_) => return "an object".to_owned(),
        Json::String(text) => return shown_text(text),
        Json::Bool(_) | Json::Number(_) => value.to_string(),
    };
    cut(&text)
}

/// A text in double quotes, cut where it is long; without secrets, with hidden characters visible.
pub fn shown_text(text: &str) -> String {
    format!("\"{}\"", cut(text))
}

/// A text as it is shown, cut where it is long.
fn cut(text: &str) -> String {
    // Secrets are removed first: a truncated one could not be recognized.
    let clean = secrets::cleaned(text);
    let text = visible(&clean);
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}
