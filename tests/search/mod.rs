//! `fairtracks_search`.

mod faults;
mod forms;
mod ontologies;
mod options;
mod outputs;
mod reports;
mod several;
mod tool;
mod words;
mod words_kept_back;
