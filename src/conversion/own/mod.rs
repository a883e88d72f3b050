//! Own files: what the bytes of files say becomes values of the tracks that tables describe, or of tracks without any table.
//!
//! A row describes a file by its name, with or without its folder and `.gz`, or by its checksum ([`join`]). What was read from the
//! bytes is compared with what the table says ([`fill`]): where they contradict each other, the bytes count, and the log says so.
//! Each value that comes from the bytes has a row of the log.

pub mod file;
mod fill;
mod fill_assembly;
pub mod join;
mod track_filling;
