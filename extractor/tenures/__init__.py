"""Tenures: who held which office of which body, from first to last mention, before whom and after whom.

Statements of people in offices are read as `offices` and `bodies` in one form (words in `rules/lexicon/tenures.toml`), statements of one name are
put together by seat (`reading`, `people`), seats of one name are told apart or joined (`identity`), and the holders of
one office are put in order (`holders`). All are pure functions; each rule has a name, which the results tell.
"""

from extractor.tenures.holders import neighbours
from extractor.tenures.model import Holder, Mention, Neighbours, Statement, Tenure
from extractor.tenures.people import tenures

__all__ = ["Holder", "Mention", "Neighbours", "Statement", "Tenure", "neighbours", "tenures"]
