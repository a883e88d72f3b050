//! Findings: problems of a file as data; others decide how to show them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use crate::text::json::Repeated;
use crate::text::pointer::Path;

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// A violation of FAIRtracks: its validators reject the document.
    Must,
    /// Allowed or not covered by the rules, but wrong or harmful.
    Should,
    /// Possibly correct, but worth a look.
    May,
}

impl Strength {
    /// All of them, the worst first.
    pub const ALL: [Strength; 3] = [Strength::Must, Strength::Should, Strength::May];
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Strength::Must => "must",
            Strength::Should => "should",
            Strength::May => "may",
        })
    }
}

/// Where a finding is, written `FILE#POINTER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the file, as its user knows it.
    pub file: Rc<str>,
    /// JSON pointer (RFC 6901); empty for the whole.
    pub pointer: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file, self.pointer)
    }
}

/// A problem, or a possible one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The severity.
    pub strength: Strength,
    /// Where it is.
    pub place: Place,
    /// What was found there.
    pub what: String,
    /// What was expected.
    pub expected: Cow<'static, str>,
    /// What to do; empty where that is obvious.
    pub hint: Cow<'static, str>,
    /// How many findings it stands for: one, or all those of its kind after the first [`MOST_OF_A_KIND`].
    pub count: u64,
}

/// A problem of a value, before its place is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueIssue {
    /// The severity.
    pub strength: Strength,
    /// What was expected.
    pub expected: Cow<'static, str>,
    /// What to do; empty where that is obvious.
    pub hint: Cow<'static, str>,
}

impl ValueIssue {
    /// An issue with what was expected and what to do.
    pub fn new(
        strength: Strength,
        expected: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Self {
        ValueIssue {
            strength,
            expected: expected.into(),
            hint: hint.into(),
        }
    }
}

/// The result of reading a text: the value, if any, and its issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// The value; readers are tolerant.
    pub value: Option<T>,
    /// The issues of the value.
    pub remarks: Vec<ValueIssue>,
}

impl<T> Reading<T> {
    /// A value without issues.
    pub fn good(value: T) -> Self {
        Reading {
            value: Some(value),
            remarks: Vec::new(),
        }
    }

    /// No value, and why.
    pub fn none(remark: ValueIssue) -> Self {
        Reading {
            value: None,
            remarks: vec![remark],
        }
    }

    /// The same with one more remark.
    #[must_use]
    pub fn with(mut self, remark: ValueIssue) -> Self {
        self.remarks.push(remark);
        self
    }

    /// The same, its value made into another.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Reading<U> {
        Reading {
            value: self.value.map(make),
            remarks: self.remarks,
        }
    }
}

/// What was found where a value is null or blank.
pub const NOTHING: &str = "nothing";
/// How what was found begins where an object lacks a member, whose key follows.
pub const NO_MEMBER: &str = "no `";
/// How many findings of a kind are listed; the others are counted.
pub const MOST_OF_A_KIND: u64 = 100;
/// How many kinds a file has; the findings of all others are of one.
const MOST_KINDS: usize = 1000;

/// The findings in one file.
///
/// A large file can have one fault a million times. Findings of the same strength at alike places with the same advice are of one kind,
/// for each member that is missing one of its own, and of each kind the first hundred are listed.
#[derive(Debug)]
pub struct Findings {
    file: Rc<str>,
    all: Vec<Finding>,
    kinds: HashMap<Kind, Alike>,
}

