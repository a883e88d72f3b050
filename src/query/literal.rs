//! The four spellings of a string literal (PostgreSQL manual section 4.1.2): `'…''…'`, `E'…'`, `U&'…'`, `$tag$…$tag$`.

use super::cursor::Cursor;
use super::error::{QueryError, QueryFault};

/// The kind of a literal, which is also that of its continuation on another line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LiteralStyle {
    /// `'…'`
    Plain,
    /// `E'…'`
    Escapes,
    /// `U&'…'`
    Unicode,
    /// `$tag$…$tag$`
    Dollars,
}

/// The string literal at the cursor, unescaped; `None` if there is none.
pub(super) fn string(
    cursor: &mut Cursor<'_>,
) -> Result<Option<(String, LiteralStyle)>, QueryError> {
    let start = cursor.at;
    let head: Vec<char> = cursor.rest().chars().take(3).collect();
    let (prefix, spelling) = match head.as_slice() {
        ['\'', ..] => (0, LiteralStyle::Plain),
        ['e' | 'E', '\'', ..] => (1, LiteralStyle::Escapes),
        ['u' | 'U', '&', '\''] => (2, LiteralStyle::Unicode),
        ['b' | 'B' | 'x' | 'X', '\'', ..] => {
            cursor.at += 2;
            let message = "found a bit string, expected a string in single quotes";
            return Err(cursor.error(start, message));
        }
        ['$', second, ..] if *second == '$' || *second == '_' || second.is_alphabetic() => {
            return Ok(dollar(cursor)?.map(|text| (text, LiteralStyle::Dollars)));
        }
        _ => return Ok(None),
    };
    cursor.at += prefix;
    Ok(Some((content(cursor, start, spelling)?, spelling)))
}

/// The continuation of a literal of this kind, if any.
pub(super) fn continuation(
    cursor: &mut Cursor<'_>,
    spelling: LiteralStyle,
) -> Result<Option<String>, QueryError> {
    if spelling == LiteralStyle::Dollars || cursor.peek() != Some('\'') {
        return Ok(None);
    }
    content(cursor, cursor.at, spelling).map(Some)
}

/// The text between the quotes, unescaped; the literal starts at `start`.
fn content(
    cursor: &mut Cursor<'_>,
    start: usize,
    spelling: LiteralStyle,
) -> Result<String, QueryError> {
    match spelling {
        LiteralStyle::Escapes => backslash(cursor, start),
        LiteralStyle::Unicode => {
            let raw = quoted(cursor, start)?;
            unicode(&raw).map_err(|message| cursor.error(start, message))
        }
        LiteralStyle::Plain | LiteralStyle::Dollars => quoted(cursor, start),
    }
}

fn quoted(cursor: &mut Cursor<'_>, start: usize) -> Result<String, QueryError> {
    cursor
        .doubled('\'')
        .ok_or_else(|| unclosed(cursor.text, start))
}

fn unclosed(text: &str, start: usize) -> QueryError {
    QueryError::new(
        text,
        start..start + 1,
        QueryFault::Syntax,
        "found an unclosed quote, expected `'`",
    )
    .hint("write a quote inside a value twice: 'Crohn''s disease'")
}

/// `'…'` after an `E`: a backslash escapes as in C.
fn backslash(cursor: &mut Cursor<'_>, start: usize) -> Result<String, QueryError> {
    cursor.next();
    let mut content = String::new();
    loop {
        let Some(character) = cursor.next() else {
            return Err(unclosed(cursor.text, start));
        };
        match character {
            '\'' if cursor.eat("'") => content.push('\''),
            '\'' => return Ok(content),
            '\\' => content.push(escape(cursor, start)?),
            c => content.push(c),
        }
    }
}

/// The character of the escape after a backslash.
fn escape(cursor: &mut Cursor<'_>, start: usize) -> Result<char, QueryError> {
    let at = cursor.at - 1;
    let Some(letter) = cursor.next() else {
        return Err(unclosed(cursor.text, start));
    };
    let code = match letter {
        'b' => return Ok('\x08'),
        'f' => return Ok('\x0c'),
        'n' => return Ok('\n'),
        'r' => return Ok('\r'),
        't' => return Ok('\t'),
        'x' if cursor.peek().is_some_and(|c| c.is_ascii_hexdigit()) => digits(cursor, 16, 1, 2),
        'u' => digits(cursor, 16, 4, 4),
        'U' => digits(cursor, 16, 8, 8),
        '0'..='7' => {
            cursor.at -= 1;
            digits(cursor, 8, 1, 3)
        }
        other => return Ok(other),
    };
    code.and_then(char::from_u32)
        .filter(|&c| c != '\0')
        .ok_or_else(|| cursor.error(at, "found an escape that is not a Unicode character"))
}

