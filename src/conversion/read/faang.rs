//! x
use super::json_source::{JsonReading, SourceFile};
use crate::conversion::error::JsonSourceError;
use crate::conversion::rules::ConversionRules;
/// x
pub fn read(
    _files: &[SourceFile],
    _rules: &ConversionRules,
) -> Result<JsonReading, JsonSourceError> {
    todo!()
}
