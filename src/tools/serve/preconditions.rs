//! Conditions that a client sets to a request (RFC 9110, section 13).

use std::time::SystemTime;

use axum::http::header::{
    HeaderMap, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE,
};

use super::negotiation::{combined, single};

/// The version of a resource.
pub struct Validators<'v> {
    /// Its entity tag, which is a strong one, in quotes.
    pub tag: &'v str,
    /// When it changed last, in whole seconds.
    pub modified: Option<SystemTime>,
}

/// The outcome of the preconditions of a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreconditionOutcome {
    Proceed,
    /// The client has this version already: 304.
    NotModified,
    /// The version does not match: 412.
    Failed,
}

impl Validators<'_> {
    /// Looks at the conditions of `GET` and `HEAD` in the order of section 13.2.2.
    pub fn check(&self, asked: &HeaderMap) -> PreconditionOutcome {
        let date = |name| httpdate::parse_http_date(single(asked, name)?).ok();
        let has_changed = |since: SystemTime| self.modified.is_some_and(|time| time > since);
        let is_wanted = match combined(asked, IF_MATCH) {
            Some(tags) => names(&tags, |tag| tag == self.tag),
            None => !date(IF_UNMODIFIED_SINCE).is_some_and(has_changed),
        };
        if !is_wanted {
            return PreconditionOutcome::Failed;
        }
        let is_known = match combined(asked, IF_NONE_MATCH) {
            // A weak comparison suffices, since the client does not combine ranges.
            Some(tags) => names(&tags, |tag| {
                tag.strip_prefix("W/").unwrap_or(tag) == self.tag
            }),
            None => date(IF_MODIFIED_SINCE)
                .is_some_and(|since| self.modified.is_some_and(|time| time <= since)),
        };
        if is_known {
            PreconditionOutcome::NotModified
        } else {
            PreconditionOutcome::Proceed
        }
    }

    /// Whether the range applies to this version (`If-Range`); otherwise the response is the whole file.
    pub fn parts_fit(&self, asked: &HeaderMap) -> bool {
        if !asked.contains_key(IF_RANGE) {
            return true;
        }
        let Some(known) = single(asked, IF_RANGE) else {
            return false;
        };
        let date = || httpdate::parse_http_date(known).ok();
        known == self.tag || self.modified.is_some_and(|time| date() == Some(time))
    }
}

/// Whether a list of tags has one like that, or is `*`.
fn names(tags: &str, is_that: impl Fn(&str) -> bool) -> bool {
    let mut listed = tags.split(',').map(str::trim);
    listed.any(|tag| tag == "*" || is_that(tag))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    const BEFORE: &str = "Sun, 06 Nov 1994 08:49:36 GMT";
    const THEN: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const AFTER: &str = "Sun, 06 Nov 1994 08:49:38 GMT";

    fn asked(headers: &[(HeaderName, &'static str)]) -> HeaderMap {
        let headers = headers.iter().cloned();
        let mut asked = HeaderMap::new();
        for (name, value) in headers {
            asked.append(name, HeaderValue::from_static(value));
        }
        asked
    }

    fn version() -> Validators<'static> {
        Validators {
            tag: "\"v\"",
            modified: Some(UNIX_EPOCH + Duration::from_secs(784_111_777)),
        }
    }

    #[track_caller]
    fn expect(headers: &[(HeaderName, &'static str)], outcome: PreconditionOutcome) {
        assert_eq!(version().check(&asked(headers)), outcome, "{headers:?}");
    }

    #[test]
    fn another_version_than_the_one_that_is_wanted_is_not_sent() {
        for wanted in ["\"v\"", "\"a\", \"v\"", "*"] {
            expect(&[(IF_MATCH, wanted)], PreconditionOutcome::Proceed);
        }
        // A weak tag never is the same as another for this.
        for other in ["\"a\"", "W/\"v\"", "v", ""] {
            expect(&[(IF_MATCH, other)], PreconditionOutcome::Failed);
        }
        expect(
            &[(IF_MATCH, "\"a\""), (IF_MATCH, "\"v\"")],
            PreconditionOutcome::Proceed,
        );
        expect(
            &[(IF_UNMODIFIED_SINCE, BEFORE)],
            PreconditionOutcome::Failed,
        );
        for since in [THEN, AFTER, "nonsense"] {
            expect(
                &[(IF_UNMODIFIED_SINCE, since)],
                PreconditionOutcome::Proceed,
            );
        }
    }

    #[test]
    fn a_version_that_is_known_is_not_sent_again() {
        for known in ["\"v\"", "W/\"v\"", "\"a\", W/\"v\"", "*"] {
            expect(&[(IF_NONE_MATCH, known)], PreconditionOutcome::NotModified);
        }
        for other in ["\"a\"", "v", ""] {
            expect(&[(IF_NONE_MATCH, other)], PreconditionOutcome::Proceed);
        }
        // The two older forms of dates count too (section 5.6.7).
        for since in [
            THEN,
            AFTER,
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            expect(
                &[(IF_MODIFIED_SINCE, since)],
                PreconditionOutcome::NotModified,
            );
        }
        for since in [BEFORE, "nonsense"] {
            expect(&[(IF_MODIFIED_SINCE, since)], PreconditionOutcome::Proceed);
        }
    }

    #[test]
    fn tags_go_before_dates_and_what_is_wanted_before_what_is_known() {
        let first = [(IF_MATCH, "\"v\""), (IF_UNMODIFIED_SINCE, BEFORE)];
        expect(&first, PreconditionOutcome::Proceed);
        let first = [(IF_NONE_MATCH, "\"a\""), (IF_MODIFIED_SINCE, AFTER)];
        expect(&first, PreconditionOutcome::Proceed);
        let both = [(IF_MATCH, "\"a\""), (IF_NONE_MATCH, "\"v\"")];
        expect(&both, PreconditionOutcome::Failed);
        let both = [(IF_UNMODIFIED_SINCE, BEFORE), (IF_MODIFIED_SINCE, AFTER)];
        expect(&both, PreconditionOutcome::Failed);
        let both = [(IF_MATCH, "\"v\""), (IF_NONE_MATCH, "\"v\"")];
        expect(&both, PreconditionOutcome::NotModified);
    }

    #[test]
    fn parts_are_of_the_same_version() {
        for same in ["\"v\"", THEN] {
            assert!(version().parts_fit(&asked(&[(IF_RANGE, same)])), "{same}");
        }
        for other in ["\"a\"", "W/\"v\"", BEFORE, AFTER, "nonsense"] {
            let asked = asked(&[(IF_RANGE, other)]);
            assert!(!version().parts_fit(&asked), "{other}");
        }
        let twice = [(IF_RANGE, "\"v\""), (IF_RANGE, "\"v\"")];
        assert!(!version().parts_fit(&asked(&twice)));
        assert!(version().parts_fit(&HeaderMap::new()));
    }

    #[test]
    fn a_version_without_a_time_is_told_by_its_tag_alone() {
        let version = Validators {
            modified: None,
            ..version()
        };
        for header in [(IF_UNMODIFIED_SINCE, BEFORE), (IF_MODIFIED_SINCE, AFTER)] {
            let outcome = version.check(&asked(&[header]));
            assert_eq!(outcome, PreconditionOutcome::Proceed);
        }
    }
}
