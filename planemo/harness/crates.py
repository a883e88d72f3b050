"""Crates before the eyes of others: a validator and three readers that are not ours."""

import os
from collections.abc import Sequence
from pathlib import Path

from . import readers
from .outcome import Outcome
from .own_crates import write_own
from .places import relative
from .run import Run
from .sample_crate import write_samples

# A ready cache of the validator with the contexts, without its ending; otherwise one is made.
CONTEXT_CACHE = "FAIRTRACKS_CONTEXT_CACHE"
# Crates below a folder of this name tell of no person, no organisation and no licence; then the validator recommends these.
ANONYMOUS = "anonymous"
KNOWN = {
    "process-run-crate-0.5_8.6": "an agent of the import",
    "ro-crate-1.1_22.2": "an author",
    "ro-crate-1.1_22.3": "a publisher",
}
# Crates below a folder of this name have a fault of which the validator must tell.
FAULTY = "faulty"


def readers_installed(_run: Run) -> None:
    readers.install()


def crates(run: Run) -> Outcome:
    """The validator and the readers accept the crates of the import, and notice what is wrong with others."""
    own = write_own(run.folder / "own-crates", run.log("own-crates"))
    return check_crates(run, [*own, *write_samples(run.folder / "sample-crates")])


def check_crates(run: Run, files: Sequence[Path]) -> Outcome:
    """Each crate passes the validator and opens in every reader, as the name of its folder asks."""
    folder = run.folder / f"crates-{len(list(run.folder.glob('crates-*')))}"
    folder.mkdir()
    cache = os.environ.get(CONTEXT_CACHE)
    readings = readers.read(files, folder, Path(cache) if cache else None)
    verdicts = {file: complaints(file, reading) for file, reading in readings.items()}
    failures = [f"{relative(file)}: {complaint}" for file, said in verdicts.items() for complaint in said]
    return Outcome(sum(not said for said in verdicts.values()), failures, tuple(sorted(folder.glob("*.log"))))


def complaints(file: Path, reading: readers.Reading) -> list[str]:
    """What speaks against a crate, in words."""
    if reading.troubles:
        return reading.troubles
    required, recommended = reading.issues["REQUIRED"], reading.issues["RECOMMENDED"]
    if FAULTY in file.parts:
        expected = file.name.removesuffix(".zip")
        found = required | recommended
        return [] if expected in found else [f"the validator did not notice {expected}, but {sorted(found) or 'nothing'}"]
    known = KNOWN if ANONYMOUS in file.parts else {}
    issues = (required | recommended).items()
    said = [f"{check}: {sentence}" for check, sentence in issues if check in required or check not in known]
    said += [f"{check}: expected that the validator recommends {what}" for check, what in known.items() if check not in recommended]
    if len(set(reading.entities.values())) != 1:
        said.append(f"the readers count different numbers of entities: {reading.entities}")
    return said
