use super::*;

fn read_at_most(text: &str, most: u64) -> Result<JsonText, Error> {
    reader::read(text, JsonKind::Metadata, most, KeyLimit::NONE)
}

#[test]
fn the_keys_that_serde_json_marks_numbers_with_are_keys() {
    for text in [
        r#"{"$serde_json::private::Number":"12"}"#,
        r#"{"$serde_json::private::Number":"no number"}"#,
        r#"{"$serde_json::private::Number":{"a":[1.50]}}"#,
        r#"{"a":1,"$serde_json::private::Number":"1"}"#,
        r#"{"$serde_json::private::RawValue":"[1"}"#,
        r#"[{"$serde_json::private::Number":7}]"#,
    ] {
        let value = parse(text).unwrap();
        assert_eq!(value.to_string(), text);
    }
    assert_eq!(
        parse(r#"{"\u0024serde_json::private::Number":"1"}"#).unwrap(),
        parse(r#"{"$serde_json::private::Number":"1"}"#).unwrap()
    );
}

#[test]
fn the_text_of_numbers_is_kept() {
    let text = "[1.50,-0,1e400,123456789012345678901234567890,0.1000,2E+3]";
    let kept = parse(text).unwrap().to_string();
    let theirs = serde_json::from_str::<Json>(text).unwrap();
    assert_eq!(kept, theirs.to_string());
    assert!(kept.contains("1.50") && kept.contains("123456789012345678901234567890"));
}

#[test]
fn keys_that_stand_twice_are_found_however_they_are_written() {
    let text =
        r#"{"a": -1, "b": [{"c": 1e5, "\u0063": 2.5, "c": null}], "a": {"d/": true, "d/": "x"}}"#;
    let read = read_at_most(text, 100).unwrap();
    assert_eq!(read.repeated.pointers, ["/b/0/c", "/b/0/c", "/a/d~1", "/a"]);
    assert_eq!(read.value, serde_json::from_str::<Json>(text).unwrap());
    let many = format!("{{{}}}", vec![r#""a": 1"#; 1001].join(","));
    let read = read_at_most(&many, 2000).unwrap();
    let Repeated { pointers, more } = read.repeated;
    assert_eq!((pointers.len(), more), (100, 900));
}

#[test]
fn values_are_counted_and_one_too_many_is_refused_with_its_place() {
    let text = "[1,\n [2, {\"a,[\\\"\": 3}],\n \"x\"]";
    assert!(read_at_most(text, 7).is_ok());
    assert!(checked::check(text, JsonKind::Metadata, 7).is_ok());
    let error = read_at_most(text, 6).unwrap_err();
    let checked = checked::check(text, JsonKind::Metadata, 6).unwrap_err();
    assert_eq!(checked.to_string(), error.to_string());
    assert!(error.is_data());
    assert_eq!(error.line(), 3, "{error}");
    let message = problem(&error);
    assert!(message.contains("more than 6 values of JSON"), "{error}");
    assert!(message.contains("`metadata_values`"), "{error}");
    for (most, place) in [(6, Some((3, 1))), (7, None)] {
        // The scan counts a value when its comma comes.
        let found = scan::too_many(text.as_bytes(), most);
        assert_eq!(found.is_some(), place.is_some(), "{found:?}");
    }
}

#[test]
fn an_object_of_more_keys_is_refused_below_the_free_levels() {
    let within = |text: &str, most: usize, free_levels: usize| {
        let keys = KeyLimit { most, free_levels };
        read_within(text, JsonKind::Document, keys).map_err(|error| located(&error))
    };
    let text = r#"{"ids": {"a": {"x": 1, "x": 2, "y": 2},
        "b": {}, "c": {}}}"#;
    assert!(within(text, 3, 0).is_ok());
    let refused = within(text, 2, 0).unwrap_err();
    assert_eq!(
        refused,
        "line 2, column 25: found an object of more than 2 keys, the limit"
    );
    assert!(within(text, 2, 2).is_ok());
    assert!(within(text, 1, 2).unwrap_err().starts_with("line 1, "));
    let value = read_within(text, JsonKind::Document, KeyLimit::NONE).unwrap();
    assert_eq!(value, read(text, JsonKind::Document).unwrap());
}

#[test]
fn what_is_no_json_is_refused_where_serde_json_refuses_it() {
    for text in [
        "",
        "{",
        "[1,]",
        "{\"a\"}",
        "nul",
        "{a: 1}",
        "[1] x",
        "\"\\ud800\"",
        "{\"\\ud800\": 1}",
        "{\"a\n\": 1}",
        "01",
        "{1: 2}",
        "[NaN]",
    ] {
        let ours = parse(text).unwrap_err();
        let theirs = serde_json::from_str::<Json>(text).unwrap_err();
        assert_eq!(ours.to_string(), theirs.to_string(), "{text}");
        let checked = check_text(text, JsonKind::Metadata).unwrap_err();
        assert_eq!(checked.to_string(), ours.to_string(), "{text}");
    }
    let deep = "[".repeat(200);
    assert!(parse(&deep).unwrap_err().to_string().contains("recursion"));
}
