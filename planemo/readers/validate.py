"""Validates crates with roc-validator and reads them with ro-crate-py; runs in the environment `crates`, without a network.

Prints one line of JSON for each crate: the checks that fail at each severity with what they say, and how many entities there
are; or, as `trouble`, why that cannot be told.
"""

import argparse
import io
import json
import sys
from pathlib import Path

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests_cache import CachedSession
from rocrate.rocrate import ROCrate
from rocrate_validator import services
from rocrate_validator.models import Severity
from urllib3 import HTTPResponse

PROFILES = ("ro-crate-1.1", "process-run-crate")
# What the validator asks for; the cache knows an answer by it.
ACCEPTED = {"Accept": "application/ld+json, application/json, */*;q=0.1"}


class Files(BaseAdapter):
    """Answers with files where a session would ask the network."""

    def __init__(self, files: dict[str, Path]):
        super().__init__()
        self.files = files

    def send(self, request: PreparedRequest, **_: object) -> Response:
        body = self.files[request.url].read_bytes()
        headers = {"Content-Type": "application/ld+json", "Content-Length": str(len(body))}
        raw = HTTPResponse(io.BytesIO(body), headers, status=200, preload_content=False, request_url=request.url)
        answer = Response()
        answer.status_code, answer.url, answer.request, answer.raw = 200, request.url, request, raw
        answer.headers.update(headers)
        return answer

    def close(self) -> None:
        pass


def fill(cache: Path, files: dict[str, Path]) -> None:
    """Makes the validator's cache of what it would fetch."""
    with CachedSession(cache_name=str(cache), backend="sqlite", expire_after=-1) as session:
        session.mount("https://", Files(files))
        for address in files:
            session.get(address, headers=ACCEPTED)


def judge(crate: Path, cache: Path) -> dict[str, object]:
    """The issues of a crate by severity, and its entities."""
    issues: dict[str, dict[str, str]] = {"REQUIRED": {}, "RECOMMENDED": {}}
    for profile in PROFILES:
        settings = services.ValidationSettings(
            rocrate_uri=crate,
            profile_identifier=profile,
            requirement_severity=Severity.RECOMMENDED,
            offline=True,
            cache_path=cache,
            cache_max_age=-1,
        )
        for issue in services.validate(settings).get_issues():
            issues[issue.severity.name][issue.check.identifier] = " ".join((issue.message or "").split())
    entities = ROCrate(crate).get_entities()
    if not all(entity.type for entity in entities):
        raise ValueError("ro-crate-py sees an entity without a type")
    return {"issues": issues, "entities": len(entities)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="the cache, without the ending .sqlite")
    parser.add_argument("--context", nargs=2, action="append", default=[], metavar=("URL", "FILE"), help="put in first")
    parser.add_argument("crates", type=Path, nargs="+")
    options = parser.parse_args()
    if options.context:
        fill(options.cache, {address: Path(file) for address, file in options.context})
    for crate in options.crates:
        try:
            found = judge(crate, options.cache)
        except Exception as error:
            found = {"trouble": f"{type(error).__name__}: {error}"}
        print(json.dumps({"path": str(crate)} | found), flush=True)


if __name__ == "__main__":
    sys.exit(main())
