//! The page of a crate (`ro-crate-preview.html`): static HTML that reads well without its style.
//!
//! RO-Crate 1.1 asks for the metadata in the head of the page, as a block of data; nothing in the page is a script that
//! runs. Texts are those of other people's servers, so all of them are escaped.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Value, context};
use serde::Serialize as _;

use crate::model::ro_crate::Crate;
use crate::model::ro_crate::page::Page;

const TEMPLATE: &str = include_str!("preview.html");

/// The template, read once for many pages.
pub struct Preview {
    environment: Environment<'static>,
}

impl Preview {
    /// Reads the template.
    ///
    /// # Errors
    /// The template is at fault, which no input can bring about.
    pub fn new() -> Result<Self, Error> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.add_template("preview", TEMPLATE)?;
        Ok(Preview { environment })
    }

    /// The page of a crate whose FAIRtracks document is at this path in it.
    ///
    /// # Errors
    /// As [`Preview::new`].
    pub fn write(&self, page: &Page, crate_: &Crate, document: &str) -> Result<Vec<u8>, Error> {
        let mut metadata = Vec::new();
        // Writing JSON values to memory cannot fail.
        let _ = crate_.serialize(&mut serde_json::Serializer::new(&mut metadata));
        // In a block of data `</script` ends the block, and `<!--` with `<script` behind it keeps it from ending. In JSON a
        // `<` stands in texts only, and has another spelling there.
        let metadata = String::from_utf8_lossy(&metadata).replace('<', "\\u003c");
        let template = self.environment.get_template("preview")?;
        let text = template.render(context! {
            page => Value::from(Serde(page)),
            document => document,
            metadata => Value::from_safe_string(metadata),
        })?;
        Ok(text.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ro_crate::page::Row;
    use crate::model::ro_crate::{Entity, ROOT};

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
                Row::new("source", evil).linked("javascript:alert(1)"),
                Row::new("source", "x").linked("https://x.example/?a=1&b=\"2"),
            ],
            checks: Vec::new(),
            steps: vec![evil.to_owned()],
        };
        let html = Preview::new()
            .unwrap()
            .write(&page, &crate_, "d.json")
            .unwrap();
        let html = String::from_utf8(html).unwrap();
        assert_eq!(html.matches("<script").count(), 1, "the block of data");
        assert!(!html.contains("<!--"));
        assert_eq!(html.matches("</script").count(), 1);
        assert!(!html.contains("javascript:"));
        assert!(
            html.contains("href=\"https:&#x2f;&#x2f;x.example&#x2f;?a=1&amp;b=&quot;2\""),
            "{html}"
        );
    }
}
