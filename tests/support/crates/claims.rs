//! Small sound crates of each version and profile, and one change for each rule with what is said of it in each of them.

use serde_json::{Value as Json, json};

use super::{Page, Parts};

/// The crates: their names, in the order of the strengths that a [`Rule`] has.
pub const BASES: [&str; 8] = [
    "1.0",
    "1.1",
    "1.2",
    "1.3",
    "unknown",
    "process",
    "workflow",
    "provenance",
];

/// A change, and for each crate the strength of the finding that it gives: `M`ust, `S`hould, `m`ay, `-` for none.
pub struct Rule {
    pub name: &'static str,
    pub change: fn(&mut Parts),
    /// The beginning of what is found.
    pub what: &'static str,
    /// One letter for each of [`BASES`]; a blank where the crate has nothing to change.
    pub strengths: &'static str,
}

fn reference(id: &str) -> Json {
    json!({"@id": id})
}

/// A crate of two files whose version and profiles are named.
pub fn base(name: &str) -> Parts {
    let version = match name {
        "1.0" | "1.2" | "1.3" => name,
        "unknown" => "9.9",
        _ => "1.1",
    };
    let address = format!("https://w3id.org/ro/crate/{version}");
    let mut parts = Parts {
        metadata: json!({
            "@context": [format!("{address}/context"), "https://w3id.org/ro/terms/workflow-run/context"],
            "@graph": [
                {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": reference("./"), "conformsTo": reference(&address)},
                {"@id": "./", "@type": "Dataset", "name": "Photos", "description": "Photos of a dog", "datePublished": "2024-01-01",
                 "license": reference("https://spdx.org/licenses/CC0-1.0"), "author": reference("#person"), "publisher": reference("#org"),
                 "hasPart": [reference("dog.txt"), reference("cat.txt")]},
                {"@id": "https://spdx.org/licenses/CC0-1.0", "@type": "CreativeWork", "name": "CC0"},
                {"@id": "#person", "@type": "Person", "name": "P", "affiliation": reference("#org")},
                {"@id": "#org", "@type": "Organization", "name": "O"},
                {"@id": "dog.txt", "@type": "File", "name": "dog", "encodingFormat": "text/plain"},
                {"@id": "cat.txt", "@type": "File", "name": "cat", "encodingFormat": "text/plain"},
            ],
        }),
        files: ["dog.txt", "cat.txt"]
            .map(|name| (name.to_owned(), b"x\n".to_vec()))
            .into(),
        page: Page::Missing,
        spelling: |text| text,
    };
    let depth = ["process", "workflow", "provenance"]
        .iter()
        .position(|known| *known == name);
    for (level, profile) in ["process", "workflow", "provenance"].iter().enumerate() {
        if depth.is_some_and(|depth| level <= depth) {
            let id = format!("https://w3id.org/ro/wfrun/{profile}/0.5");
            parts.add(
                json!({"@id": id, "@type": "CreativeWork", "name": profile, "version": "0.5"}),
            );
            parts.entity("./").entry("conformsTo").or_insert(json!([]));
            parts.refer("./", "conformsTo", &id);
        }
    }
    if depth.is_some() {
        runs(&mut parts);
    }
    if depth > Some(0) {
        workflow(&mut parts);
    }
    if depth > Some(1) {
        steps(&mut parts);
    }
    parts
}

fn runs(parts: &mut Parts) {
    parts.set("./", "mentions", json!([reference("#run")]));
    parts.add(json!({"@id": "#run", "@type": "CreateAction", "name": "run", "description": "cp", "endTime": "2024-01-01",
        "instrument": reference("https://example.org/tool"), "agent": reference("#person"),
        "object": reference("cat.txt"), "result": reference("dog.txt")}));
    parts.add(
        json!({"@id": "https://example.org/tool", "@type": "SoftwareApplication", "name": "t",
        "url": "https://example.org/", "version": "1"}),
    );
}

fn workflow(parts: &mut Parts) {
    parts.set("./", "mainEntity", reference("w.cwl"));
    parts.refer("./", "hasPart", "w.cwl");
    parts.files.push(("w.cwl".to_owned(), b"x\n".to_vec()));
    parts.add(json!({"@id": "w.cwl", "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"], "name": "w",
        "url": "https://example.org/", "version": "1", "encodingFormat": "text/plain", "programmingLanguage": reference("#cwl"),
        "input": reference("#in")}));
    parts.add(json!({"@id": "#cwl", "@type": "ComputerLanguage", "name": "CWL", "url": "https://example.org/", "version": "1"}));
    parts.add(
        json!({"@id": "#in", "@type": "FormalParameter", "name": "in", "additionalType": "File"}),
    );
    parts.set("#run", "instrument", reference("w.cwl"));
}

