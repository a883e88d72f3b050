//! Flags and embedded options of a regular expression (manual section 9.7.3.4).

use super::not_supported;

/// Options of a regular expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PatternOptions {
    /// Case-insensitive.
    pub ignore_case: bool,
    /// `.` and `[^…]` do not match a line feed.
    pub(super) stops_at_line: bool,
    /// `^` and `$` match at the start and end of each line.
    pub(super) anchors_at_line: bool,
    /// Whitespace and comments in the pattern are ignored.
    pub(super) expanded: bool,
    /// The pattern is literal text.
    pub(super) quoted: bool,
}

impl PatternOptions {
    /// The default options with this case sensitivity.
    pub fn of_case(ignore_case: bool) -> Self {
        PatternOptions {
            ignore_case,
            ..PatternOptions::default()
        }
    }

    /// Parses flags such as `i` or `ng` of a function; also returns whether `g` is among them.
    ///
    /// # Errors
    /// A sentence that names an unknown or unsupported flag.
    pub fn of_flags(flags: &str) -> Result<(PatternOptions, bool), String> {
        let mut options = PatternOptions::default();
        let mut everywhere = false;
        for letter in flags.chars() {
            match letter {
                'g' => everywhere = true,
                letter => options.set(letter)?,
            }
        }
        Ok((options, everywhere))
    }

    /// Sets the option of this letter.
    pub(super) fn set(&mut self, letter: char) -> Result<(), String> {
        match letter {
            'i' => self.ignore_case = true,
            'c' => self.ignore_case = false,
            'm' | 'n' => (self.stops_at_line, self.anchors_at_line) = (true, true),
            'p' => (self.stops_at_line, self.anchors_at_line) = (true, false),
            'w' => (self.stops_at_line, self.anchors_at_line) = (false, true),
            's' => (self.stops_at_line, self.anchors_at_line) = (false, false),
            'x' => self.expanded = true,
            't' => self.expanded = false,
            'q' => self.quoted = true,
            'b' | 'e' => return Err(not_supported("the older syntax of the option `b` or `e`")),
            other => return Err(format!("found the unknown option `{other}`")),
        }
        Ok(())
    }
}
