//! The body of an answer, in memory.

use std::io::{Read as _, Result};

use reqwest::blocking::Response;

/// The bytes of a body; `None` if there are more than `most`.
pub(crate) fn bounded(response: Response, most: u64) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    response
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
