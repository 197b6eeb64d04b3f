"""One's own rules without code: TOML files that add words and kinds of figure.

>>> from extractor import extract, load_rules
>>> rules = load_rules("workers")
>>> extract("Năm 2023 huyện giải quyết việc làm cho 1.200 lao động.", rules=rules).records[0].kind
'workers'
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from extractor.ownrules.sections import SECTIONS, Lexicons, kinds
from extractor.ownrules.source import RulesError, Source, nearest, read_source
from extractor.ownrules.words import table, text
from rules.counted import Counted
from rules.words import OWN, Ruleset, using

__all__ = ["RulesError", "Ruleset", "find_sources", "load_rules", "load_sources", "shipped"]


def load_rules(*sources: str | Path, rules_dir: str | Path | None = None) -> Ruleset:
    """The ruleset of rule files, for `extract(text, rules=…)`.

    `sources`: paths of files or folders, or names of the rulesets that come with the project (`shipped()`).
    `rules_dir`: a folder whose `.toml` files are all taken. Raises RulesError for a file that cannot be used,
    with its line and a proposal.
    """
    given = [*sources, *([rules_dir] if rules_dir is not None else [])]
    return load_sources(find_sources(given))


def shipped() -> dict[str, Path]:
    """The rulesets that come with the project, by name."""
    return {
        file.name.removesuffix(".toml"): Path(str(file))
        for file in sorted(resources.files("rules.own").iterdir(), key=lambda f: f.name)
        if file.name.endswith(".toml")
    }


def find_sources(given: Iterable[str | Path]) -> list[Source]:
    """The files that paths, folders and names mean, each once."""
    found: dict[Path, Source] = {}
    for each in given:
        path = Path(each)
        if path.is_dir():
            files = sorted(path.glob("*.toml"))
            if not files:
                raise RulesError(f"{each}: the folder holds no .toml file")
        elif path.exists() or path.suffix or len(path.parts) > 1:
            files = [path]
        elif str(each) in shipped():
            files = [shipped()[str(each)]]
        else:
            raise RulesError(
                f"{each}: there is no such file, and no ruleset of this name comes with the project; "
                f"{nearest(str(each), shipped())}"
            )
        for file in files:
            found.setdefault(file.resolve(), read_source(file))
    return list(found.values())


def load_sources(sources: Iterable[Source]) -> Ruleset:
    """The ruleset of files that are read."""
    lexicons: Lexicons = {}
    counted: dict[str, Counted] = {}
    with using(OWN):
        for source in sources:
            _add(source, lexicons, counted)
    if not lexicons and not counted:
        return Ruleset()
    said = repr((_ordered(lexicons), _ordered(counted)))
    return Ruleset(lexicons, counted, hashlib.sha256(said.encode()).hexdigest()[:12])


def _add(source: Source, lexicons: Lexicons, counted: dict[str, Counted]) -> None:
    data = table(source, source.data, ("kinds", "examples", *SECTIONS))
    if not data:
        source.fail("says nothing; 'trichtin rules new FILE' writes a file to begin with")
    if "examples" in data:
        text(source, data["examples"], "examples")
    for section in SECTIONS:
        if isinstance(data.get(section), dict) and "examples" in data[section]:
            text(source, data[section]["examples"], section, "examples")
    for name, kind in kinds(source, data.get("kinds", {})).items():
        if name in counted:
            source.fail(f"the kind {name!r} is in another file too", "kinds", name)
        for other, its in counted.items():
            for word in {w.lower() for w in kind.words} & {w.lower() for w in its.words}:
                source.fail(
                    f"{word!r} is a word of the kind {other!r} too", "kinds", name, "words", word=word
                )
        counted[name] = kind
    for section, read in SECTIONS.items():
        if section in data:
            for lexicon, more in read(source, _without_examples(data[section])).items():
                _join(lexicons.setdefault(lexicon, {}), more)


def _without_examples(section: Any) -> Any:
    return {k: v for k, v in section.items() if k != "examples"} if isinstance(section, dict) else section


def _join(words: dict[str, Any], more: Mapping[str, Any]) -> None:
    """What another file adds to the same lexicon: lists one behind the other, a word once."""
    for key, value in more.items():
        if isinstance(value, Mapping):
            _join(words.setdefault(key, {}), value)
        elif isinstance(value, list):
            words[key] = list(dict.fromkeys([*words.get(key, []), *value]))
        else:
            words[key] = value


def _ordered(data: Any) -> Any:
    return [(k, _ordered(data[k])) for k in sorted(data)] if isinstance(data, Mapping) else data
