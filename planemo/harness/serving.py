"""`fairtracks_serve` on a free loopback port."""

import time
from collections.abc import Sequence
from pathlib import Path

from .places import BINARIES
from .processes import Program
from .steps import Failure

START_PATIENCE = 60.0


class Serving:
    """One server, from its start to its end."""

    def __init__(self, log: Path, options: Sequence[str | Path]):
        self.command = (BINARIES / "fairtracks_serve", "--listen", "127.0.0.1:0", *options)
        self.log = log
        self.program: Program | None = None
        self.address = ""

    def __enter__(self) -> "Serving":
        self.program = Program(self.command, self.log)
        deadline = time.monotonic() + START_PATIENCE
        while not self.said():
            if not self.program.runs() or time.monotonic() > deadline:
                raise Failure("fairtracks_serve did not start: its log tells why", self.log)
            time.sleep(0.05)
        self.address = self.said()
        return self

    def __exit__(self, *_: object) -> None:
        if self.program:
            self.program.stop()

    def said(self) -> str:
        """The address of its interface, once it listens."""
        lines = self.log.read_text(errors="replace").splitlines()
        return next((line for line in lines if line.startswith("http://")), "")

    def mebibytes(self, kind: str = "VmRSS") -> float:
        """Memory in use, or (`VmHWM`) the most that was in use at once."""
        status = Path(f"/proc/{self.program.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(f"{kind}:"))
        return int(line.split()[1]) / 1024
