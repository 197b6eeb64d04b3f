"""Parquet: a row is an article. Read page by page, so that a large row group does not fill the memory."""

from __future__ import annotations

from typing import BinaryIO

from extractor.readers import rows
from extractor.readers.item import Options, Reading, Unreadable
from extractor.readers.streams import seekable

BATCH = 64


def read(stream: BinaryIO, source: str, options: Options) -> Reading:
    """The articles of the rows, numbered from 1. A file that is no Parquet is told once."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        file = pq.ParquetFile(
            pa.PythonFile(seekable(stream), mode="r"), buffer_size=1 << 18, pre_buffer=False
        )
        columns = rows.choose(options.columns, file.schema_arrow.names)
        used = [
            c
            for c in (columns.text, columns.id, columns.url, columns.date, columns.title, columns.newspaper)
            if c
        ]
        for batch in file.iter_batches(batch_size=BATCH, columns=used, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield rows.item(row, columns, f"{source}#{number}", options)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as e:
        where = f" behind row {number}" if number else ""
        yield Unreadable(source, f"not readable as Parquet{where}: {str(e).splitlines()[0]}")
