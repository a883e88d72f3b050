"""One running Galaxy server."""

import os
import time
from pathlib import Path

from .client import Client
from .configuration import PULSAR_USER, Configuration
from .environment import GALAXY
from .places import DATATYPES, SCRIPTS
from .ports import free_port
from .processes import Program, clean_environment, stop
from .providers import Providers
from .pulsar import Pulsar
from .steps import Failure, table

START_PATIENCE = 300.0
USER = "user"


class Galaxy:
    """The web server and the celery worker, from their start to their end.

    `client` speaks for a user whose jobs run here, `pulsar_client` for one whose jobs run through Pulsar, if there is one.
    """

    def __init__(self, folder: Path, providers: Providers, pulsar: Pulsar | None = None, port: int | None = None):
        lists = providers.trackfind.lists
        self.configuration = Configuration(folder, port or free_port(), providers.settings, lists, pulsar)
        self.programs: list[Program] = []
        self.client: Client | None = None
        self.pulsar_client: Client | None = None
        self._stage = "the server starts"

    def launch(self) -> None:
        """Starts the server and returns at once; `warm_up` waits for it."""
        self.configuration.write()
        folder, file = self.configuration.folder, self.configuration.file
        path = f"{GALAXY.programs}:{os.environ.get('PATH', os.defpath)}"
        environment = clean_environment(GALAXY_CONFIG_FILE=str(file), PATH=path, PYTHONPATH=f"{SCRIPTS}:{DATATYPES}")
        bind = f"127.0.0.1:{self.configuration.port}"
        web = (GALAXY.programs / "galaxy-web", "--config", file, "--bind", bind)
        queues = "celery,galaxy.internal,galaxy.external"
        celery = (GALAXY.programs / "celery", "--app", "galaxy.celery", "worker", "--pool", "threads", "--concurrency", "3")
        celery += ("--loglevel", "INFO", "--queues", queues, "--hostname", "worker@localhost")
        for name, command in (("galaxy", web), ("celery", celery)):
            self.programs.append(Program(command, folder / f"{name}.log", folder, environment))

    def warm_up(self) -> Client:
        """Waits until a small upload has gone all the way, so that the next job takes a second or two.

        The first metadata task makes celery import most of Galaxy; after it the server is as fast as it gets.
        """
        if self.client is None:
            bootstrap = Client(self.configuration.address, self.configuration.bootstrap_key)
            self.wait_until_answered(bootstrap)
            self._stage = "the server answers, the first job runs"
            client = bootstrap.create_user(self.configuration.administrator, USER, self.configuration.password)
            history = client.create_history("warm-up")
            client.upload(history, "warm-up.txt", b"warm\n", "txt")
            client.histories.delete_history(history, purge=True)
            if pulsar := self.configuration.pulsar:
                pulsar.wait_until_answered()
                self.pulsar_client = bootstrap.create_user(PULSAR_USER, "pulsar", self.configuration.password)
            self.client = client
        return self.client

    def wait_until_answered(self, client: Client) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not client.answers():
            for program in self.programs:
                if not program.runs():
                    raise Failure("Galaxy ended while it started: its log says why", program.log)
            if time.monotonic() > deadline:
                raise Failure(f"Galaxy did not answer within {START_PATIENCE:.0f} s", self.programs[0].log)
            time.sleep(0.2)

    def stage(self) -> str:
        """What the start has come to."""
        return self._stage

    def wait(self) -> None:
        """Lasts as long as the server does."""
        while all(program.runs() for program in self.programs):
            time.sleep(0.5)
        ended = next(program for program in self.programs if not program.runs())
        raise Failure("Galaxy ended by itself: its log says why", ended.log)

    def history_address(self, history: str) -> str:
        return f"{self.configuration.address}/histories/view?id={history}"

    def invitation(self) -> str:
        """What a person needs to come in."""
        configuration = self.configuration
        rows = (("address", configuration.address), ("login", configuration.administrator), ("password", configuration.password))
        return f"\n  Galaxy is up until you press Ctrl-C:\n\n{table(rows)}\n"

    def stop(self) -> None:
        """Ends the server, the worker, and every job that still runs."""
        stop(self.programs)
        self.programs.clear()
