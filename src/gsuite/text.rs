//! Bytes → lines: the encodings and line ends that editors and spreadsheets write.

use std::borrow::Cow;

use super::error::GsuiteError;

/// The text of a file: UTF-8, or UTF-16 with a byte order mark, without that mark.
///
/// # Errors
/// Where the bytes stop being text.
pub(super) fn of(bytes: &[u8]) -> Result<Cow<'_, str>, GsuiteError> {
    let wide: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => {
            let text = std::str::from_utf8(bytes)
                .map_err(|error| GsuiteError::NotText(error.valid_up_to() + 1))?;
            return Ok(text.strip_prefix('\u{feff}').unwrap_or(text).into());
        }
    };
    let units = bytes[2..]
        .chunks_exact(2)
        .map(|pair| wide([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    for (number, read) in char::decode_utf16(units).enumerate() {
        text.push(read.map_err(|_| GsuiteError::NotText(3 + 2 * number))?);
    }
    if bytes.len() % 2 == 1 {
        return Err(GsuiteError::NotText(bytes.len()));
    }
    Ok(text.into())
}

/// The lines, ended by CR LF, LF or CR, with numbers from 1.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> + Clone {
    let mut rest = text;
    let mut number = 0;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        number += 1;
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line = &rest[..end];
        let is_pair = rest[end..].starts_with("\r\n");
        rest = rest
            .get(end + 1 + usize::from(is_pair)..)
            .unwrap_or_default();
        Some((number, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways() {
        let found: Vec<(usize, &str)> = lines("a\r\nb\rc\n\nd").collect();
        assert_eq!(found, [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
        assert_eq!(lines("a\r").count(), 1);
        assert_eq!(lines("").count(), 0);
    }

    #[test]
    fn text_is_utf_8_or_says_that_it_is_utf_16() {
        assert_eq!(of("\u{feff}é".as_bytes()).unwrap(), "é");
        let wide: Vec<u8> = "\u{feff}é\u{1F9EC}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(of(&wide).unwrap(), "é\u{1F9EC}");
        let wide: Vec<u8> = "\u{feff}é"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(of(&wide).unwrap(), "é");
        for (bytes, place) in [
            (b"ab\xff".as_slice(), 3),
            (b"\xff\xfea\x00\x00\xd8", 5),
            (b"\xff\xfea\x00b", 5),
        ] {
            assert_eq!(of(bytes), Err(GsuiteError::NotText(place)));
        }
    }
}
