//! Markdown, and Galaxy's: texts of others in which nothing is markup, and blocks that Galaxy fills in.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::text::controls::{is_hidden, visible_lines};
use crate::text::secrets;

/// A text as Markdown's code: nothing in it is markup, and nothing in it asks Galaxy to show something.
pub fn code(text: &str) -> String {
    let one_line = one_line(text).replace('`', "'").replace("${", "$ {");
    format!("`{one_line}`")
}

/// A text as a block of code that keeps its lines, without secrets: nothing in it is markup, and nothing in it asks Galaxy to
/// show something.
pub fn code_block(text: &str) -> String {
    let clean = visible_lines(&secrets::without(text))
        .replace("```", "'''")
        .replace("${", "$ {");
    // Indented lines are code whatever they hold; a fence would end where the text has one.
    clean.lines().map(|line| format!("    {line}\n")).collect()
}

/// A text in which nothing is markup, and nothing in it asks Galaxy to show something.
pub fn plain(text: &str) -> String {
    escaped(text, |_, _| false)
}

/// The same for text that people also read and copy as it is written: `_` between letters, which is no markup in CommonMark,
/// stays as it is.
pub fn paragraph(text: &str) -> String {
    escaped(text, |before, after| {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        is_letter(before.chars().next_back()) && is_letter(after.chars().next())
    })
}

fn escaped(text: &str, is_in_word: impl Fn(&str, &str) -> bool) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        if character == '_' && is_in_word(&text[..at], &text[at + 1..]) {
            escaped.push('_');
            continue;
        }
        if "\\`*_[]<>|#&~${}".contains(character) || starts_block(&text, at, character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Whether a character makes a list, a heading or a rule of the line that the text may be at the beginning of.
fn starts_block(text: &str, at: usize, character: char) -> bool {
    let before = &text[..at];
    match character {
        '-' | '+' | '=' | ':' => before.is_empty(),
        '.' | ')' => {
            !before.is_empty()
                && before.bytes().all(|byte| byte.is_ascii_digit())
                && text[at + 1..].starts_with(' ')
        }
        _ => false,
    }
}

/// A text on one line, without secrets, with hidden characters visible.
fn one_line(text: &str) -> String {
    let clean = secrets::without(text);
    let is_break = |c: char| matches!(c, '\t' | '\n' | '\r');
    let spaced: Cow<'_, str> = if clean.contains(is_break) {
        clean.replace(is_break, " ").into()
    } else {
        clean.as_str().into()
    };
    let mut line = String::with_capacity(spaced.len());
    for character in spaced.trim_start().chars() {
        if is_hidden(character) {
            crate::text::controls::push_visible(&mut line, character);
        } else {
            line.push(character);
        }
    }
    line
}

/// A text that leads to a URL, without credentials; the text alone where the URL is none of http, https or ftp.
pub fn link(text: &str, address: &str) -> String {
    let address = secrets::redacted(address);
    let may = ["https://", "http://", "ftp://"];
    if !may.iter().any(|start| address.starts_with(start)) {
        return plain(text);
    }
    let mut target = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            '&' => target.push_str("&amp;"),
            c if c.is_ascii_alphanumeric() || "-._~:/?#@!*+,;=%".contains(c) => target.push(c),
            c => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    // Writing to a String cannot fail.
                    let _ = write!(target, "%{byte:02X}");
                }
            }
        }
    }
    format!("[{}]({target})", plain(text))
}

/// A block that Galaxy replaces by the table that the output of this name holds.
pub fn table(output: &str, title: &str) -> String {
    format!(
        "```galaxy\nhistory_dataset_as_table(output=\"{output}\", show_column_headers=\"true\", title=\"{title}\")\n```\n"
    )
}

/// A block that Galaxy replaces by the picture that the output of this name holds, which must be PNG.
pub fn image(output: &str) -> String {
    format!("```galaxy\nhistory_dataset_as_image(output=\"{output}\")\n```\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_and_nothing_asks_galaxy() {
        for (text, shown) in [
            (
                "${galaxy history_link()}",
                "\\$\\{galaxy history\\_link()\\}",
            ),
            (
                "```galaxy\njob_parameters()\n```",
                "\\`\\`\\`galaxy job\\_parameters() \\`\\`\\`",
            ),
            ("![x](http://y)", "!\\[x\\](http://y)"),
            ("<b>&amp;", "\\<b\\>\\&amp;"),
            ("- a", "\\- a"),
            ("+ a", "\\+ a"),
            ("1. a", "1\\. a"),
            ("12) a", "12\\) a"),
            ("===", "\\==="),
            ("# a", "\\# a"),
            ("    a", "a"),
            ("1.5 and K562 - H1", "1.5 and K562 - H1"),
            ("a\u{1b}[31m\u{202e}", "a\\\\u\\{1b\\}\\[31m\\\\u\\{202e\\}"),
            ("https://ann:pw@h.example/x", "https://h.example/x"),
        ] {
            assert_eq!(plain(text), shown);
        }
        assert_eq!(paragraph("sort_bed of _a_"), "sort_bed of \\_a\\_");
        let block = code_block("a ? 'b'\nAND ${galaxy x}\n```galaxy\njob()\n```\u{7}");
        let expected =
            "    a ? 'b'\n    AND $ {galaxy x}\n    '''galaxy\n    job()\n    '''\\u{7}\n";
        assert_eq!(block, expected);
        assert_eq!(code("a`b ${galaxy x} \u{7}"), "`a'b $ {galaxy x} \\u{7}`");
    }

    #[test]
    fn links_lead_to_the_web_and_hold_no_markup() {
        for (address, shown) in [
            (
                "https://h.example/a.bed",
                "[a \\| b](https://h.example/a.bed)",
            ),
            (
                "https://h.example/a(1)|<x>?f=1&copy;=${y}",
                "[a \\| b](https://h.example/a%281%29%7C%3Cx%3E?f=1&amp;copy;=%24%7By%7D)",
            ),
            (
                "https://ann:pw@h.example/x?token=1",
                "[a \\| b](https://h.example/x)",
            ),
            ("javascript:alert(1)", "a \\| b"),
            ("", "a \\| b"),
        ] {
            assert_eq!(link("a | b", address), shown);
        }
    }
}
