"""The servers that tracks and their metadata come from, and the site settings that lead our tools to them."""

import json
from pathlib import Path

from . import track_server, trackfind_server
from .places import EPIGENOME, OPEN_CHROMATIN, TRACKS
from .track_server import TrackServer
from .trackfind_server import SilentAddress, TrackFindServer


class Providers:
    """A server of the tracks of the test data and a TrackFind server, from their start to their end.

    The TrackFind server is one of our binaries, so it starts when these are built: `trackfind.launch()`.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.tracks = TrackServer(TRACKS, OPEN_CHROMATIN, EPIGENOME)
        self.trackfind = TrackFindServer(folder / "trackfind.log")
        self.silent = SilentAddress()

    @property
    def settings(self) -> Path:
        """The file that a job's environment names in FAIRTRACKS_CONFIG."""
        return self.folder / "site.toml"

    def launch(self) -> None:
        self.folder.mkdir()
        mirrors = {
            track_server.HTTP: self.tracks.http,
            track_server.FTP: self.tracks.ftp,
            trackfind_server.PUBLIC: self.trackfind.site,
            trackfind_server.SILENT: self.silent.address,
        }
        lines = (f"{json.dumps(public)} = {json.dumps(address)}" for public, address in mirrors.items())
        # Galaxy itself fetches registered tracks later, and knows the server by its own address only.
        allowed = 'allow_private_hosts = ["127.0.0.1"]'
        self.settings.write_text("\n".join((allowed, "[mirrors]", *lines, "")))

    def stop(self) -> None:
        for server in (self.trackfind, self.silent):
            server.stop()
