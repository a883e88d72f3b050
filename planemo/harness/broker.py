"""The post between Galaxy's web server and its celery worker: a folder, with one file for each message.

Both processes load this module by its name in `configuration`; it is the only one that needs Galaxy's environment.
"""

import uuid
from pathlib import Path
from time import monotonic_ns

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Lets a message appear whole or not at all.

    Kombu's own channel creates the file and then fills it. On a busy machine the worker reads it in between, stumbles
    over the empty message, and works no more.
    """

    def _put(self, queue: str, payload: object, **_: object) -> None:
        name = f"{monotonic_ns()}_{uuid.uuid4()}"
        draft = Path(self.data_folder_out, f"{name}.draft")
        draft.write_text(dumps(payload))
        draft.rename(draft.with_name(f"{name}.{queue}.msg"))


class Transport(filesystem.Transport):
    """Kombu's folder with the channel above."""

    Channel = Channel
