"""Progress lines and tables for people."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .places import relative

LOG = logging.getLogger("planemo")
LOG_LINES = 30


class Failure(Exception):
    """A failure in one sentence, and the log that has the details."""

    def __init__(self, sentence: str, log: Path | None = None):
        super().__init__(sentence)
        self.log = log

    def end_of_log(self) -> str:
        """The last lines of the log, below its name; empty without a log."""
        if not (self.log and self.log.exists()):
            return ""
        lines = self.log.read_text(errors="replace").splitlines()[-LOG_LINES:]
        return "\n".join((f"The end of {relative(self.log)}:", *(f"  | {line}" for line in lines)))


@contextmanager
def step(description: str) -> Iterator[None]:
    """Logs the start of a step, and its duration when it has succeeded."""
    started = time.monotonic()
    LOG.info("  %s …", description)
    yield
    LOG.info("  %s: %.1f s", description, time.monotonic() - started)


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows with their columns aligned, each column as wide as its longest cell."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in rows)
    return "\n".join("  " + line.rstrip() for line in lines)
