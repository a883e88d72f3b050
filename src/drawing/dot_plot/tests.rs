use std::collections::BTreeSet;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;

fn row(label: &str, group: &str, value: f64, adjusted_p: f64) -> DotRow {
    DotRow {
        label: label.to_owned(),
        group: group.to_owned(),
        value: Some(value),
        low: Some(0.4),
        high: Some(1.6),
        adjusted_p: Some(adjusted_p),
    }
}

fn plot(rows: &[DotRow]) -> DotPlot<'_> {
    DotPlot {
        title: "Variants & open chromatin",
        subtitle: "57 variants ± 10 kb",
        measure: "Normalised Forbes (observed / expected overlap)",
        reference: Some((1.0, "1 = mean of the tracks")),
        interval: IntervalMeaning::Null,
        interval_label: "95 % of the null model",
        group_label: "Cell type",
        adjusted_p_label: "q (BH)",
        level: 0.05,
        rows,
    }
}

/// Ten tracks of each of some cell types, the better ones first.
fn many(types: &[&str]) -> Vec<DotRow> {
    let all = types.iter().enumerate().flat_map(|(place, cell)| {
        (0..10).map(move |donor| {
            let value = 3.0 - place as f64 * 0.3 - f64::from(donor) * 0.02;
            row(&format!("{cell}, donor {donor}"), cell, value, 0.2)
        })
    });
    all.collect()
}

/// Attributes by name of all elements, and all texts; fails unless the picture is well-formed XML.
fn parts(svg: &str) -> (Vec<(String, String)>, Vec<String>) {
    let mut reader = Reader::from_str(svg);
    let (mut attributes, mut texts, mut text) = (Vec::new(), Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return (attributes, texts),
            Event::Start(element) | Event::Empty(element) => {
                text.clear();
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap();
                    let name = attribute.key.0.to_owned();
                    attributes.push((name, attribute.value.into_owned()));
                }
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(entity) => {
                text.push_str(match &*entity {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("unknown entity {other}"),
                });
            }
            Event::End(_) => texts.push(std::mem::take(&mut text)),
            _ => {}
        }
    }
}

/// The labels in the order of their lines, from the tooltips.
fn lines(svg: &str, rows: &[DotRow]) -> Vec<String> {
    let (_, texts) = parts(svg);
    let label = |text: &String| {
        let found = rows
            .iter()
            .filter(|row| text.starts_with(&format!("{}: ", row.label)));
        let found = found.chain(rows.iter().filter(|row| {
            !row.group.is_empty() && text.starts_with(&format!("{} ({}): ", row.label, row.group))
        }));
        found.map(|row| row.label.clone()).next()
    };
    texts.iter().filter_map(label).collect()
}

fn colours(svg: &str, names: &[&str]) -> Vec<usize> {
    let count = |name: &&str| svg.matches(&format!("stroke=\"{name}\"")).count();
    names.iter().map(count).collect()
}

#[test]
fn the_highest_value_comes_first_and_no_value_last() {
    let mut rows = vec![
        row("monocyte", "", 0.5, 0.9),
        row("no value", "", f64::NAN, 0.9),
        row("B cell", "", 2.5, 0.01),
        row("T cell", "", 2.5, 0.01),
        row("Th17", "", 3.1, 0.001),
    ];
    rows[1].value = None;
    let svg = svg(&plot(&rows));
    assert_eq!(
        lines(&svg, &rows),
        ["Th17", "B cell", "T cell", "monocyte", "no value"]
    );
    let (_, texts) = parts(&svg);
    let ranks: Vec<&str> = ["1", "2", "3", "4", "NA"]
        .into_iter()
        .filter(|rank| texts.iter().any(|text| text == rank))
        .collect();
    assert_eq!(ranks, ["1", "2", "4", "NA"], "equal values share a rank");
    assert!(texts.contains(&"NA: value undefined".to_owned()));
    assert!(
        texts.contains(&"Th17: 3.10, 95 % of the null model 0.40 to 1.60, q (BH) 0.001".to_owned())
    );
}

#[test]
fn a_dot_has_the_colour_of_its_group_and_is_filled_if_significant() {
    let rows = [
        row("donor 1", "B cell", 2.5, 0.01),
        row("donor 2", "B cell", 2.4, 0.3),
        row("donor 3", "monocyte", 0.5, 0.9),
        row("donor 4", "", 0.4, 0.9),
    ];
    let svg = svg(&plot(&rows));
    // One more of each group is in the legend.
    assert_eq!(colours(&svg, &["#0072b2", "#d55e00", "#8a8a8a"]), [3, 2, 1]);
    let blue = |fill: &str| {
        svg.matches(&format!("fill=\"{fill}\" stroke=\"#0072b2\""))
            .count()
    };
    assert_eq!((blue("#0072b2"), blue("#ffffff")), (2, 1));
    let (_, texts) = parts(&svg);
    for text in [
        "Cell type",
        "B cell (2)",
        "monocyte (1)",
        "q (BH) ≤ 0.05",
        "q (BH) > 0.05",
    ] {
        assert!(texts.contains(&text.to_owned()), "{text}: {texts:?}");
    }
}

