"""An analysis that was packed into one crate comes back in another history as it was."""

from harness.client import collection, dataset
from harness.following import FIRST, follow, form


def test_a_crate_that_goes_to_another_history(client, history, imported):
    """Sorts, follows and packs in one history, and imports the crate in another."""
    tracks, crates = imported
    before = known(client, tracks)
    inputs = {"input": dataset(client.elements(tracks)[FIRST]), "column": "1", "style": "alpha", "order": "ASC"}
    result = client.run_tool(history, "sort1", inputs).datasets["out_file1"]
    followed = follow(client, history, [dataset(result)], [collection(crates)]).collections["output_crates"]
    data = form([dataset(result), collection(tracks)], [collection(followed), collection(crates)])
    packed = client.run_tool(history, "fairtracks_package", data | {"title": "Sorted peaks"}).datasets
    assert client.content(packed["output_picture"])[:4] == b"\x89PNG"
    assert b'history_dataset_as_image(output="output_picture"' in client.content(packed["output_report"])

    there = client.create_history("round trip, the other side")
    crate = client.upload(there, "crate.zip", client.content(packed["output_crate"]), "zip")
    came = client.run_tool(there, "fairtracks_import", {"sources": dataset(crate)}).collections
    after = known(client, came["output_tracks"])
    (name,) = set(after) - set(before)
    assert {each: after.get(each) for each in before} == before
    assert after[name]["bytes"] == client.content(result)
    light = client.elements(came["output_crates"])
    for old in (crates, followed):
        for each, identifier in client.elements(old).items():
            assert client.content(light[each if each in light else name]) == client.content(identifier), f"the light crate of {each}"
    client.histories.delete_history(there, purge=True)


def known(client, tracks):
    """What Galaxy knows of each element of a collection."""
    facts = {}
    for name, identifier in client.elements(tracks).items():
        found = client.datasets.show_dataset(identifier)
        facts[name] = {key: found[key] for key in ("extension", "genome_build", "tags")} | {"bytes": client.content(identifier)}
    return facts
