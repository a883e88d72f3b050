//! Tab-separated tables: what the tables of all tools share.

/// A text as one cell: tab, line breaks and backslash are written `\t`, `\n`, `\r`, `\\`.
pub fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}
