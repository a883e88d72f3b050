//! The voice of messages, help and comments: words that the documentation of Rust, Galaxy and RO-Crate does not use.

use std::fs;
use std::path::{Path, PathBuf};

/// Words and phrases that belong neither in a message nor in a comment, in lower case.
const FORBIDDEN: [&str; 29] = [
    "told",
    "tell of",
    "tells of",
    "tells it",
    "telling of",
    "for want of",
    "as it should be",
    "nobody",
    "whoever",
    "in here",
    "that which",
    "that and that of it",
    "its story",
    "the story of",
    "whole story",
    "tells the story",
    "folded graph",
    "is another one",
    "what came",
    "by which",
    "small letters",
    "broke off",
    "sends on",
    "its kin",
    "their kin",
    "was heard",
    "be it by",
    "goes on in",
    "speaks of",
];

/// A text with the line that it starts at, from 1.
type Passage = (usize, String);

fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if extension.is_some_and(|extension| extensions.contains(&extension)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The string literals and the comments of Rust source, without those of its tests.
fn passages(source: &str) -> (Vec<Passage>, Vec<Passage>) {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let (mut literals, mut comments) = (Vec::new(), Vec::new());
    let (mut rest, mut line) = (source, 1);
    while let Some(character) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            comments.push((line, rest[..end].to_owned()));
            end
        } else if character == '\'' {
            char_literal(rest)
        } else if let Some(hashes) = raw_string(rest) {
            let close = format!("\"{}", "#".repeat(hashes));
            let text = &rest[hashes + 2..];
            let end = text.find(&close).unwrap();
            literals.push((line, text[..end].to_owned()));
            hashes + 2 + end + close.len()
        } else if character == '"' {
            let end = string_end(&rest[1..]) + 1;
            literals.push((line, rest[1..end].replace("\\n", " ").replace('\\', " ")));
            end + 1
        } else {
            character.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    (literals, comments)
}

/// The length of a character literal, or 1 for a lifetime.
fn char_literal(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(1, |end| end + 4),
        Some(_) => match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

/// The number of hashes of a raw string that starts here.
fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?;
    let open = hashes.trim_start_matches('#');
    open.starts_with('"').then(|| hashes.len() - open.len())
}

/// The position of the closing quote.
fn string_end(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '"' if !is_escaped => return at,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

/// The forbidden words in a text.
fn forbidden(text: &str) -> Vec<&'static str> {
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let words = format!(" {} ", words.join(" "));
    let is_in = |phrase: &&&str| words.contains(&format!(" {phrase} "));
    FORBIDDEN.iter().filter(is_in).copied().collect()
}

fn report(path: &Path, passages: &[Passage]) -> Vec<String> {
    let found = passages.iter().flat_map(|(line, text)| {
        forbidden(text)
            .into_iter()
            .map(move |word| format!("{}:{line}: “{word}” in {text}", path.display()))
    });
    found.collect()
}

fn lines(text: &str) -> Vec<Passage> {
    let numbered = text.lines().enumerate();
    numbered
        .map(|(line, text)| (line + 1, text.to_owned()))
        .collect()
}

/// A guide without the lines of its section on style, which quotes the words.
fn without_style(guide: &str) -> String {
    let mut is_style = false;
    let kept = guide.lines().map(|line| {
        if line.starts_with("## ") {
            is_style = line == "## STYLE";
        }
        if is_style { "" } else { line }
    });
    kept.collect::<Vec<_>>().join("\n")
}

#[test]
fn messages_and_comments_are_plain_technical_english() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for file in files(&root.join("src"), &["rs", "html"]) {
        let path = file.strip_prefix(root).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            found.extend(report(path, &lines(&text)));
            continue;
        }
        if path.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        let (literals, comments) = passages(&text);
        let sentences = literals.iter().filter(|(_, text)| text.contains(' '));
        let sentences: Vec<Passage> = sentences.cloned().collect();
        found.extend(report(path, &sentences));
        found.extend(report(path, &comments));
    }
    let mut pages = files(&root.join("galaxy-tools"), &["xml"]);
    let guides = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
    pages.extend(guides.map(|guide| root.join(guide)));
    for file in pages {
        let path = file.strip_prefix(root).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        found.extend(report(path, &lines(&without_style(&text))));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn literals_and_comments_are_found() {
    let source = "// a comment\nlet x = ('\"', \"a \\\"text\\\"\", r#\"raw \"text\"#); // \"no literal\"\nfn f<'a>(x: &'a str) {}\nlet y = \"last\";\n";
    let (literals, comments) = passages(source);
    let texts: Vec<&str> = literals.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["a  \"text \"", "raw \"text", "last"]);
    assert_eq!(comments.len(), 2);
    assert_eq!(literals[2].0, 4);
    assert_eq!(
        forbidden("It is TOLD,\nas it should be."),
        ["told", "as it should be"]
    );
    assert!(forbidden("a retold tale").is_empty());
}
