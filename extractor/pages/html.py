"""HTML from values: everything that comes from an article is escaped, and its control characters shown."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Sequence
from functools import cache
from importlib import resources

import regex

BIDI = {
    0x061C: "ALM", 0x200E: "LRM", 0x200F: "RLM", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO",
    0x202E: "RLO", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
}  # fmt: skip
"""Characters that turn the direction of what follows: each is boxed in, so that it turns nothing."""


@cache
def _special() -> regex.Pattern[str]:
    return regex.compile(
        "[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff"
        + "".join(map(chr, BIDI))
        + "]"
    )


def _shown(match: regex.Match[str]) -> str:
    """A character that a page would lose or obey, as one character that the page keeps."""
    code = ord(match[0])
    if code in BIDI:
        return f'<bdi class="ctl" data-name="{BIDI[code]}">&#{code};</bdi>'
    if code == 0x0D:
        return "&#13;"  # a bare one would become a line feed
    return f'<span class="ctl" data-name="U+{code:04X}">\ufffd</span>'


def text(value: str) -> str:
    """Text as HTML that shows it and does nothing. As many code points as before stand in the page's text."""
    escaped = html.escape(value, quote=True)
    return _special().sub(_shown, escaped) if _special().search(escaped) else escaped


def attribute(value: str) -> str:
    """Text as an attribute's value, without the characters that a page would obey."""
    return html.escape(_special().sub("\ufffd", value), quote=True)


def both(words: tuple[str, str]) -> str:
    """Vietnamese and English: the page shows the language that its reader chose."""
    vi, en = words
    return (
        html.escape(vi)
        if vi == en
        else f'<span lang="vi">{html.escape(vi)}</span><span lang="en">{html.escape(en)}</span>'
    )


@cache
def asset(name: str) -> str:
    """A file that lies beside this code."""
    return (resources.files("extractor.pages") / name).read_text(encoding="utf-8")


def option(value: str, words: tuple[str, str], chosen: bool = False) -> str:
    """A choice of a list in Vietnamese, which the page's script puts into English: an option holds text alone."""
    told = f'data-vi="{attribute(words[0])}" data-en="{attribute(words[1])}"'
    return (
        f'<option value="{attribute(value)}" {told}{" selected" if chosen else ""}>{text(words[0])}</option>'
    )


LANGUAGES = (
    '<button type="button" class="lang" lang="en" data-to="en">English</button>'
    '<button type="button" class="lang" lang="vi" data-to="vi">Tiếng Việt</button>'
)
"""The buttons that choose the language of a page."""


def csp_hash(content: str) -> str:
    """The source expression that allows this very script or style, and no other."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"


def policy(
    styles: Sequence[str], scripts: Sequence[str], form_action: str = "'none'", more_scripts: str = ""
) -> str:
    """A Content-Security-Policy: nothing but these styles and scripts, no request to anywhere."""
    script = " ".join([*map(csp_hash, scripts), *([more_scripts] if more_scripts else [])]) or "'none'"
    style = " ".join(map(csp_hash, styles)) or "'none'"
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; img-src data:; "
        f"base-uri 'none'; form-action {form_action}"
    )


def page(
    title: str,
    body: str,
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    form_action: str = "'none'",
    more_scripts: str = "",
) -> str:
    """A whole page in one file. `body` is HTML; the policy allows the given styles and scripts alone."""
    csp = policy(styles, scripts, form_action, more_scripts)
    head = "".join(f"<style>{style}</style>\n" for style in styles)
    tail = "".join(f"<script>{script}</script>\n" for script in scripts)
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(csp)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="same-origin">\n<link rel="icon" href="data:,">\n'
        f"<title>{attribute(title)}</title>\n{head}</head>\n<body>\n{body}\n{tail}</body>\n</html>\n"
    )
