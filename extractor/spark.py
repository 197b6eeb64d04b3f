"""The same extraction on Apache Spark.

For a DataFrame of one's own, `extract_records` is a function for `DataFrame.mapInArrow`:

    df.mapInArrow(extract_records(text="content", source="url"), record_schema()).write.parquet("records")

`run` is `trichtin bulk --engine spark`: it reads files that driver and executors see at the same path, and
writes
Parquet. The executors need this package installed. Each task keeps one worker process of its own, so that an
article that hangs or crashes costs itself and not the task.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from extractor import schema
from extractor.bulk import fingerprint
from extractor.pool import Pool
from extractor.readers import Item, Options, PassedOver, Unreadable, expand, read_file
from extractor.readers.item import iso_date
from extractor.schema import Column
from extractor.schema.rows import Failed, Loaded
from extractor.schema.units import unit_rows
from extractor.sinks.arrow import arrow_schema, arrow_table, too_long
from extractor.sinks.files import union_columns
from extractor.sinks.parquet import write as write_parquet
from extractor.sinks.sink import TargetError, chunks, kind_of
from extractor.version import extractor_version
from extractor.worker import Task, work

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from extractor.bulk import Settings
    from rules.words import Ruleset

Batches = Iterator[Any]
"""pyarrow.RecordBatch, one after the other."""

OUT_ROWS = 500
"""Rows of one batch that goes back to Spark."""

_ERROR = Column("error", "text")


def record_schema() -> Any:
    """The Spark schema of what `extract_records` gives: the columns of records of every kind, and `error`."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(arrow_schema(_record_columns()))


def _record_columns() -> tuple[Column, ...]:
    return (*(Column(c.name, c.type) for c in union_columns()), _ERROR)


def extract_records(
    text: str = "content",
    *,
    source: str | None = None,
    url: str | None = None,
    published: str | None = None,
    newspaper: str | None = None,
    time_limit: float = 30.0,
    rules: Ruleset | None = None,
) -> Callable[[Batches], Batches]:
    """A function for `DataFrame.mapInArrow`: rows with an article each in, a row a record out.

    The arguments name columns; without a `source` column the source is the article's id. An article that
    fails
    gives one row with its `source` and the reason in `error`, everything else null.
    """
    told = {"url": url, "published": published, "newspaper": newspaper}

    def items(batches: Batches) -> Iterator[Item]:
        for batch in batches:
            for row in batch.to_pylist():
                body = (row[text] or "").encode("utf-8", "surrogatepass")
                known = {k: row[c] for k, c in told.items() if c and row[c] is not None}
                if "published" in known:
                    known["published"] = iso_date(known["published"])
                yield Item(str(row[source]) if source else "", body, decoded=True, **known)

    def rows(results: Iterable[Loaded | Failed]) -> Iterator[tuple[Any, ...]]:
        columns = [c.name for c in _record_columns()]
        for result in results:
            reason = result.reason if isinstance(result, Failed) else too_long(result)
            if isinstance(result, Failed) or reason:
                yield tuple({"source": result.source, "error": reason}.get(c) for c in columns)
                continue
            for table, found in result.rows.items():
                names = schema.names(table)
                for row in found:
                    held = dict(zip(names, row, strict=True))
                    held["source"] = held["source"] or held["article_id"]
                    yield tuple(held.get(c) for c in columns)

    def extract(batches: Batches) -> Batches:
        results = _extracted((Task(item, "") for item in items(batches)), time_limit, False, rules)
        yield from _batches(_record_columns(), rows(results))

    return extract


def _extracted(
    tasks: Iterator[Task], time_limit: float, keep_text: bool, rules: Ruleset | None = None
) -> Iterator[Loaded | Failed]:
    pool = Pool(1, time_limit, keep_text, work if rules is None else partial(work, rules=rules))
    try:
        yield from pool.run(tasks)
    finally:
        pool.stop()


def _batches(columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], size: int = OUT_ROWS) -> Batches:
    for part in chunks(rows, size):
        yield from arrow_table(columns, part).to_batches()


# --- trichtin bulk --engine spark ---

_TOLD = ("url", "title", "published", "newspaper", "byline", "charset")

_DONE = tuple(Column(name, "text") for name in ("table", "article_id", "source", "cells"))
"""What the extracting tasks write: the cells of rows of every table as JSON, to be parted by table."""


def _item_schema() -> Any:
    """What the reading tasks hand to the extracting ones: an item, or the reason why there is none."""
    import pyarrow as pa

    texts = [pa.field(name, pa.string()) for name in ("source", "form", *_TOLD, "reason")]
    numbers = [pa.field(name, pa.int64()) for name in ("file", "position")]
    return pa.schema([*numbers, *texts, pa.field("body", pa.binary()), pa.field("decoded", pa.bool_())])


def run(inputs: Sequence[str], target: str, settings: Settings, master: str) -> Mapping[str, int]:
    """Load everything that the inputs hold into a folder of Parquet files, made anew. Gives the rows of
    each table.

    Raises FileNotFoundError and TargetError.
    """
    if kind_of(target) != "parquet":
        raise TargetError(f"{target}: Spark writes Parquet; name a folder such as records.parquet/")
    paths = [os.path.abspath(p) if os.path.isabs(p) else p for p in expand(inputs)]
    spark = _session(master, settings)
    try:
        return _run(spark, paths, Path(target), settings)
    finally:
        spark.stop()


def _session(master: str, settings: Settings) -> SparkSession:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return (
        SparkSession.builder.master(master)
        .appName("trichtin bulk")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "200")
        .config("spark.sql.adaptive.coalescePartitions.enabled", "false")
        .getOrCreate()
    )


