//! What a run has found, for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::postgresql::Reply;
use super::verdict::{Kind, Verdict};
use super::{Answered, Ours};

/// What is refused by name in less than one of so many queries is only counted.
const RARE: usize = 2000;

/// How often each verdict was given.
#[derive(Default)]
pub struct Tally {
    verdicts: BTreeMap<String, usize>,
    not_supported: BTreeMap<String, usize>,
    shares: BTreeMap<&'static str, usize>,
    asked: usize,
}

impl Tally {
    /// Counts one case.
    pub fn count(&mut self, answered: &Answered) {
        self.asked += 1;
        let verdict = match answered.verdict() {
            Verdict::NotSupported(construct) => {
                *self.not_supported.entry(construct).or_default() += 1;
                "refused by name, \"not supported\"".to_owned()
            }
            Verdict::Agreed => "agreed".to_owned(),
            Verdict::BrokenOff => "PostgreSQL breaks off at a row".to_owned(),
            Verdict::Documented(name) => format!("documented difference: {name}"),
            Verdict::Differs(kind) => format!("DIFFERS: {kind:?}"),
        };
        *self.verdicts.entry(verdict).or_default() += 1;
        let share = match &answered.reply {
            Reply::Tracks(found) if found.is_empty() => "no track",
            Reply::Tracks(found) if found.len() == answered.case.tracks() => "all tracks",
            Reply::Tracks(_) => "some tracks",
            Reply::Refused(..) => "refused",
            Reply::BreaksOff(..) => "breaks off",
        };
        *self.shares.entry(share).or_default() += 1;
    }

    /// The counts as lines.
    pub fn summary(&self) -> String {
        let mut summary = format!("{} queries\n", self.asked);
        let shares: Vec<String> = self
            .shares
            .iter()
            .map(|(share, count)| {
                format!("{share} {:.1} %", 100.0 * *count as f64 / self.asked as f64)
            })
            .collect();
        writeln!(summary, "PostgreSQL's answers: {}", shares.join(", ")).unwrap();
        for (verdict, count) in &self.verdicts {
            writeln!(summary, "{count:8}  {verdict}").unwrap();
        }
        let (often, rarely): (Vec<_>, Vec<_>) = self
            .not_supported
            .iter()
            .partition(|(_, count)| **count * RARE >= self.asked);
        for (construct, count) in often {
            writeln!(summary, "{count:8}  not supported: {construct}").unwrap();
        }
        let rest: usize = rarely.iter().map(|(_, count)| **count).sum();
        writeln!(summary, "{rest:8}  not supported: {} others", rarely.len()).unwrap();
        summary
    }
}

/// One case, ready to be pasted.
pub fn shown(answered: &Answered) -> String {
    let ours = match &answered.ours {
        Ours::Tracks(found) => format!("tracks {found:?}"),
        Ours::Fails(error) => format!("{:?}: {error}", error.reason),
        Ours::Panics => "panics".to_owned(),
    };
    format!(
        "{:?}\ndocument: {}\nquery: {}\nPostgreSQL: {:?}\nours: {ours}\n",
        answered.verdict(),
        answered.case.document,
        answered.case.text(),
        answered.reply,
    )
}

/// What two cases of the same cause probably have in common: the message without what it quotes, or the words of the query
/// without names and literals.
pub fn signature(answered: &Answered) -> String {
    let Verdict::Differs(kind) = answered.verdict() else {
        return String::new();
    };
    let said = match (&kind, &answered.ours, &answered.reply) {
        (Kind::Tracks | Kind::Panic, ..) => answered.case.text(),
        (_, Ours::Fails(error), _) => error.message.clone(),
        (_, _, Reply::Refused(_, message)) => message.clone(),
        _ => String::new(),
    };
    let quotes = ['`', '"', '\''];
    let unquoted: String = said.split(quotes).step_by(2).collect();
    let skeleton: String = unquoted
        .chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace())
        .collect();
    format!("{kind:?} {skeleton}")
}
