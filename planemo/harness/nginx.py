"""nginx on the loopback, which gives away the files of a folder faster than any client takes them."""

import os
import shutil
from pathlib import Path

from .ports import free_port
from .processes import Program
from .steps import Failure

SETTINGS = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 100000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {files};
    }}
}}
"""


class Nginx:
    """One server, from its start to its end."""

    def __init__(self, folder: Path, files: Path):
        self.folder, self.files, self.port = folder, files, free_port()
        self.program: Program | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> "Nginx":
        program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
        if not program:
            raise Failure("There is no nginx: install it (Debian: apt-get install nginx-light)")
        self.folder.mkdir()
        # Started by root it would read as another user, who may not look into the run's folder.
        user = "user root;" if os.geteuid() == 0 else ""
        settings = self.folder / "nginx.conf"
        settings.write_text(SETTINGS.format(user=user, folder=self.folder, port=self.port, files=self.files))
        command = (program, "-p", self.folder, "-c", settings, "-e", self.folder / "error.log")
        self.program = Program(command, self.folder / "nginx.log", self.folder)
        return self

    def __exit__(self, *_: object) -> None:
        if self.program:
            self.program.stop()
