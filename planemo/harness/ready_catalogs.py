"""The lists of the search form that are there before the first search: the data manager that makes them, run as an administrator does."""

from .client import Client
from .trackfind_server import PUBLIC

DATA_MANAGER = "fairtracks_catalogs"
TABLE, DOCUMENTS = "fairtracks_catalogs", "fairtracks_documents"


def make_ready(client: Client, inputs: dict[str, object] | None = None) -> None:
    """Lists all documents that Galaxy offers, and the hubs of its TrackFind server."""
    if inputs is None:
        inputs = {"documents": [row[0] for row in rows(client, DOCUMENTS)], "servers_0|url": PUBLIC.rstrip("/")}
    history = client.create_history("FAIRtracks catalogs")
    client.run_tool(history, DATA_MANAGER, inputs)
    client.histories.delete_history(history, purge=True)


def rows(client: Client, table: str = TABLE) -> list[list[str]]:
    """The rows of a data table in the memory of the server."""
    return client.make_get_request(f"{client.url}/tool_data/{table}").json()["fields"]
