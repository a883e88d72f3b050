//! Zip archives that lie: a builder that can lie in each field, and the archives with the verdict that each must get.

pub mod admitted;
pub mod builder;
pub mod damaged;
pub mod end_records;
pub mod hidden_records;
pub mod refused;
pub mod two_versions;

/// What the gate must say of an archive.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It passes, and these are its files.
    Passes(Vec<String>),
    /// It is refused with this kind, and the message has this text.
    Refused(&'static str, String),
    /// It passes, but reading this file is refused with this kind.
    Damaged(&'static str, &'static str),
}

/// An archive and its verdict.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is odd about it.
    pub name: &'static str,
    /// The archive.
    pub bytes: Vec<u8>,
    /// What must be said of it.
    pub verdict: Verdict,
}

impl Case {
    /// An archive that is refused with this kind and a message that has this text.
    pub fn refused(name: &'static str, bytes: Vec<u8>, kind: &'static str, said: &str) -> Self {
        let verdict = Verdict::Refused(kind, said.to_owned());
        Case {
            name,
            bytes,
            verdict,
        }
    }
}
