"""A provider of tracks: the files of some folders over http and ftp, whatever folders the long URLs of real providers have before a name."""

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
    """Serves folders from two threads, which end with the process; the first one over ftp as well.

    `folders` may grow while the server runs; the first one that has a file of a name serves it.
    """

    def __init__(self, *folders: Path):
        self.folders = list(folders)
        logging.getLogger("pyftpdlib").setLevel(logging.WARNING)
        self.http_server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SomeFolders, self.folders))
        accounts = DummyAuthorizer()
        accounts.add_anonymous(str(folders[0]))
        self.ftp_server = FTPServer(("127.0.0.1", 0), type("Anonymous", (FTPHandler,), {"authorizer": accounts}))
        for server in (self.http_server, self.ftp_server):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    @property
    def http(self) -> str:
        return f"http://127.0.0.1:{self.http_server.server_port}/"

    @property
    def ftp(self) -> str:
        return f"ftp://127.0.0.1:{self.ftp_server.address[1]}/"


class SomeFolders(SimpleHTTPRequestHandler):
    """Python's server of files, of which it takes the last part of a path alone and looks for it in each folder."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folders: list[Path], *request: object):
        self.folders = folders
        super().__init__(*request)

    def translate_path(self, path: str) -> str:
        name = "/" + path.rpartition("/")[2]
        places = []
        for folder in self.folders:
            self.directory = str(folder)
            places.append(super().translate_path(name))
        return next((place for place in places if Path(place).is_file()), places[0])

    def log_message(self, *_: object) -> None:
        """Nothing: a test says what went wrong."""
