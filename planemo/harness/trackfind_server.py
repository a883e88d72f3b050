"""Our own TrackFind server on the loopback, with two hubs of the test data, and an address where nobody answers."""

import socket
from pathlib import Path

from .places import TEST_DATA
from .ports import free_port
from .serving import Serving

# Where tests say that the servers are; the site settings lead from there to the loopback.
PUBLIC = "https://trackfind.example.org/"
SILENT = "https://silent.example.org/"

REPOSITORY = "Example"
HUBS = {"Blood": TEST_DATA / "blood.fairtracks.json", "H1": TEST_DATA / "h1_h3k4me3.fairtracks.json"}


def hub_options() -> tuple[str, ...]:
    """The options that give a server the hubs."""
    return tuple(option for name, file in HUBS.items() for option in ("--hub", f"{REPOSITORY}/{name}={file}"))


class TrackFindServer(Serving):
    """One server, which can be stopped and started again on the same port."""

    def __init__(self, log: Path):
        self.port = free_port()
        super().__init__(log, hub_options(), self.port)

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def lists(self) -> str:
        """Where the server lists its hubs."""
        return f"{self.site}api/v1/hubs"


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
