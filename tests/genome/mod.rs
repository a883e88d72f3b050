//! What bytes are.

mod content;
mod content_laws;
mod coordinate_system;
mod intervals;
