"""A Pulsar server, which runs Galaxy's jobs elsewhere: the files of a job reach it over HTTP alone."""

import json
import secrets
import time
from pathlib import Path

from .environment import PULSAR
from .ports import answers, free_port
from .processes import Program, clean_environment
from .steps import Failure

START_PATIENCE = 120.0


class Pulsar:
    """A server with a folder, a port and a token of its own, from its start to its end."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.token = secrets.token_hex(16)
        self.program: Program | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def launch(self) -> None:
        """Starts the server and returns at once; `wait_until_answered` waits for it."""
        self.folder.mkdir()
        server = self.folder / "server.ini"
        server.write_text(f"[server:main]\nhost = 127.0.0.1\nport = {self.port}\n")
        (self.folder / "app.yml").write_text(json.dumps(self.settings(), indent=2) + "\n")
        environment = clean_environment(HOME=str(self.folder))
        self.program = Program((PULSAR.programs / "pulsar-serve", server), self.folder / "pulsar.log", self.folder, environment)

    def settings(self) -> dict[str, object]:
        return {
            "private_token": self.token,
            "staging_directory": str(self.folder / "staging"),
            "persistence_directory": str(self.folder / "persisted"),
            "dependency_resolution": {"resolvers": []},
            "conda_auto_init": False,
            "conda_auto_install": False,
            "managers": {"_default_": {"type": "queued_python", "num_concurrent_jobs": 2}},
        }

    def environment(self) -> dict[str, object]:
        """What Galaxy has to know of it: a job's files are sent there and fetched again, paths are rewritten."""
        return {
            "runner": "pulsar",
            "url": self.address,
            "private_token": self.token,
            "default_file_action": "transfer",
            "dependency_resolution": "none",
            "rewrite_parameters": True,
            "metadata_strategy": "directory_celery",
        }

    def wait_until_answered(self) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not answers(self.port):
            if not self.program.runs() or time.monotonic() > deadline:
                raise Failure("Pulsar did not start: its log tells why", self.program.log)
            time.sleep(0.1)

    def stop(self) -> None:
        if self.program:
            self.program.stop()
