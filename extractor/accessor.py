"""`df.trichtin`: extraction as a method of pandas data frames, there once this module is imported.

>>> import extractor.accessor
>>> df.trichtin.extract(text="content").figures
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from extractor.frames import Frames, extract_frame


@pd.api.extensions.register_dataframe_accessor("trichtin")
class Accessor:
    """What a data frame of articles can do."""

    def __init__(self, df: pd.DataFrame) -> None:
        """Called by pandas."""
        self._df = df

    def extract(self, text: str = "content", **columns: Any) -> Frames:
        """The articles and records of the frame, as `extractor.extract_frame` gives them."""
        return extract_frame(self._df, text, **columns)
