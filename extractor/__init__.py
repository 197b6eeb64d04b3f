"""trichtin: Vietnamese news articles into structured records that are checked against their source.

>>> from extractor import extract
>>> extraction = extract("Thu ngân sách năm 2024 đạt hơn 100,1 tỷ đồng.")
>>> extraction.records[0].text
'100,1 tỷ đồng'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.article import Article
    from extractor.frames import extract_frame
    from extractor.ownrules import RulesError, Ruleset, load_rules
    from extractor.pipeline import Extraction, extract, pipe
    from extractor.records import Figure, Official, Place, Record

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Extraction",
    "Figure",
    "Official",
    "Place",
    "Record",
    "RulesError",
    "Ruleset",
    "extract",
    "extract_frame",
    "load_rules",
    "pipe",
]

_HOME = {
    "Article": "extractor.article",
    "Extraction": "extractor.pipeline",
    "Figure": "extractor.records",
    "Official": "extractor.records",
    "Place": "extractor.records",
    "Record": "extractor.records",
    "RulesError": "extractor.ownrules",
    "Ruleset": "extractor.ownrules",
    "extract": "extractor.pipeline",
    "extract_frame": "extractor.frames",
    "load_rules": "extractor.ownrules",
    "pipe": "extractor.pipeline",
}


def __getattr__(name: str) -> Any:
    """Load a name of the face when it is first asked for: importing `extractor` alone loads nothing heavy."""
    if name not in _HOME:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
