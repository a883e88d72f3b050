use proptest::prelude::*;

use super::tile::{INSET, LINE, TITLE};
use super::*;
use crate::drawing::words::width;
use crate::ro_crate::provenance::examples::{self, Example};
use crate::ro_crate::{Crate, Entity};

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

/// The sketch of a crate.
fn sketched(crate_: &Crate) -> Sketch {
    sketch::sketch(&ProvenanceGraph::of(crate_), &PictureWords::LINEAGE)
}

/// The titles of the boxes of a kind, from top to bottom.
fn titles(sketch: &Sketch, kind: TileKind) -> Vec<String> {
    let boxes = sketch.boxes.iter().filter(|tile| tile.kind == kind);
    boxes.map(|tile| tile.title.join(" ")).collect()
}

/// For each result the titles of the tracks that arrows lead from, through any number of boxes.
fn origins(sketch: &Sketch) -> Vec<(String, Vec<String>)> {
    let results = sketch.boxes.iter().enumerate();
    let results = results.filter(|(_, tile)| tile.kind == TileKind::Results);
    results
        .map(|(place, tile)| {
            let (mut next, mut tracks) = (vec![place], Vec::new());
            while let Some(to) = next.pop() {
                let from = sketch.arrows.iter().filter(|arrow| arrow.to == to);
                next.extend(from.map(|arrow| arrow.from));
                if sketch.boxes[to].kind == TileKind::Tracks {
                    tracks.push(sketch.boxes[to].title.join(" "));
                }
            }
            tracks.sort();
            (tile.title.join(" "), tracks)
        })
        .collect()
}

#[test]
fn each_result_of_a_mapped_tool_has_the_lane_of_its_track() {
    let pair = |result: &str, track: &str| (result.to_owned(), vec![track.to_owned()]);
    let sketch = sketched(&examples::mapped(3));
    assert_eq!(
        origins(&sketch),
        [
            pair("Widened peaks of K562", "K562, H3K4me3: peaks"),
            pair("Widened peaks of GM12878", "GM12878, H3K4me3: peaks"),
            pair("Widened peaks of H1-hESC", "H1-hESC, H3K4me3: peaks"),
        ]
    );
    let steps = sketch.boxes.iter();
    let steps = steps.filter(|tile| tile.kind == TileKind::Steps);
    for tile in steps {
        assert_eq!(
            tile.lines,
            [
                "2  bedtools_sortbed 2.31.1+galaxy0",
                "3  bedtools_slopbed 2.31.1+galaxy0"
            ]
        );
    }
}

#[test]
fn lanes_are_straight_rows_from_track_to_result() {
    for count in [3, 40] {
        let sketch = sketched(&examples::mapped(count));
        let layout = layout::layout(&sketch);
        let middle = |place: usize| layout.spots[place].y * 2 + layout.spots[place].height;
        for arrow in &sketch.arrows {
            let shift = middle(arrow.from) - middle(arrow.to);
            assert!(shift.abs() <= 2, "{arrow:?}: {shift} half pixels");
        }
    }
}

#[test]
fn lanes_meet_in_the_step_that_reads_all_of_them() {
    let sketch = sketched(&examples::map_and_merge(9));
    assert_eq!(titles(&sketch, TileKind::Tracks).len(), 9);
    let merge = sketch.boxes.iter().position(|tile| {
        let is_merge = |line: &String| line.contains("mergebed");
        tile.lines.iter().any(is_merge)
    });
    let into_merge = sketch.arrows.iter().filter(|arrow| Some(arrow.to) == merge);
    assert_eq!(into_merge.count(), 9);
    assert_eq!(origins(&sketch)[0].1.len(), 9);
}

#[test]
fn lanes_keep_the_order_of_their_tracks_where_they_meet_too() {
    let sketch = sketched(&examples::map_and_merge(9));
    let layout = layout::layout(&sketch);
    let tracks = titles(&sketch, TileKind::Tracks).len();
    assert!(layout.spots[..tracks].is_sorted_by_key(|spot| spot.y));
    assert!(layout.spots[tracks..2 * tracks].is_sorted_by_key(|spot| spot.y));
}

