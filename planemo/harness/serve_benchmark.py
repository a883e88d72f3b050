"""The requests of `planemo/bench_serve`, by wrk to our server and by pgbench to PostgreSQL."""

import json
import re
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .benchmark import QUERIES, statement_for
from .postgresql import Postgresql
from .processes import clean_environment
from .steps import Failure

CONNECTIONS = 64
THREADS = 2


@dataclass(frozen=True)
class Question:
    """A query and the most rows that are wanted, 0 for all."""

    query: str
    limit: int = 0


# One track, pages of many tracks as a form shows them, all of some, and none.
MIX = (
    Question("tracks.content->>'local_id' = 'track:4711'"),
    Question(QUERIES["cells and assembly"], 10),
    Question(QUERIES["parts of texts"]),
    Question("experiments.content->'target'->>'summary' = 'CTCF' AND tracks.content->'file_format'->>'term_label' = 'bigWig'", 100),
    Question("samples.content->'sample_type'->>'summary' IN ('K562', 'HepG2') AND tracks.content->>'assembly_name' = 'hg38'", 10),
    Question(QUERIES["cells and assembly"]),
    Question("tracks.content->>'label_short' LIKE 'EX0000123%'"),
    Question("studies.content->>'study_name' = 'Study nowhere'"),
)


def with_literal(question: Question, literal: str) -> Question:
    """The same question in other words: a further condition that every track fulfils."""
    return Question(f"({question.query}) AND tracks.content->>'local_id' <> 'no-{literal}'", question.limit)


@dataclass(frozen=True)
class Load:
    """What came of many requests."""

    per_second: float
    median: float = 0.0
    slowest_hundredth: float = 0.0
    errors: int = 0
    requests: int = 0


# Each thread of wrk has a number and counts, so that no two requests have the same text.
SCRIPT = """
local paths = {paths}
local threads, count = 0, 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end
function request()
  count = count + 1
  local path = paths[count % #paths + 1]
  return wrk.format("GET", (path:gsub("LITERAL", {seed} .. "-" .. number .. "-" .. count)))
end
function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format('\\nRESULT {{"requests": %d, "microseconds": %d, "errors": %d, "median": %d, "slow": %d}}',
    summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)))
end
"""


def path_of(address: str, place: str, question: Question) -> str:
    asked = {"query": question.query} | ({"limit": question.limit} if question.limit else {})
    path = urllib.parse.urlsplit(address).path
    return f"{path}/search/{urllib.parse.quote(place)}?{urllib.parse.urlencode(asked)}"


def rows(address: str, place: str, question: Question) -> int:
    """How many rows our server answers."""
    url = urllib.parse.urljoin(address, path_of(address, place, question))
    with urllib.request.urlopen(url, timeout=60) as answer:
        return len(json.load(answer))


def statement(question: Question) -> str:
    """The question as TrackFind asks PostgreSQL."""
    limit = f" LIMIT {question.limit}" if question.limit else ""
    return statement_for(question.query).removesuffix(";") + f"{limit};"


def ask_server(
    folder: Path, address: str, place: str, other_words: bool, seconds: int, while_it_runs: Callable[[], None] | None = None
) -> Load:
    """The mix, by connections that are kept; in other words each time, or in the same ones."""
    mix = [with_literal(question, "LITERAL") if other_words else question for question in MIX]
    # In a script of Lua a text in double quotes is one of JSON, as long as it is plain.
    paths = ", ".join(json.dumps(path_of(address, place, question)) for question in mix)
    script = folder / "requests.lua"
    seed = urllib.parse.urlsplit(address).port
    script.write_text(SCRIPT.format(paths="{" + paths + "}", seed=f'"{seed}-{seconds}"'))
    command = ("wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", script, address)
    with subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=clean_environment()
    ) as process:
        while while_it_runs and process.poll() is None:
            while_it_runs()
        said = process.stdout.read()
    found = re.search(r"^RESULT (.*)$", said, re.MULTILINE)
    if not found:
        raise Failure(f"wrk did not tell what it measured: {said.strip()}")
    told = json.loads(found[1])
    per_second = told["requests"] / (told["microseconds"] / 1e6)
    return Load(per_second, told["median"] / 1000, told["slow"] / 1000, told["errors"], told["requests"])


def ask_postgresql(folder: Path, server: Postgresql, other_words: bool, seconds: int) -> Load:
    """The same mix, by as many connections."""
    files = []
    for number, question in enumerate(MIX):
        asked = with_literal(question, ":literal") if other_words else question
        made = "\\set literal random(1, 1000000000)\n" if other_words else ""
        file = folder / f"question{number}.sql"
        file.write_text(made + statement(asked) + "\n")
        files += ["--file", file]
    logs = folder / "pgbench"
    logs.mkdir(exist_ok=True)
    for old in logs.iterdir():
        old.unlink()
    options = ("--no-vacuum", f"--client={CONNECTIONS}", f"--jobs={THREADS}", f"--time={seconds}", "--log", f"--log-prefix={logs / 'log'}")
    command = [str(word) for word in (server.programs / "pgbench", *options, *files)]
    ended = subprocess.run(command, env=server.environment(), capture_output=True, text=True, check=False)
    found = re.search(r"^tps = ([\d.]+) \(without", ended.stdout, re.MULTILINE)
    failed = re.search(r"^number of failed transactions: (\d+)", ended.stdout, re.MULTILINE)
    if ended.returncode or not found:
        raise Failure(f"pgbench did not tell what it measured: {(ended.stderr or ended.stdout).strip()[-1000:]}")
    # The third field of a line is how long it took, in microseconds.
    times = sorted(int(line.split()[2]) for log in logs.iterdir() for line in log.read_text().splitlines())
    median, slow = (times[len(times) * part // 100] / 1000 if times else 0.0 for part in (50, 99))
    return Load(float(found[1]), median, slow, int(failed[1]) if failed else 0, len(times))
