"""Our wrappers, and the tool panel that shows them."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

from .places import TOOLS

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
    ),
    "Collections": (
        "${model_tools_path}/build_list.xml",
        "${model_tools_path}/extract_dataset.xml",
        "${model_tools_path}/sort_collection_list.xml",
        "${model_tools_path}/sample_sheet_to_tabular.xml",
    ),
}


def wrappers() -> list[Path]:
    """The XML files of our tools, in the order of their names."""
    return sorted(TOOLS.glob("fairtracks_*.xml"))


def tool_id(wrapper: Path) -> str:
    """A wrapper's file, its tool and its binary bear one name."""
    return wrapper.stem


def panel() -> str:
    """The XML of a tool panel with our section on top."""
    sections = {"FAIRtracks": tuple(str(wrapper) for wrapper in wrappers())} | GALAXY_TOOLS
    return "\n".join(("<toolbox>", *(section(name, files) for name, files in sections.items()), "</toolbox>", ""))


def section(name: str, files: tuple[str, ...]) -> str:
    """One section of the panel."""
    identifier = name.lower().replace(" ", "_")
    tools = "".join(f"    <tool file={quoteattr(file)}/>\n" for file in files)
    return f"  <section id={quoteattr(identifier)} name={quoteattr(name)}>\n{tools}  </section>"
