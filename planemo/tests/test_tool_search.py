"""Whether Galaxy's search for tools finds ours by the words of a biologist, and their order in the panel."""

import re

import pytest
from harness import toolbox
from harness.places import CHECKOUT

# Words that a user may type, and the tool that is to be among the first found.
WORDS = {
    "ENCODE": "fairtracks_convert",
    "GSuite": "fairtracks_import",
    "TrackFind": "fairtracks_search",
    "provenance": "fairtracks_follow",
    "validate": "fairtracks_check",
    "ChIP-seq": "fairtracks_search",
    "epigenome": "fairtracks_search",
    "citation": "fairtracks_package",
    "download": "fairtracks_import",
    "checksum": "fairtracks_import",
    "metadata": "fairtracks_convert",
    "RO-Crate": "fairtracks_package",
    "histone": "fairtracks_search",
    "overlap": "fairtracks_overlap",
    "enrichment": "fairtracks_overlap",
    "publish": "fairtracks_package",
    "catalog": "fairtracks_catalog",
    "DNase-seq": "fairtracks_search",
    "cell type": "fairtracks_search",
    "GWAS": "fairtracks_overlap",
    "lineage": "fairtracks_follow",
    "Zenodo": "fairtracks_package",
    "audit": "fairtracks_audit",
}
# How many of the tools found a user looks at.
LOOKED_AT = 3


@pytest.mark.parametrize("words", WORDS)
def test_search(client, words, record_property):
    found = client.make_get_request(f"{client.url}/tools", params={"q": words}).json()
    record_property("note", f"  {words}: {', '.join(found[:5])}")
    assert WORDS[words] in found[:LOOKED_AT]


def test_the_name_of_the_standard_finds_all(client):
    found = client.make_get_request(f"{client.url}/tools", params={"q": "FAIRtracks"}).json()
    assert {toolbox.tool_id(wrapper) for wrapper in toolbox.wrappers()} <= set(found)


def test_the_panel_has_the_order_of_the_readme(client):
    """The README shows the panel as an administrator writes it."""
    written = re.findall(r'<tool file="/path/to/galaxy-tools/(fairtracks_[a-z]+)\.xml"/>', (CHECKOUT / "README.md").read_text())
    (section,) = [each for each in client.tools.get_tool_panel() if each.get("name") == "FAIRtracks"]
    assert [tool["id"] for tool in section["elems"]] == written
