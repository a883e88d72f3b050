//! Normal forms of tables.
//!
//! First normal form ([`nested`]): records with nested values become tables of scalars that refer to each other, as Omnipy's
//! `flatten_nested_json` writes them, and back. Second and third normal form ([`dependencies`]): columns whose values follow from
//! other columns become tables of their own.

pub mod dependencies;
pub mod nested;
