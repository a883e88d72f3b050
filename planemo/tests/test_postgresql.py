"""The query engine answers made-up queries as a real PostgreSQL does."""

import re

from harness.postgresql import INSTALLATION, Postgresql
from harness.processes import run as run_program


def test_queries(run, cargo):
    cargo()
    INSTALLATION.install()
    log = run.log("postgresql-oracle")
    with Postgresql(run.folder / "postgresql") as server:
        environment = server.environment(ORACLE_PSQL=str(server.programs / "psql"))
        command = ("cargo", "test", "--locked", "--test", "main", "query::postgresql_oracle", "--", "--nocapture")
        status = run_program(command, log, environment)
    assert re.findall(r"^query: (.+)$", log.read_text(errors="replace"), re.MULTILINE) == [], log
    assert status == 0, log
