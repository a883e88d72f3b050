"""Galaxy, planemo and what else is needed, each installed in a virtual environment of its own under `.galaxy/`."""

import fcntl
import hashlib
import os
import platform
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .places import SCRIPTS, STATE
from .processes import clean_environment, must_run, run
from .steps import Failure, step

# The Python that all environments are made from, of which a script may run in one.
PYTHON = Path(sys.executable).resolve()

@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds exactly the versions of one constraints file."""

    name: str
    packages: tuple[str, ...]

    @property
    def constraints(self) -> Path:
        return SCRIPTS / f"constraints-{self.name}.txt"

    @cached_property
    def folder(self) -> Path:
        """Named after all that it depends on, so that a change makes a new one and never pulls one from under a run."""
        depends_on = (self.constraints.read_text(), *self.packages, platform.python_version(), str(PYTHON))
        key = hashlib.sha256("\n".join(depends_on).encode()).hexdigest()
        return STATE / f"{self.name}-{self.version()}-{key[:8]}"

    @property
    def stamp(self) -> Path:
        """Written last and names the folder: without it the installation is half done, with another name it was moved."""
        return self.folder / "installed"

    @property
    def programs(self) -> Path:
        return self.folder / "bin"

    def version(self) -> str:
        """The version of its first package."""
        for line in self.constraints.read_text().splitlines():
            package, _, version = line.partition("==")
            if package == self.packages[0]:
                return version
        raise Failure(f"{self.constraints.name} has no line {self.packages[0]}==VERSION")

    def installed(self) -> bool:
        return self.stamp.exists() and self.stamp.read_text() == str(self.folder.resolve())

    def install(self) -> None:
        """Installs unless the same installation stands already; another run that installs is waited for."""
        if self.installed():
            return
        STATE.mkdir(exist_ok=True)
        with step(f"installing {self.name} {self.version()}", "once, about a minute", self.size), (STATE / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.installed():
                self._install(STATE / f"install-{self.name}.log")

    def size(self) -> str:
        """How much of it there is."""
        # Files come and go while it is installed.
        with suppress(OSError):
            return f"{sum(file.lstat().st_size for file in self.folder.rglob('*')) / 1e6:,.0f} MB"
        return ""

    def enter(self) -> None:
        """Goes on with the running script in this environment, which is installed first."""
        if sys.prefix != str(self.folder):
            self.install()
            os.execve(self.programs / "python", [self.programs / "python", *sys.argv], clean_environment())

    def _install(self, log: Path) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        log.unlink(missing_ok=True)
        must_run(
            (PYTHON, "-m", "venv", self.folder),
            log,
            "Python could not make a virtual environment: install its venv module (Debian: apt-get install python3-venv)",
        )
        if not self._installed_by_uv(log):
            must_run(
                (self.programs / "python", "-m", "pip", "install", "--quiet", "--constraint", self.constraints, *self.packages),
                log,
                f"pip could not install {self.name}: check that this machine reaches its package index, then run again",
            )
        self.stamp.write_text(str(self.folder.resolve()))

    def _installed_by_uv(self, log: Path) -> bool:
        """Whether uv did the work, five times as fast as pip; it knows nothing of an index that only pip is told of."""
        if self is UV:
            return False
        if not UV.installed():
            UV._install(log)
        cache = STATE / f"cache-{self.name}"
        options = ("--quiet", "--compile-bytecode", "--cache-dir", cache, "--python", self.programs / "python")
        status = run((UV.programs / "uv", "pip", "install", *options, "--constraint", self.constraints, *self.packages), log)
        shutil.rmtree(cache, ignore_errors=True)
        return status == 0


UV = Environment("uv", ("uv",))
GALAXY = Environment("galaxy", ("galaxy-web-apps", "galaxy-web-client"))
# What runs tests; planemo brings bioblend.
PLANEMO = Environment("planemo", ("planemo", "pytest", "pyftpdlib"))
ORACLE = Environment("oracle", ("jsonschema", "rfc3339-validator", "rfc3986-validator"))
PULSAR = Environment("pulsar", ("pulsar-app", "gunicorn"))
CRATES = Environment("crates", ("roc-validator", "rocrate"))
GTARS = Environment("gtars", ("gtars",))
POLARS_BIO = Environment("polars-bio", ("polars-bio",))
PANDAS = Environment("pandas", ("pandas",))
SCHEMATHESIS = Environment("schemathesis", ("schemathesis",))

