"""The page of an article: what it shows, that it is inert, and how it is used, in Chromium."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from browser import Browser, browser  # noqa: F401
from click.testing import CliRunner
from msgspec.structs import replace as with_fields

from extractor import extract
from extractor.pages.html import text
from extractor.pages.marks import marked
from extractor.pages.view import view

SEED = Path(__file__).parent.parent / "seeds" / "bac-ai-go-cong-tay-giam-ngheo.txt"

HOSTILE = """Kế hoạch <script>window.hit=1</script> của huyện Gò Công Tây, tỉnh Tiền Giang

<img src=x onerror="window.hit=2"> Huyện chi 3,7 tỷ đồng </script><script>window.hit=3</script> cho 136 hộ nghèo. \
&lt;b&gt; \u202engược\u202c ]]> <!-- {{7*7}} \x00\r\nÔng "><svg onload=window.hit=5> nhận \u2067 5,5 tỷ đồng.
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    seed = extract(SEED.read_text(encoding="utf-8"), SEED.name)
    (folder / "seed.html").write_text(view([seed]), encoding="utf-8", newline="")
    (folder / "hostile.html").write_text(
        view([extract(HOSTILE, "<b>a.txt</b>"), seed]), encoding="utf-8", newline=""
    )
    first = next(r for r in seed.records if r.kind == "money")
    failed = with_fields(first, checks={**first.checks, "value": "fail"}, verified=False)
    wrong = replace(seed, records=tuple(failed if r is first else r for r in seed.records))
    (folder / "failed.html").write_text(view([wrong]), encoding="utf-8", newline="")
    return folder


def test_marks_nest_and_are_cut_where_they_cross() -> None:
    one = extract("Hỗ trợ 3,7 tỷ đồng cho 136 hộ nghèo.").records
    crossing = [
        with_fields(one[0], record_id="a", start=0, end=6),
        with_fields(one[0], record_id="b", start=3, end=9),
        with_fields(one[0], record_id="c", start=4, end=5),
    ]
    html = marked("0123456789", crossing)
    assert re.sub(r"<[^>]*>", "", html) == "0123456789"
    assert re.findall(r'data-r="(.)"|(</mark>)', html) == [
        ("a", ""), ("b", ""), ("c", ""), ("", "</mark>"), ("", "</mark>"), ("", "</mark>"), ("b", ""), ("", "</mark>"),
    ]  # fmt: skip
    assert html.count("tabindex") == 3


def test_every_character_stays_one_character() -> None:
    shown = re.sub(r"<[^>]*>", "", text("a\x00b\u202ec\r\n"))
    assert shown == "a\ufffdb&#8238;c&#13;\n"


def test_page_allows_no_request_and_no_foreign_script(pages: Path) -> None:
    page = (pages / "hostile.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "default-src &#x27;none&#x27;" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(
        r"""(?:src|href)=["'](?!data:,)[^#]""", re.sub(r"(?s)<script>.*?</script>", "", page)
    )


