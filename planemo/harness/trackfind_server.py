"""Our own TrackFind server on the loopback, with two hubs of the test data, and an address where nobody answers."""

import socket
import time
from pathlib import Path

from .places import BINARIES, TEST_DATA
from .ports import answers, free_port
from .processes import Program
from .steps import Failure

# Where tests say that the servers are; the site settings lead from there to the loopback.
PUBLIC = "https://trackfind.example.org/"
SILENT = "https://silent.example.org/"

REPOSITORY = "Example"
HUBS = {"Blood": TEST_DATA / "blood.fairtracks.json", "H1": TEST_DATA / "h1_h3k4me3.fairtracks.json"}
START_PATIENCE = 20.0


class TrackFindServer:
    """One server, which can be stopped and started again on the same port."""

    def __init__(self, log: Path):
        self.log = log
        self.port = free_port()
        self.program: Program | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def lists(self) -> str:
        """Where the server lists its hubs."""
        return f"{self.address}api/v1/hubs"

    def launch(self) -> None:
        """Starts the server, unless it runs, and waits until it answers."""
        if self.program and self.program.runs():
            return
        hubs = (option for name, file in HUBS.items() for option in ("--hub", f"{REPOSITORY}/{name}={file}"))
        self.program = Program((BINARIES / "fairtracks_serve", "--listen", f"127.0.0.1:{self.port}", *hubs), self.log)
        deadline = time.monotonic() + START_PATIENCE
        while not answers(self.port):
            if not self.program.runs() or time.monotonic() > deadline:
                raise Failure("fairtracks_serve did not start: its log tells why", self.log)
            time.sleep(0.05)

    def stop(self) -> None:
        if self.program:
            self.program.stop()


class SilentAddress:
    """A port that is taken and that nobody listens on, so that every connection is refused."""

    def __init__(self) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/"

    def stop(self) -> None:
        self.socket.close()
