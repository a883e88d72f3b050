"""Our wrappers, and the tool panel that shows them."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from .places import HELPER_TOOLS, SERVED_TESTS, TOOLS, relative
from .steps import Failure

# Galaxy's own tools that a person wants beside ours: to upload, and to show that any tool works on our outputs.
GALAXY_TOOLS = {
    "Get Data": ("data_source/upload.xml",),
    "Text Manipulation": (
        "filters/sorter.xml",
        "stats/filtering.xml",
        "filters/cutWrapper.xml",
        "filters/headWrapper.xml",
        "filters/tailWrapper.xml",
        "filters/grep.xml",
        "filters/catWrapper.xml",
        "filters/joiner.xml",
        "stats/grouping.xml",
        "filters/wc_gnu.xml",
        "filters/gff2bed.xml",
    ),
    "Collections": (
        "${model_tools_path}/build_list.xml",
        "${model_tools_path}/extract_dataset.xml",
        "${model_tools_path}/sort_collection_list.xml",
        "${model_tools_path}/filter_from_file.xml",
        "${model_tools_path}/filter_failed_collection.xml",
        "${model_tools_path}/relabel_from_file.xml",
        "${model_tools_path}/zip_collection.xml",
        "${model_tools_path}/flatten_collection.xml",
        "${model_tools_path}/nest_collection.xml",
        "${model_tools_path}/sample_sheet_to_tabular.xml",
    ),
}


def wrappers() -> list[Path]:
    """The XML files of our tools, in the order of their names."""
    return sorted(TOOLS.glob("fairtracks_*.xml"))


def tool_id(wrapper: Path) -> str:
    """A wrapper's file, its tool and its binary bear one name."""
    return wrapper.stem


def served_tests() -> list[Path]:
    """The files of tests that need our servers, each named after its wrapper."""
    return sorted(SERVED_TESTS.glob("*.xml"))


def furnish(folder: Path) -> None:
    """Makes a folder that looks like ours, where each wrapper has its tests that need our servers too."""
    folder.mkdir(parents=True)
    for file in TOOLS.iterdir():
        (folder / file.name).symlink_to(file)
    (folder / SERVED_TESTS.name).symlink_to(SERVED_TESTS)
    for served in served_tests():
        copy = folder / served.name
        if not copy.exists():
            raise Failure(f"{relative(served)} has tests for a wrapper that does not exist: name it after one in {relative(TOOLS)}")
        text = copy.read_text()
        copy.unlink()
        copy.write_text(with_served_tests(text, f"{SERVED_TESTS.name}/{served.name}"))

def with_served_tests(wrapper: str, macros: str) -> str:
    """The wrapper with the macro `served_tests` of a file at the end of its tests."""
    additions = {"</macros>": f"<import>{macros}</import>", "</tests>": '<expand macro="served_tests"/>'}
    for end, addition in additions.items():
        before, found, after = wrapper.rpartition(end)
        if not found:
            raise Failure(f"A wrapper without {end} cannot get the tests of {macros}: give it an empty list")
        wrapper = f"{before}{addition}{end}{after}"
    return wrapper


def panel(ours: Sequence[Path]) -> str:
    """The XML of a tool panel with our section, of these wrappers, on top; what only tests need is there and not shown."""
    sections = {"FAIRtracks": tuple(str(wrapper) for wrapper in ours)} | GALAXY_TOOLS
    helpers = section("Tests", tuple(str(tool) for tool in sorted(HELPER_TOOLS.glob("*.xml"))), ' hidden="true"')
    return "\n".join(("<toolbox>", *(section(name, files) for name, files in sections.items()), helpers, "</toolbox>", ""))


def section(name: str, files: tuple[str, ...], more: str = "") -> str:
    """One section of the panel; its tools have more attributes."""
    identifier = name.lower().replace(" ", "_")
    tools = "".join(f"    <tool file={quoteattr(file)}{more}/>\n" for file in files)
    return f"  <section id={quoteattr(identifier)} name={quoteattr(name)}>\n{tools}  </section>"
