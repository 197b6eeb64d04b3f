"""Verifies records of any producer against the articles that they were taken from.

claims = list(read_claims("records.jsonl", content))
report = run(claims, load(["articles/"], [c.article for c in claims]))
"""

from __future__ import annotations

from extractor.verify.claims import Claim, read_claims
from extractor.verify.finding import Finding
from extractor.verify.library import Library, load
from extractor.verify.rows import InputError
from extractor.verify.run import Missed, Report, run
from extractor.verify.sources import Source
from extractor.verify.verdict import verify

__all__ = [
    "Claim",
    "Finding",
    "InputError",
    "Library",
    "Missed",
    "Report",
    "Source",
    "load",
    "read_claims",
    "run",
    "verify",
]
