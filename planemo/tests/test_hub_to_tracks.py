"""The workflow that converts a track hub and imports some of its tracks keeps planemo's rules and passes its tests."""

from harness.places import HUB_TO_TRACKS
from harness.workflows import lint, planemo_test


def test_lint(run, tmp_path):
    lint(HUB_TO_TRACKS, run, tmp_path)


def test_workflow(run, galaxy, tmp_path):
    planemo_test(HUB_TO_TRACKS, run, galaxy, tmp_path)
