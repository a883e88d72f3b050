//! `fairtracks_search`.

mod faults;
mod forms;
mod options;
mod outputs;
mod reports;
mod several;
mod tool;
mod words;
