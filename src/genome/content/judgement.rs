//! Whether a file is what it was declared to be, and what to do with one that is not.

use super::delivery::codings;
use super::error_body::{FEW_LINES, JsonBody, json, sentence};
use super::gzip_peek::Gzip;
use super::markup::{Markup, markup};
use super::text::TextEnd;
use super::track_lines::{detect, fits, marked, misfit};
use super::words::first_words;
use super::{ContentFault, Delivery, FileContent, Format, TextStart, pointer_file};

/// The declared format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Of this format.
    Format(Format),
    /// A table or another text without a format of its own.
    Table,
    /// Any content: no known format was declared.
    Anything,
}

/// The verdict on a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It matches its declaration, or does not contradict it.
    AsDeclared,
    /// It is an accepted variant of the declared format.
    Variant(Format),
    /// It is of another format, and is taken as that.
    Other(Format),
    /// It is taken as declared, with this remark.
    Doubtful(String),
    /// It is empty: a warning, or a failure if the user requires data.
    Empty(String),
    /// It is not taken, for this reason.
    Refused(String),
}

/// A compression to remove before the file is examined again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// gzip (RFC 1952).
    Gzip,
    /// zlib (RFC 1950), `deflate` in HTTP.
    Zlib,
    /// Raw deflate (RFC 1951), which some servers send as `deflate`.
    Deflate,
}

/// The compression to undo before the file can be judged.
pub fn packing(claim: Claim, content: &FileContent, delivery: &Delivery<'_>) -> Option<Packing> {
    match content {
        // Without a declaration, gzip is kept unless the server applied it as a content coding.
        FileContent::Gzip(gzip)
            if gzip.fault.is_none()
                && (claim != Claim::Anything
                    || delivery.packings() == [Packing::Gzip] && !delivery.is_named_gzip()) =>
        {
            Some(Packing::Gzip)
        }
        FileContent::Zlib if claim != Claim::Anything || !delivery.packings().is_empty() => {
            Some(Packing::Zlib)
        }
        FileContent::Unknown if codings(delivery).any(|coding| coding == "deflate") => {
            Some(Packing::Deflate)
        }
        _ => None,
    }
}

/// Compares a file with its declaration.
pub fn judge(claim: Claim, content: &FileContent, delivery: &Delivery<'_>) -> Verdict {
    let verdict = match content {
        FileContent::Empty => Verdict::Empty(empty(claim)),
        FileContent::Binary(format, fault) => binary(claim, *format, fault.as_ref(), delivery),
        FileContent::Gzip(gzip) => packed(claim, gzip, delivery),
        FileContent::Zlib if claim == Claim::Anything => Verdict::AsDeclared,
        FileContent::Zlib => Verdict::Refused(
            "found zlib compression within compression, expected one layer".to_owned(),
        ),
        FileContent::Text(text) => of_text(claim, text, delivery),
        FileContent::Unknown => unknown(claim, delivery),
    };
    after_headers(verdict, content, delivery)
}

/// Hints of the response headers, if the bytes are inconclusive.
fn after_headers(verdict: Verdict, content: &FileContent, delivery: &Delivery<'_>) -> Verdict {
    let is_proven = match (&verdict, content) {
        (Verdict::Empty(_), _) => true,
        // A codec that is not undone here is a format of its own.
        (Verdict::Other(format), _) => !format.is_package() && *format != Format::PlainText,
        (Verdict::Variant(_) | Verdict::AsDeclared, FileContent::Text(text)) => {
            detect(text).is_some()
        }
        (Verdict::Variant(_) | Verdict::AsDeclared, content) => {
            !matches!(content, FileContent::Unknown | FileContent::Zlib)
        }
        _ => false,
    };
    if is_proven {
        return verdict;
    }
    let left = codings(delivery).find(|coding| !matches!(coding.as_str(), "gzip" | "x-gzip"));
    if let Some(coding) = left
        && !matches!(content, FileContent::Text(_) if matches!(verdict, Verdict::AsDeclared))
    {
        return doubt(
            format!(
                "the server compressed the file (Content-Encoding `{}`) against the request, and this encoding is not supported; ask its provider",
                first_words(&coding)
            ),
            delivery,
        );
    }
    let is_page = media_type(delivery)
        .is_some_and(|kind| ["text/html", "application/xhtml+xml"].contains(&kind.as_str()));
    let is_declared_page = ["html", "htm", "xhtml"]
        .iter()
        .any(|suffix| delivery.file_name.to_ascii_lowercase().ends_with(suffix));
    match (&verdict, content) {
        (Verdict::Refused(_), _) => verdict,
        (_, FileContent::Text(text)) if is_page && !is_declared_page => {
            let first = first_words(&text.characters);
            doubt(page(&first), delivery)
        }
        _ => verdict,
    }
}

