//! The step from documents to what one can ask of them: which attributes have which values, and how many tracks have each.
