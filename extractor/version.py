"""Which extractor made a record: the release and a digest of all that records depend on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.words import Ruleset

_ENGINE = (
    "article", "checks", "folding", "overlaps", "pipeline", "reading", "records", "segmenting", "values",
    "readers/document", "readers/encodings", "readers/html", "schema/rows", "ownrules",
)  # fmt: skip


def extractor_version(own: Ruleset | None = None) -> str:
    """`0.1.0+3f2a91c04b7d`: changes with the release, with a word of a lexicon, with a rule, and with the
    segmenter.
    With rules of one's own, what they hold is a further part: `0.1.0+3f2a91c04b7d.92c0f5e83a11`.

    Records that a database holds from another version are replaced when the same articles are loaded again.
    """
    return _version() + (f".{own.digest}" if own is not None and own.digest else "")


@cache
def _version() -> str:
    import extractor
    import rules

    digest = hashlib.sha256()
    for library in ("underthesea", "spacy"):
        digest.update(_release(library).encode())
    home = Path(extractor.__file__).parent
    files = [p for p in Path(rules.__file__).parent.rglob("*") if p.suffix in (".py", ".toml", ".tsv", ".gz")]
    files = [
        p for p in files if p.parent.name != "own"
    ]  # rulesets that are used by name: their content counts then
    for name in _ENGINE:
        files += (
            [home / f"{name}.py"] if (home / f"{name}.py").exists() else sorted((home / name).glob("*.py"))
        )
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{extractor.__version__}+{digest.hexdigest()[:12]}"


def _release(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""
