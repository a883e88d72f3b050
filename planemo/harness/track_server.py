"""A provider of tracks: the files of a folder over http and ftp, whatever folders the long URLs of real providers have before a name."""

import logging
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer

# Where tests say that the tracks are; the site settings lead from there to the servers.
HTTP, FTP = "https://tracks.example.org/", "ftp://ftp.example.org/cells/"


class TrackServer:
    """Serves a folder from two threads, which end with the process."""

    def __init__(self, folder: Path):
        logging.getLogger("pyftpdlib").setLevel(logging.WARNING)
        self.http_server = ThreadingHTTPServer(("127.0.0.1", 0), partial(OneFolder, directory=str(folder)))
        accounts = DummyAuthorizer()
        accounts.add_anonymous(str(folder))
        self.ftp_server = FTPServer(("127.0.0.1", 0), type("Anonymous", (FTPHandler,), {"authorizer": accounts}))
        for server in (self.http_server, self.ftp_server):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    @property
    def http(self) -> str:
        return f"http://127.0.0.1:{self.http_server.server_port}/"

    @property
    def ftp(self) -> str:
        return f"ftp://127.0.0.1:{self.ftp_server.address[1]}/"


class OneFolder(SimpleHTTPRequestHandler):
    """Python's server of files, of which it takes the last part of a path alone."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.rpartition("/")[2])

    def log_message(self, *_: object) -> None:
        """Nothing: a test says what went wrong."""
