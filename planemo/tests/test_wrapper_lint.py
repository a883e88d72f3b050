"""Each wrapper keeps the rules of Galaxy's own linter, warnings included, with its tests that need our servers too."""

import shutil
from pathlib import Path

from harness import toolbox
from harness.environment import PLANEMO
from harness.places import TEST_DATA, TOOLS
from harness.processes import run as run_program

# These linters ask the network: whether bio.tools knows the tool, and whether the Tool Shed has this version already.
NETWORK_LINTER = "BioToolsValid"
NETWORK_SHED_LINTER = "version_bumped"


def test_lint(run, subtests, tmp_path):
    toolbox.furnish(tmp_path / "tools")
    wrappers = (*toolbox.wrappers(), *toolbox.data_managers(), *(tmp_path / "tools" / served.name for served in toolbox.served_tests()))
    log, options = run.log("wrapper-lint"), ("--fail_level", "warn", "--skip", NETWORK_LINTER)
    status = run_program((PLANEMO.programs / "planemo", "--directory", tmp_path / "planemo", "lint", *options, *wrappers), log)
    _, *reports = log.read_text(errors="replace").split("Linting tool ")
    for wrapper, *lines in map(str.splitlines, reports):
        with subtests.test(Path(wrapper).name):
            assert [line for line in lines if line.startswith((".. WARNING", ".. ERROR"))] == []
    assert len(reports) == len(wrappers), log
    assert status == 0, log


def test_tool_shed_lint(run, tmp_path):
    log = run.log("tool-shed-lint")
    # The linter compares the address of the repository, which ends in `main/galaxy-tools`, with the path.
    tools = tmp_path / "main" / TOOLS.name
    shutil.copytree(TOOLS, tools, symlinks=True)
    (tools.parent / TEST_DATA.name).symlink_to(TEST_DATA)
    options = ("--tools", "--ensure_metadata", "--fail_level", "warn", "--skip", f"{NETWORK_LINTER},{NETWORK_SHED_LINTER}")
    status = run_program((PLANEMO.programs / "planemo", "--directory", tmp_path / "planemo", "shed_lint", *options, tools), log)
    lines = log.read_text(errors="replace").splitlines()
    assert [line for line in lines if line.startswith((".. WARNING", ".. ERROR"))] == [], log
    assert status == 0, log
    # A repository for each tool, and the suite.
    assert len([line for line in lines if line.startswith("Linting repository")]) > len(toolbox.wrappers()), log
