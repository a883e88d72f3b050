//! Quantifiers (manual, table 9.18).

use super::{BAD_QUANTIFIER, Reader};
use crate::query::pattern::node::Preference;

/// The highest repetition count.
const MOST_REPETITIONS: u32 = 255;

impl Reader {
    /// The quantifier here: minimum, maximum and preference.
    #[allow(clippy::type_complexity)]
    pub(super) fn quantifier(
        &mut self,
    ) -> Result<Option<(u32, Option<u32>, Option<Preference>)>, String> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{')
                if self
                    .characters
                    .get(self.at + 1)
                    .is_some_and(char::is_ascii_digit) =>
            {
                self.at += 1;
                return self.counted().map(Some);
            }
            _ => return Ok(None),
        };
        self.at += 1;
        let preference = Some(self.preference());
        self.ends_quantifier()?;
        Ok(Some((least, most, preference)))
    }

    fn preference(&mut self) -> Preference {
        if self.eat("?") {
            Preference::Shortest
        } else {
            Preference::Longest
        }
    }

    /// `{least,most}`, after its brace.
    fn counted(&mut self) -> Result<(u32, Option<u32>, Option<Preference>), String> {
        const BAD_COUNT: &str =
            "found an invalid repetition count, expected {m}, {m,} or {m,n} with numbers up to 255";
        let least = self.count().ok_or(BAD_COUNT)?;
        let mut most = Some(least);
        let is_range = self.eat(",");
        if is_range {
            most = if self.peek() == Some('}') {
                None
            } else {
                Some(self.count().ok_or(BAD_COUNT)?)
            };
        }
        if self.peek().is_none() {
            return Err("found an unclosed `{`, expected `}`".to_owned());
        }
        if !self.eat("}") || most.is_some_and(|most| most < least) {
            return Err(BAD_COUNT.to_owned());
        }
        let preference = self.preference();
        self.ends_quantifier()?;
        // `{m}` takes the preference of its operand.
        Ok((least, most, is_range.then_some(preference)))
    }

    fn count(&mut self) -> Option<u32> {
        let mut count: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|digit| digit.to_digit(10)) {
            self.at += 1;
            count = Some(count.unwrap_or(0).saturating_mul(10).saturating_add(digit));
        }
        count.filter(|count| *count <= MOST_REPETITIONS)
    }

    /// Rejects a quantifier directly after another.
    fn ends_quantifier(&mut self) -> Result<(), String> {
        self.skip();
        let is_count = self.peek() == Some('{')
            && self
                .characters
                .get(self.at + 1)
                .is_some_and(char::is_ascii_digit);
        if is_count || matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err(BAD_QUANTIFIER.to_owned());
        }
        Ok(())
    }
}
