//! A sheet: titles, and rows of cells, each with its place as a spreadsheet program shows it.

use std::fmt;
use std::rc::Rc;

use crate::fairtracks::category::Category;

/// A table of a source: a CSV or TSV file, or a sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the file, with that of the sheet where it has several.
    pub name: Rc<str>,
    /// The objects that its rows describe; `None` for a wide sheet, each row of which describes a track and all that belongs to it.
    pub category: Option<Category>,
    /// What its rows are in the source, in messages: [`ROW`], or such as `line` and `dataset`.
    pub row_word: &'static str,
    /// The titles, in the order of the columns.
    pub titles: Vec<String>,
    /// How many columns have letters in spreadsheet programs, from column A on; 0 where the source is no table of this kind.
    pub lettered: usize,
    /// The rows below the titles.
    pub rows: Vec<SheetRow>,
}

impl Sheet {
    /// The titles as users find them in the source: with the letter of the column where it has one.
    pub fn shown_titles(&self) -> Vec<String> {
        let all = self.titles.iter().enumerate();
        let shown = all.map(|(column, title)| match column < self.lettered {
            true => format!("{title} (column {})", column_letters(column))
                .trim_start()
                .to_owned(),
            false => title.clone(),
        });
        shown.collect()
    }

    /// The place of a row by its number; 0 for values of options.
    pub fn place(&self, number: usize) -> RecordPlace {
        RecordPlace {
            sheet: self.name.clone(),
            row: (number > 0).then_some(number),
            word: self.row_word,
        }
    }
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number as spreadsheet programs show it: the row of titles is mostly 1.
    pub number: usize,
    /// As many cells as there are titles.
    pub cells: Vec<SheetCell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetCell {
    /// A text; empty for a cell without a value.
    Text(String),
    /// A value that the spreadsheet program has damaged, such as `#N/A` or a gene name that became a date: its text, and why it
    /// cannot be used.
    Damaged(String, &'static str),
}

impl SheetCell {
    /// The text as it is shown.
    pub fn shown(&self) -> &str {
        match self {
            SheetCell::Text(text) | SheetCell::Damaged(text, _) => text,
        }
    }

    /// Whether it has no value.
    pub fn is_empty(&self) -> bool {
        matches!(self, SheetCell::Text(text) if text.is_empty())
    }
}

/// Why the text of an error is no value.
pub const STORED_ERROR: &str = "the spreadsheet program stored an error: type the value";

/// The name of the sheet of a blank workbook: a wide sheet, whatever the file is called.
pub const BLANK: &str = "metadata";

/// The name of the hidden sheet of a blank workbook, with the lists of its drop-downs.
pub const CHOICES: &str = "choices";

/// The word for rows of tables.
pub const ROW: &str = "row";

/// The place of a record: a row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPlace {
    /// The name of the sheet.
    pub sheet: Rc<str>,
    /// The row; `None` for values of options, which are of no row.
    pub row: Option<usize>,
    /// What a row is in the source.
    pub word: &'static str,
}

impl fmt::Display for RecordPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "{}, {} {row}", self.sheet, self.word),
            None => f.write_str(&self.sheet),
        }
    }
}

/// The name of the sheet of values that come from options.
pub const OPTIONS: &str = "options";

/// The letters of a column, from 0: `A`, `Z`, `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(
            b'A' + u8::try_from(rest % 26).unwrap_or_default(),
        ));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The category that the name of a file or a sheet means: `tracks.tsv`, `Samples`, `my study.csv`… The last word counts.
pub fn category_of_name(name: &str) -> Option<Category> {
    let name = name.rsplit(['/', '!']).next().unwrap_or(name);
    let stem = name.split('.').next().unwrap_or(name).to_lowercase();
    let word = stem.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    Some(match word {
        "tracks" | "track" => Category::Tracks,
        "experiments" | "experiment" => Category::Experiments,
        "samples" | "sample" => Category::Samples,
        "studies" | "study" => Category::Studies,
        "collection" => Category::CollectionInfo,
        _ if stem == "collection_info" => Category::CollectionInfo,
        _ if stem == "doc_info" => Category::DocInfo,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn the_last_word_of_a_name_tells_the_objects() {
        for (name, category) in [
            ("tracks.tsv", Some(Category::Tracks)),
            ("lab/My samples.csv", Some(Category::Samples)),
            ("book.xlsx!Studies", Some(Category::Studies)),
            ("collection_info", Some(Category::CollectionInfo)),
            ("all tracks of 2026.csv", None),
            ("metadata.tsv", None),
        ] {
            assert_eq!(category_of_name(name), category, "{name}");
        }
    }
}
