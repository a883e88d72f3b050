//! The modules that a source file names, found in its text.

use std::path::Path;

/// The module of a file below `src`: `ro_crate/merge/mod.rs` and `ro_crate/merge.rs` are `["ro_crate", "merge"]`.
pub fn module_of(path: &Path) -> Vec<String> {
    let path = path.with_extension("");
    let mut parts: Vec<String> = path
        .iter()
        .map(|part| part.to_string_lossy().into())
        .collect();
    if parts
        .last()
        .is_some_and(|last| ["mod", "lib"].contains(&last.as_str()))
    {
        parts.pop();
    }
    parts
}

/// The absolute paths of our own that the text of a module names: in imports, braces resolved, and in between.
pub fn used_modules(module: &[String], text: &str) -> Vec<Vec<String>> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let starts = ["crate", "super", "self", "fairtracks"].contains(&tokens[at])
            && tokens.get(at + 1) == Some(&"::")
            && (at == 0 || tokens[at - 1] != "::");
        if starts || tokens[at] == "use" {
            at += usize::from(!starts);
            let mut paths = Vec::new();
            at = tree(&tokens, at, &[], &mut paths);
            found.extend(paths.iter().filter_map(|path| absolute(module, path)));
        } else {
            at += 1;
        }
    }
    found
}

/// Words, `::`, braces and commas outside of comments and literals.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for line in text.lines() {
        let mut rest = line.split("//").next().unwrap();
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let length = if is_word(first) {
                rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (token, after) = rest.split_at(length);
            if !token.trim().is_empty() {
                tokens.push(token);
            }
            rest = after;
        }
    }
    tokens
}

/// Reads the path at a place, with all that braces hold; answers with the place behind it.
fn tree<'t>(
    tokens: &[&'t str],
    mut at: usize,
    before: &[&'t str],
    paths: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = before.to_vec();
    loop {
        match tokens.get(at) {
            Some(&"{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| *token != "}") {
                    let next = tree(tokens, at, &path, paths);
                    at = next + usize::from(tokens.get(next) == Some(&","));
                    if next == at && tokens.get(at) != Some(&"}") {
                        at += 1;
                    }
                }
                return at + 1;
            }
            Some(token) => {
                path.push(token);
                at += 1;
            }
            None => return at,
        }
        if tokens.get(at) == Some(&"::") {
            at += 1;
            continue;
        }
        paths.push(path.iter().map(|&part| part.to_owned()).collect());
        return at;
    }
}

fn absolute(module: &[String], path: &[String]) -> Option<Vec<String>> {
    let mut rest = path;
    let mut whole = match path.first()?.as_str() {
        "crate" | "fairtracks" => {
            rest = &rest[1..];
            Vec::new()
        }
        "self" | "super" => module.to_vec(),
        // A module inside this one.
        _ => module.to_vec(),
    };
    while let Some(first) = rest
        .first()
        .filter(|first| ["self", "super"].contains(&first.as_str()))
    {
        if first == "super" {
            whole.pop()?;
        }
        rest = &rest[1..];
    }
    whole.extend(rest.iter().filter(|part| *part != "self").cloned());
    Some(whole)
}
