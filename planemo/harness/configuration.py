"""The files that Galaxy reads at its start.

They are written as JSON, which every reader of YAML understands.
"""

import json
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from . import toolbox
from .environment import GALAXY
from .places import BINARIES, DATATYPES, TEST_DATA, TOOLS
from .pulsar import Pulsar

GENOMES = {
    "hg38": "Human (GRCh38/hg38)",
    "hg19": "Human (GRCh37/hg19)",
    "mm10": "Mouse (GRCm38/mm10)",
}

DATA_TABLES = "tool_data_table_conf.xml.test"
# The files of data tables that a data manager writes.
MANAGED = ("fairtracks_catalogs.loc",)

# Who has the jobs of our tools run through Pulsar, and who has their templates filled in by the job itself, away from Galaxy.
PULSAR_USER = "pulsar@example.org"
REMOTE_USER = "remote@example.org"


@dataclass(frozen=True)
class Configuration:
    """What distinguishes one server from the next: its folder, its port and its secrets.

    `lists_from` is where forms get their list of hubs from, nowhere if it is empty.
    """

    folder: Path
    port: int
    site_settings: Path
    lists_from: str
    pulsar: Pulsar | None = None
    administrator: str = "user@example.org"
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    bootstrap_key: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def tools(self) -> Path:
        """The folder of the wrappers in the panel."""
        return self.folder / "tools"

    def wrappers(self) -> list[Path]:
        """Our wrappers as the panel has them."""
        return [self.tools / wrapper.name for wrapper in toolbox.wrappers()]

    @property
    def database(self) -> Path:
        """Galaxy's database, of SQLite."""
        return self.folder / "data" / "universe.sqlite"

    @property
    def file(self) -> Path:
        return self.folder / "galaxy.yml"

    def write(self) -> None:
        """Fills the folder with all that Galaxy needs to start."""
        for name in ("data", "broker/control"):
            (self.folder / name).mkdir(parents=True)
        self.file.write_text(document({"galaxy": self.settings()}))
        (self.folder / "job_conf.yml").write_text(document(self.jobs()))
        toolbox.furnish(self.tools, self.lists_from)
        (self.folder / "tool_conf.xml").write_text(toolbox.panel(self.wrappers()))
        self.write_data_tables()
        (self.folder / "sanitize_allowlist.txt").write_text("fairtracks_import\n")
        (self.folder / "builds.txt").write_text("".join(f"{key}\t{name}\n" for key, name in GENOMES.items()))

    def write_data_tables(self) -> None:
        """The data tables of the tests; those that a data manager writes have files of this server."""
        own = self.folder / "data_managers"
        own.mkdir()
        tables = (TOOLS / DATA_TABLES).read_text()
        for file in MANAGED:
            shutil.copy(TEST_DATA / file, own)
            tables = tables.replace(f"${{__HERE__}}/test-data/{file}", str(own / file))
        (self.folder / "tool_data_table_conf.xml").write_text(tables.replace("${__HERE__}", str(TOOLS)))

    def settings(self) -> dict[str, object]:
        """Galaxy's main settings: sqlite, no downloads of its own, loopback only."""
        return {
            "data_dir": str(self.folder / "data"),
            "tool_config_file": str(self.folder / "tool_conf.xml"),
            "job_config_file": str(self.folder / "job_conf.yml"),
            "tool_data_table_config_path": str(self.folder / "tool_data_table_conf.xml"),
            "data_manager_config_file": str(TOOLS / "data_manager_conf.xml"),
            "galaxy_data_manager_data_path": str(self.folder / "data_managers"),
            "datatypes_config_file": f"{DATATYPES / 'datatypes_conf.xml'},{galaxys_datatypes()}",
            "builds_file_path": str(self.folder / "builds.txt"),
            "tool_test_data_directories": str(TEST_DATA),
            "galaxy_infrastructure_url": self.address,
            "admin_users": f"{self.administrator},{PULSAR_USER}",
            "bootstrap_admin_api_key": self.bootstrap_key,
            "id_secret": secrets.token_hex(16),
            "fetch_url_allowlist": "127.0.0.0/8",
            # Pages of the import are shown, those of follow are plain text.
            "sanitize_allowlist_file": str(self.folder / "sanitize_allowlist.txt"),
            "allow_user_dataset_purge": True,
            "conda_auto_init": False,
            "conda_auto_install": False,
            "involucro_auto_init": False,
            "log_level": "INFO",
        } | self.celery()

    def celery(self) -> dict[str, object]:
        """Metadata are set by one lasting celery worker, because a new Python for each job costs ten seconds of imports.

        The broker is a folder (see `broker`), so that no further server is needed.
        """
        broker = self.folder / "broker"
        return {
            "enable_celery_tasks": True,
            "metadata_strategy": "directory_celery",
            "celery_conf": {
                "broker_url": "localhost",
                "broker_transport": "harness.broker:Transport",
                "broker_transport_options": {
                    "data_folder_in": str(broker),
                    "data_folder_out": str(broker),
                    "control_folder": str(broker / "control"),
                    "polling_interval": 0.05,
                },
                "result_backend": f"db+sqlite:///{self.folder}/data/results.sqlite?isolation_level=IMMEDIATE",
                "task_routes": {
                    "galaxy.fetch_data": "galaxy.external",
                    "galaxy.set_job_metadata": "galaxy.external",
                },
            },
        }

    def jobs(self) -> dict[str, object]:
        """Where jobs run: here, and those of our tools in another environment where its user asks for them.

        A job's environment is cleaned, so the way to our binaries and the settings of the site are given here.
        """
        variables = {"PATH": f"{BINARIES}:$PATH", "FAIRTRACKS_CONFIG": str(self.site_settings), "PYTHONPATH": str(DATATYPES)}
        known = {"env": [{"name": name, "value": value} for name, value in variables.items()]}
        runners = {"local": {"load": "galaxy.jobs.runners.local:LocalJobRunner", "workers": 4}}
        local = {"runner": "local"} | known
        remote = local | {"tool_evaluation_strategy": "remote", "metadata_strategy": "extended"}
        environments = {"local": local, "remote": remote}
        by_user = {REMOTE_USER: "remote"}
        if self.pulsar:
            runners["pulsar"] = {"load": "galaxy.jobs.runners.pulsar:PulsarRESTJobRunner"}
            environments["pulsar"] = self.pulsar.environment() | known
            by_user[PULSAR_USER] = "pulsar"
        rule = {"type": "python", "rules_module": "harness.rules", "function": "environment", "by_user": by_user}
        environments["by_user"] = {"runner": "dynamic"} | rule
        tools = [{"id": toolbox.tool_id(wrapper), "environment": "by_user"} for wrapper in toolbox.wrappers()]
        return {"runners": runners, "execution": {"default": "local", "environments": environments}, "tools": tools}


def galaxys_datatypes() -> Path:
    """Galaxy's own configuration of datatypes."""
    return next(GALAXY.folder.glob("lib/python*/site-packages/galaxy/config/sample/datatypes_conf.xml.sample"))


def document(content: dict[str, object]) -> str:
    return json.dumps(content, indent=2) + "\n"
