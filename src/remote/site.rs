//! The settings of the site, in the file that `FAIRTRACKS_CONFIG` names.

use std::path::PathBuf;

use thiserror::Error;

use super::settings::{Settings, SettingsError};
use crate::text::json;

/// Why the settings of the site cannot be used. Messages name the variable and the
/// file, not its path, which is internal.
#[derive(Debug, Error)]
pub enum SiteError {
    /// The file cannot be read.
    #[error("the site's settings (FAIRTRACKS_CONFIG, `{0}`): {1}")]
    Unreadable(String, std::io::Error),
    /// The file is invalid.
    #[error("the site's settings (FAIRTRACKS_CONFIG, `{0}`): {1}")]
    Settings(String, SettingsError),
}

/// The settings of the site; the defaults without the variable.
///
/// # Errors
/// Why they cannot be used.
pub fn settings() -> Result<Settings, SiteError> {
    match std::env::var_os("FAIRTRACKS_CONFIG").filter(|path| !path.is_empty()) {
        Some(path) => {
            let path = PathBuf::from(path);
            let name = || {
                let name = path.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            };
            let text = std::fs::read_to_string(&path);
            let text = text.map_err(|error| SiteError::Unreadable(name(), error))?;
            Settings::parse(&text).map_err(|error| SiteError::Settings(name(), error))
        }
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
