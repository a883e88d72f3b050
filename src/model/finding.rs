//! Findings: what is wrong in a file, as data; how it is shown is for others to decide.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use super::pointer::Path;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// The rules of FAIRtracks are broken: its own validators refuse the document.
    Must,
    /// The rules are silent or let it pass, yet it is wrong or will do harm.
    Should,
    /// It may be right, but is worth a look.
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

/// One thing that is wrong, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub strength: Strength,
    /// Where it is.
    pub place: Place,
    /// What was found there.
    pub what: String,
    /// What was expected.
    pub expected: Cow<'static, str>,
    /// What to do; empty where that is plain.
    pub hint: Cow<'static, str>,
}

/// Something to say about a value that was read, before it is known where the value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How much it weighs.
    pub strength: Strength,
    /// What was expected.
    pub expected: Cow<'static, str>,
    /// What to do; empty where that is plain.
    pub hint: Cow<'static, str>,
}

impl Remark {
    /// A remark that says what was expected and what to do.
    pub fn new(
        strength: Strength,
        expected: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Self {
        Remark {
            strength,
            expected: expected.into(),
            hint: hint.into(),
        }
    }
}

/// What reading a text gave: the value if there is one, and what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// The value; readers make one of whatever can be understood.
    pub value: Option<T>,
    /// What is not as it should be.
    pub remarks: Vec<Remark>,
}

impl<T> Reading<T> {
    /// A value that is as it should be.
    pub fn good(value: T) -> Self {
        Reading {
            value: Some(value),
            remarks: Vec::new(),
        }
    }

    /// No value, and why.
    pub fn none(remark: Remark) -> Self {
        Reading {
            value: None,
            remarks: vec![remark],
        }
    }

    /// The same with one more remark.
    #[must_use]
    pub fn with(mut self, remark: Remark) -> Self {
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

/// The findings in one file.
#[derive(Debug)]
pub struct Findings {
    file: Rc<str>,
    all: Vec<Finding>,
}

impl Findings {
    /// No findings yet in the file of this name.
    pub fn new(file: &str) -> Self {
        Findings {
            file: file.into(),
            all: Vec::new(),
        }
    }

    /// The name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Adds one, at a place that is being read.
    pub fn add(&mut self, path: &Path<'_>, what: String, remark: Remark) {
        self.add_at(path.to_string(), what, remark);
    }

    /// Adds one, at a JSON pointer.
    pub fn add_at(&mut self, pointer: String, what: String, remark: Remark) {
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
        });
    }
}

/// All findings in several files: the worst first, then by file, then by place.
pub fn sorted(files: Vec<Findings>) -> Vec<Finding> {
    let mut all = Vec::new();
    for mut findings in files {
        findings
            .all
            .sort_by(|one, other| compare_pointers(&one.place.pointer, &other.place.pointer));
        all.append(&mut findings.all);
    }
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
}
