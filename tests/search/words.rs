//! Questions in the words of biologists against a document of 62 tracks of blood cells.

use serde_json::json;

use crate::support::searching::{BLOOD, answer, answer_at, site};
use crate::support::serve_process::Server;

/// Free text, and the numbers of the tracks that it means: those of `example:BLD0000NN`.
#[rustfmt::skip]
const QUESTIONS: [(&str, &str); 60] = [
    ("DNase-seq", "1-2 9-10 16-17 19-20 24-25 28-29 32-33 35-36 39-40 44-46 49-50 55-56 58 60-61"),
    ("ChIP-seq", "3-7 11-15 18 21-23 26-27 30 34 37-38 41 47-48 51-54 59 62"),
    ("H3K4me3", "3-4 11-12 21-22 26-27 30 51-52 62"),
    ("GRCh38", "1-41 44-49 51-55 57-59"),
    ("human", "1-41 44-59"),
    ("mouse", "60-62"),
    ("RNA-seq", "8 31"),
    ("HiC", "57"),
    ("T cell", "9-18 44-45"),
    ("B cells", "19-23 62"),
    ("monocyte DNase hg38 narrow peaks", "1"),
    ("CD14+ monocytes H3K27ac", "6"),
    ("CD4 T cells H3K4me3 bigWig", "12"),
    ("CD8+ T cells open chromatin", "16-17"),
    ("H3K4me1 in monocytes", "5"),
    ("H3K27me3 broad peaks", "7 15 23 59"),
    ("H3K27 acetylation", "6 14 18 34 37 47-48"),
    ("histone marks in neutrophils", "30"),
    ("gene expression monocytes", "8"),
    ("K562 CTCF", "53-54"),
    ("GATA1 ChIP-seq", "38"),
    ("K-562 DNase GRCh37", "50"),
    ("GM12878 Hi-C", "57"),
    ("liver DNase", "58"),
    ("hepatic H3K27me3", "59"),
    ("NK cells", "24-27"),
    ("natural killer DNase-seq bigwig", "25"),
    ("HSCs", "39-41"),
    ("haematopoietic stem cells H3K4me1", "41"),
    ("stem cell DNase", "39-40"),
    ("mouse erythroblast DNase mm10", "60-61"),
    ("human erythroblasts GATA1", "38"),
    ("GRCm38", "60-62"),
    ("mouse B cells H3K4me3", "62"),
    ("AML H3K27ac", "47-48"),
    ("leukemia", "46-54"),
    ("leukaemia DNase hg38", "46 49"),
    ("CML", "49-54"),
    ("rheumatoid arthritis CD4 T cells", "44-45"),
    ("healthy CD4 T cell DNase", "9-10"),
    ("bone marrow", "32-41 46-48 60-61"),
    ("spleen", "62"),
    ("cell lines DNase", "49-50 55-56"),
    ("CD4", "9-15 44-45"),
    ("CD14", "1-8"),
    ("fold change monocytes", "4"),
    ("p-value CTCF", "54"),
    ("read coverage neutrophil", "29 31"),
    ("bigBed", "34 38"),
    ("broadPeak", "5 7 13 15 23 41 59"),
    ("narrowPeak NK", "24 26"),
    ("T cells or B cells DNase", "9-10 16-17 19-20 44-45"),
    ("K562, GM12878 hg19", "50 56"),
    ("H3K4me3 and H3K27ac in monocytes", "3-4 6"),
    ("lymphocytes H3K4me3 human", "11-12 21-22 26-27"),
    ("granulocytes", "28-31"),
    ("megakaryocytes H3K27ac", "34"),
    ("transcription factor binding", "38 53-54"),
    ("DNase hypersensitivity naive B-cells", "19-20"),
    ("T cells without CD8", "9-15 44-45"),
];

/// The ids of tracks by their numbers, such as `1-3 7`.
pub(super) fn tracks(numbers: &str) -> Vec<String> {
    let ranges = numbers.split(' ').flat_map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        first.parse::<u32>().unwrap()..=last.parse().unwrap()
    });
    ranges
        .map(|number| format!("example:BLD{number:06}"))
        .collect()
}

/// The ids of the tracks that a search finds.
pub(super) fn found(question: &[&str]) -> Vec<String> {
    let table = answer(BLOOD, question).table;
    table[1..].iter().map(|row| row[0].clone()).collect()
}

#[test]
fn questions_of_biologists_are_answered_at_the_first_try() {
    for (question, numbers) in QUESTIONS {
        assert_eq!(found(&["--find", question]), tracks(numbers), "{question}");
    }
}

