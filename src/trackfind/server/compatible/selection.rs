//! The categories of a search on TrackFind: any name that is valid in SQL.

use std::collections::HashSet;

use super::error_answer::AsTrackFind;
use super::java;
use crate::trackfind::server::problem::Problem;
use crate::trackfind::server::store::StoredHub;

/// Reserved words of SQL, which cannot be names of categories.
const RESERVED: &str = " all analyse analyze and any array as asc asymmetric both case cast check collate column \
    constraint create current_catalog current_date current_role current_time current_timestamp current_user default \
    deferrable desc distinct do else end except false fetch for foreign from grant group having in initially \
    intersect into lateral leading limit localtime localtimestamp not null offset on only or order placing primary \
    references returning select session_user some symmetric table then to trailing true union unique user using \
    variadic when where window with ";

/// The named categories, or all of the hub for a plain search, and whether the search is a plain one.
pub(super) fn select<'n>(
    kept: &'n StoredHub,
    mut names: Vec<&'n str>,
    is_plain: bool,
) -> Result<(Vec<&'n str>, bool), Problem> {
    if is_plain {
        names.extend(kept.categories.iter().map(|known| known.name.as_str()));
    } else {
        java::sort_grown(&mut names, |name| name);
        let mut folded = HashSet::new();
        for name in &names {
            identifier(name, &mut folded)?;
        }
    }
    Ok((names, is_plain))
}

/// Rejects invalid SQL names and duplicate ones.
fn identifier(name: &str, taken: &mut HashSet<String>) -> Result<(), Problem> {
    let folded = name.to_ascii_lowercase();
    let is_letter =
        |letter: char| letter.is_ascii_alphabetic() || letter == '_' || !letter.is_ascii();
    let is_name = name.starts_with(is_letter)
        && name
            .chars()
            .all(|letter| is_letter(letter) || letter.is_ascii_digit() || letter == '$')
        && !RESERVED.contains(&format!(" {folded} "));
    let said = if !is_name {
        format!("ERROR: syntax error at or near \"{name}\"")
    } else if !taken.insert(folded) {
        format!("ERROR: table name \"{name}\" specified more than once")
    } else {
        return Ok(());
    };
    Err(Problem::new(400, "category", said.clone(), 400).trackfind(AsTrackFind::Sql(said)))
}
