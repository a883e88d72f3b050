//! The step from the story of results to what is published: the picture of the lineage, the paragraph for the methods section,
//! how to cite, and the page.

pub mod citation;
pub mod findings;
pub mod full_crate;
pub mod matching;
pub mod methods;
pub mod page;
pub mod paths;
pub mod picture;
