"""`fairtracks_serve` on a loopback port."""

import time
from collections.abc import Sequence
from pathlib import Path

from .places import BINARIES
from .processes import Program
from .steps import Failure

START_PATIENCE = 60.0


class Serving:
    """One server, from its start to its end; with a port of its own it can be started again where it was."""

    def __init__(self, log: Path, options: Sequence[str | Path], port: int = 0):
        self.command = (BINARIES / "fairtracks_serve", "--listen", f"127.0.0.1:{port}", *options)
        self.log = log
        self.begins_at = 0
        self.program: Program | None = None
        self.address = ""

    def launch(self) -> None:
        """Starts the server, unless it runs, and waits until it listens."""
        if self.program and self.program.runs():
            return
        # What an earlier start said is in the log too.
        self.begins_at = self.log.stat().st_size if self.log.exists() else 0
        self.program = Program(self.command, self.log)
        deadline = time.monotonic() + START_PATIENCE
        while not (address := self.said()):
            if not self.program.runs() or time.monotonic() > deadline:
                raise Failure("fairtracks_serve did not start: its log tells why", self.log)
            time.sleep(0.05)
        self.address = address

    def stop(self) -> None:
        if self.program:
            self.program.stop()

    def __enter__(self) -> "Serving":
        self.launch()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def said(self) -> str:
        """The address of its interface, once it listens."""
        lines = self.log.read_bytes()[self.begins_at :].decode(errors="replace").splitlines()
        return next((line for line in lines if line.startswith("http://")), "")

    def mebibytes(self, kind: str = "VmRSS") -> float:
        """Memory in use, or (`VmHWM`) the most that was in use at once."""
        status = Path(f"/proc/{self.program.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(f"{kind}:"))
        return int(line.split()[1]) / 1024
