//! Whether two answers agree.

use std::collections::BTreeSet;

use fairtracks::query::{QueryError, QueryFault};

use super::differences::documented;
use super::postgresql::Reply;
use super::{Answered, Ours};

/// What to make of the two answers.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both find the same tracks, or both refuse for the same reason.
    Agreed,
    /// PostgreSQL breaks off at a row, so that whatever this engine says is right.
    BrokenOff,
    /// The engine names something that it does not support.
    NotSupported(String),
    /// A difference that the help documents, by its name.
    Documented(&'static str),
    /// A difference that should not be.
    Differs(Kind),
}

/// How answers differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The engine breaks down.
    Panic,
    /// Both find tracks, but others.
    Tracks,
    /// PostgreSQL answers and this engine refuses.
    WeRefuse,
    /// This engine answers what PostgreSQL refuses with this SQLSTATE.
    WeAnswer(String),
    /// Both refuse, for reasons of another kind.
    Reason(String),
}

/// Compares the answers.
pub fn judge(answered: &Answered) -> Verdict {
    match (&answered.ours, &answered.reply) {
        (Ours::Panics, _) => Verdict::Differs(Kind::Panic),
        (Ours::Fails(error), _)
            if matches!(error.reason, QueryFault::NotSupported | QueryFault::Limit) =>
        {
            Verdict::NotSupported(construct(error))
        }
        (_, Reply::BreaksOff(..)) => Verdict::BrokenOff,
        (Ours::Tracks(ours), Reply::Tracks(theirs)) => {
            let same = ours.iter().collect::<BTreeSet<_>>() == theirs.iter().collect();
            if same {
                Verdict::Agreed
            } else {
                Verdict::Differs(Kind::Tracks)
            }
        }
        (Ours::Fails(error), Reply::Tracks(_)) => documented(answered, error)
            .map_or(Verdict::Differs(Kind::WeRefuse), Verdict::Documented),
        (Ours::Tracks(_), Reply::Refused(state, _)) => {
            Verdict::Differs(Kind::WeAnswer(state.clone()))
        }
        (Ours::Fails(error), Reply::Refused(state, _)) => {
            if reasons(state).contains(&error.reason) {
                return Verdict::Agreed;
            }
            let differs = Verdict::Differs(Kind::Reason(format!("{state} is {:?}", error.reason)));
            documented(answered, error).map_or(differs, Verdict::Documented)
        }
    }
}

/// The reasons that fit an SQLSTATE (manual, appendix A).
fn reasons(state: &str) -> &'static [QueryFault] {
    match state {
        // Undefined column or table, ambiguous column, a name of too many parts.
        "42703" | "42P01" | "42702" | "0A000" => &[QueryFault::Name],
        // Undefined function or operator.
        "42883" => &[QueryFault::Type, QueryFault::Name],
        // Undefined type or schema of a type; as a type may stand before a literal, this can be a missing operator.
        "42704" | "3F000" => &[QueryFault::Name, QueryFault::Syntax],
        // Syntax errors, bad escapes in literals, characters that do not exist, parameters.
        "42601" | "22025" | "22021" | "42P02" => &[QueryFault::Syntax],
        // Wrong types, and literals that do not fit their type.
        _ => &[QueryFault::Type],
    }
}

/// What is not supported, without the names of this one query.
fn construct(error: &QueryError) -> String {
    error.message.clone()
}
