"""Stories: the copies of one text are one story, whatever the order and the number of runs that brought them."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive import DATABASES, asked, database, load, made, tables, words

from extractor.reconcile import reconcile
from extractor.reconcile.signatures import common as common_share
from extractor.reconcile.signatures import signature, unpack
from extractor.reconcile.stories import Merged, Text, contained, same_story
from extractor.schema.rows import Failed
from extractor.sinks.store import open_store

WIRE = list(words(1, 300))
OTHER = list(words(2, 300))

COPY = " ".join(WIRE)
EDITED = " ".join(w if i % 40 else "mới" for i, w in enumerate(WIRE))
HEADLINE = "Một tiêu đề khác hẳn cho cùng bài\n" + COPY
CUT = " ".join(WIRE[:190])
ANOTHER = " ".join(OTHER)
QUOTING = " ".join(OTHER[:250] + WIRE[:50])


@pytest.fixture(params=DATABASES)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return database(request, request.param, tmp_path)


def text_of(text: str, published: str | None = None) -> Text:
    s = signature(text)
    return Text(s.shingles, unpack(s.text), published)


@pytest.mark.parametrize(
    ("what", "one", "other", "same"),
    [
        ("the same text", COPY, COPY, True),
        ("small edits", COPY, EDITED, True),
        ("another headline", COPY, HEADLINE, True),
        ("a cut end", COPY, CUT, True),
        ("old and new places of tone marks, other spaces", COPY + " hoà thuỷ", COPY.replace(" ", "\u00a0") + " hòa thủy", True),
        ("another text", COPY, ANOTHER, False),
        ("a sixth quoted", COPY, QUOTING, False),
        ("half of each is its own", " ".join(WIRE), " ".join(WIRE[:150] + OTHER[:150]), False),
    ],
)  # fmt: skip
def test_pairs(what: str, one: str, other: str, same: bool) -> None:
    a, b = text_of(one), text_of(other)
    (share,) = common_share(a.signature, [b.signature])
    assert same_story(a, b, share) is same, f"{what}: {share}"


@pytest.mark.parametrize(
    ("first", "second", "common", "same"),
    [
        ("2017-01-01", "2017-01-09", 0.7, True),
        ("2017-01-01", "2017-02-01", 0.7, False),
        ("2017-01-01", "2017-02-01", 0.95, True),
        ("2017-01-01", None, 0.7, True),
        ("2017-01-01", "2017", 0.7, True),
    ],
)
def test_a_report_of_the_same_form_on_another_day_is_no_copy(
    first: str, second: str | None, common: float, same: bool
) -> None:
    one, other = text_of(COPY, first), text_of(COPY, second)
    assert same_story(one, other, common) is same


@pytest.mark.parametrize(
    ("sizes", "common", "same"),
    [
        ((100, 100), 0.45, True),
        ((100, 100), 0.38, False),
        ((100, 250), 0.35, True),
        ((100, 200), 0.38, True),
        ((100, 130), 0.38, False),
        ((100, 400), 0.25, False),
    ],
)
def test_an_edited_copy_has_much_in_common_and_a_cut_one_stands_in_the_other(
    sizes: tuple[int, int], common: float, same: bool
) -> None:
    one, other = (text_of(COPY)._replace(shingles=size) for size in sizes)
    assert same_story(one, other, common) is same


def test_what_stands_in_the_longer_text() -> None:
    assert contained(100, 100, 1.0) == 1.0
    assert contained(50, 100, 0.5) == pytest.approx(1.0)
    assert contained(100, 100, 1 / 3) == pytest.approx(0.5)


def test_short_texts_are_not_compared() -> None:
    assert signature("Một bài rất ngắn.").bands == ()


def test_names_of_joined_stories_do_not_depend_on_the_order() -> None:
    pairs = [("c", "d"), ("a", "b"), ("b", "c"), ("x", "y")]
    for order in (pairs, pairs[::-1], pairs[1:] + pairs[:1]):
        merged = Merged()
        for pair in order:
            merged.join(*pair)
        assert dict(merged.moves()) == {"b": "a", "c": "a", "d": "a", "y": "x"}


ARTICLES = [
    made("e1", COPY, newspaper="Báo A", published="2017-01-02"),
    made("c2", EDITED, newspaper="Báo B", published="2017-01-01"),
    made("d3", CUT, newspaper="Báo B", published="2017-01-03"),
    made("b4", ANOTHER),
    made("a5", HEADLINE),
    made("f6", "Ngắn."),
    made("g7", "Ngắn."),
]
STORIES = {"a5": "a5", "b4": "b4", "c2": "a5", "d3": "a5", "e1": "a5", "f6": "f6", "g7": "g7"}


def stories(target: str) -> dict[str, str]:
    return dict(asked(target, "SELECT id, story_id FROM articles"))


def test_one_run(target: str) -> None:
    load(target, ARTICLES)
    counts = reconcile(target)["stories"]
    assert (counts["articles"], counts["stories"]) == (7, 4)
    assert stories(target) == STORIES
    assert asked(target, "SELECT * FROM stories") == [("a5", 4, 2, "2017-01-01", "2017-01-03")]


def test_runs_one_after_the_other_give_the_same_tables(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    for kind in DATABASES:
        parts = database(request, kind, tmp_path, "parts")
        for part in (ARTICLES[:1], ARTICLES[1:5], ARTICLES[5:]):
            load(parts, part)
            reconcile(parts)
        whole = f"{tmp_path}/whole-{kind}.db"
        load(whole, reversed(ARTICLES))
        reconcile(whole)
        names = ("stories", "bands", "waiting_bands", "signatures")
        assert tables(parts, names) == tables(whole, names)
        assert stories(parts) == stories(whole) == STORIES


def test_a_story_ends_with_the_article_that_held_it_together(target: str) -> None:
    parts = [" ".join(WIRE[i : i + 200]) for i in (0, 60, 120)]
    a, b, c = parts[0], parts[1], parts[2]
    load(target, [made("a", a), made("b", b), made("c", c)])
    reconcile(target)
    assert set(stories(target).values()) == {"a"}
    load(target, [Failed("b", "gone", "read", "it is gone")])
    reconcile(target)
    assert stories(target) == {"a": "a", "c": "c"}
    assert asked(target, "SELECT * FROM stories") == []
    assert asked(target, "SELECT count(*) FROM bands WHERE article_id = 'b'") == [(0,)]


def test_an_article_that_is_extracted_again_stays_in_its_story(target: str) -> None:
    load(target, ARTICLES)
    reconcile(target)
    load(target, ARTICLES, version="2")
    assert stories(target) == STORIES
    reconcile(target)
    assert stories(target) == STORIES


def test_articles_that_come_later_touch_only_the_stories_that_they_join(tmp_path: Path) -> None:
    target = f"{tmp_path}/n.db"
    again = [made("x1", ANOTHER + " một"), made("x2", ANOTHER + " hai")]
    load(target, [*ARTICLES[:2], *again])
    reconcile(target)
    with open_store(target) as store, store.writing() as db:
        db.run("CREATE TABLE touched (what TEXT, story TEXT)")
        for what, row in (("insert", "new"), ("delete", "old"), ("update", "new")):
            db.run(
                f"CREATE TRIGGER of_{what} AFTER {what} ON stories "
                f"BEGIN INSERT INTO touched VALUES ('{what}', {row}.story_id); END"
            )
    for later, touched in (
        ([], []),
        (ARTICLES[5:], []),
        (ARTICLES[2:3], [("delete", "c2"), ("insert", "c2")]),
        (ARTICLES[4:5], [("delete", "c2"), ("insert", "a5")]),
        ([made("w9", " ".join(words(5, 300))), made("v8", " ".join(words(5, 300)) + " hết")], [("insert", "v8")]),
    ):  # fmt: skip
        load(target, later)
        reconcile(target)
        assert asked(target, "SELECT * FROM touched ORDER BY what") == touched
        with open_store(target) as store, store.writing() as db:
            db.run("DELETE FROM touched")
    assert asked(target, "SELECT story_id, articles FROM stories ORDER BY story_id") == [
        ("a5", 4), ("v8", 2), ("x1", 2),
    ]  # fmt: skip


def test_a_story_is_told_anew_when_an_article_of_it_is(target: str) -> None:
    load(target, ARTICLES)
    reconcile(target)
    load(target, [made("d3", CUT, newspaper="Báo C", published="2017-01-05")], version="2")
    reconcile(target)
    assert asked(target, "SELECT * FROM stories") == [("a5", 4, 3, "2017-01-01", "2017-01-05")]
    load(target, [made("d3", CUT)], version="3")
    reconcile(target)
    assert asked(target, "SELECT * FROM stories") == [("a5", 4, 2, "2017-01-01", "2017-01-02")]


def test_a_run_that_was_stopped_is_done_again(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    load(target, ARTICLES)
    with monkeypatch.context() as patch:
        patch.setattr(
            "extractor.reconcile.stories._judge", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            reconcile(target)
    assert len(set(stories(target).values())) == 7
    reconcile(target)
    assert stories(target) == STORIES


def test_signatures_of_another_method_are_made_anew(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    load(target, ARTICLES)
    with monkeypatch.context() as patch:
        patch.setattr("extractor.reconcile.signatures.method", lambda: "an older one")
        reconcile(target)
    reconcile(target)
    assert stories(target) == STORIES
    assert len(asked(target, "SELECT DISTINCT method FROM signatures")) == 1
    assert asked(target, "SELECT count(*), count(DISTINCT band) FROM bands WHERE article_id = 'b4'") == [
        (24, 24)
    ]
