//! Tables.

mod round_trips;
