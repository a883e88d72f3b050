"""Progress lines and tables for people."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .places import relative

WIDTH = 60
LOG_LINES = 30
COLOURS = {"passed": "32", "failed": "31", "skipped": "33"}


class Failure(Exception):
    """What went wrong in one sentence, and the log that tells more."""

    def __init__(self, sentence: str, log: Path | None = None):
        super().__init__(sentence)
        self.log = log


@dataclass
class Line:
    """The second half of a progress line; a step may set its verdict."""

    verdict: str = ""


@contextmanager
def step(description: str) -> Iterator[Line]:
    """Shows what is being done, and when it is done how long it took.

    The line is written in two halves, so that a long step can be seen while it lasts.
    """
    started = time.monotonic()
    line = Line()
    print(f"  {description} {'.' * max(3, WIDTH - len(description))} ", end="", flush=True)
    try:
        yield line
    except BaseException:
        line.verdict = "failed"
        raise
    finally:
        print(f"{time.monotonic() - started:6.1f} s  {colour(line.verdict)}".rstrip(), flush=True)


def colour(verdict: str) -> str:
    """The verdict, coloured where a person looks at a terminal and wants colour."""
    if verdict not in COLOURS or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return verdict
    return f"\x1b[{COLOURS[verdict]}m{verdict}\x1b[0m"


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows with their columns aligned, each column as wide as its longest cell."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in rows)
    return "\n".join("  " + line.rstrip() for line in lines)


def report(failure: Failure) -> None:
    """Tells of a failure on standard error, with the end of its log."""
    if failure.log and failure.log.exists():
        lines = failure.log.read_text(errors="replace").splitlines()[-LOG_LINES:]
        print(f"\nThe end of {relative(failure.log)}:", file=sys.stderr)
        print("\n".join("  | " + line for line in lines), file=sys.stderr)
    print(f"\n{failure}", file=sys.stderr, flush=True)
