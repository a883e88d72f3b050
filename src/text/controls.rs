//! Characters that are obeyed instead of shown, made visible.

use std::borrow::Cow;

/// Code points that have no shape of their own: `Default_Ignorable_Code_Point` of Unicode 16 (zero-width and bidirectional
/// controls, tags, variation selectors, fillers), line and paragraph separators, interlinear annotations. Sorted.
const INVISIBLE: [(u32, u32); 20] = [
    (0x00ad, 0x00ad),
    (0x034f, 0x034f),
    (0x061c, 0x061c),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x3164, 0x3164),
    (0xfdd0, 0xfdef),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0xfffe, 0xffff),
    (0x1_bca0, 0x1_bca3),
    (0x1_d173, 0x1_d17a),
    (0xe_0000, 0xe_0fff),
    (0x10_fffe, 0x10_ffff),
];

/// Whether a character is a control (C0, DEL, C1) or has no shape of its own.
pub fn is_hidden(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    let code = u32::from(character);
    character.is_control()
        || INVISIBLE
            .binary_search_by(|(first, last)| {
                if *last < code {
                    std::cmp::Ordering::Less
                } else if *first > code {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .is_ok()
}

/// Adds a hidden character in its visible spelling: `\t`, `\n`, `\r`, else `\u{1b}`.
pub fn push_visible(text: &mut String, character: char) {
    match character {
        '\t' => text.push_str("\\t"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        other => text.push_str(&format!("\\u{{{:x}}}", u32::from(other))),
    }
}

/// A text on one line in which every hidden character is visible.
///
/// ```
/// use fairtracks::text::controls::visible;
/// assert_eq!(visible("a\nb\u{202e}c\u{1b}[31m"), "a\\nb\\u{202e}c\\u{1b}[31m");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, |_| false)
}

/// The same, but lines stay lines and tabs stay tabs.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    shown(text, |character| matches!(character, '\n' | '\t'))
}

fn shown(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_plain = |character: char| !is_hidden(character) || stays(character);
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_plain(character) {
            shown.push(character);
        } else {
            push_visible(&mut shown, character);
        }
    }
    Cow::Owned(shown)
}

/// JSON text with every hidden character in the `\u` spelling that a JSON text may have; the value stays the same.
pub fn escaped_json(text: &str) -> Cow<'_, str> {
    // Outside of texts JSON has no other hidden characters than line breaks and tabs, and those are not in texts.
    let is_plain =
        |character: char| !is_hidden(character) || matches!(character, '\n' | '\t' | '\r');
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_plain(character) {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_obeyed_is_hidden_and_what_is_shown_is_not() {
        let obeyed = "\
            \0\u{7}\u{8}\t\n\r\u{1b}\u{7f}\u{85}\u{9b}\u{9d}\u{ad}\u{61c}\u{180e}\u{200b}\u{200d}\
            \u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{206f}\
            \u{3164}\u{fe0f}\u{feff}\u{fff9}\u{ffff}\u{e0001}\u{e007f}\u{e0100}";
        for hidden in obeyed.chars() {
            assert!(is_hidden(hidden), "{:x}", u32::from(hidden));
            assert!(!visible(&hidden.to_string()).contains(hidden));
        }
        for shown in [
            ' ', 'a', '~', '\u{a0}', 'é', '±', 'μ', '\u{2011}', '…', '\u{202f}', '日', 'ش', '🧬',
            '\u{fffd}',
        ] {
            assert!(!is_hidden(shown), "{:x}", u32::from(shown));
        }
        let mut sorted = INVISIBLE;
        sorted.sort_unstable();
        assert_eq!(sorted, INVISIBLE);
    }

    #[test]
    fn lines_stay_where_they_are_ours() {
        assert_eq!(visible_lines("a\tb\nc\r\u{7}"), "a\tb\nc\\r\\u{7}");
        assert_eq!(visible("a\tb\nc\r"), "a\\tb\\nc\\r");
        assert!(matches!(visible("K562 – β-globin"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_stays_the_same_value() {
        let value = serde_json::json!({"a\u{202e}": ["\u{1b}", "\u{e0001}é\n", "\\u0041"]});
        let text = serde_json::to_string_pretty(&value).unwrap();
        let escaped = escaped_json(&text);
        assert!(!escaped.contains(['\u{202e}', '\u{e0001}']));
        let read: serde_json::Value = serde_json::from_str(&escaped).unwrap();
        assert_eq!(read, value);
    }
}
