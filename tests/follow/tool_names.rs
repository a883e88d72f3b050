//! Tools are named as Galaxy shows them, with id and version, in crates, pages, pictures and reports.

use std::fs;

use crate::support::following::{Galaxy, crates, row};
use crate::support::importing::{Opened, nine};
use crate::support::packaging::{Given, SAID, package};
use crate::support::running::{AUDIT, run_in};
use crate::support::{Outcome, folder};
use serde_json::{Value as Json, json};

const SHED: &str = "shed.example/repos/iuc/bedtools/bedtools_intersectbed/2.30.0";
const ADDRESS: &str = "https://shed.example/repos/iuc/bedtools/bedtools_intersectbed/2.30.0";

const NAME: &str = "bedtools Intersect intervals";
const RESULT: &str = "chr1\t100\t200\tmade of one track by a tool, and nowhere else\n";

/// A track that a tool of the Tool Shed worked on, by a lineage that names the tool so, or not at all.
fn followed(name: Option<&str>) -> Outcome {
    let came = nine(&[]);
    let mut galaxy = Galaxy::default();
    let tracks = galaxy.imported(&came);
    let made = galaxy.run(SHED, &[&tracks[0]], RESULT);
    galaxy.dataset_mut(&made)["name"] = "Overlap".into();
    let mut lineage = galaxy.lineage(&[&made]);
    let jobs = lineage["jobs"].as_array_mut().unwrap();
    let job = jobs.iter_mut().find(|job| job["tool_id"] == SHED).unwrap();
    job["tool_version"] = "2.30.0".into();
    if let Some(name) = name {
        job["tool_name"] = name.into();
    }
    let options = [
        "--output-picture",
        "picture.png",
        "--output-page",
        "page.html",
    ];
    let followed = galaxy.follow_by(Some(&lineage), &[&made], &crates(&came), &options);
    assert_eq!(followed.status, 0, "{}", followed.stderr);
    followed
}

fn opened(followed: &Outcome) -> Opened {
    Opened::new(&fs::read(&crates(followed)[0]).unwrap())
}

fn page(followed: &Outcome) -> String {
    opened(followed).preview()
}

fn run_of_tool(opened: &Opened) -> Json {
    let graph = opened.graph();
    let run = graph
        .iter()
        .find(|entity| entity["instrument"]["@id"] == ADDRESS);
    (*run.unwrap()).clone()
}

#[test]
fn a_tool_has_its_name_beside_id_and_version() {
    let followed = followed(Some(NAME));
    let opened = opened(&followed);
    let tool = opened.entity(ADDRESS);
    assert_eq!(tool["name"], NAME);
    assert_eq!(tool["identifier"], SHED);
    assert_eq!(tool["version"], "2.30.0");
    assert_eq!(
        run_of_tool(&opened)["name"],
        "Run of bedtools Intersect intervals"
    );
    let page = page(&followed);
    let in_words = "bedtools Intersect intervals (bedtools_intersectbed 2.30.0)";
    assert!(page.contains(in_words), "{page}");
    let report = followed.text("report.md");
    assert!(report.contains(&in_words.replace('_', "\\_")), "{report}");
    // The table is for programs.
    assert_eq!(
        row(&followed, "Overlap")["tools"],
        "bedtools_intersectbed 2.30.0"
    );
}

#[test]
fn the_package_of_such_a_crate_keeps_the_name() {
    let followed = followed(Some(NAME));
    let mut given = crates(&nine(&[]));
    given.extend(crates(&followed));
    let packed = package(&[Given::new("Overlap", "bed", RESULT)], &given, &SAID);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    let opened = packed.opened();
    assert_eq!(opened.entity(ADDRESS)["name"], NAME);
    let in_words = "bedtools Intersect intervals (bedtools_intersectbed 2.30.0";
    let methods = String::from_utf8(opened.files["metadata/methods.md"].clone()).unwrap();
    assert!(methods.replace('\\', "").contains(in_words), "{methods}");
    let page = opened.preview();
    // In the paragraph, the picture and the list of steps.
    assert!(page.matches(in_words).count() >= 2, "{page}");
    assert!(
        page.contains("Run of bedtools Intersect intervals"),
        "{page}"
    );
    let report = packed.text("report.md");
    assert!(report.replace('\\', "").contains(in_words), "{report}");
    // Tables are joined by ids.
    let step = "\tRun of bedtools Intersect intervals\tbedtools_intersectbed\t2.30.0\t";
    let steps = packed.text("steps.tsv");
    assert!(steps.contains(step), "{steps}");
}

#[test]
fn an_audit_finds_the_tool_by_its_name_and_by_its_ids() {
    let crates = crates(&followed(Some(NAME)));
    let crate_ = crates[0].to_str().unwrap();
    for tool in [
        NAME,
        "BEDTOOLS intersect Intervals",
        "bedtools_intersectbed",
        SHED,
    ] {
        let uses = format!("tool={tool}");
        let audited = run_in(AUDIT, &folder(), &[crate_, "--uses", &uses]);
        let verdict = "1 of 1 result uses";
        assert!(
            audited.stderr.contains(verdict),
            "{tool}: {}",
            audited.stderr
        );
    }
    let other = [crate_, "--uses", "tool=bedtools Merge"];
    let audited = run_in(AUDIT, &folder(), &other);
    assert!(
        audited.stderr.contains("0 of 1 result uses"),
        "{}",
        audited.stderr
    );
}

#[test]
fn without_a_name_a_tool_has_its_id() {
    let followed = followed(None);
    let opened = opened(&followed);
    assert_eq!(opened.entity(ADDRESS)["name"], "bedtools_intersectbed");
    let page = page(&followed);
    assert!(page.contains("bedtools_intersectbed 2.30.0"), "{page}");
    assert!(!page.contains("(bedtools_intersectbed"), "{page}");
}

#[test]
fn a_name_is_neither_markup_nor_a_directive() {
    let name =
        "<script>alert(1)</script> [x](javascript:y) ```galaxy\nhistory_dataset_display()``` | `a`";
    let followed = followed(Some(name));
    let one_line = name.replace('\n', " ");
    assert_eq!(opened(&followed).entity(ADDRESS)["name"], json!(one_line));
    for page in [
        page(&followed),
        fs::read_to_string(followed.folder.join("page.html")).unwrap(),
    ] {
        let before_data = page.replace("<script type=\"application/ld+json\">", "");
        assert!(!before_data.contains("<script>alert"), "{page}");
        assert!(page.contains("&lt;script"), "{page}");
    }
    let report = followed.text("report.md");
    assert!(!report.replace(r"\<", "").contains('<'), "{report}");
    assert!(
        report.contains(r"\[x\](javascript:y) \`\`\`galaxy"),
        "{report}"
    );
}
