//! Documents that have the shape of the standard and little else of it.

use serde_json::{Map, Value as Json, json};

use super::random::Random;

const KEYS: [&str; 28] = [
    "label",
    "term_label",
    "file_format",
    "summary",
    "list",
    "a",
    "b",
    "aa",
    "x/y",
    "a.b",
    "k:v",
    "a->b",
    "it's",
    "\"quoted\"",
    "two words",
    "",
    "é",
    "0",
    "-1",
    "{",
    "a,b",
    "50%",
    "_",
    "\\",
    "Label",
    "NULL",
    "what?",
    "日本",
];
const TEXTS: [&str; 60] = [
    "bigWig",
    "bigBed",
    "bigwig",
    "H1-hESC",
    "Homo sapiens",
    "T cell (CD4+)",
    "hg38",
    "HG38",
    "a",
    "b",
    "ab",
    "B",
    "",
    " ",
    " padded ",
    "50%",
    "a_b",
    "it's",
    "say \"hi\"",
    "back\\slash",
    "tab\there",
    "line\nbreak",
    "é",
    "É",
    "Ω",
    "ß",
    "日本",
    "😀",
    "42",
    "42.0",
    "1.50",
    "true",
    "f",
    "null",
    "{}",
    "[]",
    "a,b",
    "{a,b}",
    "what?",
    "2.5e1",
    "Étude",
    "ÉTUDE de l'œuvre",
    "straße",
    "STRASSE",
    "ẞ",
    "İı",
    "ΟΔΌΣ ς",
    "οδός Σ",
    "ǅ ǆ Ǆ",
    "\u{212a}562",
    "ſs",
    "fürTumor",
    "für Tumor",
    "e\u{301}e",
    "a\u{a0}b\u{3000}c",
    "٣ 3",
    "x_é-1",
    "Ⅷ ⅷ",
    "ŉ ﬁ",
    "Ünïcode\nzweite",
];
const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "1",
    "1.0",
    "1.50",
    "1.5",
    "1e3",
    "1000",
    "1E-2",
    "0.010",
    "-5",
    "42",
    "42.0",
    "2.5",
    "-1.5e+2",
    "123456789012345678901234567890",
    "0.000001",
    "1e20",
    "3000000000",
    "1e400",
    "-2.5",
    "7",
];

/// The parts of a document that all documents draw their values from, so that values repeat.
struct Palette {
    keys: Vec<&'static str>,
    texts: Vec<&'static str>,
    numbers: Vec<&'static str>,
}

/// A FAIRtracks document.
pub fn document(random: &mut Random) -> Json {
    let (keys, texts, numbers) = (
        2 + random.below(6),
        2 + random.below(7),
        1 + random.below(5),
    );
    let palette = Palette {
        keys: (0..keys).map(|_| random.pick(&KEYS)).collect(),
        texts: (0..texts).map(|_| random.pick(&TEXTS)).collect(),
        numbers: (0..numbers).map(|_| random.pick(&NUMBERS)).collect(),
    };
    let tracks = 1 + random.below(9);
    json!({
        "doc_info": Json::Object(attributes(random, &palette)),
        "collection_info": Json::Object(attributes(random, &palette)),
        "studies": objects(random, &palette, 2, &[]),
        "samples": objects(random, &palette, 3, &[]),
        "experiments": objects(random, &palette, 4, &[("sample_ref", 3), ("study_ref", 2)]),
        "tracks": objects(random, &palette, tracks, &[("experiment_ref", 4)]),
    })
}

/// Up to `count` objects more than one, each with an identifier that now and then repeats or is missing, and with
/// references to one of so many others, which now and then lead nowhere.
fn objects(
    random: &mut Random,
    palette: &Palette,
    count: usize,
    references: &[(&str, usize)],
) -> Json {
    let objects = (0..=count).map(|position| {
        let mut object = attributes(random, palette);
        let position = if random.chance(5) { 0 } else { position };
        if !random.chance(2) {
            object.insert("local_id".to_owned(), identifier(random, position));
        }
        for (attribute, others) in references {
            if !random.chance(3) {
                let missing = usize::from(random.chance(8));
                let other = random.below(others + missing);
                object.insert((*attribute).to_owned(), identifier(random, other));
            }
        }
        Json::Object(object)
    });
    objects.collect()
}

/// An identifier: nearly always a text.
fn identifier(random: &mut Random, number: usize) -> Json {
    match random.below(150) {
        0 => json!(number),
        1 => json!([number.to_string()]),
        2 => Json::Null,
        _ => json!(format!("id:{number}")),
    }
}

fn attributes(random: &mut Random, palette: &Palette) -> Map<String, Json> {
    (0..random.below(6))
        .map(|_| {
            (
                random.pick(&palette.keys).to_owned(),
                value(random, palette, 3),
            )
        })
        .collect()
}

/// Any JSON value that nests at most `depth` levels.
fn value(random: &mut Random, palette: &Palette, depth: usize) -> Json {
    let containers = if depth > 0 { 18 } else { 0 };
    match random.weighted(&[8, 8, 15, 40, containers, containers]) {
        0 => Json::Null,
        1 => Json::Bool(random.chance(50)),
        2 => number(random.pick(&palette.numbers)),
        3 => json!(random.pick(&palette.texts)),
        4 => (0..random.below(4))
            .map(|_| value(random, palette, depth - 1))
            .collect(),
        _ => (0..random.below(4))
            .map(|_| {
                (
                    random.pick(&palette.keys).to_owned(),
                    value(random, palette, depth - 1),
                )
            })
            .collect::<Map<String, Json>>()
            .into(),
    }
}

/// A JSON number that keeps its spelling.
pub fn number(spelling: &str) -> Json {
    serde_json::from_str(spelling).unwrap()
}

/// Some text, found in documents or not.
pub fn any_text(random: &mut Random) -> &'static str {
    random.pick(&TEXTS)
}

/// Some key, found in documents or not.
pub fn any_key(random: &mut Random) -> &'static str {
    random.pick(&KEYS)
}

/// The spelling of some number, found in documents or not.
pub fn any_number(random: &mut Random) -> &'static str {
    random.pick(&NUMBERS)
}
