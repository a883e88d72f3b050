//! Tab-separated tables: what the tables of all tools share.

use crate::text::controls::{is_hidden, push_visible};
use crate::text::secrets;

/// A text as a cell that is safe in every program; [`unescape`] reverts it.
///
/// Secrets are left out. Backslash, tab and line breaks are written `\\`, `\t`, `\n`, `\r`, other hidden characters
/// `\u{1b}`. A cell that a spreadsheet would run as a formula begins with `'`, and so does one that began with `'`.
pub fn escape(text: &str) -> String {
    escape_clean(&secrets::cleaned(text))
}

/// The same for a text without secrets, or whose secrets must be kept.
pub fn escape_clean(text: &str) -> String {
    let mut cell = String::with_capacity(text.len() + 2);
    push_clean(&mut cell, text);
    cell
}

/// Adds the cell of [`escape`] to a line.
pub fn push_escaped(line: &mut String, text: &str) {
    push_clean(line, &secrets::cleaned(text));
}

fn push_clean(line: &mut String, text: &str) {
    if text.starts_with('\'') || is_formula(text) {
        line.push('\'');
    }
    // Nearly all texts are printable ASCII.
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'\\';
    if text.bytes().all(is_plain) {
        return line.push_str(text);
    }
    for character in text.chars() {
        match character {
            '\\' => line.push_str("\\\\"),
            hidden if is_hidden(hidden) => push_visible(line, hidden),
            plain => line.push(plain),
        }
    }
}

/// The original text of a cell; backslashes that start no known escape stay.
pub fn unescape(cell: &str) -> String {
    let cell = cell.strip_prefix('\'').unwrap_or(cell);
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (character, length) = match after.chars().next() {
            Some('t') => ('\t', 1),
            Some('n') => ('\n', 1),
            Some('r') => ('\r', 1),
            Some('\\') => ('\\', 1),
            Some('u') => hidden_character(after).unwrap_or(('\\', 0)),
            _ => ('\\', 0),
        };
        text.push(character);
        rest = &after[length..];
    }
    text.push_str(rest);
    text
}

/// The character of `u{1b}`, and how long its spelling is.
fn hidden_character(text: &str) -> Option<(char, usize)> {
    let (code, _) = text.strip_prefix("u{")?.split_once('}')?;
    let is_code =
        (1..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    let character = char::from_u32(u32::from_str_radix(code, 16).ok().filter(|_| is_code)?)?;
    Some((character, "u{}".len() + code.len()))
}

/// A display-only cell such as a label: hidden characters are visible, and a spreadsheet does not run it.
pub fn label(text: &str) -> String {
    let text = crate::text::controls::visible(text);
    if is_formula(&text) {
        format!("'{text}")
    } else {
        text.into_owned()
    }
}

/// Whether a spreadsheet would run a cell: it starts with `=`, `+`, `-` or `@` (also full-width), possibly after spaces or a
/// quotation mark, and is neither a single character, such as a strand, nor a number.
fn is_formula(text: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || c == '"' || is_hidden(c);
    let inner = text.trim_start_matches(is_blank);
    let begins = inner.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    begins && inner.trim_end().chars().nth(1).is_some() && !is_number(inner.trim_end())
}

/// Whether a text is a number as tables have them: `-1`, `+.5`, `-1.5e-10`.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    is_digits(whole)
        && is_digits(fraction)
        && whole.len() + fraction.len() > 0
        && is_digits(power)
        && !power.is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_runs_begins_with_an_apostrophe() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+1+1", "'+1+1"),
            ("-1+1", "'-1+1"),
            ("-2-3", "'-2-3"),
            ("@SUM(1)", "'@SUM(1)"),
            (" =1", "' =1"),
            ("\"=1\"", "'\"=1\""),
            ("\t=1", "'\\t=1"),
            ("\r=1", "'\\r=1"),
            ("＝1", "'＝1"),
            ("-chr1", "'-chr1"),
            ("--", "'--"),
            ("-,+", "'-,+"),
            ("'", "''"),
            ("'=1", "''=1"),
            ("\u{200b}=1", "'\\u{200b}=1"),
        ] {
            assert_eq!(escape(text), cell);
            assert_eq!(unescape(cell), text);
        }
        for text in [
            "-", "+", "-1", "+1.5", "-.5", "-1e-10", "+2E+3", ".", "", "a=1", "5'UTR", "3' end",
            "chr1:-", "#x",
        ] {
            assert_eq!(escape(text), text);
            assert_eq!(unescape(text), text);
        }
        assert_eq!(label("=1 (2 tracks)"), "'=1 (2 tracks)");
    }

    #[test]
    fn what_a_terminal_obeys_is_visible() {
        assert_eq!(
            escape("\u{1b}[31mRED\u{1b}]0;x\u{7}"),
            "\\u{1b}[31mRED\\u{1b}]0;x\\u{7}"
        );
        assert_eq!(
            escape("a\tb\nc\rd\\e\u{2028}f\u{202e}g\u{9b}"),
            "a\\tb\\nc\\rd\\\\e\\u{2028}f\\u{202e}g\\u{9b}"
        );
        #[rustfmt::skip]
        let cases = [
            "\\", "\\x", "\\u", "\\u{", "\\u{}", "\\u{d800}", "\\u{1234567}", "\\u{+1}", "a\\",
        ];
        for cell in cases {
            assert_eq!(unescape(cell), cell);
        }
    }

    #[test]
    fn a_cell_is_read_as_it_was_written() {
        for (cell, text) in [
            (r"back\\slash", r"back\slash"),
            (r"a\tb", "a\tb"),
            (r"a\\tb", r"a\tb"),
            (r"a\qb\", r"a\qb\"),
            (r"\u{202e}x", "\u{202e}x"),
            ("'=1", "=1"),
        ] {
            assert_eq!(unescape(cell), text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn laws_a_cell_is_read_as_it_was_written(
            text in prop_oneof!["[-+=@'\"\\\\ \t\r\nut{}1b\u{200b}\u{1b}\u{ff1d}]{0,12}", "\\PC{0,12}", any::<String>()]
        ) {
            let cell = escape_clean(&text);
            prop_assert_eq!(unescape(&cell), text);
            prop_assert!(!cell.contains(is_hidden));
        }
    }
}
