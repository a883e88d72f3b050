//! CSV (RFC 4180): comma between cells, line feed after rows, texts as they are, also those that look like formulas.

/// A table as CSV.
pub fn csv<'t>(titles: &[String], rows: impl IntoIterator<Item = &'t Vec<String>>) -> String {
    let mut text = String::new();
    push_row(&mut text, titles);
    for row in rows {
        push_row(&mut text, row);
    }
    text
}

fn push_row(text: &mut String, cells: &[String]) {
    for (column, cell) in cells.iter().enumerate() {
        if column > 0 {
            text.push(',');
        }
        // Blanks, tabs and semicolons too: readers guess separators by them, and drop blanks.
        let is_bare = cell
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.:/@".contains(c));
        match is_bare {
            true => text.push_str(cell),
            false => {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            }
        }
    }
    text.push('\n');
}
