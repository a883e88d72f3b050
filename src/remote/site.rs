//! The settings of the site, in the file that `FAIRTRACKS_CONFIG` names.

use std::path::PathBuf;

use thiserror::Error;

use super::settings::{Settings, SettingsError};
use crate::text::json;

/// Why the settings of the site cannot be used. Messages name the variable, not the path of the file, which is internal.
#[derive(Debug, Error)]
pub enum SiteError {
    /// The file cannot be read.
    #[error("the site's settings (FAIRTRACKS_CONFIG): {0}")]
    Unreadable(#[from] std::io::Error),
    /// The file is invalid.
    #[error("the site's settings (FAIRTRACKS_CONFIG): {0}")]
    Settings(#[from] SettingsError),
}

/// The settings of the site; the defaults without the variable.
///
/// # Errors
/// Why they cannot be used.
pub fn settings() -> Result<Settings, SiteError> {
    match std::env::var_os("FAIRTRACKS_CONFIG").filter(|path| !path.is_empty()) {
        Some(path) => Ok(Settings::parse(&std::fs::read_to_string(PathBuf::from(
            path,
        ))?)?),
        None => Ok(Settings::default()),
    }
}

/// Sets the JSON limits of this process from the site's settings, before any reading.
///
/// # Errors
/// Why the settings cannot be used.
pub fn set_json_limits() -> Result<(), SiteError> {
    json::set_limits(settings()?.limits.json());
    Ok(())
}
