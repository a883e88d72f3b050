use super::*;

fn attribute(name: &str, counts: &[usize]) -> CatalogAttribute {
    let (category, path) = name.split_once("->").unwrap();
    let values = counts.iter().enumerate();
    CatalogAttribute {
        category: category.to_owned(),
        path: path.to_owned(),
        tracks: Some(counts.iter().sum()),
        is_reachable: true,
        values: values
            .map(|(place, &tracks)| CatalogValue {
                text: format!("Value {place}"),
                tracks: Some(tracks),
            })
            .collect(),
    }
}

fn hub(attributes: Vec<CatalogAttribute>) -> HubCatalog {
    let name = HubName {
        repository: "R".to_owned(),
        hub: "H".to_owned(),
    };
    HubCatalog {
        name,
        tracks: Some(30),
        incomplete: 0,
        attributes,
    }
}

fn names(hub: &HubCatalog) -> Vec<String> {
    hub.attributes.iter().map(CatalogAttribute::name).collect()
}

#[test]
fn what_biologists_ask_comes_first_and_what_names_one_object_last() {
    let mut hub = hub(vec![
        attribute("tracks->label_long", &[1; 30]),
        attribute("samples->donor->barcode", &[2; 15]),
        attribute("samples->donor->nickname", &[1; 30]),
        attribute("studies->contact->name", &[30]),
        attribute("samples->donor->smoker", &[20, 10]),
        attribute("experiments->technique->term_id", &[15, 15]),
        attribute("samples->donor->rare", &[1]),
        attribute("tracks->assembly_name", &[30]),
        attribute("samples->sample_type->summary", &[1; 30]),
    ]);
    hub.sort();
    assert_eq!(
        names(&hub),
        [
            "samples->sample_type->summary",
            "tracks->assembly_name",
            "samples->donor->barcode",
            "samples->donor->smoker",
            "samples->donor->rare",
            "studies->contact->name",
            "experiments->technique->term_id",
            "tracks->label_long",
            "samples->donor->nickname",
        ]
    );
}

#[test]
fn values_stand_by_count_and_then_by_text() {
    let mut attribute = attribute("tracks->x", &[1, 3, 1, 3]);
    attribute.sort();
    let texts: Vec<&str> = attribute.values.iter().map(|v| v.text.as_str()).collect();
    assert_eq!(texts, ["Value 1", "Value 3", "Value 0", "Value 2"]);
}

#[test]
fn what_is_wanted_is_found_by_path_plain_name_value_and_category() {
    let catalog = Catalog {
        hubs: vec![hub(vec![
            attribute("samples->sample_type->summary", &[1, 2]),
            attribute("tracks->assembly_name", &[1]),
        ])],
    };
    let wanted = |attribute: &str, value: &str, categories: &[&str]| {
        let categories = categories.iter().map(|&name| name.to_owned()).collect();
        let [attribute, value] = [attribute, value].map(str::to_owned);
        let filter = CatalogFilter {
            attribute,
            value,
            categories,
        };
        let found = catalog.of(&filter, &Vocabulary::default());
        (names(&found.hubs[0]).join(" "), found.rows())
    };
    let summary = "samples->sample_type->summary";
    for (attribute, value, categories, expected, rows) in [
        ("SUMMARY", "", &[] as &[&str], summary, 2),
        ("cell or", "", &[], summary, 2),
        ("samples->sample", "", &[], summary, 2),
        ("samples", "", &[], "", 0),
        ("", "value 1", &[], summary, 1),
        ("", "", &["tracks"], "tracks->assembly_name", 1),
        ("", "", &["nothing"], "", 0),
    ] {
        assert_eq!(
            wanted(attribute, value, categories),
            (expected.to_owned(), rows),
            "{attribute} {value}"
        );
    }
}
