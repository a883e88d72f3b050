//! Tab-separated tables: a line of titles that begins with `#`, then one line a row.
//!
//! [`write()`] writes a table by its columns and escapes each cell once, as [`tsv::escape`] does; [`rows`] reads the lines of a
//! table, and [`tsv::unescape`] gives back the text of a cell.
//!
//! ```
//! use fairtracks::tables::{self, Column};
//! let columns: [Column<(&str, u64)>; 2] =
//!     [("name", |row| row.0.into()), ("bytes", |row| row.1.to_string().into())];
//! assert_eq!(tables::titles(&columns), ["name", "bytes"]);
//! assert_eq!(tables::write(&columns, &[("=a\tb", 7)]), "#name\tbytes\n'=a\\tb\t7\n");
//! ```

pub mod tsv;

use std::borrow::Cow;

/// A column: its title, and the text of its cell in a row, not escaped.
pub type Column<R> = (&'static str, for<'r> fn(&'r R) -> Cow<'r, str>);

/// The titles of columns, without the `#`.
pub const fn titles<R, const N: usize>(columns: &[Column<R>; N]) -> [&'static str; N] {
    let mut titles = [""; N];
    let mut place = 0;
    while place < N {
        titles[place] = columns[place].0;
        place += 1;
    }
    titles
}

/// Writes a table; without rows it is the line of titles alone.
pub fn write<'r, R: 'r>(columns: &[Column<R>], rows: impl IntoIterator<Item = &'r R>) -> String {
    let mut text = title_line(columns.iter().map(|(title, _)| title));
    for row in rows {
        for (place, (_, cell)) in columns.iter().enumerate() {
            if place > 0 {
                text.push('\t');
            }
            tsv::push_escaped(&mut text, &cell(row));
        }
        text.push('\n');
    }
    text
}

/// The line of titles, with `#` and the line break.
pub fn title_line<C: AsRef<str>>(titles: impl IntoIterator<Item = C>) -> String {
    let mut line = "#".to_owned();
    push_row(&mut line, titles);
    line
}

/// Adds a line of cells that are escaped already.
pub fn push_row<C: AsRef<str>>(text: &mut String, cells: impl IntoIterator<Item = C>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            text.push('\t');
        }
        text.push_str(cell.as_ref());
    }
    text.push('\n');
}

/// The lines of a table with their numbers, from 1, and their cells, still escaped; without a byte order mark and blank lines.
pub fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(place, line)| (place + 1, line.split('\t').collect()))
}
