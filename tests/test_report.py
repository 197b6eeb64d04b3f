"""The report of a database: its rows, and its page in Chromium."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from browser import Browser, browser  # noqa: F401
from click.testing import CliRunner
from newsroom import newsroom  # noqa: F401
from told import HOSTILE, told  # noqa: F401

from extractor.pages.findings import Findings, findings, middle
from extractor.pages.report import report
from extractor.pages.store import open_database


@pytest.fixture(scope="module")
def found(newsroom: str) -> Findings:  # noqa: F811
    return findings(open_database(newsroom))


@pytest.fixture(scope="module")
def page(newsroom: str, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report(open_database(newsroom)), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2016", date(2016, 7, 1)),
        ("2016-05", date(2016, 5, 16)),
        ("2016-Q4", date(2016, 11, 15)),
        ("2016-H2", date(2016, 9, 30)),
        ("2016-9M", date(2016, 5, 16)),
        ("2016-12-31", date(2016, 12, 31)),
        ("2016/2020", date(2018, 7, 2)),
        ("2016-13", None),
        ("2016-02-30", None),
        ("sometime", None),
    ],
)
def test_middle_of_a_period(period: str, expected: date | None) -> None:
    assert middle(period) == expected


def test_facts_have_place_time_and_sentence(found: Findings) -> None:
    revenue = [
        f for f in found.facts if "thu ngân sách" in f["what"] and f["mode"] == "level" and "VND" in f["what"]
    ]
    values = {(f["place"], f["year"], f["status"]): f["value"] for f in revenue}
    assert values["tỉnh Quảng Ninh", "2016", "actual"] == 4_650_000_000_000
    assert values["tỉnh Quảng Ninh", "2018", "planned"] == 5_200_000_000_000
    for fact in revenue:
        _, quote, _, article = found.sentences[fact["r"][0]]
        assert quote == fact["quote"]
        assert found.articles[article][0]


def test_sentences_are_the_articles_own(found: Findings) -> None:
    assert all(len(before) + len(quote) + len(after) <= 1200 for before, quote, after, _ in found.sentences)
    assert found.rows["people"][0]["name"] == "Trần Văn Bình"
    assert {r["label"] for r in found.rows["map"]} >= {"tỉnh Quảng Ninh", "huyện Gò Công Tây, Tiền Giang"}
    assert sum(r["n"] for r in found.rows["by-month"]) == 10


def test_page_allows_no_request_and_no_eval(page: Path) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page.read_text(encoding="utf-8"))
    assert policy
    assert "unsafe" not in policy[1]
    assert "default-src &#x27;none&#x27;" in policy[1]


def test_command_tells_what_is_wrong(tmp_path: Path) -> None:
    from extractor.commands.report import command

    result = CliRunner().invoke(command, [str(tmp_path / "no.db")])
    assert result.exit_code == 1
    assert "trichtin bulk" in result.output


def settle(browser: Browser, css: str) -> None:  # noqa: F811
    """Wait until a chart is drawn."""
    for _ in range(100):
        if browser.all(css):
            return
        time.sleep(0.1)
    raise AssertionError(f"{css} was not drawn")


def test_charts_lead_to_their_sentences(browser: Browser, page: Path) -> None:  # noqa: F811
    browser.open(f"file://{page}")
    for name in ("by-month", "by-kind", "over-time", "compared", "map", "people"):
        settle(browser, f"#{name} .chart svg")
    what = browser.all("#what option")
    next(o for o in what if "thu ngân sách" in o.text and "VND" in o.text).click()
    settle(browser, "#planned .chart svg")
    time.sleep(0.3)
    browser.one("#year option[value='2016']").click()
    time.sleep(0.5)
    bar = browser.one("#compared .mark-rect path")
    browser.click(bar)
    assert "4650 tỷ đồng" in browser.one("#sources mark").text
    assert "Tỉnh Quảng Ninh tổng kết năm 2016" in browser.one("#sources").text
    assert browser.one("#sources a").get_attribute("href") == "https://bao.example/2017/01/06/tin-2.html"
    browser.one("#close").click()
    assert not browser.one("#panel").is_displayed()
    browser.assert_quiet()


def test_filters_and_tables_work_by_keyboard(browser: Browser, page: Path) -> None:  # noqa: F811
    from selenium.webdriver.common.keys import Keys

    browser.open(f"file://{page}")
    settle(browser, "#people .chart svg")
    browser.one("#person").send_keys("Phạm Văn Sâm")
    time.sleep(0.3)
    fold = browser.one("#people summary")
    fold.send_keys(Keys.ENTER)
    time.sleep(0.3)
    assert [c.text for c in browser.all("#people td")][:1] == ["Phạm Văn Sâm"]
    browser.one("#people td button").send_keys(Keys.ENTER)
    assert "Huyện ủy Bác Ái" in browser.one("#sources").text
    browser.press(Keys.ESCAPE)
    assert not browser.one("#panel").is_displayed()
    places = browser.all("#chosen input")
    drawn = len(browser.all("#over-time .mark-symbol path"))
    browser.click(places[0])
    time.sleep(0.5)
    assert len(browser.all("#over-time .mark-symbol path")) < drawn
    browser.assert_quiet()


def test_charts_and_lists_speak_english_too(browser: Browser, page: Path) -> None:  # noqa: F811
    browser.open(f"file://{page}")
    settle(browser, "#by-kind .chart svg")
    assert "Số tiền" in browser.one("#by-kind .chart").text
    browser.click(browser.one("button.lang[lang=en]"))
    for _ in range(50):
        if "Money" in browser.one("#by-kind .chart").text:
            break
        time.sleep(0.1)
    assert "Số tiền" not in browser.one("#by-kind .chart").text
    assert [o.text for o in browser.all("#mode option")] == ["level", "change"]
    assert browser.one("#grain option").text == "all periods"
    browser.open(f"file://{page}")  # the choice is kept
    assert browser.one("#mode option").text == "level"
    browser.click(browser.one("button.lang[lang=vi]"))
    assert browser.one("#mode option").text == "mức"
    browser.assert_quiet()


def test_hostile_article_is_text(browser: Browser, page: Path) -> None:  # noqa: F811
    browser.open(f"file://{page}")
    settle(browser, "#map .chart svg")
    browser.click(browser.one("#map summary"))
    time.sleep(0.3)
    row = next(r for r in browser.all("#map tr") if "Gò Công Tây" in r.text)
    browser.click(row.find_element("css selector", "button"))
    assert "<script>window.hit=1</script>" in browser.one("#sources").text
    assert browser.driver.execute_script("return window.hit") is None
    browser.assert_quiet()


def test_values_of_several_sources_lead_to_their_sentences(
    browser: Browser,  # noqa: F811
    told: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = tmp_path / "told.html"
    path.write_text(report(open_database(told)), encoding="utf-8")
    browser.open(f"file://{path}")
    settle(browser, "#people .chart svg")
    values = browser.all("#claims button")
    assert [v.text for v in values] == ["2.150.000.000.000 VND (1)", "2.340.000.000.000 VND (1)"]
    browser.click(values[1])
    assert "2.340 tỷ đồng" in browser.one("#sources mark").text
    assert HOSTILE in browser.one("#sources").text
    browser.press("\ue00c")
    shown = len([r for r in browser.all("#tenures tbody tr") if r.is_displayed()])
    assert shown == 5
    next(o for o in browser.all("#of-unit option") if o.text.startswith("huyện Bác Ái")).click()
    assert len([r for r in browser.all("#tenures tbody tr") if r.is_displayed()]) == 1
    assert browser.driver.execute_script("return window.hit") is None
    browser.assert_quiet()


def test_report_of_a_database_that_is_not_reconciled_has_no_such_part(page: Path) -> None:
    assert 'id="sources-of"' not in page.read_text(encoding="utf-8")
