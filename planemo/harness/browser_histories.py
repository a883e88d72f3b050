"""What the user of `browser` has in Galaxy before the stories begin."""

from .chains_by_hand import elements, three_tracks
from .client import Client
from .following import collection, dataset, follow, form
from .places import TEST_DATA

BLOOD = TEST_DATA / "blood.fairtracks.json"
# A document with faults.
FAULTY = TEST_DATA / "faulty_tracks.fairtracks.json"
TITLE = "Sorted regions of cells"
CREATOR = ("Josiah Carberry", "0000-0002-1825-0097")


def prepare(client: Client) -> dict[str, str]:
    """The histories by their names."""
    return {name: make(client, name) for name, make in HISTORIES.items()}


def blood(client: Client, name: str) -> str:
    """A document alone, to be searched."""
    history = client.create_history(name)
    client.upload(history, BLOOD.name, BLOOD.read_bytes(), "json")
    return history


def analysis(client: Client, name: str) -> str:
    """An import, a result, and what each tool after it makes, with its report; a document with faults."""
    history = client.create_history(name)
    tracks, crates = three_tracks(client, history)
    first = next(iter(elements(client, tracks).values()))
    inputs = {"input": dataset(first), "column": "1", "style": "alpha", "order": "ASC"}
    result = client.run_tool(history, "sort1", inputs).datasets["out_file1"]
    stories = follow(client, history, [dataset(result)], [collection(crates)]).collections["output_crates"]
    people = {"title": TITLE, "creators_0|name": CREATOR[0], "creators_0|orcid": CREATOR[1]}
    data = form([dataset(result), collection(tracks)], [collection(stories), collection(crates)])
    client.run_tool(history, "fairtracks_package", data | people)
    faulty = client.upload(history, FAULTY.name, FAULTY.read_bytes(), "json")
    client.run_tool(history, "fairtracks_check", {"documents": dataset(faulty)})
    return history


HISTORIES = {"Blood tracks": blood, "A catalog": blood, "A server": blood, "An analysis": analysis}
