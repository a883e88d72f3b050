//! Texts in a picture: width, truncation, numbers.

/// Widths of the characters from space to `~` in DejaVu Sans Condensed, in hundredths of the font size. Fallback fonts are
/// at most a few hundredths wider.
const WIDTHS: [u8; 95] = [
    29, 36, 41, 75, 57, 85, 70, 25, 35, 35, 45, 75, 29, 32, 29, 30, 57, 57, 57, 57, 57, 57, 57, 57,
    57, 57, 30, 30, 75, 75, 75, 48, 90, 62, 62, 63, 69, 57, 52, 70, 68, 27, 27, 59, 50, 78, 67, 71,
    54, 71, 62, 57, 55, 66, 62, 89, 62, 55, 62, 35, 30, 35, 75, 45, 45, 55, 57, 49, 57, 55, 32, 57,
    57, 25, 25, 52, 25, 88, 57, 55, 57, 57, 37, 47, 35, 57, 53, 74, 53, 53, 47, 57, 30, 57, 75,
];
/// The width of bold letters, in hundredths of the regular width.
const BOLD: i64 = 112;

/// A font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Font {
    /// The size in tenths of a pixel.
    pub size: i64,
    /// Whether it is bold.
    pub is_bold: bool,
}

/// The width of a text, in pixels.
pub fn width(text: &str, font: Font) -> i64 {
    let hundredths: i64 = text.chars().map(of_character).sum();
    let bold = if font.is_bold { BOLD } else { 100 };
    hundredths * font.size * bold / 100_000
}

fn of_character(character: char) -> i64 {
    let code = u32::from(character);
    let place = code
        .checked_sub(32)
        .and_then(|place| usize::try_from(place).ok());
    match place.and_then(|place| WIDTHS.get(place)) {
        Some(width) => i64::from(*width),
        // Chinese, Japanese, Korean, and other full-width characters.
        None if code >= 0x1100 || character == '…' => 100,
        // A figure space is as wide as a digit.
        None if character == '\u{2007}' => 57,
        None => 70,
    }
}

/// Truncates a text to a width in pixels: at its end, or in the middle if the end is more informative.
pub fn shortened(text: &str, font: Font, most: i64) -> String {
    if width(text, font) <= most {
        return text.to_owned();
    }
    // Two pixels for rounding.
    let ellipsis = width("…", font) + 2;
    let has_suffix = !text.contains(' ');
    let part = if has_suffix {
        (most - ellipsis) * 2 / 3
    } else {
        most - ellipsis
    };
    let start = fitting(text.chars(), font, part);
    let start: String = text.chars().take(start).collect();
    let left = most - ellipsis - width(&start, font);
    let end = if has_suffix {
        fitting(text.chars().rev(), font, left)
    } else {
        0
    };
    let from = text.chars().count().saturating_sub(end);
    let end: String = text.chars().skip(from).collect();
    format!("{}…{end}", start.trim_end_matches([' ', ',', ':']))
}

/// Breaks a text between words into lines of a width in pixels; lines after the first begin with `indent`. The last of the
/// `lines` is truncated.
pub fn wrapped(text: &str, font: Font, most: i64, lines: usize, indent: &str) -> Vec<String> {
    let mut broken: Vec<String> = Vec::new();
    let mut rest = text;
    while broken.len() + 1 < lines.max(1) {
        let line = format!("{}{rest}", if broken.is_empty() { "" } else { indent });
        if width(&line, font) <= most {
            break;
        }
        let start = line.len() - rest.len();
        let breaks = line.match_indices(' ').map(|(at, _)| at);
        // A number at the beginning, which is as wide as the indent, stays with its text.
        let is_inside = |at: &usize| width(&line[..*at], font) > width(indent, font);
        let fits = |at: &usize| width(&line[..*at], font) <= most;
        let Some(at) = breaks.filter(is_inside).take_while(fits).last() else {
            break;
        };
        rest = rest[at - start..].trim_start_matches(' ');
        broken.push(line[..at].trim_end().to_owned());
    }
    let indent = if broken.is_empty() { "" } else { indent };
    broken.push(shortened(&format!("{indent}{rest}"), font, most));
    broken
}

/// The number of characters that fit.
fn fitting(characters: impl Iterator<Item = char>, font: Font, most: i64) -> usize {
    let mut text = String::new();
    for (count, character) in characters.enumerate() {
        text.push(character);
        if width(&text, font) > most || count > 400 {
            return count;
        }
    }
    text.chars().count()
}

/// A count with commas between thousands.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", count(number))
}

/// A size in human-readable units.
pub fn bytes(size: u64) -> String {
    for (unit, name) in [(1_u64 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] {
        if size >= unit {
            let tenths = u128::from(size) * 10 / u128::from(unit);
            return format!("{}.{} {name}", tenths / 10, tenths % 10);
        }
    }
    format!("{size} bytes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: Font = Font {
        size: 120,
        is_bold: false,
    };

    #[test]
    fn long_names_keep_what_tells_them_apart() {
        assert_eq!(shortened("K562, H3K4me3: peaks", PLAIN, 60), "K562, H…");
        let file = shortened(
            "wgEncodeBroadHistoneK562H3k4me3StdPk.broadPeak.gz",
            PLAIN,
            150,
        );
        assert!(
            file.starts_with("wgEncode") && file.ends_with("Peak.gz"),
            "{file}"
        );
        assert_eq!(shortened("short", PLAIN, 150), "short");
    }

    #[test]
    fn counts_and_sizes_are_easy_to_read() {
        assert_eq!(
            [0, 999, 1000, 9_988, 1_234_567].map(count),
            ["0", "999", "1,000", "9,988", "1,234,567"]
        );
        assert_eq!(
            [0, 1023, 1536, 1 << 30].map(bytes),
            ["0 bytes", "1023 bytes", "1.5 KiB", "1.0 GiB"]
        );
    }

    #[test]
    fn long_names_are_broken_between_words() {
        let label = "CD14-positive monocyte, DNase-seq: hotspots of donor 5";
        assert_eq!(
            wrapped(label, PLAIN, 170, 2, ""),
            ["CD14-positive monocyte,", "DNase-seq: hotspots of donor 5"]
        );
        assert_eq!(
            wrapped(
                "2  bedtools_intersectbed 2.31.1+galaxy0",
                PLAIN,
                160,
                2,
                "    "
            ),
            ["2  bedtools_intersectbed", "    2.31.1+galaxy0"]
        );
        assert_eq!(wrapped("short", PLAIN, 170, 2, ""), ["short"]);
        let long = wrapped(
            "2  a_tool_with_a_name_of_many_words 1.0",
            PLAIN,
            120,
            2,
            "    ",
        );
        assert!(long[0].starts_with("2  a_tool"), "{long:?}");
    }

    proptest! {
        #[test]
        fn laws_wrapped_lines_fit_and_hold_the_words(words in prop::collection::vec("[a-z]{1,8}", 1..20), most in 80_i64..400) {
            let text = words.join(" ");
            let lines = wrapped(&text, PLAIN, most, 100, "");
            prop_assert!(lines.iter().all(|line| width(line, PLAIN) <= most), "{:?}", lines);
            prop_assert_eq!(lines.join(" "), text);
        }

        #[test]
        fn laws_what_is_shortened_fits(text in any::<String>(), most in 20_i64..200) {
            let short = shortened(&text, PLAIN, most);
            prop_assert!(width(&short, PLAIN) <= most.max(width(&text, PLAIN).min(most)), "{}", short);
        }
    }
}
