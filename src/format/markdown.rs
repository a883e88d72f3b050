//! Galaxy's Markdown: texts of others in which nothing is markup, and blocks that Galaxy fills in.

/// A text as Markdown's code: nothing in it is markup, and nothing in it asks Galaxy to show something.
pub fn code(text: &str) -> String {
    let one_line = one_line(text).replace('`', "'");
    format!("`{one_line}`")
}

/// A text in which nothing is markup.
pub fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for character in one_line(text).chars() {
        if "\\`*_[]<>|#&~".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A text on one line, without the sign by which Galaxy knows its directives.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(char::is_control).collect();
    words.join(" ").replace("${", "$ {")
}

/// A block that Galaxy replaces by the table that the output of this name holds.
pub fn table(output: &str, title: &str) -> String {
    format!(
        "```galaxy\nhistory_dataset_as_table(output=\"{output}\", show_column_headers=\"true\", title=\"{title}\")\n```\n"
    )
}

/// A block that Galaxy replaces by the picture that the output of this name holds, which must be PNG.
pub fn image(output: &str) -> String {
    format!("```galaxy\nhistory_dataset_as_image(output=\"{output}\")\n```\n")
}
