"""Whether each result of chains of Galaxy's tools is given exactly the tracks that it was made of."""

from .chains_by_hand import Story, by_hand
from .client import Client
from .follow_score import TITLES, Score, score, truth
from .following import dataset, export, follow
from .outcome import Outcome
from .places import WORKFLOWS
from .run import Run
from .steps import Failure, table
from .workflows import Workflow

# Outputs of the workflows that are not results.
CRATES, TABLE = "crates", "table"


def chains(run: Run) -> Outcome:
    """Follows the results of workflows and of chains made by hand: with Galaxy's memory, with exports, and without either."""
    client = run.warm_galaxy().client
    history, away = client.create_history("chains"), client.create_history("chains, away")
    workflows = [Workflow(file) for file in sorted(WORKFLOWS.glob("*.gxwf.yml"))]
    started = [(workflow, workflow.start(client, history)) for workflow in workflows]
    story = by_hand(client, history, away)
    scores = {"by hand, walk": followed(client, history, story, lineage__mode="walk")}
    for workflow, invocation in started:
        outputs = workflow.finish(client, invocation)
        expected = truth(workflow.test["outputs"][TABLE]["asserts"])
        made = client.content(outputs[TABLE]["id"]).decode()
        scores[f"{workflow.file.name.split('.')[0].replace('_', ' ')}, walk"] = score(made, expected)
        story.crates.append(outputs[CRATES])
        story.results += [output for label, output in outputs.items() if label not in (CRATES, TABLE)]
        story.truth += expected
    exports = {"values": [dataset(export(client, place)) for place in (history, away)]}
    scores["all, history exports"] = followed(client, history, story, lineage__mode="export", lineage__exports=exports)
    scores["all, without lineage"] = followed(client, history, story, False, lineage__mode="none")
    for place in (history, away):
        client.delete_history(place)
    failures = [f"{mode}: {complaint}" for mode, found in scores.items() for complaint in found.complaints]
    notes = table([TITLES, *(found.row(mode) for mode, found in scores.items())]).splitlines()
    passed = sum(found.results for found in scores.values()) - len(failures)
    return Outcome(max(passed, 0), failures, (client.log,), notes=notes)


def followed(client: Client, history: str, story: Story, with_lineage: bool = True, **more: object) -> Score:
    """The score of one run over all results of a story."""
    try:
        outputs = follow(client, history, story.results, story.crates, **more)
    except Failure as failure:
        return Score(complaints=[str(failure)])
    return score(client.content(outputs.datasets["output_table"]).decode(), story.truth, with_lineage)
