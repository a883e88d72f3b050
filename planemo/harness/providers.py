"""The servers that tracks come from, and the site settings that lead our tools to them."""

import json
from pathlib import Path

from . import ftp_server, track_server
from .ftp_server import FtpServer
from .places import TRACKS
from .track_server import TrackServer


class Providers:
    """An HTTP and an FTP server over the tracks of the test data, from their start to their end."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.http: TrackServer | None = None
        self.ftp: FtpServer | None = None

    @property
    def settings(self) -> Path:
        """The file that a job's environment names in FAIRTRACKS_CONFIG."""
        return self.folder / "site.toml"

    def launch(self) -> None:
        self.folder.mkdir()
        self.http = TrackServer(TRACKS)
        self.ftp = FtpServer(TRACKS, self.folder / "ftp.log")
        mirrors = {track_server.PUBLIC: self.http.address, ftp_server.PUBLIC: self.ftp.address}
        lines = (f"{json.dumps(public)} = {json.dumps(address)}" for public, address in mirrors.items())
        # Galaxy itself fetches registered tracks later, and knows the server by its own address only.
        allowed = 'allow_private_hosts = ["127.0.0.1"]'
        self.settings.write_text("\n".join((allowed, "[mirrors]", *lines, "")))

    def stop(self) -> None:
        for server in (self.http, self.ftp):
            if server:
                server.stop()
