//! The rules of the project itself: rooms, names, README, wrappers.

mod layers;
mod not_in_galaxy;
mod readme;
mod voice;
mod wrapper_tests;
mod wrapper_texts;
mod wrappers;
