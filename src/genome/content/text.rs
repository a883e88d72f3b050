//! Text: how it is encoded, how its lines end, and its first lines.

/// The number of last bytes examined.
pub(super) const TAIL: usize = 4 << 10;

/// The allowed share of control characters in a text: one in this many bytes.
const FEW_CONTROLS: usize = 50;
const FEW_CONTROLS_OF_UTF_8: usize = 10;

/// The beginning of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextStart {
    /// Its first characters, decoded, without a byte order mark.
    pub(super) characters: String,
    /// Whether these are all of it.
    pub(super) is_whole: bool,
    encoding: Encoding,
    has_mark: bool,
    line_ends: LineEnds,
    /// The last line, where no line end follows it.
    pub(super) open_line: Option<String>,
    /// Whether it ends with NUL bytes or with the end of a web page.
    pub(super) end: TextEnd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// UTF-8, or another encoding with ASCII in it.
    Ascii,
    Utf16,
    Utf32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineEnds {
    Lf,
    CrLf,
    Cr,
}

/// The end of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextEnd {
    /// A normal end.
    Plain,
    /// NUL bytes: room that was reserved and not filled.
    Nul,
    /// The end of a web page.
    Page,
}

impl TextStart {
    /// The text with these first bytes; `None` if they are not text.
    pub(super) fn decode(head: &[u8], is_whole: bool) -> Option<Self> {
        let (encoding, has_mark, characters) = decoded(head, is_whole)?;
        let line_ends = if characters.contains("\r\n") {
            LineEnds::CrLf
        } else if characters.contains('\r') && !characters.contains('\n') {
            LineEnds::Cr
        } else {
            LineEnds::Lf
        };
        Some(TextStart {
            characters,
            is_whole,
            encoding,
            has_mark,
            line_ends,
            open_line: None,
            end: TextEnd::Plain,
        })
    }

    /// Examines the last bytes of the file.
    pub(super) fn look_at_end(&mut self, tail: &[u8]) {
        if self.encoding != Encoding::Ascii {
            return;
        }
        if tail.last() == Some(&0) {
            self.end = TextEnd::Nul;
            return;
        }
        let text = String::from_utf8_lossy(tail);
        let lower = text.trim_end().to_ascii_lowercase();
        if lower.ends_with("</html>") || lower.ends_with("</body>") {
            self.end = TextEnd::Page;
        }
        if !text.ends_with(['\n', '\r']) {
            let line = text.rsplit(['\n', '\r']).next().unwrap_or_default();
            // A line longer than the last bytes is not known as a whole.
            self.open_line = (line.len() < text.len() || self.is_whole).then(|| line.to_owned());
        }
    }

    /// Whether it is only whitespace.
    pub(super) fn is_blank(&self) -> bool {
        self.is_whole && self.characters.trim().is_empty()
    }

    /// Whether these rows are all of it: no more are examined than [`super::rows::MOST_ROWS`].
    pub(super) fn is_all_rows(&self, count: usize) -> bool {
        self.is_whole && count < super::rows::MOST_ROWS
    }

    /// Its lines with their numbers, from 1; the last one only where it is known as a whole.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = self.characters.as_str();
        let cut = match text.rfind(['\n', '\r']) {
            Some(end) if !self.is_whole => &text[..end],
            _ => text,
        };
        let separator = match self.line_ends {
            LineEnds::Cr => '\r',
            LineEnds::Lf | LineEnds::CrLf => '\n',
        };
        cut.split(separator)
            .map(|line| line.trim_end_matches('\r'))
            .enumerate()
            .map(|(number, line)| (number + 1, line))
    }

    /// Problems for other tools, in clauses.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        match self.encoding {
            Encoding::Utf16 => remarks.push("found UTF-16 text, which most tools cannot read: convert it to UTF-8"),
            Encoding::Utf32 => remarks.push("found UTF-32 text, which most tools cannot read: convert it to UTF-8"),
            Encoding::Ascii if self.has_mark => remarks.push("the file starts with a byte order mark, which many tools read as part of the first line: remove it"),
            Encoding::Ascii => {}
        }
        match self.line_ends {
            LineEnds::Lf => {}
            LineEnds::CrLf => remarks.push("its lines end with CR LF (Windows), which some tools read as part of the last column: convert them to LF"),
            LineEnds::Cr => remarks.push("its lines end with CR alone (classic Mac OS), so most tools see a single line: convert them to LF"),
        }
        remarks.into_iter().map(str::to_owned).collect()
    }
}

