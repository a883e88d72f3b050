//! The `uri` of a track line (specification 1.0a, C.2.6.1): its schemes, and the suffix after a semicolon.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::galaxy::datatype::without_compression;

const REMOTE_SCHEMES: [&str; 4] = ["http", "https", "ftp", "rsync"];
/// The encoded delimiters of user, host, port and IPv6 address.
const MARKS: [(&str, &str); 4] = [("%3A", ":"), ("%40", "@"), ("%5B", "["), ("%5D", "]")];
/// The schemes of tracks that only the installation that wrote the file can read.
const LOCAL_SCHEMES: [&str; 3] = ["hb", "galaxy", "file"];
/// File suffixes that every HyperBrowser reads as text itself.
const PRIMARY_SUFFIXES: [&str; 8] = [
    "gtrack",
    "bed",
    "wig",
    "bedgraph",
    "gff",
    "gff3",
    "fasta",
    "microarray",
];

/// The URL of a track, and the file type that its line states.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Uri {
    /// The URL without the suffix, for the download.
    pub address: String,
    /// The suffix of the file, such as `bed` or `bed.gz`, where `;suffix` states it.
    pub suffix: Option<String>,
}

impl Uri {
    /// Reads a cell; `None` without a scheme.
    pub fn read(cell: &str) -> Option<Self> {
        let (scheme, rest) = cell.split_once(':')?;
        let is_local = LOCAL_SCHEMES
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known));
        if !is_scheme(scheme) || rest.is_empty() || !is_local && !rest.starts_with("//") {
            return None;
        }
        let end = cell.find(['?', '#']).unwrap_or(cell.len());
        let (head, tail) = cell.split_at(end);
        let (head, suffix) = without_suffix(head);
        Some(Uri {
            address: format!("{}{tail}", with_plain_authority(head)),
            suffix,
        })
    }
}

/// Whether a text is a valid URL scheme (RFC 3986, section 3.1).
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Removes the suffix of a path. Other parameters, such as `;type=i`, stay.
fn without_suffix(path: &str) -> (&str, Option<String>) {
    let start = path.find("://").map_or(0, |at| at + 3);
    let Some(last) = path[start..].rfind('/').map(|slash| start + slash + 1) else {
        return (path, None);
    };
    let Some((name, suffix)) = path[last..].split_once(';') else {
        return (path, None);
    };
    let suffix = percent_decode_str(suffix).decode_utf8_lossy();
    let is_suffix = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if name.is_empty() || suffix.is_empty() || !suffix.bytes().all(is_suffix) {
        return (path, None);
    }
    (&path[..last + name.len()], Some(suffix.into_owned()))
}

/// The URL with a decoded colon before its port: HyperBrowser and TrackFind write `%3A`.
fn with_plain_authority(address: &str) -> Cow<'_, str> {
    let Some(start) = address.find("://").map(|at| at + 3) else {
        return address.into();
    };
    let end = address[start..]
        .find('/')
        .map_or(address.len(), |slash| start + slash);
    let authority = &address[start..end];
    let decoded = MARKS
        .iter()
        .fold(authority.to_owned(), |text, (code, mark)| {
            text.replace(code, mark).replace(&code.to_lowercase(), mark)
        });
    format!("{}{decoded}{}", &address[..start], &address[end..]).into()
}

/// The URL of a track as a `uri` that HyperBrowser's parser accepts.
///
/// # Errors
/// Why there is none: that parser refuses the whole file for one such line.
pub(super) fn write(url: &str) -> Result<String, String> {
    let url = url.trim();
    let no_remote =
        || format!("found the URL `{url}`, expected one with http, https, ftp or rsync");
    let (scheme, _) = url.split_once("://").ok_or_else(no_remote)?;
    if !REMOTE_SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
        return Err(no_remote());
    }
    // A fragment is forbidden, and no server ever sees it.
    let address = url.split('#').next().unwrap_or_default();
    let address = super::percent_encoded(address, |byte| byte.is_ascii_graphic());
    let (path, query) = match address.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (address.as_str(), None),
    };
    let authority = path[scheme.len() + 3..]
        .split('/')
        .next()
        .unwrap_or_default();
    if authority.is_empty() {
        return Err(no_remote());
    }
    if authority.contains(['[', ']']) && !is_bracketed(authority) {
        return Err(format!(
            "found the host `{authority}`, expected one that GSuite supports"
        ));
    }
    let is_web = scheme.to_ascii_lowercase().starts_with("http");
    if !has_a_suffix_inside(&path[scheme.len() + 3 + authority.len()..], query, is_web) {
        return Err(
            "found the name of a gzip file without the suffix of its content, expected one such as peaks.bed.gz, as GSuite requires"
                .to_owned(),
        );
    }
    let Some(query) = query.filter(|query| !query.is_empty()) else {
        return Ok(without_semicolon(path, scheme));
    };
    if let Some(part) = query.split(['&', ';']).find(|part| !part.contains('=')) {
        return Err(format!(
            "found `{}` in the query of its URL, expected key=value, as GSuite requires",
            if part.is_empty() { "&" } else { part }
        ));
    }
    if percent_decode_str(query).decode_utf8().is_err() {
        return Err(
            "found bytes that are not UTF-8 in the query of its URL, expected UTF-8, as GSuite requires"
                .to_owned(),
        );
    }
    // An empty path equals `/`, and the parser expects a path with a file suffix.
    let root = if path.len() == scheme.len() + 3 + authority.len() {
        "/"
    } else {
        ""
    };
    Ok(format!("{}{root}?{query}", without_semicolon(path, scheme)))
}

