//! The outcomes of values in a conversion.

use std::fmt;

/// What happened to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogOutcome {
    /// The standard requires a value, and the source has none.
    Missing,
    /// The document has a value that breaks a rule of the standard.
    Broken,
    /// The document has a value of the source that validators accept and that seems wrong, such as two names of different genomes.
    Doubtful,
    /// The source has a value, and the document does not have it.
    NotTaken,
    /// No rule reads the column.
    NotRead,
    /// The document has a more precise value, or the value says nothing of the field.
    NotNeeded,
    /// The document has another value than the source.
    Changed,
    /// The value follows from others.
    Derived,
}

impl LogOutcome {
    /// All of them, those that need a curator first.
    pub const ALL: [LogOutcome; 8] = [
        LogOutcome::Missing,
        LogOutcome::Broken,
        LogOutcome::Doubtful,
        LogOutcome::NotTaken,
        LogOutcome::NotRead,
        LogOutcome::NotNeeded,
        LogOutcome::Changed,
        LogOutcome::Derived,
    ];

    /// Its word in the table.
    pub fn word(self) -> &'static str {
        match self {
            LogOutcome::Missing => "missing",
            LogOutcome::Broken => "breaks a rule",
            LogOutcome::Doubtful => "doubtful",
            LogOutcome::NotTaken => "not taken over",
            LogOutcome::NotRead => "not read",
            LogOutcome::NotNeeded => "not needed",
            LogOutcome::Changed => "changed",
            LogOutcome::Derived => "derived",
        }
    }

    /// Whether alike entries of several records are one row: they need no work on each record.
    pub(super) fn is_grouped(self) -> bool {
        matches!(
            self,
            LogOutcome::NotRead | LogOutcome::NotNeeded | LogOutcome::Changed | LogOutcome::Derived
        )
    }
}

impl fmt::Display for LogOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