#[test]
fn conditions_by_subject_find_the_same_as_free_text() {
    for (conditions, text) in [
        (vec!["assay=DNase-seq", "assembly=hg19"], "DNase-seq hg19"),
        (vec!["cell=K562", "cell=GM12878"], "K562 or GM12878"),
        (vec!["species=human", "target=GATA1"], "human GATA1"),
        (vec!["cell=T cell", "cell!=CD8"], "T cells not CD8"),
        (vec!["disease=AML", "genome=GRCh38"], "AML GRCh38"),
        (vec!["target=hgnc:4170"], "GATA1"),
        (
            vec!["cell_or_tissue=blood", "class=primary cell"],
            "primary cells of blood",
        ),
    ] {
        let options: Vec<&str> = conditions.iter().flat_map(|one| ["--where", one]).collect();
        let by_subject = found(&options);
        assert!(!by_subject.is_empty(), "{conditions:?}");
        assert_eq!(by_subject, found(&["--find", text]), "{conditions:?}");
    }
}

#[test]
fn the_message_explains_the_conditions_and_the_document_keeps_them() {
    let asked = answer(
        BLOOD,
        &["--find", "CD14+ monocytes DNase-seq, GRCh38 bigWig"],
    );
    for sentence in [
        "Found 1 of 62 tracks\nunderstood: cell is \"CD14+ monocytes\": CD14-positive monocyte\n",
        "understood: assay is \"DNase-seq\": DNase I hypersensitive sites sequencing assay\n",
        "understood: assembly is \"GRCh38\": hg38\n",
        "understood: format is \"bigWig\": bigWig\n",
    ] {
        assert!(asked.said.contains(sentence), "{}", asked.said);
    }
    let search = &asked.document["subset_of"]["search"];
    assert_eq!(search["conditions"]["version"], 2);
    let first =
        json!({"about": ["cell"], "operator": "contains_words", "values": ["CD14+ monocytes"]});
    assert_eq!(search["conditions"]["conditions"][0], first);
    // The query has exact values, so that any TrackFind server understands it.
    let query = search["query"].as_str().unwrap();
    let again = answer(BLOOD, &["--query", query]);
    assert_eq!(again.table, asked.table);
    // The conditions can be edited and asked again.
    let file = crate::support::folder().join("conditions.json");
    std::fs::write(&file, search["conditions"].to_string()).unwrap();
    let edited = answer(BLOOD, &["--conditions", file.to_str().unwrap()]);
    assert_eq!(edited.table, asked.table);
}

#[test]
fn no_hit_names_the_nearest_values_of_every_attribute() {
    for (question, hints) in [
        (
            "monocite DNase",
            vec!["No attribute contains \"monocite\": did you mean \"CD14-positive monocyte\"?"],
        ),
        (
            "H3K4m3 hg83",
            vec![
                "No attribute contains \"H3K4m3\"; nearest: \"H3K4_trimethylation\"",
                "No attribute contains \"hg83\"; nearest: \"hg38\"",
            ],
        ),
        (
            "T2T",
            vec![
                "No attribute contains \"T2T\": cell is CD4-positive, alpha-beta T cell; erythroblast;",
            ],
        ),
        (
            "ATAC-seq hepatocytes",
            vec![
                "No assay is \"ATAC-seq\": there are histone modification identification by ChIP-Seq assay;",
                "No cell is \"hepatocytes\": there are CD4-positive, alpha-beta T cell;",
            ],
        ),
        (
            "liver hg19",
            vec![
                "with all other conditions, cell or tissue is GM12878 (1 track); K562 (1 track)",
                "with all other conditions, assembly is hg38 (2 tracks)",
            ],
        ),
        (
            "H3K9me3",
            vec!["No target is \"H3K9me3\": there are DNaseI_hypersensitive_site;"],
        ),
        (
            "rat",
            vec!["No species is \"rat\": there are Homo sapiens; Mus musculus"],
        ),
        (
            "mm9",
            vec!["No assembly is \"mm9\": there are hg38; mm10; hg19"],
        ),
    ] {
        let asked = answer(BLOOD, &["--find", question]);
        assert_eq!(asked.table.len(), 1, "{question}");
        for hint in hints {
            assert!(
                asked.said.contains(&format!("hint: {hint}")),
                "{hint}: {}",
                asked.said
            );
        }
    }
}

#[test]
fn false_friends_are_not_found() {
    for question in [
        "mast cell",
        "CD45",
        "CD1",
        "H3K4me2",
        "H3K9",
        "beta cells",
        "K56",
        "microRNA-seq",
        "CD4-negative",
        "hg18",
    ] {
        assert!(found(&["--find", question]).is_empty(), "{question}");
    }
}

