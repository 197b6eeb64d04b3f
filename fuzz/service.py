"""The REST service under schemathesis: requests made from its OpenAPI page, fitting and not, one after the other.

python -m fuzz.service --minutes 5        (pip install '.[fuzz]')
"""

from __future__ import annotations

import subprocess
import sys
import time

import click

from benchmarks.load import service

CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "negative_data_rejection", "unsupported_method", "missing_required_header",
)  # fmt: skip
"""All that fits a service that refuses well-formed requests for what it does not know (an unknown unit is a 422)."""


@click.command()
@click.option("--minutes", default=1.0, show_default=True)
@click.option("--seed", type=int, help="Where the random numbers begin.")
def main(minutes: float, seed: int | None) -> None:
    """Try the service for some minutes. Ends with 1 when something was found; schemathesis tells how to see it again."""
    with service(jobs=2) as (port, _):
        sys.exit(_tried(port, minutes, seed))


def _tried(port: int, minutes: float, seed: int | None) -> int:
    """The worst exit code of as many rounds as fit into the minutes, each with its own requests."""
    end, worst, number = time.monotonic() + 60 * minutes, 0, seed
    while True:
        command = ["schemathesis", "run", f"http://127.0.0.1:{port}/openapi.json", "--max-examples", "40"]
        command += ["--continue-on-failure", "--checks", ",".join(CHECKS)]
        command += ["--seed", str(number)] if number is not None else []
        worst = max(worst, subprocess.run(command).returncode)  # noqa: S603  a program of this environment
        number = None if number is None else number + 1
        if time.monotonic() > end:
            return worst


if __name__ == "__main__":
    main()
