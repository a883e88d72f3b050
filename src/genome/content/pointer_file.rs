//! Pointer files that represent large files in repositories.

use super::TextStart;

/// The tool of a pointer file, if it is one.
pub(super) fn tool(text: &TextStart) -> Option<&'static str> {
    let mut lines = text.lines().map(|(_, line)| line.trim());
    let first = lines.next()?;
    let second = lines.next().unwrap_or_default();
    let is_lfs = [
        "version https://git-lfs.github.com/spec/",
        "version https://hawser.github.com/spec/",
    ]
    .iter()
    .any(|start| first.starts_with(start));
    let is_annex = text.is_whole
        && first.contains("annex/objects/")
        && !first.contains('\t')
        && second.is_empty();
    let is_dvc = first == "outs:" && second.starts_with("- md5:")
        || first.starts_with("md5: ") && second == "outs:";
    if is_lfs {
        Some("Git LFS")
    } else if is_annex {
        Some("git-annex")
    } else if is_dvc {
        Some("DVC")
    } else {
        None
    }
}
