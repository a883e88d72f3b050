"""The verdict of the validator and the readers on a crate, as the name of its folder asks."""

from pathlib import Path

from .readers import Reading

# Crates in a folder of this name have no person, no organisation and no licence; then the validator recommends these.
ANONYMOUS = "anonymous"
KNOWN = {
    "process-run-crate-0.5_8.6": "an agent of the import",
    "ro-crate-1.1_22.2": "an author",
    "ro-crate-1.1_22.3": "a publisher",
}
# Crates in a folder of this name have a fault that the validator must report.
FAULTY = "faulty"


def complaints(file: Path, reading: Reading) -> list[str]:
    """What is wrong with a crate, in words."""
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
