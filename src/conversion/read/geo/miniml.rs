//! MINiML: the entities of SOFT as elements of XML. Their values get the keys of SOFT, so that both formats give the same document.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entity::{EntityKind, GeoEntity};
use super::text_reader::MOST_BYTES;

/// As deep as elements may be nested; MINiML has about five levels.
const DEEPEST: usize = 64;

/// Reads a text and passes on each of its entities.
///
/// # Errors
/// Why it is no MINiML, or what the visitor refuses.
pub(super) fn each_entity(
    text: Box<dyn BufRead + '_>,
    each: &mut dyn FnMut(GeoEntity) -> Result<(), String>,
) -> Result<(), String> {
    let event_bytes = Rc::new(Cell::new(0));
    let metered = MeteredText {
        text,
        bytes: event_bytes.clone(),
    };
    let mut reader = Reader::from_reader(metered);
    let mut walk = MinimlWalk::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        event_bytes.set(0);
        let position = reader.buffer_position();
        let at = |problem: String| format!("byte {position}: {problem}");
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|error| at(error.to_string()))?;
        match event {
            Event::Start(start) => walk.start(&start).map_err(at)?,
            Event::Empty(start) => {
                walk.start(&start).map_err(at)?;
                walk.end(each).map_err(at)?;
            }
            Event::End(_) => walk.end(each).map_err(at)?,
            Event::Text(part) => walk.text(&part),
            Event::CData(part) => walk.text(&part),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref();
                match character.map_err(|error| at(error.to_string()))? {
                    Some(character) => walk.text(character.encode_utf8(&mut [0; 4])),
                    None => walk.text(match &*reference {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        other => {
                            return Err(at(format!(
                                "found the entity `{other}`, expected none of its own"
                            )));
                        }
                    }),
                }
            }
            Event::DocType(_) => {
                return Err(at(
                    "found a document type definition, expected none: remove it".to_owned(),
                ));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match walk.open.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "found the end of the file inside of `{}`, expected the end of the element: download the file again",
            walk.open.join(" > ")
        )),
    }
}

/// A text that counts its bytes, so that a text of gigabytes between two elements is an error in time.
struct MeteredText<'t> {
    text: Box<dyn BufRead + 't>,
    bytes: Rc<Cell<u64>>,
}

impl Read for MeteredText<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.text.read(buffer)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

impl BufRead for MeteredText<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.bytes.get() > MOST_BYTES {
            return Err(io::Error::other(format!(
                "found more than {MOST_BYTES} bytes without an element, expected fewer"
            )));
        }
        self.text.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.set(self.bytes.get() + amount as u64);
        self.text.consume(amount);
    }
}

