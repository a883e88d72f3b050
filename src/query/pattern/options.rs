//! How a regular expression is read: what its flags and embedded options say (manual section 9.7.3.4).

use super::not_supported;

/// Options of a regular expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PatternOptions {
    /// Case does not count.
    pub ignore_case: bool,
    /// `.` and `[^…]` match no line feed.
    pub(super) stops_at_line: bool,
    /// `^` and `$` match at the start and end of each line.
    pub(super) anchors_at_line: bool,
    /// Blanks and comments in the pattern count for nothing.
    pub(super) expanded: bool,
    /// The pattern is plain text.
    pub(super) quoted: bool,
}

impl PatternOptions {
    /// No option but whether case counts.
    pub fn of_case(ignore_case: bool) -> Self {
        PatternOptions {
            ignore_case,
            ..PatternOptions::default()
        }
    }

    /// Reads flags such as `i` or `ng` of a function; tells besides whether `g` is among them.
    ///
    /// # Errors
    /// A sentence that names the letter that is no flag, or none that is supported.
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
            other => return Err(format!("found the option `{other}`, which is none")),
        }
        Ok(())
    }
}
