"""The loopback server that gives tracks away as a provider would, and misbehaves where it is asked to.

`/NAME` is a file of the folder; folders before the name and a query after it make no difference, as with the long URLs of
real providers. Ranges, `If-Range` and `HEAD` work. `/signed/NAME` leads on to an address with a signature.

`/faults/FAULT/NAME` is the same file with a fault, see `FAULTS`.
"""

import hashlib
import re
import threading
import time
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Where tests say that the tracks are; the site settings lead from there to the servers.
PUBLIC = "https://tracks.example.org/"
SIGNATURE = "X-Amz-Signature=0123456789abcdef"

# A slow answer comes in so many pieces, with so many seconds before each.
SLOW_PIECES = 8
SLOW_SECONDS = 0.25


class TrackServer:
    """Serves a folder from a thread until it is stopped."""

    def __init__(self, folder: Path):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Answer, folder))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, name="track server", daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Answer(BaseHTTPRequestHandler):
    """One exchange after the other on one connection."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, *arguments: object):
        self.folder = folder
        super().__init__(*arguments)

    def do_GET(self) -> None:
        *places, name = unquote(urlsplit(self.path).path).split("/")
        file = self.folder / name
        if not name or not file.is_file():
            self.say(HTTPStatus.NOT_FOUND)
        elif places[1:2] == ["signed"]:
            self.say(HTTPStatus.FOUND, location=f"{PUBLIC}{name}?{SIGNATURE}")
        elif places[1:2] == ["faults"]:
            fault = FAULTS.get("/".join(places[2:]))
            if fault:
                fault(self, file.read_bytes())
            else:
                self.say(HTTPStatus.NOT_FOUND)
        else:
            self.give(file.read_bytes())

    do_HEAD = do_GET

    def give(self, content: bytes) -> None:
        """The content, or the part of it that was asked for."""
        status, headers, part = self.asked(content)
        self.say(status, part, **headers)

    def asked(self, content: bytes) -> tuple[HTTPStatus, dict[str, str], bytes]:
        """Status, headers and body of a right answer."""
        headers = {"accept-ranges": "bytes", "etag": f'"{hashlib.sha256(content).hexdigest()[:16]}"'}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("range", ""))
        if not wanted or self.headers.get("if-range", headers["etag"]) != headers["etag"]:
            return HTTPStatus.OK, headers, content
        first, last = int(wanted[1]), min(int(wanted[2] or len(content)), len(content) - 1)
        if first > last:
            return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {"content-range": f"bytes */{len(content)}"}, b""
        headers["content-range"] = f"bytes {first}-{last}/{len(content)}"
        return HTTPStatus.PARTIAL_CONTENT, headers, content[first : last + 1]

    def say(self, status: HTTPStatus, body: bytes = b"", **headers: str) -> None:
        self.start(status, len(body), headers)
        self.write(body)

    def start(self, status: HTTPStatus, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"content-type": "application/octet-stream", "content-length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def write(self, body: bytes) -> None:
        if self.command != "HEAD":
            self.wfile.write(body)

    def missing(self, _content: bytes) -> None:
        self.say(HTTPStatus.NOT_FOUND)

    def unavailable(self, _content: bytes) -> None:
        self.say(HTTPStatus.SERVICE_UNAVAILABLE, **{"retry-after": "0"})

    def cut(self, content: bytes) -> None:
        """The first half of the file and no more, whatever is asked for."""
        self.start(HTTPStatus.OK, len(content), {})
        self.write(content[: len(content) // 2])
        self.close_connection = True

    def interrupted(self, content: bytes) -> None:
        """The first half of the file; who asks for the rest gets it."""
        status, headers, part = self.asked(content)
        self.start(status, len(part), headers)
        if status == HTTPStatus.OK:
            part = part[: len(part) // 2]
            self.close_connection = True
        self.write(part)

    def changed(self, content: bytes) -> None:
        """As many bytes, the last of them another."""
        self.give(content[:-1] + bytes([content[-1] ^ 1]))

    def slow(self, content: bytes) -> None:
        """Everything in the end."""
        status, headers, part = self.asked(content)
        self.start(status, len(part), headers)
        size = len(part) // SLOW_PIECES + 1
        for place in range(0, len(part), size):
            time.sleep(SLOW_SECONDS)
            self.write(part[place : place + size])

    def log_message(self, *_: object) -> None:
        """Nothing: a test tells what went wrong by what it got."""


FAULTS = {
    "missing": Answer.missing,
    "unavailable": Answer.unavailable,
    "cut": Answer.cut,
    "interrupted": Answer.interrupted,
    "changed": Answer.changed,
    "slow": Answer.slow,
}
