"""Chains from import to result that no workflow can describe: copies between histories, names given by hand, jobs that fail."""

from dataclasses import dataclass, field

from .client import Client, Outputs
from .follow_score import Truth
from .following import Given, collection, copy, dataset, each_of, rename
from .places import TEST_DATA

DOCUMENT = TEST_DATA / "tracks.fairtracks.json"
FIRST, SECOND, THIRD = "example:cells_dnase", "example:cells_h3k4me3", "example:cells_h3k27me3"


@dataclass
class Story:
    """Results, the crates to look in, and what is true of the results."""

    results: list[Given] = field(default_factory=list)
    crates: list[Given] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)

    def expect(self, result: Given, *truth: tuple[str, str]) -> None:
        """A result, with the name and the track of each dataset in it."""
        self.results.append(result)
        self.truth += [Truth(name, frozenset([track])) for name, track in truth]


def three_tracks(client: Client, history: str) -> tuple[str, str]:
    """Imports three tracks, and gives the collections of tracks and crates."""
    document = client.upload(history, DOCUMENT.name, DOCUMENT.read_bytes(), "json")
    chosen = client.upload(history, "three", "\n".join((FIRST, SECOND, THIRD, "")).encode(), "tabular")
    inputs = {"sources": dataset(document), "choice|mode": "table", "choice|table": dataset(chosen)}
    made = client.run_tool(history, "fairtracks_import", inputs).collections
    return made["output_tracks"], made["output_crates"]


def elements(client: Client, of: str) -> dict[str, str]:
    """The datasets of a list by their identifiers."""
    return {each["element_identifier"]: each["object"]["id"] for each in client.collection(of)["elements"]}


def by_hand(client: Client, history: str, away: str) -> Story:
    """Makes results in a history and in another, away from it."""
    tracks, crates = three_tracks(client, history)
    first = elements(client, tracks)[FIRST]
    story = Story(crates=[collection(crates)])
    middle = sort(client, history, first)
    # The name of another track, and no tags.
    rename(client, history, middle, SECOND)
    for name, place, of in (("named by hand", history, middle), ("from a copy", away, copy(client, middle, away))):
        result = cut(client, place, dataset(of)).datasets["out_file1"]
        rename(client, place, result, name)
        story.expect(dataset(result), (name, FIRST))
    result = sort(client, away, copy(client, first, away))
    rename(client, away, result, "from a copied track")
    story.expect(dataset(result), ("from a copied track", FIRST))
    # The first track has too few columns.
    wide = client.start_tool(history, "wide_lines", {"lines": each_of(tracks)})
    states = sorted(client.wait_for_state(f"/api/jobs/{job['id']}") for job in wide.jobs)
    assert states == ["error", "ok", "ok"], states
    left = client.run_tool(history, "__FILTER_FAILED_DATASETS__", {"input": collection(wide.collections["wide"])})
    result = cut(client, history, each_of(left.collections["output"])).collections["out_file1"]
    story.expect(collection(result), (SECOND, SECOND), (THIRD, THIRD))
    return story


def sort(client: Client, history: str, of: str) -> str:
    inputs = {"input": dataset(of), "column": "2", "style": "num", "order": "DESC"}
    return client.run_tool(history, "sort1", inputs).datasets["out_file1"]


def cut(client: Client, history: str, of: object) -> Outputs:
    return client.run_tool(history, "Cut1", {"input": of, "columnList": "c1,c2", "delimiter": "T"})
