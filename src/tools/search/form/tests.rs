use super::*;
use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::fairtracks::search_source::ServerHub;
use crate::query::form_condition::{ConditionJoin, FormCondition, FormConditions, Operator};
use serde_json::{Value as Json, json};

fn asked(form: &Json) -> Result<SearchRequest, String> {
    read(form.to_string().as_bytes()).map_err(|error| error.to_string())
}

fn conditions(form: &Json) -> FormConditions {
    match asked(form).unwrap().question {
        SearchQuestion::Conditions(conditions) => conditions,
        other => panic!("{other:?}"),
    }
}

fn typed(attribute: &Json, operator: &str, values: &str) -> Json {
    let condition =
        json!({"__index__": 0, "attribute": attribute, "operator": operator, "values": values});
    json!({"query": {"mode": "conditions", "__current_case__": 0, "join": "or", "conditions": [condition]}})
}

fn picked(hub: &Json, conditions: &Json) -> Json {
    json!({"mode": "catalog", "catalog": {"values": [{"src": "hda", "id": 1}]}, "hub": hub, "join": "and", "conditions": conditions})
}

/// A search of a server by an expression, with these fields for its hub.
fn on_server(url: &Json, hub: &Json, query: Option<Json>) -> Result<SearchSource, String> {
    let query = query.unwrap_or(json!({"mode": "expression", "expression": "true"}));
    let source = json!({"from": "server", "server": {"from": "typed", "url": url}, "hub": hub});
    Ok(asked(&json!({"source": source, "query": query}))?.source)
}

fn hub(url: &str, repository: &str, hub: &str) -> SearchSource {
    SearchSource::Server(ServerHub {
        url: url.to_owned(),
        repository: repository.to_owned(),
        hub: hub.to_owned(),
    })
}

#[test]
fn takes_one_value_a_line_byte_for_byte() {
    let values = "  it's \"é\" $(x) `y` \r\n\n->\\";
    let attribute = json!({"name": "other", "path": "tracks->label_short"});
    let read = conditions(&typed(&attribute, "any_of", values));
    assert_eq!(read.join, ConditionJoin::Or);
    let condition = &read.conditions[0];
    assert_eq!(condition.values, ["  it's \"é\" $(x) `y` ", "->\\"]);
    assert_eq!(condition.attribute.to_string(), "tracks->label_short");
}

#[test]
fn takes_values_of_a_catalog_as_the_document_has_them() {
    let read = conditions(&json!({"query": picked(&json!("Example / Blood"), &json!([
        {"__index__": 0, "attribute": "samples->donor->the \\\\ code", "operator": "is_not",
         "values": ["  it's, \"é\" (x) -> y", "a\\tb\\\\n"]}
    ]))}));
    let expected = FormCondition {
        attribute: Attribute {
            category: Category::Samples,
            path: vec!["donor".into(), "the \\ code".into()],
        },
        operator: Operator::IsNot,
        values: vec!["  it's, \"é\" (x) -> y".into(), "a\tb\\n".into()],
    };
    assert_eq!(read.conditions, [expected]);
}

#[test]
fn conditions_typed_and_picked_are_the_same_question() {
    let attribute = "samples->sample_type->summary";
    let by_hand = conditions(&typed(&json!({"name": attribute}), "any_of", "K562\nA549"));
    let mut form = json!({"query": picked(&json!("a / b"), &json!([
        {"attribute": attribute, "operator": "any_of", "values": ["K562", "A549"]}
    ]))});
    assert_eq!(by_hand.conditions, conditions(&form).conditions);
    // A catalog made ready by the administrator is chosen by its identifier.
    form["query"]["mode"] = "ready".into();
    form["query"]["catalog"] = "blood".into();
    assert_eq!(by_hand.conditions, conditions(&form).conditions);
}

#[test]
fn names_the_field_that_is_missing() {
    let message = |form: &Json| asked(form).unwrap_err();
    let no_value = "condition 1: found no value to compare tracks->assembly_name with";
    for (form, expected) in [
        (
            typed(&json!({"name": "tracks->assembly_name"}), "is", " \n"),
            no_value,
        ),
        (
            typed(&json!({"name": "other", "path": "label"}), "is", "x"),
            "`label`",
        ),
        (
            json!({"query": {"mode": "expression", "expression": " \n"}}),
            "empty",
        ),
    ] {
        assert!(message(&form).contains(expected), "{}", message(&form));
    }
    let nothing_picked = |attribute: Json, values: Json| {
        let good = json!({"attribute": "tracks->a", "operator": "any_of", "values": ["b"]});
        let bad = json!({"attribute": attribute, "operator": "any_of", "values": values});
        message(&json!({"query": picked(&json!("a / b"), &json!([good, bad]))}))
    };
    let from_list = "expected one from the list of the catalog";
    assert_eq!(
        nothing_picked(json!("tracks->label_long"), Json::Null),
        format!("condition 2: found no value to compare tracks->label_long with, {from_list}")
    );
    assert_eq!(
        nothing_picked(Json::Null, json!(["x"])),
        format!("condition 2: found no attribute, {from_list}")
    );
}

#[test]
fn keeps_an_expression_as_typed() {
    let form = json!({"query": {"mode": "expression", "expression": " a ? 'b'\r\n"}});
    let expected = SearchQuestion::Expression(" a ? 'b'\r\n".to_owned());
    assert_eq!(asked(&form).unwrap().question, expected);
}