fn steps(parts: &mut Parts) {
    parts.set("w.cwl", "hasPart", reference("https://example.org/tool"));
    parts.set("w.cwl", "step", reference("#step"));
    parts.refer("./", "mentions", "#call");
    parts.add(json!({"@id": "#step", "@type": "HowToStep", "name": "s", "workExample": reference("https://example.org/tool")}));
    parts.add(json!({"@id": "#call", "@type": "CreateAction", "name": "call", "description": "cp", "endTime": "2024-01-01",
        "instrument": reference("https://example.org/tool"), "agent": reference("#person"), "result": reference("dog.txt")}));
    parts.add(json!({"@id": "#control", "@type": "ControlAction", "name": "c", "instrument": reference("#step"),
        "object": reference("#call")}));
    parts.add(json!({"@id": "#engine-run", "@type": "OrganizeAction", "name": "o", "instrument": reference("#engine"),
        "object": reference("#control"), "result": reference("#run")}));
    parts.add(json!({"@id": "#engine", "@type": "SoftwareApplication", "name": "e", "url": "https://example.org/", "version": "1"}));
}

fn rule(
    name: &'static str,
    strengths: &'static str,
    what: &'static str,
    change: fn(&mut Parts),
) -> Rule {
    Rule {
        name,
        change,
        what,
        strengths,
    }
}

fn action(parts: &mut Parts, further: Json) {
    let mut action = json!({"@id": "#act", "@type": "CreateAction", "name": "act", "result": reference("cat.txt")});
    let members = action.as_object_mut().unwrap();
    members.extend(further.as_object().unwrap().clone());
    parts.add(action);
}

fn root_id(parts: &mut Parts, id: &str) {
    parts.set("ro-crate-metadata.json", "about", reference(id));
    parts.set("./", "@id", json!(id));
}

