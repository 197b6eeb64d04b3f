"""The service under load: `python -m benchmarks.load --clients 100 --seconds 60`.

Clients ask without a pause for records, checks, facts and pages; beside them others send their heads and bodies a
byte at a time, or half of them. Every answer has to be a good one, or 429, 413 or 503; memory has to stay level.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import click

from benchmarks.kills import TRICHTIN

ARTICLES = Path(__file__).parent / "articles"
LINE = "Năm 2024, huyện Gò Công Tây, tỉnh Tiền Giang hỗ trợ 3,7 tỷ đồng cho 136 hộ nghèo. "
HONEST = {200, 413, 429, 503}
CHECK = {"records": [{"text": "3,7 tỷ đồng", "value": 37, "unit": "VND"}], "articles": [{"text": LINE}]}
REQUESTS: tuple[tuple[str, str, object], ...] = (
    ("POST", "/extract", {"text": LINE}),
    ("POST", "/extract", {"text": LINE * 50}),
    ("POST", "/extract", {"text": LINE * 20_000}),  # more than the service takes
    ("POST", "/check", CHECK),
    ("GET", "/facts?q=" + quote("ngân sách"), None),
    ("GET", "/facts.csv?limit=200", None),
    ("GET", "/units?q=" + quote("Bác Ái"), None),
    ("GET", "/health", None),
)


class Clients:
    """Threads that ask until it is time, and what they got."""

    def __init__(self, port: int, until: float) -> None:
        """`until`: by time.monotonic."""
        self._port, self._until = port, until
        self.answers: Counter[str] = Counter()
        self.seconds: list[float] = []

    def ask(self, seed: int) -> None:
        """One request after the other."""
        chosen = random.Random(seed)
        while time.monotonic() < self._until:
            method, path, body = chosen.choice(REQUESTS)
            data = json.dumps(body).encode() if body is not None else None
            start = time.monotonic()
            try:
                line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
                # a body that is refused before it has all come breaks off; the answer is there to be read
                with contextlib.suppress(BrokenPipeError):
                    line.request(method, path, data, {"Content-Type": "application/json"} if data else {})
                status = line.getresponse()
                status.read()
                self.answers[str(status.status)] += 1
                line.close()
            except OSError as e:
                self.answers[type(e).__name__] += 1
            self.seconds.append(time.monotonic() - start)

    def dawdle(self, seed: int) -> None:
        """A body that comes a byte at a time, or stops half way."""
        head = f"POST /extract HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Length: 5000\r\n\r\n"
        while time.monotonic() < self._until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 5) as line:
                line.sendall(head.encode() if seed % 2 else head[: seed % len(head)].encode())
                for _ in range(20):
                    time.sleep(0.5)
                    if time.monotonic() > self._until:
                        break
                    line.sendall(b"x")


@contextlib.contextmanager
def service(jobs: int) -> Iterator[tuple[int, int]]:
    """A service with a small database: its port and process."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        db = f"{home}/news.db"
        subprocess.run([*TRICHTIN, "bulk", str(ARTICLES), "--to", db, "--quiet"], check=True)  # noqa: S603
        serve = [*TRICHTIN, "serve", "--db", db, "--port", str(port), "--jobs", str(jobs)]
        process = subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            for _ in range(1200):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.1)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(30)


def memory(pid: int) -> float:
    """MB that a process and its children hold now."""
    family = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        family += map(int, task.read_text().split())
    held = 0
    for each in family:
        with contextlib.suppress(OSError):
            held += int(Path(f"/proc/{each}/statm").read_text().split()[1])
    return held * 4096 / 1e6


@click.command(help=__doc__)
@click.option("--clients", default=100, show_default=True)
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--slow", default=20, show_default=True, help="Clients that dawdle, beside the others.")
@click.option("--jobs", default=2, show_default=True, help="Processes of the service.")
def main(clients: int, seconds: float, slow: int, jobs: int) -> None:
    """Start, ask, tell. Ends with 1 for an answer that is not honest."""
    with service(jobs) as (port, pid):
        Clients(port, time.monotonic() + min(seconds / 6, 10)).ask(0)  # everything is loaded
        made, levels = Clients(port, time.monotonic() + seconds), [memory(pid)]
        threads = [threading.Thread(target=made.ask, args=(n,)) for n in range(clients)]
        threads += [threading.Thread(target=made.dawdle, args=(n,)) for n in range(slow)]
        for thread in threads:
            thread.start()
        while any(t.is_alive() for t in threads):
            time.sleep(1)
            levels.append(memory(pid))
        health = _health(port)
    took = sorted(made.seconds)
    at = lambda share: took[int(share * (len(took) - 1))]  # noqa: E731
    click.echo(
        f"{clients} clients and {slow} that dawdle, {seconds:g} s: {len(took):,} requests, "
        f"{len(took) / seconds:,.0f} a second"
    )
    click.echo("answers: " + ", ".join(f"{status} {n:,}" for status, n in sorted(made.answers.items())))
    click.echo(f"seconds: median {at(0.5):.2f}, 95 of 100 within {at(0.95):.2f}, longest {at(1):.2f}")
    third = len(levels) // 3
    click.echo(
        f"memory: {levels[0]:.0f} MB before, {max(levels):.0f} MB at most, "
        f"{sum(levels[-third:]) / max(third, 1):.0f} MB in the last third; health afterwards {health}"
    )
    bad = {status for status in made.answers if not status.isdigit() or int(status) not in HONEST}
    sys.exit(1 if bad or health != 200 else 0)


def _health(port: int) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", "/health")
    return line.getresponse().status


if __name__ == "__main__":
    main()
