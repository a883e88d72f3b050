"""The programs of others that read our crates, see `planemo/readers/`; each prints what it finds in the crates it is given."""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .environment import CRATES, GALAXY
from .places import READERS, STATE
from .processes import clean_environment, must_run, run
from .steps import Failure, step

RUST_TARGET = STATE / "readers-target"
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
    GALAXY.install()
    CRATES.install()
    with (STATE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (modules() / "installed").exists():
            with step("installing ro-crate-zip-explorer (once)"):
                install_modules(STATE / "install-readers.log")
    command = ("cargo", "build", "--locked", "--manifest-path", READERS / "Cargo.toml", "--target-dir", RUST_TARGET)
    with step("building the reader that uses rocraters"):
        must_run(command, STATE / "build-readers.log", "cargo could not build the reader of crates")


def modules() -> Path:
    """The folder of the modules of node, named after all that it depends on."""
    return STATE / f"readers-{hashlib.sha256((READERS / 'package-lock.json').read_bytes()).hexdigest()[:8]}"


def install_modules(log: Path) -> None:
    """Galaxy's environment has node and npm."""
    shutil.rmtree(modules(), ignore_errors=True)
    modules().mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(READERS / name, modules())
    options = ("--prefix", modules(), "--cache", modules() / "cache", "--no-audit", "--no-fund", "--ignore-scripts")
    must_run((GALAXY.programs / "npm", "ci", *options), log, "npm could not install ro-crate-zip-explorer")
    shutil.rmtree(modules() / "cache", ignore_errors=True)
    (modules() / "installed").touch()


def read(crates: Sequence[Path], folder: Path, cache_of_contexts: Path | None) -> dict[Path, Reading]:
    """Has every reader read every crate; a reader that ends badly is a trouble of the crates that it has not told of."""
    shutil.copy(READERS / "explore.mjs", modules())
    if cache_of_contexts:
        contexts = ("--cache", cache_of_contexts)
    else:
        own = (BASE_CONTEXT, base_context(), RUN_CONTEXT, READERS / "workflow-run-context.json")
        contexts = ("--cache", folder / "contexts", "--context", *own[:2], "--context", *own[2:])
    commands = {
        "ro-crate-py": (CRATES.programs / "python", READERS / "validate.py", *contexts),
        "ro-crate-zip-explorer": (GALAXY.programs / "node", modules() / "explore.mjs"),
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