/// The rules of versions for the root and the descriptor.
#[rustfmt::skip]
pub fn of_root() -> Vec<Rule> {
    vec![
        rule("two types", "SS---SSS", "\"Dataset, LearningResource\"", |p| p.set("./", "@type", json!(["Dataset", "LearningResource"]))),
        rule("no Dataset", "MMMMMMMM", "\"CreativeWork\"", |p| p.set("./", "@type", json!("CreativeWork"))),
        rule("an absolute id", "MS---SSS", "\"https://example.org/crate/\"", |p| root_id(p, "https://example.org/crate/")),
        rule("an absolute id without slash", "MM---MMM", "\"https://doi.org/10.1/x\"", |p| root_id(p, "https://doi.org/10.1/x")),
        rule("an id of its own", "MMMM-MMM", "\"#root\"", |p| root_id(p, "#root")),
        rule("no licence", "MMMM-MMM", "no `license`", |p| { p.remove("./", "license"); }),
        rule("a name of no text", "SSSS-SSS", "an empty string", |p| p.set("./", "name", json!(""))),
        rule("a name that refers", "MMMM-MMM", "a reference", |p| p.set("./", "name", reference("dog.txt"))),
        rule("a licence as text", "SSSS-SSS", "\"free for all\"", |p| p.set("./", "license", json!("free for all"))),
        rule("no author", "mmmm-mmm", "no `author`", |p| { p.remove("./", "author"); }),
        rule("a publisher as text", "-MMM-MMM", "\"Oslo\"", |p| p.set("./", "publisher", json!("Oslo"))),
        rule("a university as publisher", "--------", "\"#org\"", |p| p.set("#org", "@type", json!("CollegeOrUniversity"))),
        rule("a file as publisher", "-MMM-MMM", "\"dog.txt\", a File", |p| p.set("./", "publisher", reference("dog.txt"))),
        rule("an author without affiliation", "-SSS-SSS", "no `affiliation` of \"P\"", |p| { p.remove("#person", "affiliation"); }),
        rule("an affiliation as text", "-mmm-mmm", "\"Oslo\"", |p| p.set("#person", "affiliation", json!("Oslo"))),
        rule("a typed date", "mmMM-mmm", "an object", |p| p.set("./", "datePublished", json!({"@type": "xsd:date", "@value": "2024-01-01"}))),
        rule("a date as value object", "--------", "an object", |p| p.set("./", "datePublished", json!({"@value": "2024-01-01"}))),
        rule("two dates", "mmMM-mmm", "2 values", |p| p.set("./", "datePublished", json!(["2024-01-01", "2024-01-02"]))),
        rule("a date that is none", "MMMM-MMM", "\"yesterday\"", |p| p.set("./", "datePublished", json!("yesterday"))),
        rule("a typed date that is none", "MMMM-MMM", "\"yesterday\"", |p| p.set("./", "datePublished", json!({"@type": "xsd:date", "@value": "yesterday"}))),
        rule("a day of no calendar", "SSSSSSSS", "\"2024-02-30\"", |p| p.set("./", "datePublished", json!("2024-02-30"))),
        rule("a year", "SSSS-SSS", "\"2024\"", |p| p.set("./", "datePublished", json!("2024"))),
        rule("a basic date", "--------", "\"20240131\"", |p| p.set("./", "datePublished", json!("20240131"))),
        rule("a date by week and hour", "--------", "\"2024", |p| p.set("./", "datePublished", json!("2024-W05-3T10+01"))),
        rule("an undescribed profile", "--MM-MMM", "\"https://example.org/profile\", not described", |p| {
            p.entity("./").entry("conformsTo").or_insert(json!([]));
            p.refer("./", "conformsTo", "https://example.org/profile");
        }),
        rule("a profile that is a Thing", "--MM-MMM", "\"https://example.org/profile\", a Thing", |p| {
            p.add(json!({"@id": "https://example.org/profile", "@type": "Thing", "name": "x"}));
            p.entity("./").entry("conformsTo").or_insert(json!([]));
            p.refer("./", "conformsTo", "https://example.org/profile");
        }),
        rule("a profile as CreativeWork", "--MM----", "\"https://example.org/profile\", a CreativeWork", |p| {
            p.add(json!({"@id": "https://example.org/profile", "@type": "CreativeWork", "name": "x"}));
            p.entity("./").entry("conformsTo").or_insert(json!([]));
            p.refer("./", "conformsTo", "https://example.org/profile");
        }),
        rule("RO-Crate without version", "SSMMSSSS", "\"https://w3id.org/ro/crate\"", |p| p.set("./", "conformsTo", reference("https://w3id.org/ro/crate"))),
        rule("a descriptor of another type", "MMMMMMMM", "\"Thing\"", |p| p.set("ro-crate-metadata.json", "@type", json!("Thing"))),
        rule("a descriptor about nothing", "MMMMMMMM", "no `about`", |p| { p.remove("ro-crate-metadata.json", "about"); }),
        rule("a version as text", "SMMM MMM", "\"https://w3id.org/ro/crate/1.", |p| {
            let version = p.entity("ro-crate-metadata.json")["conformsTo"]["@id"].clone();
            p.set("ro-crate-metadata.json", "conformsTo", version);
        }),
        rule("a version and a profile", "--SS----", "2 references", |p| {
            let version = p.entity("ro-crate-metadata.json")["conformsTo"].clone();
            p.set("ro-crate-metadata.json", "conformsTo", json!([version, reference("https://example.org/profile")]));
        }),
        rule("no version", "SSSS SSS", "no `conformsTo`", |p| { p.remove("ro-crate-metadata.json", "conformsTo"); }),
    ]
}

