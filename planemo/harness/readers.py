"""The programs of others that read our crates, see `planemo/readers/`; each prints what it finds in the crates it is given."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .environment import CRATES, GALAXY
from .node_modules import Modules
from .places import READERS, STATE
from .processes import clean_environment, must_run, run
from .steps import Failure, step

MODULES = Modules("readers", READERS, "ro-crate-zip-explorer")
RUST_TARGET = STATE / "readers-target"
# A ready cache of the validator with the contexts, without its ending; otherwise one is made.
CONTEXT_CACHE = "FAIRTRACKS_CONTEXT_CACHE"
# The contexts that crates name, and where they stand; the validator fetches nothing.
BASE_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
RUN_CONTEXT = "https://w3id.org/ro/terms/workflow-run/context"


@dataclass
class Reading:
    """What the readers say of one crate: validator's checks that fail by severity, and the entities that each reader counts."""

    issues: dict[str, dict[str, str]] = field(default_factory=dict)
    entities: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def install() -> None:
    """Brings the readers, each in a place of its own under `.galaxy/`."""
    MODULES.install()
    CRATES.install()
    command = ("cargo", "build", "--locked", "--manifest-path", READERS / "Cargo.toml", "--target-dir", RUST_TARGET)
    with step("building the reader that uses rocraters"):
        must_run(command, STATE / "build-readers.log", "cargo could not build the reader of crates")


def read(crates: Sequence[Path], folder: Path) -> dict[Path, Reading]:
    """Has every reader read every crate; a reader that fails is a trouble of the crates that it has not reported on."""
    if cache_of_contexts := os.environ.get(CONTEXT_CACHE):
        contexts = ("--cache", Path(cache_of_contexts))
    else:
        own = (BASE_CONTEXT, base_context(), RUN_CONTEXT, READERS / "workflow-run-context.json")
        contexts = ("--cache", folder / "contexts", "--context", *own[:2], "--context", *own[2:])
    commands = {
        "ro-crate-py": (CRATES.programs / "python", READERS / "validate.py", *contexts),
        "ro-crate-zip-explorer": MODULES.program("explore.mjs"),
        "rocraters": (RUST_TARGET / "debug" / "crate-readers",),
    }
    readings = {crate: Reading() for crate in crates}
    for name, command in commands.items():
        log = folder / f"{name}.log"
        run((*command, *crates), log, clean_environment(HOME=str(folder)))
        told = {Path(line["path"]): line for line in json_lines(log)}
        for crate, reading in readings.items():
            line = told.get(crate, {"trouble": "it said nothing"})
            reading.issues |= line.get("issues", {})
            if "trouble" in line:
                reading.troubles.append(f"{name}: {line['trouble']}")
            else:
                reading.entities[name] = line["entities"]
    return readings


def json_lines(log: Path) -> list[dict]:
    return [json.loads(line) for line in log.read_text().splitlines() if line.startswith('{"path"')]


@cache
def base_context() -> Path:
    """The context of RO-Crate 1.1, as the library in Galaxy's environment brings it."""
    for file in GALAXY.folder.glob("lib/python*/site-packages/rocrate/data/ro-crate.jsonld"):
        if json.loads(file.read_text())["@id"] == BASE_CONTEXT:
            return file
    raise Failure(f"Galaxy's environment has no context of RO-Crate 1.1: look for {BASE_CONTEXT} in {GALAXY.folder}")
