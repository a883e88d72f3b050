"""The loopback FTP server that gives tracks away to everybody; it is a program of an environment of its own."""

import time
from pathlib import Path

from .environment import FTP
from .ports import answers, free_port
from .processes import Program
from .steps import Failure

# Where tests say that the tracks are; the site settings lead from there to the server.
PUBLIC = "ftp://ftp.example.org/cells/"
START_PATIENCE = 30.0


class FtpServer:
    """Serves a folder, to read alone, until it is stopped."""

    def __init__(self, folder: Path, log: Path):
        self.port = free_port()
        where = ("--interface", "127.0.0.1", "--port", str(self.port), "--directory", folder)
        self.program = Program((FTP.programs / "python", "-m", "pyftpdlib", *where), log)

    @property
    def address(self) -> str:
        return f"ftp://127.0.0.1:{self.port}/"

    def wait_until_answered(self) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not answers(self.port):
            if not self.program.runs() or time.monotonic() > deadline:
                raise Failure("The FTP server did not start: its log tells why", self.program.log)
            time.sleep(0.1)

    def stop(self) -> None:
        self.program.stop()
