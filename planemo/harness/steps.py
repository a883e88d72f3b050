"""Progress lines and tables for people."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .places import relative

LOG = logging.getLogger("planemo")
LOG_LINES = 30
# Seconds between two lines of progress of a step that takes longer.
PROGRESS_INTERVAL = 15.0


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
def step(description: str, duration: str = "", now: Callable[[], str] = str) -> Iterator[None]:
    """Logs the start of a step with its usual duration, what it does `now` while it lasts, and its duration when it has succeeded."""
    started = time.monotonic()
    ended = threading.Event()
    LOG.info("  %s …%s", description, f" ({duration})" if duration else "")

    def progress() -> None:
        while not ended.wait(PROGRESS_INTERVAL):
            details = now()
            LOG.info("  %s … %.0f s%s", description, time.monotonic() - started, f": {details}" if details else "")

    threading.Thread(target=progress, daemon=True).start()
    try:
        yield
    finally:
        ended.set()
    LOG.info("  %s: %.1f s", description, time.monotonic() - started)


def last_line(log: Path) -> str:
    """The last line of a log, which may not exist yet."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return lines[-1].strip() if lines else ""


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows with their columns aligned, each column as wide as its longest cell."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in rows)
    return "\n".join("  " + line.rstrip() for line in lines)
