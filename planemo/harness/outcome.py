"""How the parts of a test run go, and the table that closes it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .places import relative
from .run import Run
from .steps import Failure, colour, report, step, table

RUNNERS = ("local", "pulsar")
HEADINGS = ("part", "verdict", "passed", "failed", "seconds")
MOST_SHOWN = 20


class Skipped(Exception):
    """What this machine lacks for a part, and how to install it."""


@dataclass(frozen=True)
class Outcome:
    """How many tests passed, and which failed; `logs` tell more, `notes` are lines for people.

    A part that could not be checked says why in `skipped`.
    """

    passed: int = 0
    failures: Sequence[str] = ()
    logs: Sequence[Path] = ()
    skipped: str = ""
    notes: Sequence[str] = ()

    @property
    def verdict(self) -> str:
        if self.failures:
            return "failed"
        return "skipped" if self.skipped else "passed"


@dataclass(frozen=True)
class Part:
    """A row of the closing table: what is checked, after what it requires is there; jobs run by a runner of `RUNNERS`."""

    name: str
    check: Callable[[Run], Outcome]
    requires: tuple[Callable[[Run], object], ...] = ()
    runner: str = "local"

    @property
    def title(self) -> str:
        return self.name if self.runner == "local" else f"{self.name}-{self.runner}"


@dataclass(frozen=True)
class Result:
    """A part's outcome and how long it took, what it requires included."""

    name: str
    outcome: Outcome
    seconds: float

    def row(self) -> tuple[str, ...]:
        counts = (str(self.outcome.passed), str(len(self.outcome.failures)))
        return (self.name, self.outcome.verdict, *counts, f"{self.seconds:.1f}")


def check(part: Part, run: Run, skipping_fails: bool) -> Result:
    """Checks one part and shows its failures at once; whatever goes wrong, the next part gets its turn."""
    started = time.monotonic()
    try:
        for requirement in part.requires:
            requirement(run)
        with step(part.title) as line:
            outcome = part.check(run)
            line.verdict = outcome.verdict
    except Skipped as skipped:
        reason = f"{part.title}: {skipped}"
        outcome = Outcome(failures=[reason]) if skipping_fails else Outcome(skipped=reason)
    except Failure as failure:
        report(failure)
        outcome = Outcome(failures=[f"{part.title}: {failure}"])
    show(outcome)
    return Result(part.title, outcome, time.monotonic() - started)


def show(outcome: Outcome) -> None:
    """What a part found out, its failures, and where the rest can be read."""
    for note in outcome.notes:
        print(f"    {note}")
    for failure in outcome.failures[:MOST_SHOWN]:
        print(f"      {failure}")
    if len(outcome.failures) > MOST_SHOWN:
        print(f"      and {len(outcome.failures) - MOST_SHOWN} more")
    if outcome.failures and outcome.logs:
        print(f"      the whole story: {', '.join(str(relative(log)) for log in outcome.logs)}")
    if outcome.skipped:
        print(f"      {colour('skipped')} {outcome.skipped}")


def close(results: Sequence[Result]) -> bool:
    """Prints the closing table and the total; says whether all is well."""
    print("\n" + table([HEADINGS, *(result.row() for result in results)]))
    for result in results:
        if result.outcome.skipped:
            print(f"\n  {colour('skipped')}  {result.outcome.skipped}")
    passed = sum(result.outcome.passed for result in results)
    failed = sum(len(result.outcome.failures) for result in results)
    print(f"\n{passed} passed, {failed} failed")
    return not failed
