"""Records as pandas data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.pipeline import Extraction, pipe
from extractor.records import Record, all_columns, as_row, columns

if TYPE_CHECKING:
    import pandas as pd

    from rules.words import Ruleset

_GIVEN = ("source", "title", "url", "published", "newspaper")


@dataclass(frozen=True, slots=True)
class Frames:
    """What a data frame of articles gave: one row an article, one row a record.

    `articles` has the index of the frame that was read, so that it can be joined to it; the records carry
    `article_id`.
    """

    articles: pd.DataFrame
    figures: pd.DataFrame
    places: pd.DataFrame
    officials: pd.DataFrame


def frame(records: Iterable[Record]) -> pd.DataFrame:
    """Records as one data frame: one row a record, the columns of the contract; decimals stay exact (dtype
    object).
    """
    import pandas as pd

    records = tuple(records)
    shapes = {type(r): None for r in records}
    names = columns(next(iter(shapes))) if len(shapes) == 1 else all_columns()
    return pd.DataFrame([as_row(r) for r in records], columns=list(names))


def extract_frame(
    df: pd.DataFrame,
    text: str = "content",
    *,
    source: str | None = None,
    title: str | None = None,
    url: str | None = None,
    published: str | None = None,
    newspaper: str | None = None,
    rules: Ruleset | None = None,
) -> Frames:
    """Extract the articles of a data frame. `text` names the column of the texts; `source`, `title`,
    `url`, `published` and `newspaper` name the columns that tell more of them, and default to columns of these
    names where there are such.

    `rules`: rules of one's own (`extractor.load_rules`).

    A row whose text is missing gives an article without records. Raises KeyError for a column that is not
    there.
    """
    import pandas as pd

    chosen = dict(zip(_GIVEN, (source, title, url, published, newspaper), strict=True))
    told = {name: column or (name if name in df.columns else None) for name, column in chosen.items()}
    for column in (text, *filter(None, told.values())):
        if column not in df.columns:
            raise KeyError(f"no column {column!r}; there are: {', '.join(map(str, df.columns))}")
    named = {name: column for name, column in told.items() if column}
    extractions = list(pipe(_texts(df, text, named), rules))
    by_shape: dict[str, list[Record]] = {"figure": [], "place": [], "official": []}
    for extraction in extractions:
        for record in extraction.records:
            by_shape[record.SHAPE].append(record)
    articles = pd.DataFrame([_article(e) for e in extractions], index=df.index)
    return Frames(articles, *(_of_shape(name, found) for name, found in by_shape.items()))


def _texts(
    df: pd.DataFrame, text: str, told: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Each text with what the other columns tell of it."""
    for row in df[[text, *told.values()]].itertuples(index=False, name=None):
        content = row[0] if isinstance(row[0], str) else ""
        yield content, {name: _known(value) for name, value in zip(told, row[1:], strict=True)}


def _known(value: Any) -> str | None:
    """A cell as text; pandas marks what is missing in several ways. A time stamp is given by its day."""
    import pandas as pd

    if value is None or pd.isna(value):
        return None
    return str(value.date()) if hasattr(value, "date") else str(value)


def _article(extraction: Extraction) -> dict[str, Any]:
    a = extraction.article
    return {
        "article_id": a.id,
        "source": a.source,
        "title": a.title,
        "published": a.published,
        "byline": a.byline,
        "newspaper": a.newspaper,
        "url": a.url,
        "records": len(extraction.records),
        "checks_failed": sum(not r.verified for r in extraction.records),
    }


def _of_shape(name: str, records: list[Record]) -> pd.DataFrame:
    import pandas as pd

    from extractor.records import Figure, Official, Place

    shapes: dict[str, type[Figure] | type[Place] | type[Official]]
    shapes = {"figure": Figure, "place": Place, "official": Official}
    shape = shapes[name]
    return pd.DataFrame([as_row(r) for r in records], columns=list(columns(shape)))