def test_command_writes_a_page_and_tells_what_is_wrong(tmp_path: Path) -> None:
    from extractor.commands.view import command

    out = tmp_path / "page.html"
    assert CliRunner().invoke(command, [str(SEED), "-o", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert CliRunner().invoke(command, [str(SEED)]).output.startswith("<!doctype html>")
    missing = CliRunner().invoke(command, [str(tmp_path / "no.txt"), "-o", str(out)])
    assert missing.exit_code == 1
    assert "no such file" in missing.output
    nowhere = CliRunner().invoke(command, [str(SEED), "-o", str(tmp_path / "no" / "page.html")])
    assert "choose another place" in nowhere.output


def test_notebook_shows_the_page_in_a_frame() -> None:
    html = extract(HOSTILE)._repr_html_()
    assert html.startswith('<iframe sandbox="allow-scripts" srcdoc="&lt;!doctype html&gt;')
    assert "<script" not in html


def test_page_shows_the_records_of_the_seed(browser: Browser, pages: Path) -> None:  # noqa: F811
    article = SEED.read_text(encoding="utf-8")
    records = extract(article, SEED.name).records
    browser.open(f"file://{pages}/seed.html")
    shown = browser.driver.execute_script(
        "return [...document.querySelectorAll('.entry')].map(e => [e.dataset.kind, +e.dataset.start, +e.dataset.end,"
        " [...document.querySelectorAll(`mark[data-r='${e.id.slice(2)}']`)].map(m => m.textContent).join('')])"
    )
    assert shown == [[r.kind, r.start, r.end, r.text] for r in records]
    assert browser.driver.execute_script("return document.querySelector('.text').textContent") == article
    browser.assert_quiet()


def test_mouse_chooses_a_record_and_draws_its_links(browser: Browser, pages: Path) -> None:  # noqa: F811
    browser.open(f"file://{pages}/seed.html")
    mark = next(m for m in browser.all("mark.k-percent") if m.text == "79,78%")
    mark.click()
    entry = browser.one(".entry[open]")
    assert entry.find_element("css selector", ".words").text == "79,78%"
    assert "percent.number" in entry.text
    assert "dự toán giao" in entry.text
    drawn = {g.get_attribute("data-link") for g in browser.all(".links g")}
    assert drawn == {"indicator", "place", "period", "basis"}
    browser.one("button.lang[lang=en]").click()
    assert "Compared with" in browser.one(".entry[open]").text
    assert "Compared with" in browser.one(".links").text
    # an overlap: the inner record first, then the one around it
    browser.driver.execute_script("document.querySelector('.paper').scrollTo(0, 0)")
    inner = browser.one("mark.k-official mark.k-place")
    inner.click()
    assert browser.one(".entry[open]").get_attribute("data-kind") == "place"
    inner.click()
    assert browser.one(".entry[open]").get_attribute("data-kind") == "official"
    browser.assert_quiet()


def test_keyboard_chooses_a_record(browser: Browser, pages: Path) -> None:  # noqa: F811
    from selenium.webdriver.common.keys import Keys

    browser.open(f"file://{pages}/seed.html")
    browser.press("j", "j")
    assert browser.one(".entry[open] .words").text == browser.all(".entry .words")[1].text
    browser.press(Keys.ARROW_DOWN, Keys.ENTER)
    assert browser.one(".entry[open] .words").text == browser.all(".entry .words")[2].text
    browser.press(Keys.ESCAPE)
    assert not browser.all(".entry[open]")
    browser.driver.execute_script("document.querySelector('.text').focus()")
    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ENTER)
    assert len(browser.all(".entry[open]")) == 1
    assert len(browser.all("mark.chosen")) == 1
    browser.assert_quiet()


def test_filters_hide_entries_and_marks(browser: Browser, pages: Path) -> None:  # noqa: F811
    browser.open(f"file://{pages}/seed.html")
    browser.one("input[data-kind=place]").click()
    assert not [e for e in browser.all(".entry[data-kind=place]") if e.is_displayed()]
    assert {m.get_attribute("class") for m in browser.all("mark.k-place")} == {"k-place off"}
    browser.one(".find input").send_keys("kinh phí")
    assert [e.text for e in browser.all(".entry .words") if e.is_displayed()] == [
        "3,7 tỷ đồng",
        "1,6 tỷ đồng",
    ]
    browser.assert_quiet()


def test_failed_checks_stand_out(browser: Browser, pages: Path) -> None:  # noqa: F811
    browser.open(f"file://{pages}/failed.html")
    assert "1" in browser.one(".warning").text
    assert browser.one("mark.bad").value_of_css_property("outline-style") == "dashed"
    browser.one("input[data-failed]").click()
    assert [e.text for e in browser.all(".entry .words") if e.is_displayed()] == [
        browser.one("mark.bad").text
    ]


def test_hostile_article_is_text(browser: Browser, pages: Path) -> None:  # noqa: F811
    browser.open(f"file://{pages}/hostile.html")
    assert browser.driver.execute_script("return window.hit") is None
    shown = browser.driver.execute_script("return document.querySelector('.text').textContent")
    assert shown == HOSTILE.replace("\x00", "\ufffd")
    for mark, record in zip(
        browser.all(".article:not([hidden]) mark"), extract(HOSTILE).records, strict=True
    ):
        assert mark.get_attribute("textContent") == record.text
    browser.press("j", "j", "j", "j")
    marks = browser.driver.execute_script("return document.querySelector('mark.chosen').textContent")
    assert marks in HOSTILE
    browser.driver.execute_script(
        "const c = document.getElementById('choice'); c.selectedIndex = 1; c.dispatchEvent(new Event('change'))"
    )
    assert len([a for a in browser.all(".article") if a.is_displayed()]) == 1
    browser.assert_quiet()


def test_phone_keeps_article_and_record_in_sight(browser: Browser, pages: Path) -> None:  # noqa: F811
    browser.resize(390, 800)
    try:
        browser.open(f"file://{pages}/seed.html")
        assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.press("j")
        entry, text_ = browser.one(".entry[open]"), browser.one("mark.chosen")
        assert entry.is_displayed()
        assert text_.rect["y"] < entry.rect["y"]
    finally:
        browser.resize(1280, 900)
