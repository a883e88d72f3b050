"""The Rust code is laid out as rustfmt does."""

from harness.processes import must_run


def test_layout(run, cargo):
    cargo("fmt", "rustfmt")
    must_run(("cargo", "fmt", "--check"), run.log("rustfmt"), "the layout differs: run cargo fmt")
