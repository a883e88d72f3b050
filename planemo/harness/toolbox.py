"""Our wrappers, and the tool panel that shows them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

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

# The macros of forms that ask a server, and the line of theirs that an administrator fills in.
SERVER_MACROS = "trackfind_server.xml"
EMPTY_TOKEN = '<token name="@LISTS_FROM@"></token>'


# The order of the panel: from the question to what is published. A tool that is not named comes last.
ORDER = ("convert", "search", "catalog", "import", "overlap", "follow", "package", "audit", "check")


def wrappers() -> list[Path]:
    """The XML files of our tools, in the order of the panel."""
    verbs = {wrapper: wrapper.stem.removeprefix("fairtracks_") for wrapper in TOOLS.glob("fairtracks_*.xml")}
    places = {verb: place for place, verb in enumerate(ORDER)}
    return sorted(verbs, key=lambda wrapper: (places.get(verbs[wrapper], len(ORDER)), wrapper.name))


def data_managers() -> list[Path]:
    """The XML files of our data managers, which administrators run."""
    return sorted((TOOLS / "data_manager").glob("*.xml"))


def tool_id(wrapper: Path) -> str:
    """A wrapper's file, its tool and its binary bear one name."""
    return wrapper.stem


def served_tests() -> list[Path]:
    """The files of tests that need our servers, each named after its wrapper."""
    return sorted(SERVED_TESTS.glob("*.xml"))


def furnish(folder: Path, lists_from: str = "") -> None:
    """Makes a folder that looks like ours, where each wrapper has its tests that need our servers too.

    `lists_from` is written where an administrator would write the address of lists of hubs.
    """
    folder.mkdir(parents=True)
    for file in TOOLS.iterdir():
        (folder / file.name).symlink_to(file)
    (folder / SERVED_TESTS.name).symlink_to(SERVED_TESTS)
    edit(folder / SERVER_MACROS, lambda text: with_lists(text, lists_from))
    for served in served_tests():
        copy = folder / served.name
        if not copy.exists():
            raise Failure(f"{relative(served)} has tests for a wrapper that does not exist: name it after one in {relative(TOOLS)}")
        macros = f"{SERVED_TESTS.name}/{served.name}"
        edit(copy, partial(with_served_tests, macros=macros))


def edit(link: Path, change: Callable[[str], str]) -> None:
    """Puts a changed copy in the place of a link."""
    text = link.read_text()
    link.unlink()
    link.write_text(change(text))


def with_lists(macros: str, address: str) -> str:
    """The macros with the address that lists of hubs come from."""
    before, token, after = macros.partition(EMPTY_TOKEN)
    if not token:
        raise Failure(f"{SERVER_MACROS} has no line {EMPTY_TOKEN} to write an address of lists to")
    return f"{before}{EMPTY_TOKEN.replace('><', f'>{escape(address)}<')}{after}"


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
