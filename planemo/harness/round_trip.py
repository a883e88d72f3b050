"""Whether an analysis that was packed into one crate comes back in another history as it was."""

from .chains_by_hand import elements, three_tracks
from .client import Client, Outputs
from .following import collection, dataset, follow, form
from .import_check import Checks
from .outcome import Outcome
from .run import Run

TITLE = "Sorted peaks"


def round_trip(run: Run) -> Outcome:
    """Imports, sorts, follows and packs in one history, and imports the crate in another."""
    client, checks = run.warm_galaxy().client, Checks()
    here, there = client.create_history("round trip"), client.create_history("round trip, the other side")
    with checks.trying("a crate that goes to another history"):
        tracks, crates = three_tracks(client, here)
        before = known(client, tracks)
        first = next(iter(before))
        inputs = {"input": dataset(elements(client, tracks)[first]), "column": "1", "style": "alpha", "order": "ASC"}
        result = client.run_tool(here, "sort1", inputs).datasets["out_file1"]
        followed = follow(client, here, [dataset(result)], [collection(crates)])
        stories = followed.collections["output_crates"]
        packed = package(client, here, [dataset(result), collection(tracks)], [collection(stories), collection(crates)])
        checks.equal("the picture", client.content(packed.datasets["output_picture"])[:4], b"\x89PNG")
        report = client.content(packed.datasets["output_report"]).decode()
        checks.equal("the picture in the report", 'history_dataset_as_image(output="output_picture"' in report, True)
        crate = client.upload(there, "crate.zip", client.content(packed.datasets["output_crate"]), "zip")
        came = client.run_tool(there, "fairtracks_import", {"sources": dataset(crate)})
        after = known(client, came.collections["output_tracks"])
        (name,) = set(after) - set(before) or {""}
        checks.equal("tracks that came back", {each: after.get(each) for each in before}, before)
        checks.equal("the result that came back", after.get(name, {}).get("bytes"), client.content(result))
        light = {each["element_identifier"]: each["object"]["id"] for each in client.collection(came.collections["output_crates"])["elements"]}
        for old in (crates, stories):
            for each, identifier in elements(client, old).items():
                same = client.content(light[each if each in light else name]) == client.content(identifier)
                checks.equal(f"the light crate of {each}, byte for byte", same, True)
    for history in (here, there):
        client.delete_history(history)
    return Outcome(checks.passed, checks.failures, (client.log,))


def package(client: Client, history: str, data: list[dict[str, str]], crates: list[dict[str, str]]) -> Outputs:
    """Packs data with their crates, as a form asks for it."""
    return client.run_tool(history, "fairtracks_package", form(data, crates) | {"title": TITLE})


def known(client: Client, tracks: str) -> dict[str, dict[str, object]]:
    """What Galaxy knows of each element of a collection."""
    facts = {}
    for name, identifier in elements(client, tracks).items():
        found = client.get(f"/api/datasets/{identifier}")
        shown = {key: found[key] for key in ("extension", "genome_build", "tags")}
        facts[name] = shown | {"bytes": client.content(identifier)}
    return facts
