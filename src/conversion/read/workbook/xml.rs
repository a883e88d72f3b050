//! The XML of a part, as elements and texts.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::conversion::error::WorkbookError;

/// As deep as elements may be nested; parts of workbooks have about eight levels.
const DEEPEST: usize = 64;

/// A step through a part. Names are without their prefixes.
#[derive(Debug)]
pub(in crate::conversion::read) enum XmlStep<'x> {
    /// An element begins.
    Start(&'x str, &'x BytesStart<'x>),
    /// An element ends; an empty one begins and ends.
    End(&'x str),
    /// A text.
    Text(&'x str),
}

/// Walks through a part.
///
/// # Errors
/// It is no XML, or the visitor refuses it.
pub(in crate::conversion::read) fn walk(
    part: &str,
    text: &str,
    mut visit: impl FnMut(XmlStep<'_>) -> Result<(), WorkbookError>,
) -> Result<(), WorkbookError> {
    let problem = |problem: String| WorkbookError::Xml {
        part: part.to_owned(),
        problem,
    };
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut depth = 0_usize;
    loop {
        match reader
            .read_event()
            .map_err(|error| problem(error.to_string()))?
        {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(problem(format!(
                        "found more than {DEEPEST} levels of elements"
                    )));
                }
                visit(XmlStep::Start(start.local_name().into_inner(), &start))?;
            }
            Event::Empty(start) => {
                let name = start.local_name();
                visit(XmlStep::Start(name.into_inner(), &start))?;
                visit(XmlStep::End(name.into_inner()))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(XmlStep::End(end.local_name().into_inner()))?;
            }
            Event::Text(text) => visit(XmlStep::Text(&text))?,
            Event::CData(text) => visit(XmlStep::Text(&text))?,
            Event::GeneralRef(reference) => {
                let character = reference
                    .resolve_char_ref()
                    .map_err(|error| problem(error.to_string()))?;
                match character {
                    Some(character) => visit(XmlStep::Text(character.encode_utf8(&mut [0; 4])))?,
                    None => visit(XmlStep::Text(match &*reference {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        other => {
                            return Err(problem(format!(
                                "found the entity `{other}`, expected none of its own"
                            )));
                        }
                    }))?,
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The value of an attribute, by its name without a prefix.
pub(in crate::conversion::read) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().into_inner() == name)?;
    let value = found.normalized_value(quick_xml::XmlVersion::default());
    value.ok().map(|value| value.into_owned())
}