/// Between `least` and `most` digits to `radix`, as a number.
fn digits(cursor: &mut Cursor<'_>, radix: u32, least: usize, most: usize) -> Option<u32> {
    let found: String = cursor
        .rest()
        .chars()
        .take(most)
        .take_while(|c| c.is_digit(radix))
        .collect();
    cursor.at += found.len();
    if found.len() < least {
        return None;
    }
    u32::from_str_radix(&found, radix).ok()
}

/// Unescapes `\XXXX` and `\+XXXXXX`; a doubled backslash is a literal one.
fn unicode(raw: &str) -> Result<String, &'static str> {
    const BAD: &str = "found an escape in a `U&'…'` literal that is not a Unicode character";
    let mut units = Vec::new();
    let mut rest = raw;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        if character != '\\' {
            let mut buffer = [0; 2];
            units.extend_from_slice(character.encode_utf16(&mut buffer));
            continue;
        }
        if let Some(after) = rest.strip_prefix('\\') {
            units.push(u16::from(b'\\'));
            rest = after;
            continue;
        }
        let (digits, length) = match rest.strip_prefix('+') {
            Some(after) => (after, 6),
            None => (rest, 4),
        };
        let code = digits
            .get(..length)
            .filter(|d| d.chars().all(|c| c.is_ascii_hexdigit()))
            .ok_or(BAD)?;
        let code = u32::from_str_radix(code, 16).map_err(|_| BAD)?;
        rest = &digits[length..];
        match u16::try_from(code) {
            Ok(0) => return Err(BAD),
            // A surrogate pair may be written as two escapes; the halves are combined at the end.
            Ok(unit) => units.push(unit),
            Err(_) => {
                let mut buffer = [0; 2];
                units.extend_from_slice(char::from_u32(code).ok_or(BAD)?.encode_utf16(&mut buffer));
            }
        }
    }
    String::from_utf16(&units).map_err(|_| BAD)
}

/// `$tag$…$tag$`, or `None` if the `$` starts no such literal.
fn dollar(cursor: &mut Cursor<'_>) -> Result<Option<String>, QueryError> {
    let start = cursor.at;
    let Some(tag_end) = cursor.rest()[1..].find('$') else {
        return Ok(None);
    };
    let tag = cursor.rest()[..tag_end + 2].to_owned();
    if !tag[1..=tag_end]
        .chars()
        .all(|c| c == '_' || c.is_alphanumeric())
    {
        return Ok(None);
    }
    cursor.at += tag.len();
    let Some(length) = cursor.rest().find(&tag) else {
        return Err(QueryError::new(
            cursor.text,
            start..start + tag.len(),
            QueryFault::Syntax,
            format!("found an unclosed literal, expected `{tag}`"),
        ));
    };
    let content = cursor.rest()[..length].to_owned();
    cursor.at += length + tag.len();
    Ok(Some(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(query: &str) -> Result<Option<String>, QueryError> {
        let mut cursor = Cursor { text: query, at: 0 };
        Ok(string(&mut cursor)?.map(|(text, _)| text))
    }

    #[test]
    fn undoes_every_spelling() {
        for (query, expected) in [
            ("'Crohn''s'", "Crohn's"),
            (r"'a\nb'", r"a\nb"),
            (r"E'a\nb\x41\101\u00e9\U0001F600\'\q'''", "a\nbAAé😀'q'"),
            (r"U&'b\003F\\\+01F600'", "b?\\😀"),
            (r"u&'\D83D\DE00'", "😀"),
            ("$$it's$$", "it's"),
            ("$q$a$$b$q$", "a$$b"),
        ] {
            assert_eq!(text(query).unwrap().as_deref(), Some(expected), "{query}");
        }
    }

    #[test]
    fn refuses_what_stands_for_no_character() {
        #[rustfmt::skip]
        let cases = [
            r"U&'\DE00'", r"U&'\00'", r"U&'\0000'", r"E'\u12'", r"E'\U00110000'", r"E'\x00'", "B'01'", "$a$b",
        ];
        for query in cases {
            assert!(text(query).is_err(), "{query}");
        }
    }
}
