//! The text of a hub: stanzas with blank lines between them, each a setting a line.

/// A setting: a name, blanks or tabs, and a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    pub name: String,
    pub value: String,
    /// The line, from 1.
    pub line: usize,
    /// Whether the line is UTF-8.
    pub is_text: bool,
}

/// Settings without a blank line between them; indentation and comments have no meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stanza {
    pub settings: Vec<Setting>,
}

impl Stanza {
    /// The first setting of a name.
    pub fn setting(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.name == name)
    }

    /// The value of a setting that has one.
    pub fn value(&self, name: &str) -> Option<&str> {
        let value = self.setting(name)?.value.as_str();
        (!value.is_empty()).then_some(value)
    }

    /// The line of the first setting.
    pub fn line(&self) -> usize {
        self.settings.first().map_or(0, |setting| setting.line)
    }
}

/// The stanzas of a file.
pub(super) fn parse(bytes: &[u8]) -> Vec<Stanza> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut stanzas = Vec::new();
    let mut stanza = Stanza::default();
    let mut lines = (1..).zip(bytes.split(|byte| *byte == b'\n'));
    while let Some((number, line)) = lines.next() {
        let (mut text, mut is_text) = decoded(line);
        // A backslash at the end continues the line.
        while text.ends_with('\\') {
            text.pop();
            let Some((_, next)) = lines.next() else {
                break;
            };
            let (next, next_is_text) = decoded(next);
            text.push_str(next.trim_start());
            is_text &= next_is_text;
        }
        let text = text.trim();
        if text.is_empty() {
            if !stanza.settings.is_empty() {
                stanzas.push(std::mem::take(&mut stanza));
            }
            continue;
        }
        if text.starts_with('#') {
            continue;
        }
        let (name, value) = text
            .split_once(|c: char| c.is_whitespace())
            .unwrap_or((text, ""));
        stanza.settings.push(Setting {
            name: name.to_owned(),
            value: value.trim_start().to_owned(),
            line: number,
            is_text,
        });
    }
    if !stanza.settings.is_empty() {
        stanzas.push(stanza);
    }
    stanzas
}

fn decoded(line: &[u8]) -> (String, bool) {
    match std::str::from_utf8(line) {
        Ok(text) => (text.trim_end().to_owned(), true),
        Err(_) => (String::from_utf8_lossy(line).trim_end().to_owned(), false),
    }
}

/// A word of a value: `key=value`, `key="a value"`, or a text without `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SettingWord {
    /// What is before `=`, or the whole word.
    pub key: String,
    /// What is after it.
    pub value: Option<String>,
    /// Whether each quotation mark has its end.
    pub is_closed: bool,
}

/// The words of a value, with blanks between them.
pub(super) fn words(text: &str) -> Vec<SettingWord> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace());
        let end = end.unwrap_or(rest.len());
        let mut word = SettingWord {
            key: rest[..end].to_owned(),
            value: None,
            is_closed: true,
        };
        rest = &rest[end..];
        if let Some(value) = rest.strip_prefix('=') {
            let quote = value.chars().next().filter(|c| ['"', '\''].contains(c));
            let (value, after) = match quote {
                Some(quote) => match value[1..].split_once(quote) {
                    Some(parts) => parts,
                    None => {
                        word.is_closed = false;
                        (&value[1..], "")
                    }
                },
                None => {
                    let end = value.find(char::is_whitespace).unwrap_or(value.len());
                    value.split_at(end)
                }
            };
            word.value = Some(value.to_owned());
            rest = after;
        }
        words.push(word);
        rest = rest.trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stanzas_are_read_in_all_their_spellings() {
        let text = "\u{feff}# a hub\r\ntrack  a\r\n  type\tbigBed 6 +\r\n\tlongLabel one \\\r\n    two\r\n \t\r\n\n    track b\nshortLabel";
        let stanzas = parse(text.as_bytes());
        let shown: Vec<Vec<(&str, &str, usize)>> = stanzas
            .iter()
            .map(|stanza| {
                let settings = stanza.settings.iter();
                settings
                    .map(|setting| (setting.name.as_str(), setting.value.as_str(), setting.line))
                    .collect()
            })
            .collect();
        assert_eq!(
            shown,
            [
                vec![
                    ("track", "a", 2),
                    ("type", "bigBed 6 +", 3),
                    ("longLabel", "one two", 4)
                ],
                vec![("track", "b", 8), ("shortLabel", "", 9)],
            ]
        );
        assert_eq!(stanzas[1].value("shortLabel"), None);
        let broken = parse(b"track a\nshortLabel caf\xe9\n");
        assert!(!broken[0].setting("shortLabel").unwrap().is_text);
    }

    #[test]
    fn words_may_be_quoted() {
        let word = |key: &str, value: Option<&str>, is_closed| SettingWord {
            key: key.to_owned(),
            value: value.map(str::to_owned),
            is_closed,
        };
        assert_eq!(
            words("cell Cell_type  a=b c=\"d e\"f='g' h= i=\"j k"),
            [
                word("cell", None, true),
                word("Cell_type", None, true),
                word("a", Some("b"), true),
                word("c", Some("d e"), true),
                word("f", Some("g"), true),
                word("h", Some(""), true),
                word("i", Some("j k"), false),
            ]
        );
    }
}
