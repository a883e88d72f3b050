"""The Rust code has no fault that clippy knows."""

from harness.processes import must_run


def test_lints(run, cargo):
    cargo("clippy", "clippy")
    command = ("cargo", "clippy", "--all-targets", "--locked", "--", "-D", "warnings")
    must_run(command, run.log("clippy"), "clippy has found something: run cargo clippy --all-targets")
