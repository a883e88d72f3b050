//! Input that is meant to do harm: each is an error with its place, and none is a crash.

use std::fs;

use fairtracks::conversion::metadata_source::MetadataSource;
use serde_json::json;

use super::hub::options as hub_options;
use crate::support::bad_zips::builder::{Entry, Zip};
use crate::support::bad_zips::damaged::bomb;
use crate::support::converting::{convert, convert_files};
use crate::support::running::{CONVERT, run_at};
use crate::support::scripted_server::{Act, Server};
use crate::support::workbooks::{workbook_of_xml, zipped};
use crate::support::{folder, project};

const HUB: &str = "hub h\nshortLabel H\nlongLabel H\nuseOneFile on\nemail a@example.org\n\ngenome hg38\n\ntrack a\ntype bigWig\nbigDataUrl a.bw\n";

/// What is said of a file of a source, after its name.
fn refusal(source: &str, name: &str, bytes: &[u8]) -> String {
    let converted = convert_files(&[(name, bytes)], &["--source", source]);
    let outcome = &converted.outcome;
    assert_eq!(outcome.status, 1, "{name}: {outcome:?}");
    assert!(converted.document_bytes.is_empty(), "{name}");
    let said = outcome.stderr.strip_prefix("error: ").unwrap();
    let named = said.strip_prefix(&format!("{name}: "));
    named.unwrap_or(said).trim_end().to_owned()
}

fn utf_16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn other_encodings_are_named() {
    let table = "id,cell type\nt1,B cell\n";
    assert_eq!(
        refusal("table", "a.csv", &utf_16(table)),
        "found text in UTF-16, expected a table (CSV or TSV): save the table as `CSV UTF-8`"
    );
    assert_eq!(
        refusal("table", "a.csv", &utf_16(table)[2..]),
        "row 1: found the character '\\0', expected text"
    );
    // An apostrophe of Windows-1252, and an accent of Latin-1.
    for byte in [0x92, 0xe9] {
        let mut bytes = table.as_bytes().to_vec();
        bytes[16] = byte;
        assert_eq!(
            refusal("table", "a.csv", &bytes),
            format!(
                "row 2: found the byte 0x{byte:02x}, expected UTF-8: save the table as `CSV UTF-8`"
            )
        );
    }
    assert_eq!(
        refusal("table", "a.csv", b"id,note\nt1,a\0b\n"),
        "row 2: found the character '\\0', expected text"
    );
    for source in ["encode", "ihec"] {
        let text = "{\"@graph\": []}";
        assert!(refusal(source, "a.json", &utf_16(text)).len() > 20);
        let latin = b"{\"@graph\": [{\"accession\": \"caf\xe9\"}]}";
        assert!(refusal(source, "a.json", latin).len() > 20);
    }
    assert!(refusal("hub", "hub.txt", &utf_16(HUB)).starts_with("found no file or several files"));
}

#[test]
fn deep_and_wide_texts_are_refused() {
    let deep = |before: &str, after: &str| {
        let levels = 100_000;
        let lists = "[".repeat(levels) + &"]".repeat(levels);
        format!("{before}{lists}{after}")
    };
    let refused = refusal(
        "encode",
        "a.json",
        deep("{\"@graph\": [{\"a\": ", "}]}").as_bytes(),
    );
    assert_eq!(refused, "line 1, column 143: recursion limit exceeded");
    let refused = refusal("ihec", "a.json", deep("{\"datasets\": ", "}").as_bytes());
    assert!(refused.ends_with("recursion limit exceeded"), "{refused}");

    let wide = vec!["x"; 1_000_000].join(",");
    assert_eq!(
        refusal("table", "a.csv", format!("{wide}\n{wide}\n").as_bytes()),
        "row 1: found 1000000 columns, expected at most 16384"
    );
    let keys: Vec<String> = (0..100_001).map(|key| format!("\"k{key}\":1")).collect();
    let item = keys.join(",");
    for (source, before, after) in [
        ("encode", "{\"@graph\": [{", "}]}"),
        ("ihec", "{\"datasets\": {\"d\": {", "}}}"),
        ("gdc", "{\"data\": {\"hits\": [{", "}]}}"),
        ("data-connect", "{\"data\": [{", "}]}"),
        ("table", "[{", "}]"),
    ] {
        // The number ends at the character behind it.
        let column = before.len() + item.len() + 1;
        assert_eq!(
            refusal(
                source,
                "a.json",
                format!("{before}{item}{after}").as_bytes()
            ),
            format!("line 1, column {column}: found an object of more than 100000 keys, the limit"),
            "{source}"
        );
    }
    let open = format!("id,note\nt1,\"{}", "a,b\n".repeat(1 << 22));
    assert_eq!(
        refusal("table", "a.csv", open.as_bytes()),
        "row 2: found a quotation mark without its end, expected `\"` at the end of the cell"
    );
}

