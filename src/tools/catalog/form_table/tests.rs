use super::*;
use crate::tables::tsv::unescape;

fn value(text: &str, tracks: usize) -> CatalogValue {
    CatalogValue {
        text: text.to_owned(),
        tracks: Some(tracks),
    }
}

fn attribute(name: &str, values: Vec<CatalogValue>) -> CatalogAttribute {
    let (category, path) = name.split_once("->").unwrap();
    CatalogAttribute {
        category: category.to_owned(),
        path: path.to_owned(),
        tracks: Some(12),
        is_reachable: true,
        values,
    }
}

fn many(name: &str, count: usize) -> CatalogAttribute {
    let values = (0..count).map(|place| value(&format!("Value {place:06}"), 2));
    attribute(name, values.collect())
}

fn hub(name: &str, attributes: Vec<CatalogAttribute>) -> HubCatalog {
    HubCatalog {
        name: HubName {
            repository: "Example".to_owned(),
            hub: name.to_owned(),
        },
        tracks: Some(100_000),
        incomplete: 0,
        attributes,
    }
}

fn catalog(hubs: Vec<HubCatalog>) -> Catalog {
    Catalog { hubs }
}

/// How many lines there are of a hub's attribute.
fn lines_of(table: &FormTable, hub: &str, name: &str) -> usize {
    let lines = table.text.lines().filter(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells[1] == hub && cells[7] == name
    });
    lines.count()
}

#[test]
fn a_line_holds_what_drop_downs_show_and_send() {
    let mut summary = attribute(
        "samples->sample_type->summary",
        vec![value("K562", 12), value("a\\\n, \"c\"", 1)],
    );
    summary.values[1].tracks = Some(1);
    let mut donor = attribute("samples->donor->code", vec![value("D-07", 1)]);
    donor.values[0].tracks = None;
    let table = write(
        &catalog(vec![hub("Blood", vec![summary, donor])]),
        &Vocabulary::default(),
        ROOM,
    );
    let lines: Vec<&str> = table.text.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "Example\tBlood\tsamples\tsample_type->summary\tK562\t12\tExample / Blood\tsamples->sample_type->summary\tCell or tissue type (2 values)\tK562 (12 tracks)",
            "Example\tBlood\tsamples\tsample_type->summary\ta\\\\\\n, \"c\"\t1\tExample / Blood\tsamples->sample_type->summary\tCell or tissue type (2 values)\ta\\ , \"c\" (1 track)",
            "Example\tBlood\tsamples\tdonor->code\tD-07\t\tExample / Blood\tsamples->donor->code\tsamples->donor->code (1 value)\tD-07",
        ]
    );
    assert!(table.left_out.is_empty());
}

#[test]
fn what_a_drop_down_cannot_hold_is_left_out_and_told() {
    let mut in_list = attribute("samples->visits->place", vec![value("Oslo", 1)]);
    in_list.is_reachable = false;
    let odd = attribute("odd->x", vec![value("y", 1)]);
    let texts = ["", "  ", "kept", "https://ann:pw@h.example/x"];
    let values = texts.iter().map(|text| value(text, 1));
    let values = values.chain([value("unused", 0)]);
    let kept = attribute("tracks->x", values.collect());
    let table = write(
        &catalog(vec![hub("Blood", vec![in_list, odd, kept])]),
        &Vocabulary::default(),
        ROOM,
    );
    assert_eq!(table.text.lines().count(), 2);
    let expected = OmittedHub {
        hub: "Example / Blood".to_owned(),
        cut: Vec::new(),
        unreachable: vec!["samples->visits->place".to_owned(), "odd->x".to_owned()],
        without_tracks: 1,
        blank: 2,
        secret: 1,
    };
    assert_eq!(table.left_out, [expected]);
}

