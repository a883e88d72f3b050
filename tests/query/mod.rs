//! The query language.

mod corpus;
mod fuzz;
mod letters;
mod postgresql_oracle;