#[test]
fn archives_that_unpack_to_much_are_refused() {
    let limit = "exceeds the limit of 1073741824 decompressed bytes";
    let huge = Zip::of([bomb("xl/workbook.xml", u32::MAX - 1)]).bytes();
    let refused = refusal("table", "a.xlsx", &huge);
    assert!(refused.contains(limit), "{refused}");
    let hub = Zip::of([
        Entry::stored("hub.txt", HUB.as_bytes()),
        bomb("big.txt", u32::MAX - 1),
    ]);
    let refused = refusal("hub", "hub.zip", &hub.bytes());
    assert!(refused.contains(limit), "{refused}");
    let nested = zipped(&[("xl/workbook.xml", "PK\u{3}\u{4}")]);
    let refused = refusal("table", "a.xlsx", &nested);
    assert!(
        refused.starts_with("xl/workbook.xml: ") || refused.contains("`xl/workbook.xml`"),
        "{refused}"
    );
}

#[test]
fn names_in_archives_stay_in_the_hub() {
    for name in ["../hub.txt", "/hub.txt", "a/../../hub.txt", "C:\\hub.txt"] {
        let refused = refusal("hub", "hub.zip", &zipped(&[(name, HUB)]));
        assert!(refused.contains("hub.txt"), "{name}: {refused}");
    }
}

#[test]
fn workbooks_name_no_files_and_no_entities_of_their_own() {
    let rows = "<sheetData><row><c><v>&x;</v></c></row></sheetData>";
    let refused = refusal("table", "a.xlsx", &workbook_of_xml(&[("S", "", rows)], &[]));
    assert!(
        refused.ends_with("found the entity `x`, expected none of its own"),
        "{refused}"
    );
}

#[test]
fn formulas_are_texts_in_the_table() {
    let formula = "=HYPERLINK(\"https://tracks.example.org/\")";
    let quoted = formula.replace('"', "\"\"");
    let table = format!(
        "id,phenotype,{formula2}\nt1,\"{quoted}\",x\n",
        formula2 = "@SUM(1+1)"
    );
    let converted = convert(&[("a.csv", &table)], &[]);
    let refused = converted.rows_of("not taken over");
    assert_eq!(refused[0][3], format!("'{formula}"));
    assert_eq!(converted.rows_of("not read")[0][2], "'@SUM(1+1)");
    let cell = format!(
        "<c t=\"str\"><f>1+1</f><v>{}</v></c>",
        formula.replace('"', "&quot;")
    );
    let title = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows = format!(
        "<sheetData><row>{}{}</row><row>{}{cell}</row></sheetData>",
        title("id"),
        title("phenotype"),
        title("t1")
    );
    let book = workbook_of_xml(&[("S", "", &rows)], &[]);
    let converted = convert_files(&[("a.xlsx", &book)], &[]);
    assert_eq!(
        converted.rows_of("not taken over")[0][3],
        format!("'{formula}")
    );
}

#[test]
fn patterns_of_rules_take_linear_time_and_are_limited() {
    let rules = |pattern: &str| {
        format!(
            "name = \"x\"\nversion = \"1\"\n[[field]]\ntarget = \"tracks.local_id\"\ntitles = [\"id\"]\npattern = '{pattern}'\n"
        )
    };
    let place = folder();
    let path = place.join("rules.toml");
    let options = ["--rules", path.to_str().unwrap()];
    let text = "a".repeat(30_000);
    // Backtracking would take longer than the universe is old.
    fs::write(&path, rules("(a+)+(a+)+b")).unwrap();
    let converted = convert(&[("a.csv", &format!("id\n{text}\n"))], &options);
    assert_eq!(converted.rows_of("not taken over")[0][3], text);
    let replacement = format!("replacement = \"{}\"\n", "$0".repeat(3000));
    fs::write(&path, rules("(a+)") + &replacement).unwrap();
    let converted = convert(&[("a.csv", &format!("id\n{text}\n"))], &options);
    assert_eq!(
        converted.rows_of("not taken over")[0][5],
        "found a text of 30000 bytes for a replacement of 6000, expected a shorter one"
    );
    fs::write(&path, rules("((a{1000}){1000}){1000}")).unwrap();
    let refused = convert(&[("a.csv", "id\na\n")], &options);
    assert_eq!(refused.outcome.status, 1);
    let said = "field `tracks.local_id`: found the pattern `((a{1000}){1000}){1000}`";
    assert!(
        refused.outcome.stderr.contains(said),
        "{:?}",
        refused.outcome
    );
}