fn media_type(delivery: &Delivery<'_>) -> Option<String> {
    let kind = delivery.media_type?.split(';').next()?;
    Some(kind.trim().to_ascii_lowercase())
}

fn empty(claim: Claim) -> String {
    match claim {
        Claim::Format(format) if !format.is_text() => format!(
            "found an empty file, expected {}: ask its provider",
            format.name()
        ),
        _ => "the file is empty".to_owned(),
    }
}

fn binary(
    claim: Claim,
    found: Format,
    fault: Option<&ContentFault>,
    delivery: &Delivery<'_>,
) -> Verdict {
    if let Some(fault) = fault {
        return doubt(damaged(found, fault), delivery);
    }
    match claim {
        Claim::Format(format) if format == found => Verdict::AsDeclared,
        Claim::Format(Format::Vcf) if found == Format::VcfBgzip => Verdict::Variant(found),
        _ => Verdict::Other(found),
    }
}

fn damaged(format: Format, fault: &ContentFault) -> String {
    let name = format.name();
    match fault {
        ContentFault::CutOff(how) => format!(
            "the file is truncated: it starts like {name}, but {how}; download it again, or ask its provider"
        ),
        ContentFault::Damaged(how) => format!(
            "the file is damaged: it starts like {name}, but {how}; download it again, or ask its provider"
        ),
    }
}

fn packed(claim: Claim, gzip: &Gzip, delivery: &Delivery<'_>) -> Verdict {
    match &gzip.fault {
        Some(ContentFault::CutOff(how)) => doubt(
            format!("the file is truncated: {how}; download it again, or ask its provider"),
            delivery,
        ),
        // It is unusable, even if its checksum matches.
        Some(ContentFault::Damaged(how)) => Verdict::Refused(format!(
            "the file is damaged: {how}; download it again, or ask its provider"
        )),
        None if claim == Claim::Anything => match judge(claim, &gzip.inside, delivery) {
            refused @ Verdict::Refused(_) => refused,
            _ => Verdict::AsDeclared,
        },
        None => {
            Verdict::Refused("found more than three nested layers of gzip, expected one".to_owned())
        }
    }
}

fn unknown(claim: Claim, delivery: &Delivery<'_>) -> Verdict {
    let expected = match claim {
        Claim::Anything => return Verdict::AsDeclared,
        Claim::Table => "text",
        Claim::Format(format) => format.name(),
    };
    let hint = if delivery.is_named_gzip() {
        "; its name ends like gzip, but its content is not gzip"
    } else {
        ""
    };
    doubt(
        format!(
            "found binary data of unknown format, expected {expected}{hint}: the file is damaged or a different file; ask its provider"
        ),
        delivery,
    )
}

fn of_text(claim: Claim, text: &TextStart, delivery: &Delivery<'_>) -> Verdict {
    // A declared format that the lines fit needs no further question.
    let fits_claim = match claim {
        Claim::Format(format) => fits(format, text),
        _ => false,
    };
    if !fits_claim && let Some(verdict) = in_place_of_data(claim, text, delivery) {
        return verdict;
    }
    match text.end {
        TextEnd::Plain => {}
        TextEnd::Nul if claim != Claim::Anything => {
            return doubt(
                "the file is damaged: its text ends with NUL bytes, a sign of an interrupted download; download it again"
                    .to_owned(),
                delivery,
            );
        }
        TextEnd::Page if claim != Claim::Anything => {
            return doubt(
                "the file is damaged: a web page follows its lines; download it again".to_owned(),
                delivery,
            );
        }
        _ => {}
    }
    match claim {
        Claim::Format(format) if fits_claim => open_end(format, text),
        Claim::Format(format) => match detect(text) {
            Some(Format::Gff) if format == Format::Gff => Verdict::AsDeclared,
            Some(found) => Verdict::Other(found),
            None if format.is_text() => Verdict::Doubtful(format!(
                "the file does not look like {}: {}",
                format.name(),
                misfit(format, text)
            )),
            None => Verdict::Other(Format::PlainText),
        },
        Claim::Table | Claim::Anything => match marked(text) {
            Some(found) => Verdict::Other(found),
            None => Verdict::AsDeclared,
        },
    }
}

