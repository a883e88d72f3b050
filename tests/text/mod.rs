//! Text: JSON within limits, and what does not belong in an output.

mod json_limits;
mod outgoing_text;
mod secrets;
