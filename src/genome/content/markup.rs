//! Web pages and XML, in all their beginnings.

use super::words::first_words;

/// Elements of web pages that a page may begin with when it leaves out all before them.
#[rustfmt::skip]
const HTML: [&str; 46] = [
    "html", "head", "body", "title", "script", "meta", "link", "style", "base", "div", "p", "h1", "h2", "h3",
    "h4", "span", "table", "br", "hr", "center", "font", "b", "i", "a", "pre", "form", "iframe", "noscript",
    "section", "main", "header", "footer", "nav", "img", "ul", "ol", "strong", "em", "article", "address",
    "blockquote", "frameset", "template", "tt", "input", "button",
];
/// Root elements of error responses of stores and services, in lower case.
const ERRORS: [&str; 8] = [
    "error",
    "errors",
    "errorresponse",
    "fault",
    "exception",
    "serviceexceptionreport",
    "exceptionreport",
    "problem",
];

/// The number of bytes of markup examined.
const LOOKED_AT: usize = 16 << 10;

/// Text that begins with markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Markup {
    /// A web page, with its first words.
    Page(String),
    /// An error in XML, with its first words.
    Error(String),
    /// XML of another kind, with its root element.
    Xml(String),
}

/// The markup that a text is, if it is any.
pub(super) fn markup(text: &str) -> Option<Markup> {
    let text = text
        .trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    let end = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| *at >= LOOKED_AT);
    let text = &text[..end.unwrap_or(text.len())];
    let is_tag = |next: char| next.is_ascii_alphabetic() || matches!(next, '!' | '?' | '/' | '%');
    if !text.starts_with('<') || !text.chars().nth(1).is_some_and(is_tag) {
        return None;
    }
    let mut rest = text;
    let mut is_declared = false;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("<!--") {
            // The rest of a page may be one long comment.
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            is_declared = true;
        } else if starts_with(rest, "<!doctype") {
            let kind = rest.get(9..).unwrap_or_default().trim_start();
            if starts_with(kind, "html") {
                return Some(Markup::Page(page_words(text)));
            }
            rest = after_doctype(rest);
            is_declared = true;
        } else if rest.starts_with("<?") || rest.starts_with("<%") || rest.starts_with("<!") {
            rest = rest.split_once('>').map_or("", |(_, rest)| rest);
            is_declared = true;
        } else {
            break;
        }
    }
    let name: String = rest
        .strip_prefix('<')
        .unwrap_or_default()
        .trim_start_matches('/')
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'))
        .take(60)
        .collect();
    let lower = name.to_ascii_lowercase();
    let local = lower.rsplit(':').next().unwrap_or_default();
    if HTML.contains(&lower.as_str())
        || is_declared && name.is_empty() && !text.starts_with("<?xml")
    {
        return Some(Markup::Page(page_words(text)));
    }
    if ERRORS.contains(&local)
        || local == "envelope" && rest.to_ascii_lowercase().contains("fault>")
    {
        return Some(Markup::Error(error_words(rest)));
    }
    // A cell of a table may be in angle brackets; an element must end.
    let is_element =
        !name.is_empty() && (rest.contains("/>") || rest.contains(&format!("</{name}")));
    (is_declared || is_element).then_some(Markup::Xml(name))
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

/// The rest after a document type, which may contain declarations in brackets.
fn after_doctype(text: &str) -> &str {
    let end = text.find('>');
    match (text.find('['), end) {
        (Some(open), Some(end)) if open < end => text
            .split_once("]>")
            .or_else(|| text.split_once("] >"))
            .map_or("", |(_, rest)| rest),
        (_, Some(end)) => &text[end + 1..],
        _ => "",
    }
}

/// The title of a page, else its first words.
fn page_words(text: &str) -> String {
    match element(text, "title").map(|title| first_words(&title)) {
        Some(title) if !title.is_empty() => title,
        _ => first_words(&without_tags(text)),
    }
}

/// The code and the message of an error, else its first words.
fn error_words(text: &str) -> String {
    let parts: Vec<String> = ["code", "message"]
        .iter()
        .filter_map(|name| element(text, name))
        .collect();
    if parts.is_empty() {
        first_words(&without_tags(text))
    } else {
        first_words(&parts.join(": "))
    }
}

/// The text in the first element of a name.
fn element(text: &str, name: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let start = lower.find(&format!("<{name}"))?;
    let open = start + lower.get(start..)?.find('>')? + 1;
    let close = open + lower.get(open..)?.find(&format!("</{name}"))?;
    Some(without_tags(text.get(open..close)?))
}

/// Text without its tags, comments, scripts and styles.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        plain.push_str(&rest[..open]);
        plain.push(' ');
        rest = &rest[open..];
        let end = ["<!--", "<script", "<style"]
            .iter()
            .zip(["-->", "</script", "</style"])
            .find(|(start, _)| starts_with(rest, start))
            .map(|(_, end)| end);
        if let Some(end) = end {
            let lower = rest.to_ascii_lowercase();
            rest = lower.find(end).map_or("", |at| &rest[at..]);
            if let Some(after) = rest.strip_prefix("-->") {
                rest = after;
                continue;
            }
        }
        rest = rest.split_once('>').map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    plain
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
