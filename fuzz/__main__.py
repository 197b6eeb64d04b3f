"""Try laws for minutes: `python -m fuzz checker nfd --minutes 10`, `python -m fuzz all --minutes 2`."""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisException, HypothesisWarning

from fuzz import files, inputs
from fuzz.laws import LAWS, Broken

TARGETS: dict[str, tuple[Callable[[Any], None], Any]] = {**LAWS, **inputs.TARGETS, **files.TARGETS}
TOGETHER = settings(
    max_examples=200,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="TARGET…")
@click.option("--minutes", type=float, default=1.0, show_default=True, help="For each target.")
@click.option("--found", type=click.Path(path_type=Path), help="Append what is found to this file (JSONL).")
@click.option("--seed", "start", type=int, help="Where the random numbers begin.")
@click.option("--coverage", is_flag=True, help="Guided by coverage: one target (pip install atheris).")
def main(
    names: tuple[str, ...], minutes: float, found: Path | None, start: int | None, coverage: bool
) -> None:
    """Try laws on generated input, each for some minutes. Every sort of breach is told once, shrunk.

    Ends with 1 when something was found. Targets: all, or laws of fuzz/laws.py, fuzz/inputs.py and fuzz/files.py by name.
    """
    warnings.simplefilter("ignore", HypothesisWarning)
    chosen = list(TARGETS) if names == ("all",) else list(names)
    if unknown := [n for n in chosen if n not in TARGETS]:
        raise click.UsageError(f"no target {unknown[0]}; there are: {', '.join(TARGETS)}")
    if coverage:
        _guided(chosen[0], minutes)
    start = time.time_ns() % 10**9 if start is None else start
    sys.exit(1 if sum(_run(name, minutes, found, start) for name in chosen) else 0)


def _run(name: str, minutes: float, found: Path | None, start: int) -> int:
    """The number of the sorts of breach of one target."""
    law, strategy = TARGETS[name]
    known: set[str] = set()
    until, tried, last = time.monotonic() + 60 * minutes, [0], [""]

    def attempt(given_to: Any) -> None:
        tried[0] += 1
        last[0] = given_to if isinstance(given_to, str) else given_to.hex()
        try:
            law(given_to)
        except Exception as e:
            broken = e if isinstance(e, Broken) else Broken(_place(e), repr(e))
            if broken.key not in known:
                raise broken from e

    while time.monotonic() < until:
        start += 1
        try:
            seed(start)(
                settings(TOGETHER, max_examples=10 if name == "linear" else 200)(given(strategy)(attempt))
            )()
        except Broken as e:
            known.add(e.key)
            line = json.dumps({"law": name, "key": e.key, "text": last[0], "told": str(e)})
            click.echo(line)
            if found:
                with found.open("a", encoding="utf-8") as file:
                    file.write(line + "\n")
        except (HypothesisException, ExceptionGroup) as e:
            click.echo(f"{name}: {repr(e)[:300]}", err=True)
    click.echo(f"{name}: {tried[0]} tried, {len(known)} sorts of breach", err=True)
    return len(known)


def _place(e: Exception) -> str:
    """The sort of a crash: the error and where it was raised."""
    at = e.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    where = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else ""
    return f"crash/{type(e).__name__}/{where}"


def _guided(name: str, minutes: float) -> None:
    """The same law and the same strategy, with atheris choosing what is tried; ends at the first breach."""
    import atheris  # type: ignore[import-not-found]

    law, strategy = TARGETS[name]
    atheris.instrument_all()
    test = settings(TOGETHER)(given(strategy)(law))
    atheris.Setup(["fuzz", f"-max_total_time={int(60 * minutes)}"], test.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
