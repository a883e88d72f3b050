//! What a tool wrote: its table of outcomes, its collections for Galaxy, its crates.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::importing::Opened;
use super::packaging;
use super::running::Outcome;

/// A row of the table of outcomes, by column name.
pub type Row = BTreeMap<String, String>;

impl Outcome {
    /// The bytes of a file in the folder.
    pub fn read(&self, name: &str) -> Vec<u8> {
        let path = self.folder.join(name);
        fs::read(path).unwrap_or_else(|error| panic!("{name}: {error}; {}", self.stderr))
    }

    pub fn report(&self) -> String {
        self.text("report.md")
    }

    pub fn galaxy(&self) -> Json {
        serde_json::from_slice(&self.read("galaxy.json")).unwrap()
    }

    /// The rows of the table of outcomes.
    pub fn rows(&self) -> Vec<Row> {
        let table = self.text("outcomes.tsv");
        let mut lines = table.lines();
        let header = lines.next().unwrap().strip_prefix('#').expect("titles");
        let titles: Vec<&str> = header.split('\t').collect();
        lines
            .map(|line| {
                let cells: Vec<&str> = line.split('\t').collect();
                assert_eq!(cells.len(), titles.len(), "{line}");
                let cells = cells.into_iter().map(str::to_owned);
                titles
                    .iter()
                    .map(|title| (*title).to_owned())
                    .zip(cells)
                    .collect()
            })
            .collect()
    }

    /// The row of a track.
    pub fn row(&self, local_id: &str) -> Row {
        let mut rows = self.rows().into_iter();
        let found = rows.find(|row| row["local_id"] == local_id);
        found.unwrap_or_else(|| panic!("no row of {local_id}; {}", self.stderr))
    }

    /// A column of the table.
    pub fn column(&self, title: &str) -> Vec<String> {
        self.rows()
            .into_iter()
            .map(|row| row[title].clone())
            .collect()
    }

    /// The elements of a collection that Galaxy is told of.
    pub fn elements(&self, output: &str) -> Vec<Json> {
        self.galaxy()[output]["elements"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// The names of these elements.
    pub fn names(&self, output: &str) -> Vec<String> {
        let elements = self.elements(output);
        elements
            .iter()
            .map(|element| element["name"].as_str().unwrap().to_owned())
            .collect()
    }

    pub fn element(&self, output: &str, name: &str) -> Json {
        let mut elements = self.elements(output).into_iter();
        elements
            .find(|element| element["name"] == name)
            .unwrap_or_else(|| panic!("no {name}"))
    }

    /// The bytes of an element.
    pub fn bytes(&self, element: &Json) -> Vec<u8> {
        self.read(element["filename"].as_str().unwrap())
    }

    pub fn crate_of(&self, name: &str) -> Opened {
        Opened::new(&self.bytes(&self.element("output_crates", name)))
    }

    pub fn crate_path(&self, name: &str) -> PathBuf {
        let element = self.element("output_crates", name);
        self.folder.join(element["filename"].as_str().unwrap())
    }

    /// All files written, by their path in the folder.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        walk(&self.folder, &self.folder, &mut files);
        files
    }

    /// All bytes written or said, the crates unpacked: what nothing confidential may be in.
    pub fn everything(&self) -> Vec<(String, Vec<u8>)> {
        let mut all = vec![
            (
                "standard output".to_owned(),
                self.stdout.clone().into_bytes(),
            ),
            (
                "standard error".to_owned(),
                self.stderr.clone().into_bytes(),
            ),
        ];
        for (name, bytes) in self.files() {
            if bytes.starts_with(b"PK") {
                let inside = Opened::new(&bytes).files.into_iter();
                all.extend(inside.map(|(path, bytes)| (format!("{name}: {path}"), bytes)));
            }
            all.push((name, bytes));
        }
        all
    }

    /// Asserts that a text is in nothing that was written or said.
    pub fn assert_nowhere(&self, secret: &str) {
        for (place, bytes) in self.everything() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                !text.contains(secret) && !place.contains(secret),
                "{secret} is in {place}: {text}"
            );
        }
    }

    /// The text of a file in the folder.
    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    /// The crate of a packaging.
    pub fn path(&self) -> PathBuf {
        self.folder.join("crate.zip")
    }

    /// The same, unpacked.
    pub fn opened(&self) -> Opened {
        Opened::new(&self.read("crate.zip"))
    }

    /// What `fairtracks_check` finds that must or should be mended.
    pub fn faults(&self) -> Vec<String> {
        packaging::faults(&self.path())
    }
}

fn walk(top: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(top, &path, files);
        } else {
            let name = path.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}
