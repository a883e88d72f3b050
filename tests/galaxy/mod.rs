//! Galaxy: lineage by its API and its exports.

mod api;
mod history_export;
mod history_export_versions;
mod lineage_laws;
mod lineage_privacy;
mod running_job;
mod tool_names;