#[test]
fn a_server_is_asked_with_the_values_of_its_hub() {
    let server = Server::start(&[]);
    let address = format!("http://{}", server.address);
    #[rustfmt::skip]
let hub = ["--server", &address, "--repository", "Example", "--hub", "Blood"];
    let asked = |question: &[&str]| answer_at(&site(""), &[&hub, question].concat());
    let ids = |table: &[Vec<String>]| -> Vec<String> {
        let mut ids: Vec<String> = table[1..].iter().map(|row| row[0].clone()).collect();
        ids.sort();
        ids
    };
    let text = ["--find", "CD4 T cells H3K4me3 GRCh38 bigWig"];
    let by_server = asked(&text);
    assert_eq!(ids(&by_server.table), found(&text));
    let sentence = "understood: assembly is \"GRCh38\": hg38\n";
    assert!(by_server.said.contains(sentence), "{}", by_server.said);
    let nothing = asked(&["--where", "assay=WGBS"]);
    assert_eq!(nothing.table.len(), 1);
    let hint = "hint: No assay is \"WGBS\": there are DNase I hypersensitive";
    assert!(nothing.said.contains(hint), "{}", nothing.said);
}

#[test]
fn sentences_are_understood_as_their_words() {
    for (sentence, words) in [
        (
            "Please show me all of the tracks of DNase in the monocytes on the human genome",
            "DNase monocytes human",
        ),
        (
            "DNase-seq tracks of T cells on hg38 as bigWig",
            "DNase T cell hg38 bigWig",
        ),
        ("What ChIP-seq data exist for CTCF?", "CTCF"),
        ("CTCF or GATA1 of non-mouse", "GATA1, CTCF"),
        ("the donor's second visit", "second visit"),
        ("hg19 hg38 K562", "K562"),
        ("H3K27ac enhancers of T cells", "H3K27ac T cell"),
    ] {
        let expected = found(&["--find", words]);
        assert!(!expected.is_empty(), "{words}");
        assert_eq!(found(&["--find", sentence]), expected, "{sentence}");
    }
}

#[test]
fn words_of_another_subject_are_pointed_to() {
    for (condition, hint) in [
        (
            "cell=blood",
            "hint: No cell is \"blood\", but tissue has such values",
        ),
        (
            "target=RNA-seq",
            "hint: No target is \"RNA-seq\", but assay has such values",
        ),
        (
            "format=fold change",
            "hint: No format is \"fold change\", but data has such values",
        ),
    ] {
        let said = answer(BLOOD, &["--where", condition]).said;
        assert!(said.contains(hint), "{condition}: {said}");
    }
}

/// The answer to a form, as Galaxy hands it over.
fn by_form(query: serde_json::Value) -> crate::support::searching::Answer {
    let form = crate::support::folder().join("form.json");
    let source = json!({"from": "document", "incomplete": false});
    let form_json = json!({"source": source, "query": query, "augment": false});
    std::fs::write(&form, form_json.to_string()).unwrap();
    answer(BLOOD, &["--form", form.to_str().unwrap()])
}

#[test]
fn the_form_asks_in_words_too() {
    let free = by_form(json!({"mode": "find", "find": "NK cells DNase"}));
    let ids = |answer: &crate::support::searching::Answer| -> Vec<String> {
        answer.table[1..].iter().map(|row| row[0].clone()).collect()
    };
    assert_eq!(ids(&free), tracks("24-25"));
    let assay = json!({"name": "experiments->technique->term_label"});
    let cell = json!({"name": "samples->sample_type->summary"});
    let assembly = json!({"name": "tracks->assembly_name"});
    let asked = by_form(json!({"mode": "conditions", "join": "and", "conditions": [
        {"attribute": assay, "operator": "contains_words", "values": "DNase-seq"},
        {"attribute": cell, "operator": "contains_words", "values": "T cell\nB cell"},
        {"attribute": cell, "operator": "contains_no_words", "values": "CD8"},
        {"attribute": assembly, "operator": "is", "values": "hg38"},
    ]}));
    assert_eq!(ids(&asked), tracks("9-10 19-20 44-45"));
}

#[test]
fn exact_conditions_without_a_hit_name_the_values_that_are_meant() {
    let conditions = |operator: &str| {
        json!({"mode": "conditions", "join": "and", "conditions": [
            {"attribute": {"name": "experiments->technique->term_label"}, "operator": operator, "values": "DNase-seq"},
            {"attribute": {"name": "tracks->assembly_name"}, "operator": operator, "values": "GRCh38"},
            {"attribute": {"name": "samples->species_name"}, "operator": operator, "values": "zebrafish"},
        ]})
    };
    for operator in ["is", "contains", "starts_with"] {
        let said = by_form(conditions(operator)).said;
        for hint in [
            "hint: No experiments->technique->term_label has \"DNase-seq\": did you mean \"DNase I hypersensitive sites sequencing assay\"?",
            "hint: No tracks->assembly_name has \"GRCh38\": did you mean \"hg38\"?",
            "hint: No samples->species_name is \"zebrafish\": there are Homo sapiens; Mus musculus",
        ] {
            assert!(said.contains(hint), "{operator}: {said}");
        }
    }
}
