//! SVG: elements with attributes, and text without markup or hidden characters.

use std::fmt::Display;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::text::controls::is_hidden;

/// The attributes of an element: names with values; an empty value leaves an attribute out.
type Attributes<'a> = [(&'a str, &'a dyn Display)];

/// Writes elements; the caller closes what it opens.
pub struct SvgWriter {
    writer: Writer<Vec<u8>>,
}

impl Default for SvgWriter {
    /// A part of a picture, for [`SvgWriter::append`].
    fn default() -> Self {
        let writer = Writer::new_with_indent(Vec::new(), b' ', 0);
        SvgWriter { writer }
    }
}

impl SvgWriter {
    /// Opens the outermost element with a white ground, a title and a description for screen readers.
    #[must_use]
    pub fn new(attributes: &Attributes<'_>, size: (i64, i64), title: &str, text: &str) -> Self {
        let (width, height) = size;
        let view = format!("0 0 {width} {height}");
        let mut svg = SvgWriter::default();
        let mut all: Vec<(&str, &dyn Display)> = vec![
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("width", &width),
            ("height", &height),
            ("viewBox", &view),
            ("role", &"img"),
        ];
        all.extend_from_slice(attributes);
        svg.open("svg", &all);
        svg.text("title", &[], title);
        svg.text("desc", &[], text);
        let ground: [(&str, &dyn Display); 3] =
            [("width", &width), ("height", &height), ("fill", &"#ffffff")];
        svg.empty("rect", &ground);
        svg
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.write(Event::Start(start(name, attributes)));
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element without content.
    pub fn empty(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// Writes an element with text.
    pub fn text(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) {
        self.open(name, attributes);
        self.write(Event::Text(BytesText::new(&visible(text))));
        self.close(name);
    }

    /// Writes the elements of a part, which was drawn before the size of the picture was known.
    pub fn append(&mut self, part: SvgWriter) {
        let all = self.writer.get_mut();
        all.push(b'\n');
        all.extend(part.writer.into_inner());
    }

    /// Closes the outermost element.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.close("svg");
        String::from_utf8_lossy(&self.writer.into_inner()).into_owned() + "\n"
    }

    fn write(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.writer.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: &Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        let value = visible(&value.to_string());
        if !value.is_empty() {
            start.push_attribute((*name, value.as_str()));
        }
    }
    start
}

/// A text on one line without hidden characters, which XML forbids in part.
fn visible(text: &str) -> String {
    let characters = text.chars().map(|character| match character {
        '\t' | '\n' | '\r' => ' ',
        other => other,
    });
    characters
        .filter(|&character| !is_hidden(character))
        .collect()
}
