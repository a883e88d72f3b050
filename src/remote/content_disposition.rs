//! The file name in a response header.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The file name in a `Content-Disposition` header (RFC 6266), without any folder. `filename*` takes precedence over `filename`.
pub fn in_content_disposition(header: &str) -> Option<String> {
    let mut name = None;
    for parameter in parameters(header).skip(1) {
        let Some((key, value)) = parameter.split_once('=') else {
            continue;
        };
        match key.trim().to_ascii_lowercase().as_str() {
            "filename*" => {
                // RFC 8187: charset'language'percent-encoded.
                let encoded = value.trim().splitn(3, '\'').nth(2)?;
                return plain(last_part(&percent_decode_str(encoded).decode_utf8_lossy()));
            }
            "filename" => name = plain(last_part(&unquoted(value.trim()))),
            _ => {}
        }
    }
    name
}

/// The parts of a header between unquoted semicolons.
fn parameters(header: &str) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    header.split(move |c| {
        if is_escaped {
            is_escaped = false;
            return false;
        }
        match c {
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ';' => return !is_quoted,
            _ => {}
        }
        false
    })
}

/// A value without its quotes (RFC 9110, section 5.6.4).
fn unquoted(value: &str) -> Cow<'_, str> {
    let Some(inner) = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        return value.into();
    };
    let mut plain = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        plain.extend(if c == '\\' {
            characters.next()
        } else {
            Some(c)
        });
    }
    plain.into()
}

fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// A name, percent-decoded if the result has neither folders nor control characters.
pub(crate) fn plain(name: &str) -> Option<String> {
    let is_name = |name: &str| {
        let name = name.trim();
        !["", ".", ".."].contains(&name)
            && !name.contains(|c: char| c.is_control() || "/\\".contains(c))
    };
    let decoded = percent_decode_str(name).decode_utf8().ok();
    let decoded = decoded.filter(|decoded| is_name(decoded));
    let name = decoded.as_deref().unwrap_or(name).trim();
    is_name(name).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_names_its_file_without_a_folder() {
        for (header, name) in [
            ("attachment; filename=x.bed.gz", Some("x.bed.gz")),
            (
                "Attachment;FileName = \"a;\\\"b\\\".bed\"",
                Some("a;\"b\".bed"),
            ),
            ("inline; filename=\"../../etc/x.bed\"", Some("x.bed")),
            (
                "attachment; filename=\"C:\\\\data\\\\x.bed\"",
                Some("x.bed"),
            ),
            (
                "attachment; filename=a.bed; filename*=UTF-8''%C3%A9t%C3%A9.bed",
                Some("été.bed"),
            ),
            ("attachment; filename=\"..\"", None),
            ("attachment", None),
            ("filename=x.bed", None),
            ("", None),
        ] {
            assert_eq!(in_content_disposition(header).as_deref(), name, "{header}");
        }
    }
}