/// A last line that breaks off where a track would have gone on.
fn open_end(format: Format, text: &TextStart) -> Verdict {
    let is_table = matches!(format, Format::Bed | Format::BedGraph | Format::EncodePeak);
    match &text.open_line {
        Some(line)
            if is_table
                && !text.is_whole
                && !line.starts_with(['#', 't', 'b'])
                && !super::rows::is_bed(&line.split('\t').collect::<Vec<_>>()) =>
        {
            Verdict::Doubtful(
                "the file ends within a line and may be truncated: compare its size with that at its provider"
                    .to_owned(),
            )
        }
        _ => Verdict::AsDeclared,
    }
}

/// Content instead of data: pages, errors, pointers, and web formats.
fn in_place_of_data(claim: Claim, text: &TextStart, delivery: &Delivery<'_>) -> Option<Verdict> {
    let suffix = delivery
        .file_name
        .rsplit_once('.')
        .map(|(_, suffix)| suffix.to_ascii_lowercase())
        .unwrap_or_default();
    let is_free = claim == Claim::Anything;
    if let Some(tool) = pointer_file::tool(text) {
        return Some(useless(
            format!(
                "found a {tool} pointer instead of the file: its repository stores the file elsewhere; ask its provider for the URL of the file itself"
            ),
            delivery,
        ));
    }
    if let Some(markup) = markup(&text.characters) {
        return Some(match markup {
            Markup::Page(_) if is_free && ["html", "htm", "xhtml"].contains(&suffix.as_str()) => {
                Verdict::AsDeclared
            }
            Markup::Page(words) => useless(page(&words), delivery),
            Markup::Error(words) => useless(error(&words), delivery),
            Markup::Xml(_) if is_free => Verdict::Other(Format::Xml),
            Markup::Xml(root) => useless(
                format!(
                    "found an XML document (root element `{root}`) instead of the file: its URL may be that of a page or service; open it in a browser"
                ),
                delivery,
            ),
        });
    }
    match json(text) {
        Some(JsonBody::Error { is_said, .. })
            if is_free && (!is_said || suffix.ends_with("json")) =>
        {
            return Some(Verdict::Other(Format::Json));
        }
        Some(JsonBody::Error { words, .. }) => return Some(doubt(error(&words), delivery)),
        Some(JsonBody::Data) => return Some(Verdict::Other(Format::Json)),
        None => {}
    }
    // Only a track is known to have lines of a kind that a sentence is not.
    let from_server = delivery.from_server && matches!(claim, Claim::Format(_));
    if marked(text).is_some() {
        return None;
    }
    let most_lines = if claim == Claim::Table { 2 } else { FEW_LINES };
    sentence(text, from_server, most_lines).map(|words| doubt(error(&words), delivery))
}

fn page(words: &str) -> String {
    let quoted = quoted(words);
    format!(
        "found a web page instead of the file{quoted}: open its URL in a browser; the page may require a login or link to the file"
    )
}

fn error(words: &str) -> String {
    let quoted = quoted(words);
    format!(
        "found an error message instead of the file{quoted}: open its URL in a browser, or ask its provider"
    )
}

fn quoted(words: &str) -> String {
    match words {
        "" => String::new(),
        words => format!(" (`{words}`)"),
    }
}

/// A failure, or only a warning if the provider's checksum matches.
fn doubt(reason: String, delivery: &Delivery<'_>) -> Verdict {
    if delivery.is_verified {
        Verdict::Doubtful(format!(
            "{reason}. The file matches the provider's checksum, so it is imported unchanged"
        ))
    } else {
        Verdict::Refused(reason)
    }
}

/// A failure even if the checksum matches: the file is unusable.
fn useless(reason: String, delivery: &Delivery<'_>) -> Verdict {
    Verdict::Refused(if delivery.is_verified {
        format!("{reason}. It matches the provider's checksum, so the error is at the provider")
    } else {
        reason
    })
}
