//! Lists and tables of URLs other than GSuite: ENCODE's `files.txt`, and tables with a header line.

use super::error::GsuiteError;
use crate::galaxy::file_address::file_name;

/// Titles of columns with file URLs, the most reliable first.
const ADDRESS_TITLES: [&str; 12] = [
    "uri",
    "file_url",
    "file download url",
    "download_url",
    "download url",
    "fileurl",
    "file url",
    "url",
    "address",
    "link",
    "href",
    "access_url",
];

/// Titles in portal tables for attributes of FAIRtracks, in lower case.
const MEANINGS: [(&str, &str); 7] = [
    ("file accession", "local_id"),
    ("file assembly", "genome"),
    ("assembly", "genome"),
    ("genome_build", "genome"),
    ("genome build", "genome"),
    ("md5sum", "checksum->cs_hash"),
    ("md5", "checksum->cs_hash"),
];

/// Whether a text is the URL of a file on a server.
pub(super) fn is_address(cell: &str) -> bool {
    let scheme = cell
        .split("://")
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    cell.len() > scheme.len() && ["http", "https", "ftp", "rsync"].contains(&scheme.as_str())
}

/// A cell without the quotes that some programs put around URLs.
pub(super) fn unquoted(cell: &str) -> &str {
    let inner = cell
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(cell)
}

/// Whether a URL is that of the metadata table at the start of ENCODE's `files.txt`.
pub(super) fn is_metadata(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let is_portal = path
        .split("://")
        .nth(1)
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(host, path)| {
            host.ends_with("encodeproject.org") && path.starts_with("metadata")
        });
    is_portal || file_name(address).eq_ignore_ascii_case("metadata.tsv")
}

/// The columns of a first line, if it is the header line of a table of URLs; `None` for a line of a GSuite file.
///
/// # Errors
/// Why a table cannot be read.
pub(super) fn titles(
    line: usize,
    first: &str,
    second: Option<&str>,
) -> Result<Option<Vec<String>>, GsuiteError> {
    let cells = cells(first);
    let below = second.map(self::cells).unwrap_or_default();
    if is_address(cells[0]) {
        let found = cells.len();
        // One URL per line is a valid GSuite file.
        return if found == 1 {
            Ok(None)
        } else {
            Err(GsuiteError::NoTitles { line, found })
        };
    }
    let has_addresses = |cells: &[&str]| cells.iter().any(|cell| is_address(cell));
    if has_addresses(&cells) {
        let found = cells.len();
        return Err(GsuiteError::NoTitles { line, found });
    }
    let title = |cell: &str| cell.trim_start_matches('#').trim().to_lowercase();
    if cells.len() == 1 {
        let is_title = ADDRESS_TITLES.contains(&title(cells[0]).as_str());
        if is_title && below.len() == 1 && is_address(below[0]) {
            return Ok(Some(vec!["uri".to_owned()]));
        }
        let has_commas = |text: &str| {
            text.contains(',')
                && text
                    .split(',')
                    .any(|cell| is_address(unquoted(cell.trim())))
        };
        if has_commas(first) || first.contains(',') && second.is_some_and(has_commas) {
            return Err(GsuiteError::Commas { line });
        }
        return Ok(None);
    }
    let places: Vec<usize> = (0..below.len().min(cells.len()))
        .filter(|place| is_address(below[*place]))
        .collect();
    let place = match places.as_slice() {
        [] => return Ok(None),
        [place] => *place,
        places => {
            let rank = |place: &usize| {
                let title = title(cells[*place]);
                ADDRESS_TITLES.iter().position(|known| *known == title)
            };
            let named = places
                .iter()
                .filter_map(|place| Some((rank(place)?, *place)))
                .min();
            named.map(|(_, place)| place).ok_or_else(|| {
                let found = places.iter().map(|place| format!("`{}`", cells[*place]));
                let found: Vec<String> = found.collect();
                let found = found.join(", ");
                GsuiteError::SeveralAddresses { line, found }
            })?
        }
    };
    let has = |name: &str| cells.iter().any(|cell| title(cell) == name);
    let named = cells.iter().enumerate().map(|(number, cell)| {
        let lower = title(cell);
        if number == place {
            return "uri".to_owned();
        }
        // A title that means something else in GSuite.
        if lower == "uri" {
            return "tracks->uri".to_owned();
        }
        match MEANINGS.iter().find(|(known, _)| *known == lower) {
            // A table may have the same attribute in two columns; the one with the exact name counts.
            Some((_, meaning))
                if !has(meaning) && meaning_is_first(&cells, number, meaning, title) =>
            {
                (*meaning).to_owned()
            }
            _ => cell.trim_start_matches('#').trim().to_owned(),
        }
    });
    Ok(Some(named.collect()))
}

/// Whether no column before this one has the same meaning.
fn meaning_is_first(
    cells: &[&str],
    number: usize,
    meaning: &str,
    title: impl Fn(&str) -> String,
) -> bool {
    !cells[..number].iter().any(|cell| {
        let lower = title(cell);
        MEANINGS
            .iter()
            .any(|(known, other)| *known == lower && *other == meaning)
    })
}

/// The cells of a line, without quotes around them.
pub(super) fn cells(line: &str) -> Vec<&str> {
    line.split('\t').map(|cell| unquoted(cell.trim())).collect()
}