#[test]
fn tracks_that_were_imported_otherwise_have_the_same_lanes() {
    let ids: Vec<String> = (0..40)
        .map(|number| format!("#data-{number:016x}"))
        .collect();
    let mut example = Example::about(
        "Sorted",
        &ids.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    for (number, id) in ids.iter().enumerate() {
        let track = example.track(number);
        if number % 2 == 1 {
            let unpacking = format!("#unpack-{number:016x}");
            let unpacking = Entity::new(&*unpacking, &["CreateAction"]);
            example.0.add(unpacking.referring("result", &track));
        }
        example.step("sort1", "1.2.0", &[&track], &[id]);
        example.result(id, &format!("Sorted {number}"), &[&track]);
    }
    let sketch = sketched(&example.0);
    assert_eq!(
        titles(&sketch, TileKind::Steps).last().map(String::as_str),
        Some("and 28 more of the same steps")
    );
    assert_eq!(sketch.boxes.len(), 3 * 13);
}

#[test]
fn a_hundred_lanes_are_the_first_twelve_and_one_for_the_rest() {
    let sketch = sketched(&examples::mapped(100));
    let tracks = titles(&sketch, TileKind::Tracks);
    assert_eq!((tracks.len(), tracks[12].as_str()), (13, "88 tracks"));
    let steps = titles(&sketch, TileKind::Steps);
    assert_eq!(steps[12], "and 88 more of the same steps");
    assert!(steps[..12].iter().all(String::is_empty), "{steps:?}");
    assert_eq!(titles(&sketch, TileKind::Results)[12], "88 results");
    let stacks = sketch.boxes.iter().filter(|tile| tile.is_stack);
    assert_eq!(stacks.count(), 3);
    assert_eq!(sketched(&examples::mapped(13)).boxes.len(), 39);
}

#[test]
fn treatment_and_control_share_the_lane_of_their_step() {
    let ids = ["#data-1", "#data-2", "#data-3"];
    let mut example = Example::about("Peaks", &ids);
    for (number, id) in ids.iter().enumerate() {
        let (one, other) = (example.track(2 * number), example.track(2 * number + 1));
        example.step("macs2_callpeak", "2.2", &[&one, &other], &[id]);
        example.result(id, &format!("Peaks {number}"), &[&one, &other]);
    }
    let sketch = sketched(&example.0);
    let origins = origins(&sketch);
    assert_eq!(origins.len(), 3);
    for (result, tracks) in origins {
        assert_eq!(tracks.len(), 2, "{result}: {tracks:?}");
    }
}

#[test]
fn a_file_that_all_runs_read_keeps_their_lanes_apart() {
    let ids = ["#data-1", "#data-2", "#data-3", "#data-4"];
    let mut example = Example::about("Without the blacklist", &ids);
    example.between("#dataset-b", "blacklist.bed");
    for (number, id) in ids.iter().enumerate() {
        let track = example.track(number);
        example.step(
            "bedtools_subtractbed",
            "2.31.1",
            &[&track, "#dataset-b"],
            &[id],
        );
        example.result(id, &format!("Result {number}"), &[&track]);
    }
    let sketch = sketched(&example.0);
    assert_eq!(titles(&sketch, TileKind::Unknown), ["blacklist.bed"]);
    for (result, tracks) in origins(&sketch) {
        assert_eq!(tracks.len(), 1, "{result}: {tracks:?}");
    }
}

#[test]
fn many_tracks_that_one_step_reads_are_counted_by_their_cells() {
    let sketch = sketched(&examples::reduced(34, "fairtracks_overlap", "Ranking"));
    assert_eq!(sketch.boxes.len(), 3);
    assert_eq!(sketch.boxes[0].title, ["34 tracks"]);
    assert_eq!(
        sketch.boxes[0].lines,
        ["12 K562", "11 GM12878", "11 H1-hESC", "GRCh38 · ENCODE"]
    );
}

#[test]
fn ten_thousand_tracks_are_few_boxes_and_a_small_picture() {
    let drawn = drawn(&examples::map_and_merge(10_000));
    let texts = texts(&drawn);
    for text in ["9,988 tracks", "and 9,988 more of the"] {
        assert!(texts.contains(&text.to_owned()), "{texts:?}");
    }
    assert!(drawn.svg.len() < 40_000, "{}", drawn.svg.len());
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

#[test]
fn no_secret_is_in_a_picture() {
    let mut example = Example::about("see https://ann:pw@h.example/a", &["#data-1"]);
    let track = example.track(1);
    let tool = "https://ann:pw@h.example/tool?token=abc123";
    example.step(tool, "1", &[&track], &["#data-1"]);
    example.result("#data-1", "https://h.example/x?X-Amz-Signature=abc123", &[]);
    let svg = drawn(&example.0).svg;
    assert!(!svg.contains("ann:pw") && !svg.contains("abc123"), "{svg}");
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
    fn laws_boxes_do_not_overlap_texts_fit_and_each_arrow_is_drawn_once(crate_ in any_analysis()) {
        let sketch = sketched(&crate_);
        let layout = layout::layout(&sketch);
        for (place, spot) in layout.spots.iter().enumerate() {
            prop_assert!(spot.y >= layout::TOP && spot.y + spot.height <= layout.height);
            for other in &layout.spots[place + 1..] {
                let is_beside = spot.x + spot.width < other.x || other.x + other.width < spot.x;
                let is_below = spot.y + spot.height < other.y || other.y + other.height < spot.y;
                prop_assert!(is_beside || is_below, "{:?} {:?}", spot, other);
            }
        }
        for (tile, spot) in sketch.boxes.iter().zip(&layout.spots) {
            let title = tile.title.iter().map(|line| width(line, TITLE));
            let lines = tile.lines.iter().map(|line| width(line, LINE));
            let room = spot.width - 2 * INSET;
            prop_assert!(title.chain(lines).all(|width| width <= room), "{:?}", tile);
            let last = layout::baselines(tile).last().unwrap_or_default();
            prop_assert!(last + 4 <= spot.height, "{:?}", tile);
        }
        let mut ends: Vec<(usize, usize)> =
            sketch.arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
        ends.sort_unstable();
        ends.dedup();
        prop_assert_eq!(ends.len(), sketch.arrows.len(), "an arrow is drawn twice");
        for way in &layout.ways {
            prop_assert!(way.windows(2).all(|pair| pair[0].0 < pair[1].0 + 300 && pair[0].0 <= pair[1].0));
        }
        let drawn = drawn(&crate_);
        prop_assert_eq!(drawn.svg.matches("l-9 -4.5v9z").count(), sketch.arrows.len());
        prop_assert!(texts(&drawn).len() < 400);
        prop_assert_eq!(&drawn, &picture(&ProvenanceGraph::of(&crate_)));
    }
}