/// Encoding, whether a byte order mark is there, and the characters.
fn decoded(head: &[u8], is_whole: bool) -> Option<(Encoding, bool, String)> {
    match head {
        [0xff, 0xfe, 0, 0, rest @ ..] => Some((Encoding::Utf32, true, utf32(rest, true)?)),
        [0, 0, 0xfe, 0xff, rest @ ..] => Some((Encoding::Utf32, true, utf32(rest, false)?)),
        [0xff, 0xfe, rest @ ..] => Some((Encoding::Utf16, true, utf16(rest, true)?)),
        [0xfe, 0xff, rest @ ..] => Some((Encoding::Utf16, true, utf16(rest, false)?)),
        [0xef, 0xbb, 0xbf, rest @ ..] => Some((Encoding::Ascii, true, plain(rest, is_whole)?)),
        _ => match unmarked_utf16(head) {
            Some(little) => Some((Encoding::Utf16, false, utf16(head, little)?)),
            None => Some((Encoding::Ascii, false, plain(head, is_whole)?)),
        },
    }
}

/// Text whose ASCII characters are single bytes.
fn plain(head: &[u8], is_whole: bool) -> Option<String> {
    let mut bytes = head;
    if is_whole {
        // Unfilled space at the end does not make it binary.
        let end = bytes.iter().rposition(|byte| *byte != 0);
        bytes = &bytes[..end.map_or(0, |end| end + 1)];
        if bytes.is_empty() && !head.is_empty() && head.contains(&0) {
            return None;
        }
    }
    if bytes.contains(&0) {
        return None;
    }
    let controls = bytes.iter().filter(|byte| is_control(**byte)).count();
    let few_controls = |one_in: usize| controls * one_in <= bytes.len();
    match std::str::from_utf8(bytes) {
        // Chance rarely makes UTF-8, so a message with colours or a bell is text still.
        Ok(text) => few_controls(FEW_CONTROLS_OF_UTF_8).then(|| text.to_owned()),
        // The last character may be cut off.
        Err(error) if !is_whole && error.valid_up_to() + 4 > bytes.len() => {
            let text = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            few_controls(FEW_CONTROLS_OF_UTF_8).then_some(text)
        }
        Err(_) => {
            let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
            let is_text = few_controls(FEW_CONTROLS) && high * 10 <= bytes.len() * 3;
            is_text.then(|| bytes.iter().map(|byte| char::from(*byte)).collect())
        }
    }
}

fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0x1a)) || byte == 0x7f
}

/// Whether bytes are UTF-16 without a byte order mark (every other byte is NUL), and if so whether little-endian.
fn unmarked_utf16(head: &[u8]) -> Option<bool> {
    if head.len() < 8 {
        return None;
    }
    let nul = |start: usize| {
        let bytes = head.iter().skip(start).step_by(2);
        bytes.filter(|byte| **byte == 0).count()
    };
    let half = head.len() / 2;
    match (nul(0) * 10 / half, nul(1) * 10 / half) {
        (0, 9..) => Some(true),
        (9.., 0) => Some(false),
        _ => None,
    }
}

fn utf16(bytes: &[u8], little: bool) -> Option<String> {
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    });
    let text: String = char::decode_utf16(units)
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    is_text(&text).then_some(text)
}

fn utf32(bytes: &[u8], little: bool) -> Option<String> {
    let characters = bytes.chunks_exact(4).map(|four| {
        let four = [four[0], four[1], four[2], four[3]];
        let number = if little {
            u32::from_le_bytes(four)
        } else {
            u32::from_be_bytes(four)
        };
        char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
    });
    let text: String = characters.collect();
    is_text(&text).then_some(text)
}

/// Whether decoded characters are text: few control and replacement characters.
fn is_text(text: &str) -> bool {
    let odd = text.chars().filter(|character| {
        *character == char::REPLACEMENT_CHARACTER
            || u8::try_from(*character).is_ok_and(|byte| byte == 0 || is_control(byte))
    });
    odd.count() * FEW_CONTROLS <= text.chars().count()
}
