"""The workflow that ranks cell types by their overlap with variants keeps planemo's rules and passes its tests."""

from harness.places import CELL_TYPES
from harness.workflows import lint, planemo_test


def test_lint(run, tmp_path):
    lint(CELL_TYPES, run, tmp_path)


def test_workflow(run, galaxy, tmp_path):
    planemo_test(CELL_TYPES, run, galaxy, tmp_path)