/// Strength, pointer with `*` for each position, what is missing, and hint.
type Kind = (Strength, String, String, Cow<'static, str>);

/// How many findings a kind has.
#[derive(Debug, Default)]
struct Alike {
    listed: u64,
    more: u64,
    /// What was expected by the first of them that is not listed.
    expected: Cow<'static, str>,
}

impl Findings {
    /// No findings yet in the file of this name.
    pub fn new(file: &str) -> Self {
        Findings {
            file: file.into(),
            all: Vec::new(),
            kinds: HashMap::new(),
        }
    }

    /// The name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Adds a finding at a path.
    pub fn add(&mut self, path: &Path<'_>, what: String, remark: ValueIssue) {
        self.add_at(path.to_string(), what, remark);
    }

    /// Adds a finding at a JSON pointer.
    pub fn add_at(&mut self, pointer: String, what: String, remark: ValueIssue) {
        let alike = self.alike(&pointer, &what, &remark);
        if alike.listed >= MOST_OF_A_KIND {
            alike.more += 1;
            if alike.more == 1 {
                alike.expected = remark.expected;
            }
            return;
        }
        alike.listed += 1;
        let place = Place {
            file: Rc::clone(&self.file),
            pointer,
        };
        self.all.push(Finding {
            strength: remark.strength,
            place,
            what,
            expected: remark.expected,
            hint: remark.hint,
            count: 1,
        });
    }

    /// Adds duplicate keys.
    pub fn add_repeated(&mut self, repeated: &Repeated, hint: &'static str) {
        let remark = ValueIssue::new(Strength::Should, "each key once in an object", hint);
        for pointer in &repeated.pointers {
            let what = "a duplicate key".to_owned();
            self.add_at(pointer.clone(), what, remark.clone());
        }
        if repeated.more > 0 {
            let last = repeated.pointers.last().map_or("", String::as_str);
            let alike = self.alike(last, "", &remark);
            alike.more += repeated.more;
            alike.expected = remark.expected;
        }
    }

    /// The kind of a finding.
    fn alike(&mut self, pointer: &str, what: &str, remark: &ValueIssue) -> &mut Alike {
        let missing = match is_missing(what) {
            true => what.to_owned(),
            false => String::new(),
        };
        let mut kind = (
            remark.strength,
            without_positions(pointer),
            missing,
            remark.hint.clone(),
        );
        if self.kinds.len() >= MOST_KINDS && !self.kinds.contains_key(&kind) {
            kind = (
                remark.strength,
                String::new(),
                String::new(),
                Cow::Borrowed(""),
            );
        }
        self.kinds.entry(kind).or_default()
    }

    /// All findings in the order of the file, and behind them for each kind those that were only counted.
    fn finish(mut self) -> Vec<Finding> {
        self.all
            .sort_by(|one, other| compare_pointers(&one.place.pointer, &other.place.pointer));
        let mut more: Vec<(Kind, Alike)> = self.kinds.into_iter().collect();
        more.retain(|(_, alike)| alike.more > 0);
        more.sort_by(|(one, _), (other, _)| one.cmp(other));
        for ((strength, pointer, missing, hint), alike) in more {
            let count = alike.more;
            let what = match missing.as_str() {
                "" => format!("{count} more of this kind, counted but not listed"),
                missing => format!("{missing} in {count} more places, counted but not listed"),
            };
            self.all.push(Finding {
                strength,
                place: Place {
                    file: Rc::clone(&self.file),
                    pointer,
                },
                what,
                expected: alike.expected,
                hint,
                count,
            });
        }
        self.all
    }
}

/// Whether what was found is that a value is missing.
pub fn is_missing(what: &str) -> bool {
    what.starts_with(NO_MEMBER) || what.starts_with(NOTHING)
}

/// A pointer with `*` for every position.
pub fn without_positions(pointer: &str) -> String {
    let is_position = |step: &str| !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit());
    let steps: Vec<&str> = pointer
        .split('/')
        .map(|step| if is_position(step) { "*" } else { step })
        .collect();
    steps.join("/")
}

/// All findings in several files: the worst first, then by file, then by place.
pub fn sorted(files: Vec<Findings>) -> Vec<Finding> {
    let mut all: Vec<Finding> = files.into_iter().flat_map(Findings::finish).collect();
    all.sort_by_key(|finding| finding.strength);
    all
}

/// Orders pointers by their steps, positions by number.
fn compare_pointers(one: &str, other: &str) -> Ordering {
    let steps = |(one, other): (&str, &str)| match (one.parse::<usize>(), other.parse::<usize>()) {
        (Ok(one), Ok(other)) => one.cmp(&other),
        _ => one.cmp(other),
    };
    let (mut first, mut second) = (one.split('/'), other.split('/'));
    loop {
        match (first.next(), second.next()) {
            (Some(one), Some(other)) => match steps((one, other)) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
            (one, other) => return one.is_some().cmp(&other.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_stand_in_the_order_of_the_document() {
        let mut pointers = ["/tracks/10/a", "/tracks/9", "", "/tracks/9/b", "/samples/0"];
        pointers.sort_by(|one, other| compare_pointers(one, other));
        assert_eq!(
            pointers,
            ["", "/samples/0", "/tracks/9", "/tracks/9/b", "/tracks/10/a"]
        );
    }

    #[test]
    fn of_a_kind_the_first_hundred_are_listed() {
        let mut findings = Findings::new("a.json");
        let remark = || ValueIssue::new(Strength::Must, "a text", "write one");
        for position in (0..250).rev() {
            findings.add_at(
                format!("/tracks/{position}/label"),
                "nothing".to_owned(),
                remark(),
            );
        }
        findings.add_at("/tracks/0/url".to_owned(), "nothing".to_owned(), remark());
        for key in 0..2000 {
            findings.add_at(format!("/{key}x"), "a key".to_owned(), remark());
        }
        let all = sorted(vec![findings]);
        assert_eq!(all.iter().map(|finding| finding.count).sum::<u64>(), 2251);
        let label = |finding: &&Finding| finding.place.pointer.ends_with("/label");
        let labels: Vec<&Finding> = all.iter().filter(label).collect();
        assert_eq!(labels.len(), 101);
        assert_eq!(
            (labels[0].place.pointer.as_str(), labels[0].count),
            ("/tracks/150/label", 1)
        );
        let more = labels[100];
        assert_eq!(
            (more.place.pointer.as_str(), more.count),
            ("/tracks/*/label", 150)
        );
        assert!(
            more.what.starts_with("nothing in 150 more places"),
            "{}",
            more.what
        );
        // However many kinds there are, the table has an end.
        assert!(all.len() < 1400, "{}", all.len());
    }
}