#[test]
fn twenty_four_groups_look_different() {
    let rows: Vec<DotRow> = (0..24)
        .map(|place| row("track", &format!("cell {place}"), f64::from(place), 0.5))
        .collect();
    let ranked = Ranked::of(&rows);
    let palette = Palette::of(&ranked);
    let looks: BTreeSet<String> = palette
        .groups
        .iter()
        .map(|group| format!("{:?}", group.marker))
        .collect();
    assert_eq!(looks.len(), 24);
    assert_eq!(palette.groups[0].name, "cell 23");
}

#[test]
fn intervals_are_bands_of_the_null_or_whiskers_of_the_value() {
    let rows = [row("B cell", "B cell", 2.5, 0.01)];
    let band = "fill=\"#cfcfcf\"";
    let null = svg(&plot(&rows));
    assert_eq!(null.matches(band).count(), 2, "the line and the legend");
    let whiskers = svg(&DotPlot {
        interval: IntervalMeaning::Value,
        ..plot(&rows)
    });
    assert_eq!(whiskers.matches(band).count(), 0);
    assert!(whiskers.contains("95 % of the null model"));
}

#[test]
fn many_tracks_have_a_panel_of_groups_and_an_axis_above() {
    let few = many(&["B cell", "monocyte"]);
    let (_, texts) = parts(&svg(&plot(&few)));
    assert!(!texts.iter().any(|text| text.starts_with("By cell type")));
    let rows = many(&[
        "Th17",
        "B cell",
        "monocyte",
        "neutrophil",
        "hepatocyte",
        "NK cell",
        "Th1",
    ]);
    let drawn = svg(&plot(&rows));
    let (_, texts) = parts(&drawn);
    assert!(texts.contains(&"By cell type, with the median".to_owned()));
    assert!(
        texts.contains(&"Th17: median 2.91 of 10 tracks".to_owned()),
        "{texts:?}"
    );
    // Two ticks for each whole number: below the panel, and above and below the lines.
    assert_eq!(texts.iter().filter(|text| *text == "0.5").count(), 3);
}

#[test]
fn no_tracks_and_one_track_are_pictures_too() {
    let (_, texts) = parts(&svg(&plot(&[])));
    assert!(texts.contains(&"No tracks".to_owned()));
    let rows = [row("B cell", "B cell", 2.5, 0.01)];
    let one = svg(&plot(&rows));
    assert_eq!(lines(&one, &rows), ["B cell"]);
    assert!(
        crate::drawing::png::of_svg(&one)
            .unwrap()
            .starts_with(b"\x89PNG")
    );
}

#[test]
fn long_labels_are_truncated_where_they_are_drawn_and_whole_as_tooltips() {
    let long = "CD4-positive alpha-beta T cells of a donor ".repeat(9);
    let rows = [row(&long, "", 2.5, 0.01)];
    let (_, texts) = parts(&svg(&plot(&rows)));
    assert!(texts.iter().any(|text| text.starts_with(&long)));
    assert!(
        texts
            .iter()
            .any(|text| text.ends_with('…') && long.starts_with(text.trim_end_matches('…')))
    );
}

/// The numbers in coordinates: attributes of positions and sizes, and paths.
fn coordinates(attributes: &[(String, String)]) -> Vec<f64> {
    let places = ["x", "y", "cx", "cy", "r", "width", "height", "d"];
    let chosen = attributes
        .iter()
        .filter(|(name, _)| places.contains(&name.as_str()));
    let numbers = chosen.flat_map(|(_, value)| value.split(['M', 'L', 'z', ' ']));
    numbers
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap())
        .collect()
}

fn any_number() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        3 => (-3.0..50.0).prop_map(Some),
        1 => any::<f64>().prop_map(Some),
        1 => Just(None),
        1 => Just(Some(1.0)),
    ]
}

fn any_row() -> impl Strategy<Value = DotRow> {
    let numbers = (any_number(), any_number(), any_number(), any_number());
    (".{0,12}", "[abc<&\u{202e}]{0,2}", numbers).prop_map(
        |(label, group, (value, low, high, adjusted_p))| DotRow {
            label,
            group,
            value,
            low,
            high,
            adjusted_p,
        },
    )
}

proptest! {
    #[test]
    fn laws_any_rows_give_well_formed_xml_with_coordinates_inside(rows in proptest::collection::vec(any_row(), 0..90)) {
        let drawn = svg(&plot(&rows));
        let (attributes, _) = parts(&drawn);
        let size = |name: &str| -> f64 {
            attributes.iter().find(|(known, _)| known == name).unwrap().1.parse().unwrap()
        };
        let longest = size("width").max(size("height"));
        for number in coordinates(&attributes) {
            prop_assert!((-1.0..=longest).contains(&number), "{}", number);
        }
        prop_assert_eq!(drawn, svg(&plot(&rows)));
    }

    #[test]
    fn laws_every_label_is_in_the_picture(labels in proptest::collection::vec("[a-zA-Z0-9 <>&\"']{1,40}", 1..90)) {
        let rows: Vec<DotRow> = labels.iter().enumerate().map(|(place, label)| row(label, "", place as f64, 0.5)).collect();
        let (_, texts) = parts(&svg(&plot(&rows)));
        for label in labels {
            let start = format!("{label}: ");
            prop_assert!(texts.iter().any(|text| text.starts_with(&start)), "{}", label);
        }
    }
}
