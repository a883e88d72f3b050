use std::time::Instant;

use proptest::prelude::*;

use super::*;
use crate::ro_crate::Crate;
use crate::ro_crate::provenance::examples::{self, Example};

fn drawn(crate_: &Crate) -> Picture {
    picture(&ProvenanceGraph::of(crate_))
}

/// The texts that stand in the picture, in their order; fails where the picture is no XML.
fn texts(picture: &Picture) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(&picture.svg);
    reader.config_mut().check_end_names = true;
    let (mut texts, mut text, mut is_text) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) => {
                start
                    .attributes()
                    .for_each(|attribute| drop(attribute.unwrap()));
                is_text = start.name().as_ref() == "text";
            }
            quick_xml::events::Event::Text(part) if is_text => text.push_str(&part),
            quick_xml::events::Event::GeneralRef(name) if is_text => {
                text.push_str(&format!("&{};", &*name));
            }
            quick_xml::events::Event::End(_) if is_text => {
                texts.push(std::mem::take(&mut text));
                is_text = false;
            }
            quick_xml::events::Event::Eof => return texts,
            _ => {}
        }
    }
}

#[test]
fn a_track_a_tool_and_a_result_are_three_boxes() {
    let texts = texts(&drawn(&examples::one_step()));
    assert_eq!(
        texts,
        [
            "1 source track · step 1",
            "1 step",
            "1 result",
            "K562, CTCF: peaks",
            "encode:ENCFF717 · GRCh38 · ENCODE",
            "2  sort1 1.2.0",
            "Sort on data 1",
            "12.0 KiB",
        ]
    );
}

#[test]
fn a_tool_that_is_mapped_over_tracks_is_one_line() {
    let texts = texts(&drawn(&examples::map_and_merge(9)));
    assert!(
        texts.contains(&"2  bedtools_sortbed 2.31.1+galaxy0  ×9".to_owned()),
        "{texts:?}"
    );
    assert!(
        texts.contains(&"11  bedtools_mergebed 2.31.1".to_owned())
            || texts.contains(&"3  bedtools_mergebed 2.31.1".to_owned()),
        "{texts:?}"
    );
    assert_eq!(
        texts.iter().filter(|text| text.ends_with("peaks")).count(),
        9
    );
}

#[test]
fn ten_thousand_tracks_are_one_box_and_take_no_time() {
    let provenance = ProvenanceGraph::of(&examples::map_and_merge(10_000));
    let start = Instant::now();
    let drawn = picture(&provenance);
    let took = start.elapsed();
    let texts = texts(&drawn);
    for text in ["10,000 tracks", "… and 9,997 more"] {
        assert!(texts.contains(&text.to_owned()), "{texts:?}");
    }
    assert!(drawn.svg.len() < 10_000, "{}", drawn.svg.len());
    assert!(took.as_secs() < 120, "{took:?}");
}

#[test]
fn steps_in_a_row_stand_on_one_card() {
    let drawn = drawn(&examples::row(20));
    assert_eq!(drawn.svg.matches("<rect").count(), 1 + 3);
    assert!(
        drawn.width < 1000 && drawn.height < 600,
        "{} x {}",
        drawn.width,
        drawn.height
    );
}

#[test]
fn what_is_not_proven_is_said_in_words() {
    let texts = texts(&drawn(&examples::unproven()));
    assert!(
        texts.contains(&"source tracks not confirmed".to_owned()),
        "{texts:?}"
    );
    assert!(
        texts.contains(&"no metadata, unknown source".to_owned()),
        "{texts:?}"
    );
}

#[test]
fn what_only_equal_contents_prove_is_dashed() {
    let mut example = Example::about("x", &["#data-1"]);
    let track = example.track(1);
    example.result("#data-1", "A copy", &[&track]);
    assert_eq!(drawn(&example.0).svg.matches("stroke-dasharray").count(), 1);
}

#[test]
fn names_of_others_are_text_and_nothing_else() {
    let evil = "</text><script>alert('x')</script>&amp;\u{202e}\u{0}\u{ffff}\n\"";
    let mut example = Example::about(evil, &["#data-1"]);
    example.between("#dataset-1", evil);
    example.step(evil, evil, &["#dataset-1"], &["#data-1"]);
    example.result("#data-1", evil, &[]);
    let drawn = drawn(&example.0);
    assert!(
        !drawn.svg.contains("<script")
            && !drawn.svg.contains("\u{202e}")
            && !drawn.svg.contains('\0')
    );
    assert!(texts(&drawn).len() > 3);
}

/// A crate of tracks and of tools that read any data before them.
fn any_analysis() -> impl Strategy<Value = Crate> {
    let steps = prop::collection::vec(
        (0..4_usize, prop::collection::vec(0..40_usize, 0..4)),
        0..30,
    );
    (0..20_usize, steps, 0..4_usize).prop_map(|(tracks, steps, results)| {
        let count = steps.len();
        let name = |place: usize| match place + results >= count {
            true => format!("#data-{place}"),
            false => format!("#dataset-{place}"),
        };
        let about: Vec<String> = (0..count)
            .map(name)
            .filter(|id| id.starts_with("#data-"))
            .collect();
        let about: Vec<&str> = about.iter().map(String::as_str).collect();
        let mut example = Example::about("any", &about);
        let mut data: Vec<String> = (0..tracks).map(|number| example.track(number)).collect();
        for (place, (tool, inputs)) in steps.iter().enumerate() {
            let inputs: Vec<&str> = inputs
                .iter()
                .filter_map(|input| Some(data.get(input % data.len().max(1))?.as_str()))
                .collect();
            example.step(&format!("tool{tool}"), "1", &inputs, &[&name(place)]);
            match name(place) {
                id if id.starts_with("#data-") => example.result(&id, "result", &[]),
                id => example.between(&id, "between"),
            }
            data.push(name(place));
        }
        example.0
    })
}

proptest! {
    #[test]
    fn laws_boxes_do_not_overlap_and_arrows_go_right(crate_ in any_analysis()) {
        let sketch = sketch::sketch(&ProvenanceGraph::of(&crate_));
        let layout = layout::layout(&sketch);
        for (place, spot) in layout.spots.iter().enumerate() {
            prop_assert!(spot.y >= layout::TOP && spot.y + spot.height <= layout.height);
            for other in &layout.spots[place + 1..] {
                let is_beside = spot.x + spot.width < other.x || other.x + other.width < spot.x;
                let is_below = spot.y + spot.height < other.y || other.y + other.height < spot.y;
                prop_assert!(is_beside || is_below, "{:?} {:?}", spot, other);
            }
        }
        for way in &layout.ways {
            prop_assert!(way.windows(2).all(|pair| pair[0].0 < pair[1].0 + 300 && pair[0].0 <= pair[1].0));
        }
        let drawn = picture(&ProvenanceGraph::of(&crate_));
        prop_assert!(texts(&drawn).len() < 400);
        prop_assert_eq!(&drawn, &picture(&ProvenanceGraph::of(&crate_)));
    }
}
