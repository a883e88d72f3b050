//! Other programs that read zip archives, and what each finds in some.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

/// The files of an archive: name and SHA-256 of the bytes. None where the reader refuses it.
pub type Contents = Option<BTreeMap<String, String>>;

/// A program that reads archives.
pub struct Reader {
    pub name: &'static str,
    /// The program and its arguments before the archives.
    command: Vec<String>,
    /// Whether it reads the entries one after the other and never the list: it then stops where other bytes come, and folders and
    /// files before that count.
    pub streams: bool,
}

fn place(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/support/zip_readers")
        .join(file)
}

fn runs(program: &str, version: &str) -> bool {
    let output = Command::new(program).arg(version).output();
    output.is_ok_and(|output| output.status.success())
}

/// Where JSZip is: in a folder that the environment names, or where `planemo/test` installs the readers of crates.
fn jszip() -> Option<String> {
    let modules = |folder: &Path| {
        let jszip = folder.join("node_modules/jszip");
        jszip.exists().then(|| jszip.to_str().unwrap().to_owned())
    };
    if let Ok(folder) = env::var("ZIP_MODULES") {
        return modules(Path::new(&folder));
    }
    let state = Path::new(env!("CARGO_MANIFEST_DIR")).join(".galaxy");
    let folders = fs::read_dir(state).ok()?.flatten();
    folders
        .map(|folder| folder.path())
        .find_map(|path| modules(&path))
}

/// The readers that this machine has, and the names of those that it lacks.
pub fn at_hand() -> (Vec<Reader>, Vec<&'static str>) {
    let script = |file: &str| place(file).to_str().unwrap().to_owned();
    let python = |name: &str| vec!["python3".to_owned(), script("readers.py"), name.to_owned()];
    let java = |name: &str| vec!["java".to_owned(), script("Readers.java"), name.to_owned()];
    let jszip = jszip();
    let has_python = runs("python3", "--version");
    let has_java = runs("java", "-version") && runs("javac", "-version");
    let all = [
        ("python", python("zipfile"), false, has_python),
        (
            "unzip",
            python("unzip"),
            false,
            has_python && runs("unzip", "-v"),
        ),
        (
            "jszip",
            vec![
                "node".to_owned(),
                script("readers.mjs"),
                jszip.clone().unwrap_or_default(),
            ],
            false,
            runs("node", "--version") && jszip.is_some(),
        ),
        ("java ZipFile", java("file"), false, has_java),
        ("java ZipInputStream", java("stream"), true, has_java),
    ];
    let mut lacking = Vec::new();
    let mut readers = Vec::new();
    for (name, command, streams, is_there) in all {
        match is_there {
            true => readers.push(Reader {
                name,
                command,
                streams,
            }),
            false => lacking.push(name),
        }
    }
    (readers, lacking)
}

impl Reader {
    /// What the reader finds in each archive.
    pub fn read(&self, archives: &[PathBuf]) -> Vec<Contents> {
        let list = archives.first().unwrap().with_extension("list");
        let lines: Vec<&str> = archives.iter().map(|path| path.to_str().unwrap()).collect();
        fs::write(&list, lines.join("\n")).unwrap();
        let output = Command::new(&self.command[0])
            .args(&self.command[1..])
            .arg(&list)
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let found: Vec<Contents> = text.lines().map(contents).collect();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(found.len(), archives.len(), "{}: {said}", self.name);
        found
    }

    /// What this reader finds that we do not, or finds otherwise; none where it refuses the archive or reads the same.
    pub fn difference(&self, ours: &BTreeMap<String, String>, theirs: &Contents) -> Option<String> {
        // unzip spells names outside ASCII by the system that an archive claims to be of, even where it is flagged as UTF-8 (`jar`).
        let spelled = |files: &BTreeMap<String, String>| -> BTreeMap<String, String> {
            let files = files.iter().map(|(name, sum)| match name.is_ascii() {
                false if self.name == "unzip" => (format!("outside ASCII: {sum}"), sum.clone()),
                _ => (name.clone(), sum.clone()),
            });
            files.collect()
        };
        let (ours, theirs) = (&spelled(ours), &spelled(theirs.as_ref()?));
        let other = theirs
            .iter()
            .find(|(name, sum)| ours.get(*name) != Some(sum));
        let missing = ours.keys().find(|name| !theirs.contains_key(*name));
        match (other, missing) {
            (Some((name, _)), _) => Some(format!("{} finds {name:?} otherwise", self.name)),
            (None, Some(name)) if !self.streams => Some(format!("{} misses {name:?}", self.name)),
            _ => None,
        }
    }
}

fn contents(line: &str) -> Contents {
    let found: Json = serde_json::from_str(line).unwrap();
    let files = found.get("files")?.as_object().unwrap().iter();
    Some(
        files
            .map(|(name, sum)| (name.clone(), sum.as_str().unwrap().to_owned()))
            .collect(),
    )
}
