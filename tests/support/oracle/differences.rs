//! Where this engine refuses on purpose what PostgreSQL answers, or refuses it for another reason.

use fairtracks::query::{QueryError, QueryFault};

use super::Answered;
use super::postgresql::Reply;

/// A difference that is meant, and how it is known.
struct Difference {
    name: &'static str,
    explains: fn(&Answered, &QueryError) -> bool,
}

const DIFFERENCES: [Difference; 5] = [
    // A faulty pattern is a mistake of the user, whether or not a track has a text for it. PostgreSQL finds it out at the first
    // text that it is matched with.
    Difference {
        name: "a faulty pattern is always refused",
        explains: |answered, error| error.reason == QueryFault::Pattern && answered.bad_pattern,
    },
    // PostgreSQL lets any sign stand before a value and misses the operator later, if there is nothing else to object to.
    Difference {
        name: "an operator with nothing before it is refused at once",
        explains: |answered, error| {
            error.message.ends_with("` without a left side")
                && matches!(answered.reply, Reply::Refused(..))
        },
    },
    // PostgreSQL takes a name before a literal for a type and misses it later, if there is nothing else to object to.
    Difference {
        name: "a literal right after a name is refused at once",
        explains: |answered, error| {
            let is_name =
                |character: char| character.is_alphanumeric() || matches!(character, '_' | '"');
            let before = answered.case.text()[..error.span.start]
                .trim_end()
                .ends_with(is_name);
            error.reason == QueryFault::Syntax
                && before
                && matches!(answered.reply, Reply::Refused(..))
        },
    },
    // PostgreSQL takes a category alone for a whole row, columns of the database included, of which nothing can be said that a
    // user of metadata could mean.
    Difference {
        name: "a category without its content is refused",
        explains: |_, error| {
            error.reason == QueryFault::Name && error.message.contains("` alone, expected `")
        },
    },
    // PostgreSQL lets these words name functions, types and columns too, and misses those later.
    Difference {
        name: "an operator's word in the place of a value is refused at once",
        explains: |answered, error| {
            let found = answered.case.text()[error.span.clone()].to_uppercase();
            let is_operator = [
                "LIKE", "ILIKE", "SIMILAR", "BETWEEN", "IS", "ISNULL", "NOTNULL",
            ]
            .contains(&found.as_str());
            error.reason == QueryFault::Syntax
                && is_operator
                && matches!(answered.reply, Reply::Refused(..))
        },
    },
];

/// The difference that explains this refusal.
pub fn documented(answered: &Answered, error: &QueryError) -> Option<&'static str> {
    DIFFERENCES
        .iter()
        .find(|difference| (difference.explains)(answered, error))
        .map(|difference| difference.name)
}
