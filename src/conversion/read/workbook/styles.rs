//! The formats of cells, as far as they tell numbers that are dates.

use std::collections::HashSet;

use super::xml::{XmlStep, attribute, walk};
use crate::conversion::error::WorkbookError;

/// For each style of cells, whether it shows dates or times.
pub(super) fn date_styles(part: &str, text: &str) -> Result<Vec<bool>, WorkbookError> {
    let mut custom: HashSet<u32> = HashSet::new();
    let mut formats: Vec<u32> = Vec::new();
    let mut is_in_cells = false;
    let number = |text: Option<String>| {
        text.and_then(|text| text.parse::<u32>().ok())
            .unwrap_or_default()
    };
    walk(part, text, |step| {
        match step {
            XmlStep::Start("cellXfs", _) => is_in_cells = true,
            XmlStep::End("cellXfs") => is_in_cells = false,
            XmlStep::Start("numFmt", start) => {
                let code = attribute(start, "formatCode").unwrap_or_default();
                if is_date(&code) {
                    custom.insert(number(attribute(start, "numFmtId")));
                }
            }
            XmlStep::Start("xf", start) if is_in_cells => {
                formats.push(number(attribute(start, "numFmtId")))
            }
            _ => {}
        }
        Ok(())
    })?;
    let is_built_in = |id: u32| matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
    Ok(formats
        .into_iter()
        .map(|id| is_built_in(id) || custom.contains(&id))
        .collect())
}

/// Whether a format shows dates or times: one of its letters is of a part of a date, outside of quotation marks and brackets.
fn is_date(code: &str) -> bool {
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                let _ = characters.find(|character| *character == '"');
            }
            '[' => {
                let inside: String = characters
                    .by_ref()
                    .take_while(|character| *character != ']')
                    .collect();
                // `[h]` and `[mm]` are durations; `[Red]` is a colour.
                if ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.to_lowercase().as_str()) {
                    return true;
                }
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_dates_are_known() {
        for code in ["yyyy-mm-dd", "d. mmm", "[h]:mm", "h:mm AM/PM"] {
            assert!(is_date(code), "{code}");
        }
        for code in ["General", "0.00", "#,##0 \"days\"", "[Red]0", "0\\d", "@"] {
            // `General` has no letter of a date but `e` and others.
            assert!(!is_date(code), "{code}");
        }
        let xml = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
        assert_eq!(date_styles("p", xml).unwrap(), [false, true, true]);
    }
}
