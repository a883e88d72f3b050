//! The provenance chain: no circles, nothing used before it was made, and files equal to those of the earlier crates.

use std::collections::{HashMap, HashSet};

use super::actions::is_run;
use super::report::{At, MetadataReport, called, entity_pointer};
use super::times;
use crate::fairtracks::fields::{must, shown_text};
use crate::ro_crate::Entity;
use crate::ro_crate::crate_contents::{AncestorFile, CrateContents};
use crate::ro_crate::draft::CrateDraft;

/// Checks the chain within the crate, and from the crates that it was made of.
pub fn check(draft: &CrateDraft, packed: &CrateContents, report: &mut MetadataReport<'_>) {
    circles(draft, report);
    order(draft, report);
    let takers = takers(draft);
    for ancestor in &packed.ancestors {
        if let Ok(earlier) = &ancestor.read {
            handed_on(draft, ancestor, earlier, report);
            taken_out(draft, &takers, ancestor, earlier, report);
        }
    }
}

/// A step back in the chain: the index of the source entity, and the place of the statement.
struct Step {
    to: usize,
    said_at: (usize, &'static str),
}

/// The steps back from each entity.
fn steps(draft: &CrateDraft) -> HashMap<usize, Vec<Step>> {
    let mut steps: HashMap<usize, Vec<Step>> = HashMap::new();
    for (position, entity, _) in draft.items() {
        for id in entity.references("isBasedOn") {
            if let Some(to) = draft.position(id) {
                steps.entry(position).or_default().push(Step {
                    to,
                    said_at: (position, "isBasedOn"),
                });
            }
        }
        // An UpdateAction changes a thing in place, and an ActivateAction makes nothing.
        if !entity.is("CreateAction") {
            continue;
        }
        for result in entity.references("result") {
            let Some(from) = draft.position(result) else {
                continue;
            };
            for object in entity.references("object") {
                if let Some(to) = draft.position(object) {
                    steps.entry(from).or_default().push(Step {
                        to,
                        said_at: (position, "object"),
                    });
                }
            }
        }
    }
    steps
}

/// Reports circular provenance, each circle once.
fn circles(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let steps = steps(draft);
    let none = Vec::new();
    let mut states = vec![State::New; draft.read.entities().len()];
    for start in 0..states.len() {
        if states[start] != State::New || !steps.contains_key(&start) {
            continue;
        }
        states[start] = State::Open;
        let mut open = vec![(start, 0)];
        while let Some((position, next)) = open.last_mut() {
            let position = *position;
            let Some(step) = steps.get(&position).unwrap_or(&none).get(*next) else {
                states[position] = State::Done;
                open.pop();
                continue;
            };
            *next += 1;
            match states[step.to] {
                State::Done => {}
                State::New => {
                    states[step.to] = State::Open;
                    open.push((step.to, 0));
                }
                State::Open => {
                    let (at, key) = step.said_at;
                    let entities = draft.read.entities();
                    let (first, second) = (called(&entities[position]), called(&entities[step.to]));
                    let circle = if position == step.to {
                        format!("{first} derives from itself")
                    } else {
                        format!("{first} and {second} derive from each other")
                    };
                    let what = format!("circular provenance: {circle}");
                    let hint = "remove the wrong reference";
                    let expected = "sources that existed before";
                    report.should(At::Key(at, key), what, expected, hint);
                }
            }
        }
    }
}

/// Reports things used before they were made.
fn order(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    let mut made: HashMap<&str, (usize, &str)> = HashMap::new();
    for (position, action, _) in draft.items().filter(|(_, entity, _)| is_run(entity)) {
        let Some(end) = action.text("endTime") else {
            continue;
        };
        for id in action.references("result") {
            made.entry(id).or_insert((position, end));
        }
    }
    for (position, action, _) in draft.items().filter(|(_, entity, _)| is_run(entity)) {
        let Some(end) = action.text("endTime") else {
            continue;
        };
        for (number, id) in action.references("object").into_iter().enumerate() {
            if let Some((maker, made_at)) = made.get(id)
                && *maker != position
                && times::is_before(end, made_at)
            {
                let what = format!(
                    "{}, used at {end}, but created at {made_at} by {}",
                    shown_text(id),
                    entity_pointer(*maker)
                );
                let expected = format!("something created by {end}");
                let at = At::Value(position, "object", number);
                let hint = "correct the start or end time of one of the two actions";
                report.should(at, what, expected, hint);
            }
        }
    }
}

/// Compares the checksums of files that both crates describe under the same id.
fn handed_on(
    draft: &CrateDraft,
    ancestor: &AncestorFile,
    earlier: &CrateDraft,
    report: &mut MetadataReport<'_>,
) {
    for (position, entity) in earlier.read.entities().iter().enumerate() {
        let Some(before) = entity.text("sha256") else {
            continue;
        };
        // A URL may serve other bytes today; a file named by its content or in a folder of the crate must not differ.
        let id = match &earlier.notes[position].whereabouts {
            crate::ro_crate::draft::Whereabouts::Inside { usual, .. } => {
                format!("inputs/{}/{usual}", ancestor.key)
            }
            _ if entity.id.starts_with("#track-") || entity.id.starts_with("#data-") => {
                entity.id.clone()
            }
            _ => continue,
        };
        let Some(here) = draft.position(&id) else {
            continue;
        };
        let now = draft.read.entities()[here].text("sha256");
        if let Some(now) = now.filter(|now| !now.eq_ignore_ascii_case(before)) {
            let place = format!("{}#{}", ancestor.path, entity_pointer(position));
            let expected = format!("{before}, according to {place}/sha256");
            let hint =
                "broken provenance: the file differs from the one that the earlier crate describes";
            let at = At::Key(here, "sha256");
            report.add(at, shown_text(now), must(expected, hint));
        }
    }
}

/// The objects of the actions that extract files from an earlier crate, by the folder of that crate.
fn takers(draft: &CrateDraft) -> HashMap<&str, Vec<Vec<&str>>> {
    let mut takers: HashMap<&str, Vec<Vec<&str>>> = HashMap::new();
    for action in draft.read.entities().iter().filter(|entity| is_run(entity)) {
        // Packaging combines files and crates and extracts nothing.
        if action.id.starts_with("#package-") {
            continue;
        }
        let objects = action.references("object");
        let folders: HashSet<&str> = objects
            .iter()
            .copied()
            .filter(|id| id.starts_with("inputs/"))
            .collect();
        for folder in folders {
            takers.entry(folder).or_default().push(objects.clone());
        }
    }
    takers
}

/// Checks that an extracted file is one of the files of the earlier crate.
fn taken_out(
    draft: &CrateDraft,
    takers: &HashMap<&str, Vec<Vec<&str>>>,
    ancestor: &AncestorFile,
    earlier: &CrateDraft,
    report: &mut MetadataReport<'_>,
) {
    let known: HashSet<String> = earlier
        .read
        .entities()
        .iter()
        .filter_map(|entity| entity.text("sha256").map(str::to_lowercase))
        .collect();
    if known.is_empty() {
        return;
    }
    let folder = format!("inputs/{}/", ancestor.key);
    for objects in takers.get(folder.as_str()).into_iter().flatten() {
        for id in objects {
            let Some(position) = draft.position(id) else {
                continue;
            };
            let object: &Entity = &draft.read.entities()[position];
            let is_unknown = |sum: &&str| !known.contains(&sum.to_lowercase());
            // A file with a URL came from there.
            let is_from_there = !id.contains("://");
            if let Some(sum) = object.text("sha256").filter(is_unknown)
                && is_from_there
            {
                let expected = format!("the SHA-256 of a file that {} describes", ancestor.path);
                let hint = "broken provenance: the earlier crate has no such file";
                let at = At::Key(position, "sha256");
                report.add(at, shown_text(sum), must(expected, hint));
            }
        }
    }
}
