"""Each result of chains of Galaxy's tools is given exactly the tracks that it was made of."""

import pytest
from harness.client import Given, collection, dataset
from harness.follow_score import TITLES, Truth, score, truth
from harness.following import FIRST, SECOND, THIRD, copy, export, follow, rename, three_tracks
from harness.places import WORKFLOWS
from harness.steps import table
from harness.workflows import Workflow

# Outputs of the workflows that are not results.
CRATES, TABLE = "crates", "table"


class Chains:
    """Results of chains, the crates to look in, and the tracks that the results were made of."""

    def __init__(self):
        self.results: list[Given] = []
        self.crates: list[Given] = []
        self.truth: list[Truth] = []

    def expect(self, result, *truth):
        """A result, with the name and the track of each dataset in it."""
        self.results.append(result)
        self.truth += [Truth(name, frozenset([track])) for name, track in truth]

    def follow(self, client, history, with_lineage=True, **more):
        """The score of one run over all results."""
        outputs = follow(client, history, self.results, self.crates, **more)
        return score(client.content(outputs.datasets["output_table"]), self.truth, with_lineage)


@pytest.fixture
def client(galaxy, runner):
    """The user whose jobs the runner has."""
    return galaxy.pulsar_client if runner == "pulsar" else galaxy.client


@pytest.fixture
def history(client):
    history = client.create_history("chains")
    yield history
    client.histories.delete_history(history, purge=True)


def test_follow_score(client, history, record_property, subtests):
    """Follows the results of workflows and of chains made by hand: by Galaxy's API, by exports, and without either."""
    away = client.create_history("chains, away")
    started = [(workflow, workflow.start(client, history)) for workflow in map(Workflow, sorted(WORKFLOWS.glob("*.gxwf.yml")))]
    chains = by_hand(client, history, away)
    scores = {"by hand, API": chains.follow(client, history, lineage__mode="galaxy")}
    for workflow, invocation in started:
        outputs = workflow.finish(client, invocation)
        expected = truth(workflow.test["outputs"][TABLE]["asserts"])
        scores[f"{workflow.name}, API"] = score(client.content(outputs[TABLE]["id"]), expected)
        chains.crates.append(outputs[CRATES])
        chains.results += [output for label, output in outputs.items() if label not in (CRATES, TABLE)]
        chains.truth += expected
    scores["all, API, the tool finds the crates"] = without_crates(chains).follow(client, history, lineage__mode="galaxy")
    exports = {"values": [dataset(export(client, place)) for place in (history, away)]}
    scores["all, history exports"] = chains.follow(client, history, lineage__mode="export", lineage__exports=exports)
    scores["all, without lineage"] = chains.follow(client, history, False, lineage__mode="none")
    record_property("note", table([TITLES, *(found.row(mode) for mode, found in scores.items())]))
    for mode, found in scores.items():
        with subtests.test(mode):
            assert found.complaints == []
            assert found.results
    client.histories.delete_history(away, purge=True)


def without_crates(chains):
    """The same results, and no crates given."""
    found = Chains()
    found.results, found.truth = chains.results, chains.truth
    return found


def by_hand(client, history, away):
    """Chains that no workflow can describe, in a history and another: copies, names given by hand, jobs that fail."""
    tracks, crates = three_tracks(client, history)
    first = client.elements(tracks)[FIRST]
    chains = Chains()
    chains.crates.append(collection(crates))
    middle = sort(client, history, first)
    # The name of another track, and no tags.
    rename(client, history, middle, SECOND)
    for name, place, of in (("named by hand", history, middle), ("from a copy", away, copy(client, middle, away))):
        result = cut(client, place, dataset(of)).datasets["out_file1"]
        rename(client, place, result, name)
        chains.expect(dataset(result), (name, FIRST))
    result = sort(client, away, copy(client, first, away))
    rename(client, away, result, "from a copied track")
    chains.expect(dataset(result), ("from a copied track", FIRST))
    # The first track has too few columns.
    wide = client.start_tool(history, "wide_lines", {"lines": {"batch": True, "values": [collection(tracks)]}})
    assert sorted(map(client.wait_for_job, wide.jobs)) == ["error", "ok", "ok"]
    left = client.run_tool(history, "__FILTER_FAILED_DATASETS__", {"input": collection(wide.collections["wide"])})
    each_left = {"batch": True, "values": [collection(left.collections["output"])]}
    chains.expect(collection(cut(client, history, each_left).collections["out_file1"]), (SECOND, SECOND), (THIRD, THIRD))
    return chains


def sort(client, history, of):
    inputs = {"input": dataset(of), "column": "2", "style": "num", "order": "DESC"}
    return client.run_tool(history, "sort1", inputs).datasets["out_file1"]


def cut(client, history, of):
    return client.run_tool(history, "Cut1", {"input": of, "columnList": "c1,c2", "delimiter": "T"})