/// Values of a contributor, to whom samples and series refer.
type Contributor = Vec<(&'static str, String)>;

#[derive(Default)]
struct MinimlWalk {
    /// The names of the elements around.
    open: Vec<String>,
    text: String,
    entity: Option<GeoEntity>,
    /// The suffix of the keys of a channel.
    channel: String,
    /// The word before the text of an element: the tag of a characteristic.
    tag: Option<String>,
    contributors: HashMap<String, Contributor>,
    contributor: Option<(String, Contributor)>,
}

impl MinimlWalk {
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        let name = start.local_name().into_inner().to_owned();
        if self.open.is_empty() && name != "MINiML" {
            return Err(format!("found the element `{name}`, expected `MINiML`"));
        }
        if self.open.len() == DEEPEST {
            return Err(format!("found more than {DEEPEST} levels of elements"));
        }
        self.text.clear();
        let id = |attribute: &str| attribute_of(start, attribute).unwrap_or_default();
        match (self.open.len(), &name[..]) {
            (1, "Contributor") => self.contributor = Some((id("iid"), Vec::new())),
            (1, _) => {
                self.entity = Some(GeoEntity {
                    kind: EntityKind::named(&name),
                    id: id("iid"),
                    values: Vec::new(),
                });
            }
            (2, "Channel") => {
                let position = id("position");
                let position = match position.is_empty() {
                    true => "1",
                    false => &position[..],
                };
                self.channel = format!("_ch{position}");
            }
            (2, "Relation") => {
                let relation = format!("{}: {}", id("type"), id("target"));
                self.add("relation", &relation)?;
            }
            (2, "Sample-Ref") => self.add("sample_id", &id("ref"))?,
            (2, "Platform-Ref") => self.add("platform_id", &id("ref"))?,
            (2, "Contributor-Ref") => self.refer(&id("ref"), |key| key == "contact_name")?,
            (2, "Contact-Ref") => self.refer(&id("ref"), |_| true)?,
            (3, "Organism") => {
                let key = format!("taxid{}", self.channel);
                self.add(&key, &id("taxid"))?;
            }
            (3, "Characteristics") => self.tag = attribute_of(start, "tag"),
            _ => {}
        }
        self.open.push(name);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let is_table = self.open.iter().any(|name| name == "Data-Table");
        if !is_table {
            self.text.push_str(text);
        }
    }

    fn end(&mut self, each: &mut dyn FnMut(GeoEntity) -> Result<(), String>) -> Result<(), String> {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let depth = self.open.len();
        let within = self.open.get(2..).unwrap_or_default().join(".");
        if let Some((_, values)) = &mut self.contributor {
            let key = match &within[..] {
                "Person.First" => Some("first"),
                "Person.Middle" => Some("middle"),
                "Person.Last" => Some("last"),
                "Email" => Some("contact_email"),
                "Laboratory" => Some("contact_laboratory"),
                "Department" => Some("contact_department"),
                "Organization" => Some("contact_institute"),
                _ => None,
            };
            if let Some(key) = key.filter(|_| !text.is_empty()) {
                values.push((key, text.to_owned()));
            }
        } else if depth > 2 {
            self.value(&within, text)?;
        }
        if depth == 2 {
            if let Some((id, values)) = self.contributor.take() {
                self.contributors.insert(id, values);
            }
            if let Some(entity) = self.entity.take() {
                each(entity)?;
            }
        }
        if depth == 3 {
            self.channel.clear();
        }
        self.open.pop();
        Ok(())
    }

    /// A value by the names of its elements below the entity.
    fn value(&mut self, within: &str, text: &str) -> Result<(), String> {
        let key = match within {
            "Title" | "Description" | "Type" | "Summary" | "Overall-Design" | "Channel-Count"
            | "Library-Strategy" | "Library-Source" | "Library-Selection" | "Growth-Protocol"
            | "Treatment-Protocol" => lower(within),
            "Accession" => "geo_accession".to_owned(),
            "Pubmed-ID" => "pubmed_id".to_owned(),
            "Supplementary-Data" => "supplementary_file".to_owned(),
            "Instrument-Model.Predefined" | "Instrument-Model.Other" => {
                "instrument_model".to_owned()
            }
            "Data-Processing" => {
                // SOFT has a value for each line.
                for line in text.lines() {
                    self.add("data_processing", line)?;
                }
                return Ok(());
            }
            "Channel.Source" => format!("source_name{}", self.channel),
            "Channel.Characteristics" => {
                let key = format!("characteristics{}", self.channel);
                let text = match self.tag.take() {
                    Some(tag) if !text.is_empty() => format!("{tag}: {text}"),
                    _ => text.to_owned(),
                };
                return self.add(&key, &text);
            }
            _ => match within.split_once('.') {
                Some(("Channel", name)) => format!("{}{}", lower(name), self.channel),
                _ => lower(within),
            },
        };
        self.add(&key, text)
    }

    fn add(&mut self, key: &str, text: &str) -> Result<(), String> {
        match &mut self.entity {
            Some(entity) => entity.add(key.to_owned(), text, false),
            None => Ok(()),
        }
    }

    /// Adds values of a contributor, the name as SOFT has it.
    fn refer(&mut self, id: &str, wanted: impl Fn(&str) -> bool) -> Result<(), String> {
        let Some(values) = self.contributors.get(id).cloned() else {
            return Ok(());
        };
        let part = |wanted: &str| {
            let mut parts = values.iter();
            let found = parts.find(|(key, _)| *key == wanted);
            found.map_or("", |(_, text)| text)
        };
        let name = [part("first"), part("middle"), part("last")].join(",");
        let key = match wanted("contact_email") {
            true => "contact_name",
            false => "contributor",
        };
        if name != ",," {
            self.add(key, &name)?;
        }
        for (key, text) in &values {
            if key.starts_with("contact_") && wanted(key) {
                self.add(key, text)?;
            }
        }
        Ok(())
    }
}

/// The key of SOFT for the name of an element.
fn lower(name: &str) -> String {
    name.replace(['-', '.'], "_").to_lowercase()
}

fn attribute_of(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().into_inner() == name)?;
    let value = found.normalized_value(quick_xml::XmlVersion::default());
    value.ok().map(|value| value.trim().to_owned())
}