#[test]
fn a_document_is_searched_where_the_form_names_no_server() {
    let query = json!({"mode": "expression", "expression": "true"});
    for source in [
        json!({"from": "document", "document": {"values": []}, "incomplete": true}),
        json!({"from": "shared", "shared": "blood", "incomplete": false}),
        json!({"from": "documents", "documents": {"values": []}, "incomplete": false}),
        json!({"from": "offered", "offered": null, "incomplete": false}),
        Json::Null,
    ] {
        let form = json!({"source": source, "query": query});
        let source = asked(&form).unwrap().source;
        assert_eq!(source, SearchSource::Document, "{form}");
    }
}

#[test]
fn a_hub_is_typed_or_listed_or_that_of_the_catalog() {
    let url = json!("https://trackfind.example.org/");
    let expected = Ok(hub("https://trackfind.example.org/", "Example", "Blood, é"));
    let typed = |repository: &str, name: &str| json!({"from": "typed", "repository": repository, "name": name});
    let listed = |repository: &str, name: &str| json!({"from": "listed", "repository": repository, "name": name});
    let catalog = || Some(picked(&json!("Example / Blood, é"), &json!([])));
    for (fields, query) in [
        (typed("Example", "Blood, é"), None),
        (typed(" Example ", "Blood, é\n"), None),
        (listed("Example", "Blood, é"), None),
        (listed("Example/Blood%2C%20%C3%A9", ""), None),
        (listed("Example/Blood%2C%20%C3%A9", "Blood, é"), None),
        (typed("", ""), catalog()),
        (typed("Example", ""), catalog()),
        (typed("Example", "Blood, é"), catalog()),
    ] {
        let source = on_server(&url, &fields, query.clone());
        assert_eq!(source, expected, "{fields} {query:?}");
    }
}

#[test]
fn names_may_hold_what_stands_between_them_in_a_list() {
    let url = json!("https://trackfind.example.org");
    let expected = Ok(hub("https://trackfind.example.org", "A/B 50%", "[C] / D"));
    for fields in [
        json!({"from": "typed", "repository": "A/B 50%", "name": "[C] / D"}),
        json!({"from": "listed", "repository": "A%2FB%2050%25", "name": "[C] / D"}),
        json!({"from": "listed", "repository": "A%2FB%2050%25/%5BC%5D%20%2F%20D", "name": ""}),
    ] {
        assert_eq!(on_server(&url, &fields, None), expected, "{fields}");
    }
}

#[test]
fn says_what_is_missing_to_search_a_server() {
    let url = json!("https://trackfind.example.org");
    let typed = |repository: &str, name: &str| json!({"from": "typed", "repository": repository, "name": name});
    let catalog = |name: &str| Some(picked(&json!(name), &json!([])));
    let listed = |repository: Json, name: &str| json!({"from": "listed", "repository": repository, "name": name});
    for address in [json!(" "), Json::Null] {
        let said = on_server(&address, &typed("a", "b"), None).unwrap_err();
        assert!(
            said.starts_with("found no URL of a TrackFind server"),
            "{address}: {said}"
        );
    }
    let neither = "found neither repository nor hub to search on https://trackfind.example.org,";
    let no_hub = "found the repository `a` without a hub";
    let no_repository = "found the hub `b` without a repository";
    let two = "found two hubs, `a / b` to search and `a / c` of the catalog";
    let half = "found two hubs, `x` to search and `a / c`";
    let no_names = "found the hub `a / b / c` in the catalog, expected a repository and a hub";
    let other = "found two hubs, `b` from the list and `c` in the field";
    for (fields, query, part) in [
        (typed("", " "), None, neither),
        (listed(Json::Null, ""), None, neither),
        (typed("a", ""), None, no_hub),
        (typed("", "b"), None, no_repository),
        (typed("a", "b"), catalog("a / c"), two),
        (typed("x", ""), catalog("a / c"), half),
        (typed("", ""), catalog("a / b / c"), no_names),
        (listed(json!("a/b"), "c"), None, other),
    ] {
        let said = on_server(&url, &fields, query.clone()).unwrap_err();
        assert!(said.starts_with(part), "{fields} {query:?}: {said}");
    }
}

#[test]
fn columns_of_the_table_are_ten_or_all_or_chosen() {
    let columns = |fields: Json| {
        let query = json!({"mode": "expression", "expression": "true"});
        asked(&json!({"query": query, "columns": fields})).map(|request| request.columns)
    };
    assert_eq!(columns(json!({"which": "ten"})), Ok(HitColumns::Ten));
    assert_eq!(columns(json!({"which": "all"})), Ok(HitColumns::All));
    let paths = "samples->species_name\r\n tracks->checksum->cs_method\n";
    let chosen = ["samples->species_name", "tracks->checksum->cs_method"]
        .map(|path| Attribute::parse(path).unwrap());
    assert_eq!(
        columns(json!({"which": "chosen", "paths": paths})),
        Ok(HitColumns::Chosen(chosen.to_vec()))
    );
    let unknown = columns(json!({"which": "chosen", "paths": "species"})).unwrap_err();
    assert!(
        unknown.starts_with("columns of the table: found the attribute `species`, expected"),
        "{unknown}"
    );
    let nothing = columns(json!({"which": "chosen", "paths": null})).unwrap_err();
    assert!(nothing.contains("found no attribute"), "{nothing}");
}
