//! Chains of error sources.

use std::error::Error;
use std::io;

/// All causes of an error, including those wrapped in I/O errors.
pub(super) fn error_sources(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut found = Vec::new();
    let mut waiting: Vec<&(dyn Error + 'static)> = error.source().into_iter().collect();
    while let Some(cause) = waiting.pop() {
        found.push(cause);
        let wrapped = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        waiting.extend(wrapped.map(|wrapped| wrapped as &(dyn Error + 'static)));
        waiting.extend(cause.source());
    }
    found
}