#[test]
fn files_of_a_hub_are_not_fetched_from_private_addresses() {
    for setting in [
        "include",
        "track b\ncompositeTrack faceted\nprimaryKey id\nmetaDataUrl",
    ] {
        for address in [
            "http://169.254.169.254/latest/",
            "http://10.0.0.1/x.txt",
            "http://192.168.0.1/x.txt",
            "http://[::1]/x.txt",
        ] {
            let hub = format!("{HUB}\n{setting} {address}\n");
            let server = Server::start(move |_| {
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", hub.len());
                vec![Act::Send((head + &hub).into_bytes())]
            });
            let place = folder();
            let site = place.join("site.toml");
            let settings = "allow_private_hosts = [\"127.0.0.1\"]\n[limits]\nretries = 0\n";
            fs::write(&site, settings).unwrap();
            let url = server.url("/hub.txt");
            let arguments = [
                "--source",
                "hub",
                "--url",
                &url,
                "--output-document",
                "out.json",
            ];
            let outcome = run_at(&site, CONVERT, &place, &arguments);
            assert_eq!(outcome.status, 1, "{address}: {outcome:?}");
            assert!(outcome.stderr.contains(address), "{outcome:?}");
            let is_refused = ["private", "loopback", "link-local", "this machine"];
            let is_refused = is_refused.iter().any(|word| outcome.stderr.contains(word));
            assert!(is_refused, "{outcome:?}");
            assert_eq!(server.seen().len(), 1);
        }
    }
}

/// The next number of a sequence that looks random (xorshift).
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 16) as usize
}

/// Characters that mean something in one of the formats.
const MARKS: &[u8] = b"\"'{}[],:;\t\n=\\/@&<>";

/// A file with some bytes changed, removed or repeated.
fn mutated(mut bytes: Vec<u8>, state: &mut u64) -> Vec<u8> {
    for _ in 0..=next(state) % 8 {
        if bytes.is_empty() {
            break;
        }
        let at = next(state) % bytes.len();
        let end = bytes.len().min(at + 1 + next(state) % 40);
        match next(state) % 4 {
            0 => bytes[at] = next(state) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = next(state) % bytes.len();
                bytes.splice(to..to, piece);
            }
            _ => bytes[at] = MARKS[next(state) % MARKS.len()],
        }
    }
    bytes
}

#[test]
fn no_bytes_make_a_conversion_crash() {
    let mut fixtures = Vec::new();
    for entry in fs::read_dir(project("test-data/conversion")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fixtures.push((
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(&path).unwrap(),
            ));
        }
    }
    fixtures.sort();
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let random: Vec<u8> = (0..2000).map(|_| next(&mut state) as u8).collect();
    fixtures.push(("random.txt".to_owned(), random));
    let place = folder();
    let site = place.join("site.toml");
    fs::write(&site, "[limits]\nretries = 0\n").unwrap();
    for kind in MetadataSource::ALL {
        for _ in 0..20 {
            let (name, bytes) = fixtures[next(&mut state) % fixtures.len()].clone();
            fs::write(place.join(&name), mutated(bytes, &mut state)).unwrap();
            let arguments = [
                "--source",
                kind.name(),
                &name,
                "--output-document",
                "out.json",
                "--output-table",
                "out.tsv",
            ];
            let outcome = run_at(&site, CONVERT, &place, &arguments);
            let is_error = outcome
                .stderr
                .lines()
                .any(|line| line.starts_with("error: "));
            assert!([0, 1, 2].contains(&outcome.status), "{name}: {outcome:?}");
            assert_eq!(is_error, outcome.status != 0, "{name}: {outcome:?}");
            assert!(!outcome.stderr.contains("panicked"), "{name}: {outcome:?}");
            assert_eq!(place.join("out.json").exists(), outcome.status == 0);
            let _ = fs::remove_file(place.join("out.json"));
        }
    }
}

#[test]
fn a_zip_file_of_a_hub_has_the_files_of_its_folder() {
    for hub in ["hub", "served_hub"] {
        let place = project("test-data/conversion");
        let options = hub_options();
        let of = |path: &std::path::Path| {
            let outcome_place = folder();
            let site = outcome_place.join("site.toml");
            fs::write(&site, "").unwrap();
            let mut arguments = vec![
                path.to_str().unwrap(),
                "--output-table",
                "out.tsv",
                "--output-document",
                "out.json",
            ];
            arguments.extend(options);
            let outcome = run_at(&site, CONVERT, &outcome_place, &arguments);
            assert_eq!(outcome.status, 0, "{outcome:?}");
            let mut document: serde_json::Value =
                serde_json::from_slice(&fs::read(outcome_place.join("out.json")).unwrap()).unwrap();
            document["converted_from"]["source"] = json!(null);
            (
                document,
                fs::read_to_string(outcome_place.join("out.tsv")).unwrap(),
            )
        };
        let packed = of(&place.join(format!("{hub}.zip")));
        assert_eq!(packed, of(&place.join(hub)), "run test-data/make_hubs.py");
    }
}