/// The rules of versions for the graph, files and software.
#[rustfmt::skip]
pub fn of_graph() -> Vec<Rule> {
    vec![
        rule("an entity twice", "SSMM-SSS", "\"cat.txt\", also the id of", |p| { let copy = p.entity("cat.txt").clone(); p.graph().push(copy.into()); }),
        rule("two sums of one file", "MMMMMMMM", "\"cat.txt\", also the id of", |p| {
            let mut copy = p.entity("cat.txt").clone();
            copy.insert("contentSize".into(), json!("2"));
            p.graph().push(copy.into());
        }),
        rule("a reverse property", "MMMMMMMM", "a reverse property", |p| {
            p.forget("./", "hasPart", "dog.txt");
            p.set("dog.txt", "@reverse", json!({"hasPart": reference("./")}));
        }),
        rule("a part in reverse", "--------", "no way from the root", |p| {
            p.forget("./", "hasPart", "dog.txt");
            p.set("dog.txt", "@reverse", json!({"hasPart": reference("./")}));
        }),
        rule("a nested entity", "MMMMMMMM", "a nested entity", |p| p.set("dog.txt", "author", json!({"@type": "Person", "name": "x"}))),
        rule("a set", "MMMM-MMM", "a list inside", |p| p.set("dog.txt", "keywords", json!({"@set": ["a"]}))),
        rule("a value with a language", "--------", "a nested entity", |p| p.set("dog.txt", "description", json!({"@value": "a", "@language": "en"}))),
        rule("one value in a list", "SSSS-SSS", "a list of one value", |p| p.set("dog.txt", "keywords", json!(["a"]))),
        rule("an address as key", "MMMM-MMM", "the key \"https://example.org/x\"", |p| p.set("dog.txt", "https://example.org/x", json!("a"))),
        rule("an unknown key", "MMMM-MMM", "the key \"tissue\"", |p| p.set("dog.txt", "tissue", json!("a"))),
        rule("a key of 1.2", "MM---MMM", "the key \"localPath\"", |p| p.set("dog.txt", "localPath", json!("a"))),
        rule("a key defined in place", "--------", "the key \"tissue\"", |p| {
            p.metadata["@context"].as_array_mut().unwrap().push(json!({"tissue": "https://example.org/tissue"}));
            p.set("dog.txt", "tissue", json!("a"));
        }),
        rule("the context of another version", "--SM-   ", "a list", |p| p.metadata["@context"][0] = json!("https://w3id.org/ro/crate/1.1/context")),
        rule("a file of the metadata alone", "--------", "no link from the root to \"f\"", |p| p.add(json!({"@id": "#f", "@type": "File", "name": "f", "encodingFormat": "text/plain"}))),
        rule("a file that is no part", "MMMM-MMM", "no link from the root to \"cat\"", |p| p.forget("./", "hasPart", "cat.txt")),
        rule("a file on the web that is no part", "MMMM-MMM", "no link from the root to \"f\"", |p| p.add(json!({"@id": "https://example.org/f", "@type": "File", "name": "f", "encodingFormat": "text/plain"}))),
        rule("a file that is missing", "MMMMMMMM", "no file with this name", |p| p.files.retain(|(name, _)| name != "cat.txt")),
        rule("a part that is not described", "SSSSSSSS", "\"bird.txt\"", |p| p.refer("./", "hasPart", "bird.txt")),
        rule("a part as text", "MMSS-MMM", "\"x.txt\"", |p| p.entity("./")["hasPart"].as_array_mut().unwrap().push(json!("x.txt"))),
        rule("a blank in a path", "SSSS-SSS", "\"a cat.txt\"", |p| { p.rename("cat.txt", "a cat.txt"); p.files[1].0 = "a cat.txt".to_owned(); }),
        rule("a path out of the crate", "MMMM-MMM", "\"../cat.txt\"", |p| p.rename("cat.txt", "../cat.txt")),
        rule("a page without metadata", "SS---SSS", "a page without the metadata", |p| p.page = Page::Bytes(b"<!DOCTYPE html><p>x".to_vec())),
        rule("no page", "mmmmmmmm", "no ro-crate-preview.html", |_| {}),
        rule("a file that is not described", "mmmmmmmm", "a file that the metadata do not describe", |p| p.files.push(("x.txt".to_owned(), b"x".to_vec()))),
        rule("a program without version", "SSMM-SSS", "no `version`", |p| p.add(json!({"@id": "#app", "@type": "SoftwareApplication", "name": "x", "url": "x"}))),
        rule("a program with softwareVersion", "--MM----", "no `version`", |p| p.add(json!({"@id": "#app", "@type": "SoftwareApplication", "name": "x", "url": "x", "softwareVersion": "1"}))),
        rule("a script that is no file", "SSMM-SSS", "\"SoftwareSourceCode\"", |p| p.add(json!({"@id": "#s", "@type": "SoftwareSourceCode", "name": "x", "url": "x", "version": "1"}))),
    ]
}