/// Whether the parser finds what is inside a gzip file, for which it looks in the path, and over http in the query too.
fn has_a_suffix_inside(path: &str, query: Option<&str>, is_web: bool) -> bool {
    let path = percent_decode_str(path).decode_utf8_lossy();
    let in_path = extension(&path);
    if in_path.eq_ignore_ascii_case("gz") {
        return match path.strip_suffix(".gz") {
            Some(inside) => !extension(inside).is_empty(),
            None => is_web,
        };
    }
    if !is_web || !in_path.is_empty() {
        return true;
    }
    let query = query.unwrap_or_default().replace('+', " ");
    let query = percent_decode_str(&query).decode_utf8_lossy();
    in_values(&query) != "gz" || !in_values(&query.replace(".gz", "")).is_empty()
}

/// The suffix of the first value of a query that has one.
fn in_values(query: &str) -> &str {
    let values = query.split(['&', ';']).filter_map(|part| {
        let (_, value) = part.split_once('=')?;
        (!value.contains('=')).then(|| extension(value))
    });
    let mut suffixes = values.filter(|suffix| !suffix.is_empty());
    suffixes.next().unwrap_or_default()
}

/// The text after the last dot of a file name.
fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.trim_start_matches('.')
        .rsplit_once('.')
        .map_or("", |(_, suffix)| suffix)
}

/// Whether brackets occur only around an IPv6 address.
fn is_bracketed(authority: &str) -> bool {
    let server = authority.rsplit('@').next().unwrap_or_default();
    server.strip_prefix('[').is_some_and(|rest| {
        rest.split_once(']')
            .is_some_and(|(_, port)| !port.contains(['[', ']']))
    }) && authority.matches('[').count() == 1
}

/// Encodes semicolons in the last part of the path, which would start a suffix. The ftp parameter `;type=` stays, because it
/// belongs to the transfer and not to the name.
fn without_semicolon(path: &str, scheme: &str) -> String {
    let last = path.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, name) = path.split_at(last);
    if folder.len() <= scheme.len() + 3
        || scheme.eq_ignore_ascii_case("ftp") && name.contains(";type=")
    {
        return path.to_owned();
    }
    format!("{folder}{}", name.replace(';', "%3B"))
}

/// Whether HyperBrowser's parser certainly treats the file at a URL written by [`write()`] as primary.
pub(super) fn is_primary(uri: &str) -> bool {
    let path = uri.split('?').next().unwrap_or_default();
    let location = path.split_once("://").map_or("", |(_, location)| location);
    let name = location.rsplit_once('/').map_or("", |(_, name)| name);
    let Ok(name) = percent_decode_str(name).decode_utf8() else {
        return false;
    };
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    PRIMARY_SUFFIXES.contains(&extension(name).to_ascii_lowercase().as_str())
}

/// Whether HyperBrowser reads a file as text, by its suffix or name.
pub(super) fn is_text(suffix: &str) -> bool {
    let suffix = without_compression(suffix).to_ascii_lowercase();
    PRIMARY_SUFFIXES.contains(&suffix.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suffix_behind_a_semicolon_is_no_part_of_the_address() {
        for (cell, address, suffix) in [
            (
                "https://x.example/file;bed",
                "https://x.example/file",
                "bed",
            ),
            (
                "rsync://x.example/f;bed%2Egz?a=b;c=d",
                "rsync://x.example/f?a=b;c=d",
                "bed.gz",
            ),
            ("galaxy:/ad123;bed", "galaxy:/ad123", "bed"),
        ] {
            let read = Uri::read(cell).unwrap();
            assert_eq!(read.address, address);
            assert_eq!(read.suffix.as_deref(), Some(suffix));
        }
        for row in [
            "ftp://x.example/file;type=i → ftp://x.example/file;type=i",
            "https://x.example/a;b/file → https://x.example/a;b/file",
            "https://x.example/;bed → https://x.example/;bed",
            "https://x.example/get?x=1;bed → https://x.example/get?x=1;bed",
            "http://localhost%3A8080/a%3Ab → http://localhost:8080/a%3Ab",
            "hb:/a/b → hb:/a/b",
            "https://x.example;bed → https://x.example;bed",
        ] {
            let (cell, address) = row.split_once(" → ").unwrap();
            let read = Uri::read(cell).unwrap();
            assert_eq!((read.address.as_str(), read.suffix), (address, None));
        }
        for none in [
            "track/name",
            "chr1",
            "",
            ":x",
            "http:",
            "1a://b",
            "a b://c",
            "chr1:1-2",
        ] {
            assert_eq!(Uri::read(none), None, "{none}");
        }
    }

    #[test]
    fn what_the_original_parser_takes_is_written_and_the_rest_is_not() {
        for row in [
            "https://x.example/a b.bed#top → https://x.example/a%20b.bed",
            "https://x.example/a;v1.bed?x=1 → https://x.example/a%3Bv1.bed?x=1",
            "ftp://x.example/a;type=i → ftp://x.example/a;type=i",
            "HTTPS://[::1]:80/a?x= → HTTPS://[::1]:80/a?x=",
            "https://x.example/a? → https://x.example/a",
            "https://x.example?a=b.bed.gz → https://x.example/?a=b.bed.gz",
            "https://x.example/.gz → https://x.example/.gz",
        ] {
            let (url, uri) = row.split_once(" → ").unwrap();
            assert_eq!(write(url).as_deref(), Ok(uri));
        }
        let urls = "\
            s3://bucket/a https:///a https://?a=b https://[::1/a https://x.example/a?download \
            https://x.example/a?x=1&&y=2 https://x.example/a?x=1;y https://x.example/a?x=%E9 \
            https://x.example/peaks.gz ftp://x.example/peaks.bed.GZ \
            https://x.example/get?v=1&file=peaks.gz";
        for url in urls.split(' ') {
            assert!(write(url).is_err(), "{url}");
        }
        assert!(write("").is_err());
    }
}
