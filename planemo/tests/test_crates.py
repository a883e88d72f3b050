"""A validator and three readers that are not ours accept the crates of our tools, and notice what is wrong with others."""

from harness import readers
from harness.crates import complaints
from harness.own_crates import write_own
from harness.places import relative
from harness.sample_crate import write_samples


def test_crates(run, build, subtests):
    readers.install()
    crates = [*write_own(run.folder / "own-crates", run.log("own-crates")), *write_samples(run.folder / "sample-crates")]
    for file, reading in readers.read(crates, run.folder).items():
        with subtests.test(str(relative(file).relative_to(relative(run.folder)))):
            assert complaints(file, reading) == []
