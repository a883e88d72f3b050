//! The page of a crate (`ro-crate-preview.html`): static HTML that reads well without its style.
//!
//! RO-Crate 1.1 requires the metadata in the head of the page, as a data block; the page runs no script. Texts come from
//! foreign servers, so all of them are escaped and secrets removed.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Output, State, Value, context, escape_formatter};
use serde::Serialize as _;

use crate::ro_crate::Crate;
use crate::ro_crate::page::Page;
use crate::ro_crate::page::crates_page::{CrateSection, CratesPage};
use crate::ro_crate::page::provenance_page::ProvenancePage;
use crate::text::controls::{escaped_json, visible};
use crate::text::secrets;

const TEMPLATE: &str = include_str!("preview.html");
const PROVENANCE: &str = include_str!("provenance.html");
const CRATES: &str = include_str!("crates.html");
const SECTION: &str = include_str!("crate_section.html");

/// The templates, read once for many pages.
pub struct PageTemplates {
    environment: Environment<'static>,
}

impl PageTemplates {
    /// Reads the templates.
    ///
    /// # Errors
    /// An invalid template; no input causes this.
    pub fn new() -> Result<Self, Error> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(write_value);
        environment.add_template("preview", TEMPLATE)?;
        environment.add_template("provenance", PROVENANCE)?;
        environment.add_template("crates", CRATES)?;
        environment.add_template("section", SECTION)?;
        Ok(PageTemplates { environment })
    }

    /// The page of a crate with its FAIRtracks document at this path.
    ///
    /// # Errors
    /// As [`PageTemplates::new`].
    pub fn write(&self, page: &Page, crate_: &Crate, document: &str) -> Result<Vec<u8>, Error> {
        let template = self.environment.get_template("preview")?;
        let text = template.render(context! {
            page => Value::from(Serde(page)),
            document => document,
            metadata => metadata(crate_),
        })?;
        Ok(text.into_bytes())
    }

    /// The page of a crate with provenance; its picture is inserted unescaped.
    ///
    /// # Errors
    /// As [`PageTemplates::new`].
    pub fn write_provenance(
        &self,
        page: &ProvenancePage,
        crate_: &Crate,
    ) -> Result<Vec<u8>, Error> {
        let template = self.environment.get_template("provenance")?;
        let text = template.render(context! {
            page => Value::from(Serde(page)),
            picture => Value::from_safe_string(page.picture.clone()),
            metadata => metadata(crate_),
        })?;
        Ok(text.into_bytes())
    }

    /// The page of a collection of crates, with the sections of all of them; pictures are inserted unescaped.
    ///
    /// # Errors
    /// As [`PageTemplates::new`].
    pub fn write_crates(&self, page: &CratesPage, sections: String) -> Result<Vec<u8>, Error> {
        let template = self.environment.get_template("crates")?;
        let text = template.render(context! {
            page => Value::from(Serde(page)),
            picture => Value::from_safe_string(page.picture.clone()),
            sections => Value::from_safe_string(sections),
        })?;
        Ok(text.into_bytes())
    }

    /// The section of a crate on the page of its collection; its picture is inserted unescaped.
    ///
    /// # Errors
    /// As [`PageTemplates::new`].
    pub fn write_section(&self, section: &CrateSection) -> Result<String, Error> {
        let template = self.environment.get_template("section")?;
        let mut text = template.render(context! {
            crate => Value::from(Serde(section)),
            picture => Value::from_safe_string(section.picture.clone()),
        })?;
        text.push('\n');
        Ok(text)
    }
}

/// Writes a value into a page: secrets removed, hidden characters made visible, all of it escaped.
///
/// # Errors
/// Those of the template engine.
pub fn write_value(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    match value.as_str().filter(|_| !value.is_safe()) {
        Some(text) => {
            let clean = secrets::without(text);
            escape_formatter(out, state, &Value::from(visible(&clean).as_ref()))
        }
        None => escape_formatter(out, state, value),
    }
}

