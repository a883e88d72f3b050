"""How long a whole process takes, and how much memory."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .processes import clean_environment
from .steps import Failure


@dataclass(frozen=True)
class Timed:
    """What one run took; the memory is the largest that was in use at once."""

    seconds: float
    processor_seconds: float
    mebibytes: float


def timed(command: Sequence[str | Path], **additions: str) -> Timed:
    """Runs a program that has to succeed, in the clean environment with additions."""
    started = time.monotonic()
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([str(word) for word in command], env=clean_environment(**additions), **silent) as process:
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - started
    if process.returncode:
        raise Failure(f"{Path(command[0]).name} ended with status {process.returncode}: run {' '.join(map(str, command))}")
    return Timed(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
