"""Crates as our tools make them: of tracks that come by every way there is, of a result, and of all of it."""

from collections.abc import Sequence
from pathlib import Path

from .own_results import write_results
from .places import BINARIES, TEST_DATA, TRACKS
from .processes import clean_environment, must_run

CREDITS = (
    "--creator-name=Josiah Carberry",
    "--creator-orcid=0000-0002-1825-0097",
    "--organisation-name=Brown University",
    "--organisation-ror=05gq02987",
    "--licence=CC-BY-4.0",
)
# What is imported, by the folder that its crates go to; for the first part of that see `crates`.
IMPORTS: dict[str, Sequence[str]] = {
    "complete/fetched": ("tracks.fairtracks.json", "--choose-ids=example:cells_h3k4me3,example:cells_signal", *CREDITS),
    "complete/registered": ("tracks.fairtracks.json", "--register-only", "--choose-ids=example:cells_dnase", *CREDITS),
    "complete/from-crate": ("crates/blood_three_tracks.full.crate.zip", "--choose-ids=example:BLD000001", *CREDITS),
    "anonymous/fetched": ("tracks.fairtracks.json", "--choose-ids=example:cells_h3k27me3,example:cells_variants"),
    "anonymous/from-gsuite": ("tracks.gsuite", "--choose-ids=example:cells_genes"),
    "anonymous/found": ("hits.fairtracks.json",),
}


def write_own(folder: Path, log: Path) -> list[Path]:
    """Imports and gives the crates."""
    folder.mkdir()
    settings = folder / "site.toml"
    mirrors = {"https://tracks.example.org/cells/": TRACKS, "ftp://ftp.example.org/cells/": TRACKS}
    settings.write_text("[mirrors]\n" + "".join(f'"{start}" = "file:{place}/"\n' for start, place in mirrors.items()))
    environment = clean_environment(FAIRTRACKS_CONFIG=str(settings))
    hits = folder / "hits.fairtracks.json"
    query = "tracks.content->>'file_name' = 'cells_peaks.bigBed' AND samples.content->'sample_type' ? 'cell_line'"
    search = ("--document", TEST_DATA / "tracks.fairtracks.json", "--query", query, "--output-document", hits)
    must_run((BINARIES / "fairtracks_search", *search), log, "The search for tracks failed")
    for name, (source, *options) in IMPORTS.items():
        place = hits if source == hits.name else TEST_DATA / source
        command = (BINARIES / "fairtracks_import", place, *options, "--output-folder", folder / name)
        must_run(command, log, f"The import of {source} failed", environment)
    write_results(folder / "complete" / "fetched", folder / "complete" / "followed", CREDITS, log)
    write_results(folder / "anonymous" / "fetched", folder / "anonymous" / "followed", (), log)
    return sorted(folder.rglob("crates/*.zip"))