/// The rules of the profiles.
#[rustfmt::skip]
pub fn of_profiles() -> Vec<Rule> {
    vec![
        rule("an action without tool", "-----MMM", "no `instrument`", |p| action(p, json!({}))),
        rule("an action with a camera", "-----MMM", "\"#camera\", a IndividualProduct", |p| {
            p.add(json!({"@id": "#camera", "@type": "IndividualProduct", "name": "c"}));
            action(p, json!({"instrument": reference("#camera")}));
        }),
        rule("an action with a pencil", "-----MMM", "\"a pencil\"", |p| action(p, json!({"instrument": "a pencil"}))),
        rule("an action that is not mentioned", "-----SSS", "\"act\", not mentioned by the root", |p| action(p, json!({}))),
        rule("an action without description", "-----SSS", "no `description`", |p| action(p, json!({}))),
        rule("an action without agent", "-----mmm", "no `agent`", |p| action(p, json!({}))),
        rule("a status that refers", "-----SSS", "a reference", |p| action(p, json!({"actionStatus": reference("http://schema.org/CompletedActionStatus")}))),
        rule("a time with Z", "-----SSS", "\"2024-01-01T10:00:00Z\"", |p| action(p, json!({"endTime": "2024-01-01T10:00:00Z"}))),
        rule("a time that is none", "SSSSSSSS", "\"noon\"", |p| action(p, json!({"endTime": "noon"}))),
        rule("a typed time", "--------", "an object", |p| action(p, json!({"endTime": {"@value": "2024-01-01", "@type": "xsd:date"}}))),
        rule("an action of another kind", "--------", "no `instrument`", |p| p.add(json!({"@id": "#a", "@type": "SearchAction", "name": "x"}))),
        rule("no run", "     S  ", "no action", |p| { p.drop_entity("#run"); }),
        rule("a profile of the descriptor alone", "     MMM", "a profile claimed by the descriptor but not by the root", |p| {
            let claimed = p.remove("./", "conformsTo");
            let version = p.entity("ro-crate-metadata.json")["conformsTo"].clone();
            let claimed = claimed.as_array().unwrap().iter().chain([&version]).cloned();
            let claimed: Vec<Json> = claimed.collect();
            p.set("ro-crate-metadata.json", "conformsTo", claimed.into());
        }),
        rule("a workflow's parameter without type", "      MM", "no `additionalType`", |p| { p.remove("#in", "additionalType"); }),
        rule("an input that is a file", "      MM", "\"dog.txt\", a File", |p| p.set("w.cwl", "input", reference("dog.txt"))),
        rule("no main workflow", "      MM", "no `mainEntity`", |p| { p.remove("./", "mainEntity"); }),
        rule("a main workflow without language", "      MM", "no `programmingLanguage`", |p| { p.remove("w.cwl", "programmingLanguage"); }),
        rule("a main workflow that was not run", "      MM", "no action with the main workflow", |p| p.set("#run", "instrument", reference("https://example.org/tool"))),
        rule("a workflow without tools", "      -M", "no `hasPart`", |p| { p.entity("w.cwl").shift_remove("hasPart"); }),
        rule("a control without step", "-----  M", "no `instrument`", |p| p.add(json!({"@id": "#a", "@type": "ControlAction", "name": "x"}))),
        rule("a control of a step", "--------", "\"#step\", a HowToStep", |p| {
            if p.metadata["@graph"].as_array().unwrap().iter().all(|entity| entity["@id"] != "#step") {
                p.add(json!({"@id": "#step", "@type": "HowToStep", "name": "s"}));
            }
            p.add(json!({"@id": "#a", "@type": "ControlAction", "name": "x", "instrument": reference("#step")}));
        }),
        rule("a control of a program", "-------M", "\"#engine\", a SoftwareApplication", |p| {
            p.metadata["@graph"].as_array_mut().unwrap().retain(|entity| entity["@id"] != "#engine");
            p.add(json!({"@id": "#engine", "@type": "SoftwareApplication", "name": "e", "url": "x", "version": "1"}));
            p.add(json!({"@id": "#a", "@type": "ControlAction", "name": "x", "instrument": reference("#engine")}));
        }),
        rule("a step without a workflow", "-------M", "a step without a workflow", |p| p.add(json!({"@id": "#s", "@type": "HowToStep", "name": "s"}))),
    ]
}