/// The metadata as the data block of a page.
fn metadata(crate_: &Crate) -> Value {
    let mut metadata = Vec::new();
    // Writing JSON values to memory cannot fail.
    let _ = crate_.serialize(&mut serde_json::Serializer::new(&mut metadata));
    // `</script` ends a data block, and `<!--` followed by `<script` keeps it from ending. In JSON `<` occurs only in
    // strings, where it can be escaped.
    let metadata = String::from_utf8_lossy(&metadata).replace('<', "\\u003c");
    Value::from_safe_string(escaped_json(&metadata).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ro_crate::page::PageRow;
    use crate::ro_crate::page::provenance_page::{FileRow, StepRow, TrackRow};
    use crate::ro_crate::{Entity, ROOT};

    fn html(write: impl Fn(&PageTemplates) -> Result<Vec<u8>, Error>) -> String {
        String::from_utf8(write(&PageTemplates::new().unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn texts_of_others_are_text_and_nothing_else() {
        let evil = "</script><!--<script>alert('x')</script>";
        let mut crate_ = Crate::new();
        crate_.add(Entity::new(ROOT, &["Dataset"]).with("name", evil));
        let page = Page {
            title: evil.to_owned(),
            subtitle: String::new(),
            warnings: vec![evil.to_owned()],
            facts: vec![
                PageRow::new("source", evil).linked("javascript:alert(1)"),
                PageRow::new("source", "x").linked("https://x.example/?a=1&b=\"2"),
            ],
            checks: Vec::new(),
            steps: vec![evil.to_owned()],
        };
        let html = html(|templates| templates.write(&page, &crate_, "d.json"));
        assert_eq!(html.matches("<script").count(), 1, "the block of data");
        assert!(!html.contains("<!--"));
        assert_eq!(html.matches("</script").count(), 1);
        assert!(!html.contains("javascript:"));
        assert!(
            html.contains("href=\"https:&#x2f;&#x2f;x.example&#x2f;?a=1&amp;b=&quot;2\""),
            "{html}"
        );
    }

    #[test]
    fn nothing_hidden_is_in_a_page_and_the_metadata_stay_the_same() {
        let evil = "\u{1b}[31m\u{202e}\u{200b}\u{9b}\u{2028}";
        let mut crate_ = Crate::new();
        crate_.add(Entity::new(ROOT, &["Dataset"]).with("name", evil));
        let page = Page {
            title: evil.to_owned(),
            subtitle: "see https://ann:pw@h.example/x".to_owned(),
            facts: vec![PageRow::new(evil, evil).linked("https://ann:pw@h.example/?token=1")],
            ..Page::default()
        };
        let html = html(|templates| templates.write(&page, &crate_, "d.json"));
        assert!(!html.contains(|c| c != '\n' && crate::text::controls::is_hidden(c)));
        assert!(html.contains("<h1>\\u{1b}[31m\\u{202e}\\u{200b}"), "{html}");
        assert!(
            html.contains("see https:&#x2f;&#x2f;h.example") && !html.contains("ann:pw"),
            "{html}"
        );
        let (_, block) = html.split_once("ld+json\">").unwrap();
        let (block, _) = block.split_once("</script>").unwrap();
        let read: serde_json::Value = serde_json::from_str(block).unwrap();
        assert!(
            read["@graph"]
                .as_array()
                .unwrap()
                .iter()
                .any(|entity| entity["name"] == evil)
        );
    }

    #[test]
    fn texts_of_others_are_text_in_a_page_of_provenance_too() {
        let evil = "</script><!--<script>alert('x')</script>";
        let mut crate_ = Crate::new();
        crate_.add(Entity::new(ROOT, &["Dataset"]).with("name", evil));
        let row = || PageRow::new(evil, evil).linked("javascript:alert(1)");
        let page = ProvenancePage {
            title: evil.to_owned(),
            findings: vec![evil.to_owned()],
            facts: vec![row()],
            picture: "<svg><title>x</title></svg>".to_owned(),
            tracks: vec![TrackRow {
                track: row(),
                cell_or_tissue: evil.to_owned(),
                assay: evil.to_owned(),
                assembly: evil.to_owned(),
                provider: evil.to_owned(),
                licence: row(),
            }],
            steps: vec![StepRow {
                tool: row(),
                times: evil.to_owned(),
                time: evil.to_owned(),
                parameters: vec![row()],
                fault: evil.to_owned(),
            }],
            methods: evil.to_owned(),
            citation: evil.to_owned(),
            files: vec![
                FileRow::new("javascript:alert(1)", evil, evil, evil),
                FileRow::new("data/a%20b.bed", "a b", "1 byte", ""),
            ],
            more_files: 3,
            ..ProvenancePage::default()
        };
        let html = html(|templates| templates.write_provenance(&page, &crate_));
        assert_eq!(html.matches("<script").count(), 1, "the block of data");
        assert!(
            !html.contains("<!--") && !html.contains("javascript:"),
            "{html}"
        );
        assert!(html.contains("<svg><title>x</title></svg>"));
        assert!(
            html.contains("<a href=\"data&#x2f;a%20b.bed\">data&#x2f;a b.bed</a>"),
            "{html}"
        );
    }
}