#[test]
fn what_a_form_sends_back_is_the_value_whatever_is_in_it() {
    let texts = [
        "=1+1",
        "'quoted",
        "-1",
        "-",
        "a\u{200b}b",
        "\u{1b}[31mRED\u{7}",
        "tab\there",
        "back\\slash",
        "@x",
    ];
    let values = texts.iter().map(|text| value(text, 1)).collect();
    let mut odd = hub("=H\u{202e}", vec![attribute("samples->x", values)]);
    odd.name.repository = "R\\".to_owned();
    let table = write(&catalog(vec![odd]), &Vocabulary::default(), ROOM);
    assert!(table.left_out.is_empty());
    let sent: Vec<String> = table
        .text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(!cells[9].starts_with('='), "{line}");
            assert!(!line.contains(|c| c != '\t' && crate::text::controls::is_hidden(c)));
            assert_eq!(unescape(cells[6]), "R\\ / =H\u{202e}");
            unescape(cells[4])
        })
        .collect();
    assert_eq!(sent, texts);
}

#[test]
fn no_line_of_data_looks_like_a_comment() {
    let mut odd = hub("Blood", vec![many("tracks->x", 1)]);
    odd.name.repository = "#odd".to_owned();
    let table = write(&catalog(vec![odd]), &Vocabulary::default(), ROOM);
    assert_eq!(table.text.lines().count(), 1);
    assert_eq!(table.left_out[0].unreachable, ["tracks->x"]);
}

#[test]
fn ids_give_way_before_what_tells_tracks_apart() {
    let attributes = vec![
        many("samples->cells", 3000),
        many("tracks->local_id", 20_000),
    ];
    let table = write(
        &catalog(vec![hub("Blood", attributes)]),
        &Vocabulary::default(),
        ROOM,
    );
    assert!(table.text.len() < ROOM && table.text.len() > ROOM - 300);
    assert_eq!(lines_of(&table, "Blood", "samples->cells"), 3000);
    let ids = lines_of(&table, "Blood", "tracks->local_id");
    let cut = ("tracks->local_id".to_owned(), ids, 20_000);
    assert_eq!(table.left_out[0].cut, [cut]);
    let label = format!("tracks->local_id ({ids} of 20000 values)");
    assert!(table.text.contains(&label));
}

#[test]
fn values_are_cut_to_the_same_number_where_all_cannot_stay() {
    let attributes = vec![
        many("samples->cells", 9000),
        many("samples->kind", 5),
        many("samples->part", 8000),
        many("tracks->local_id", 3),
    ];
    let table = write(
        &catalog(vec![hub("Blood", attributes)]),
        &Vocabulary::default(),
        ROOM,
    );
    assert!(table.text.len() < ROOM && table.text.len() > ROOM - 600);
    let cells = lines_of(&table, "Blood", "samples->cells");
    assert_eq!(cells, lines_of(&table, "Blood", "samples->part"));
    assert_eq!(lines_of(&table, "Blood", "samples->kind"), 5);
    assert_eq!(lines_of(&table, "Blood", "tracks->local_id"), 0);
    assert!(table.text.contains("Value 000000") && !table.text.contains("Value 008999"));
}

#[test]
fn hubs_share_the_room() {
    let large = |name| hub(name, vec![many("samples->cells", 20_000)]);
    let small = hub("small", vec![many("samples->cells", 10)]);
    let table = write(
        &catalog(vec![large("one"), small, large("two")]),
        &Vocabulary::default(),
        ROOM,
    );
    assert!(table.text.len() < ROOM && table.text.len() > ROOM - 600);
    assert_eq!(lines_of(&table, "small", "samples->cells"), 10);
    let [one, two] = ["one", "two"].map(|hub| lines_of(&table, hub, "samples->cells"));
    assert_eq!(one, two);
    assert!(one > 3000);
}

#[test]
fn the_first_rows_stay_where_there_is_hardly_any_room() {
    let attributes = vec![many("samples->cells", 10), many("samples->kind", 10)];
    let table = write(
        &catalog(vec![hub("Blood", attributes)]),
        &Vocabulary::default(),
        350,
    );
    assert!(table.text.len() < 350, "{}", table.text.len());
    assert_eq!(lines_of(&table, "Blood", "samples->cells"), 1);
    assert_eq!(lines_of(&table, "Blood", "samples->kind"), 0);
    let expected = [
        ("samples->cells".to_owned(), 1, 10),
        ("samples->kind".to_owned(), 0, 10),
    ];
    assert_eq!(table.left_out[0].cut, expected);
}