def _run(spark: SparkSession, paths: Sequence[str], out: Path, settings: Settings) -> Mapping[str, int]:
    from pyspark.sql import Window
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    out.mkdir(parents=True, exist_ok=True)
    slots = spark.sparkContext.defaultParallelism
    spark.conf.set("spark.sql.shuffle.partitions", str(max(slots, settings.jobs)))
    files = spark.createDataFrame(list(enumerate(paths)), "file bigint, path string").repartition(
        max(min(len(paths), slots * 8), 1)
    )
    items = files.mapInArrow(_reader(settings.options), from_arrow_schema(_item_schema()))
    # one shuffle deals the articles out to the slots and finds sources that come twice
    again = Window.partitionBy("source").orderBy("file", "position")
    dealt = items.withColumn("again", f.row_number().over(again))
    between = str(out / "extracted.tmp")
    done = dealt.mapInArrow(_extractor(settings), from_arrow_schema(arrow_schema(_DONE)))
    done.write.mode("overwrite").parquet(between)
    try:
        return _part(spark.read.parquet(between), out)
    finally:
        shutil.rmtree(between, ignore_errors=True)


def _reader(options: Options) -> Callable[[Batches], Batches]:
    """Paths in, items out."""

    def read(batches: Batches) -> Batches:
        import pyarrow as pa

        form = _item_schema()
        for part in chunks(_item_rows(batches, options), 50):
            yield pa.RecordBatch.from_pylist(part, form)

    return read


def _item_rows(batches: Batches, options: Options) -> Iterator[dict[str, Any]]:
    for batch in batches:
        for file in batch.to_pylist():
            for position, found in enumerate(read_file(file["path"], options)):
                at = {"file": file["file"], "position": position, "source": getattr(found, "source", None)}
                if isinstance(found, Item):
                    told = {name: getattr(found, name) for name in ("body", "form", "decoded", *_TOLD)}
                    yield at | told
                elif isinstance(found, Unreadable):
                    yield at | {"reason": found.reason}
                else:
                    assert isinstance(found, PassedOver)


def _extractor(settings: Settings) -> Callable[[Batches], Batches]:
    """Items in, rows of every table out."""
    version, now = extractor_version(settings.rules), datetime.now(UTC).replace(microsecond=0).isoformat()
    time_limit, keep_text, rules = settings.time_limit, settings.keep_text, settings.rules

    def extract(batches: Batches) -> Batches:
        failed: list[Failed] = []
        results = _extracted(_tasks(batches, keep_text, failed), time_limit, keep_text, rules)
        rows = (row for result in _with(results, failed) for row in _rows(result, version, now))
        yield from _batches(_DONE, rows, 200)

    return extract


def _tasks(batches: Batches, keep_text: bool, failed: list[Failed]) -> Iterator[Task]:
    for batch in batches:
        for row in batch.to_pylist():
            source = row["source"] if row["again"] == 1 else f"{row['source']}#{row['again']}"
            if row["reason"] is not None:
                unreadable = Unreadable(source, row["reason"])
                failed.append(Failed(source, fingerprint(unreadable, keep_text), "open", unreadable.reason))
                continue
            told = {name: row[name] for name in _TOLD}
            item = Item(source, row["body"], row["form"], row["decoded"], **told)
            yield Task(item, fingerprint(item, keep_text))


def _with(results: Iterator[Loaded | Failed], failed: list[Failed]) -> Iterator[Loaded | Failed]:
    for result in results:
        yield result
        while failed:
            yield failed.pop()
    yield from failed


def _rows(result: Loaded | Failed, version: str, now: str) -> Iterator[tuple[Any, ...]]:
    if isinstance(result, Loaded) and (reason := too_long(result)):
        result = Failed(result.source, result.fingerprint, "write", reason)
    if isinstance(result, Failed):
        cells = (result.source, result.stage, result.reason, result.fingerprint, version, now)
        yield "failures", None, result.source, msgspec.json.encode(cells).decode()
        return
    article = (*result.article, version, now)
    for table, rows in (("articles", [article]), *result.rows.items()):
        for row in rows:
            yield table, result.id, result.source, msgspec.json.encode(row).decode()


def _part(done: DataFrame, out: Path) -> Mapping[str, int]:
    """Part the rows by table. Of sources with one text the one that sorts first stays, as in a database."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    articles = done.where(done["table"] == "articles")
    first = articles.groupBy("article_id").agg(f.min("source").alias("source"))
    kept = done.join(first, ["article_id", "source"], "left_semi").select(done.columns)
    counts: dict[str, int] = {}
    for table in TABLES:
        rows = (done if table == "failures" else kept).where(f.col("table") == table).select("cells")
        path = str(out / f"{table}.parquet")
        if os.path.isfile(path):
            os.remove(path)  # a file of the local engine, where Spark makes a folder
        made = rows.mapInArrow(_parter(table), from_arrow_schema(arrow_schema(schema.columns(table))))
        made.write.mode("overwrite").parquet(path)
        counts[table] = made.sparkSession.read.parquet(path).count()
    write_parquet(out / "units.parquet", schema.columns("units"), unit_rows())
    return counts


TABLES = ("articles", "figures", "places", "officials", "failures")


def _parter(table: str) -> Callable[[Batches], Batches]:
    """Cells in, the columns of a table out."""

    def part(batches: Batches) -> Batches:
        columns = schema.columns(table)
        decode = msgspec.json.Decoder(tuple).decode
        rows = (decode(cells) for batch in batches for cells in batch.column("cells").to_pylist())
        yield from _batches(columns, rows, 2000)

    return part
