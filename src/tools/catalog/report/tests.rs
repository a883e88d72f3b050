use super::*;
use crate::trackfind::hub_name::HubName;

fn attribute(name: &str, counts: &[Option<usize>], tracks: Option<usize>) -> CatalogAttribute {
    let (category, path) = name.split_once("->").unwrap();
    let values = counts.iter().enumerate();
    CatalogAttribute {
        category: category.to_owned(),
        path: path.to_owned(),
        tracks,
        is_reachable: true,
        values: values
            .map(|(place, &tracks)| CatalogValue {
                text: format!("V|{place}"),
                tracks,
            })
            .collect(),
    }
}

fn hub(attributes: Vec<CatalogAttribute>) -> Catalog {
    let name = HubName {
        repository: "Example".to_owned(),
        hub: "Blood*".to_owned(),
    };
    let hub = HubCatalog {
        name,
        tracks: Some(100),
        incomplete: 0,
        attributes,
    };
    Catalog { hubs: vec![hub] }
}

fn report(name: &str, counts: &[Option<usize>], tracks: Option<usize>) -> String {
    let catalog = hub(vec![attribute(name, counts, tracks)]);
    let about = CatalogReportContext {
        sources: &[],
        wanted: &CatalogFilter::default(),
        rows: 3,
        failures: &[],
        remarks: &[],
        left_out: &[],
        table: "output_table",
        vocabulary: &Vocabulary::default(),
    };
    markdown(&catalog, about)
}

#[test]
fn the_most_frequent_stand_alone_and_the_rest_is_summed_up() {
    let counts: Vec<Option<usize>> = (1..=12).rev().map(Some).collect();
    let text = report("experiments->technique->term_label", &counts, Some(78));
    for part in [
        "**The hub Example / Blood\\* holds 100 tracks**",
        "| V\\|0 | 12 | &nbsp;████████████████████ |",
        "| V\\|9 | 3 | &nbsp;█████ |\n| *2 more values* | 3 | |\n| *no value* | 22 | |\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn values_that_overlap_are_not_summed_up() {
    let text = report("tracks->assembly_name", &[Some(90); 12], Some(100));
    assert!(text.contains("| *2 more values* |  | |\n"), "{text}");
    assert!(!text.contains("*no value*"), "{text}");
}

#[test]
fn values_without_counts_are_named() {
    let text = report("tracks->assembly_name", &[None; 12], None);
    for part in [
        "### Genome assembly\n\n12 values: V\\|0, V\\|1,",
        "V\\|9 and 2 more\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_headline_falls_back_to_what_the_hub_has() {
    let name = "samples->sample_type->cell_line->term_label";
    let text = report(name, &[Some(1)], Some(1));
    assert!(text.contains("### Cell or tissue type\n"), "{text}");
    assert!(!text.contains("Other attributes"), "{text}");
}

#[test]
fn what_a_form_lacks_is_told_with_numbers() {
    let left_out = OmittedHub {
        hub: "A / B".to_owned(),
        cut: vec![("tracks->local_id".to_owned(), 5, 9000)],
        unreachable: vec!["samples->visits->place".to_owned()],
        without_tracks: 1,
        blank: 2,
        secret: 1,
    };
    assert_eq!(
        sentences(&left_out),
        [
            "size limit reached: 5 of 9000 values of tracks->local_id",
            "attributes that only an expression can query: samples->visits->place",
            "1 value that no track has",
            "2 values of whitespace only",
            "1 value with a user name, password or key in a URL",
        ]
    );
}

#[test]
fn what_is_known_of_several_hubs_is_added_up() {
    let hubs = |tracks: &[Option<usize>]| {
        let one = |&tracks: &Option<usize>| HubCatalog {
            tracks,
            ..hub(Vec::new()).hubs.remove(0)
        };
        verdict(&Catalog {
            hubs: tracks.iter().map(one).collect(),
        })
    };
    for (tracks, expected) in [
        (
            &[Some(5), None, Some(0), Some(2)][..],
            "4 hubs hold 7 tracks (1 hub not counted)",
        ),
        (&[None, None], "2 hubs hold an unknown number of tracks"),
        (&[Some(0), Some(1)], "2 hubs hold 1 track"),
    ] {
        assert_eq!(hubs(tracks), expected);
    }
}
