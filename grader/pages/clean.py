"""Text from strangers, made fit to be shown: nothing hidden, nothing endless, no file name that bites."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

# What can't be seen, or moves other text about: controls (but for tab and newline), soft hyphen, joiners,
# bidi marks, separators, fillers, interlinear marks, tags, and lone surrogates, which UTF-8 can't hold.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILE = re.compile(f"([{_MARKS}]{{4}})([{_MARKS}]+)")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class Cut(NamedTuple):
    """A text that was cut to a length."""

    text: str
    more: int  # characters that are not in it


def _code(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match[0]):04X}⟩"


def visible(text: str) -> str:
    """The text with every invisible or direction-changing character as ⟨U+XXXX⟩.

    Tabs and newlines stay. Of a pile of combining marks, which would paint over its neighbours, four stay.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = _UNSEEN.sub(_code, text)
    return _PILE.sub(lambda m: f"{m[1]}⟨+{len(m[2])} U+{ord(m[2][0]):04X}⟩", shown)


def visible_line(text: str) -> str:
    """The same for what belongs on one line, such as a name: tabs and newlines are shown too."""
    return re.sub("[\t\n]", _code, visible(text))


def one_newline(text: str) -> str:
    """The text with one kind of line end, as Python itself reads source files."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def well_formed(text: str) -> str:
    """The text with lone surrogates, which no JSON reader has to accept, as ⟨U+XXXX⟩."""
    return _SURROGATE.sub(_code, text)


def cut(text: str, limit: int) -> Cut:
    """The first `limit` characters."""
    return Cut(text[:limit], max(0, len(text) - limit))


def cut_start(text: str, limit: int) -> Cut:
    """The last `limit` characters."""
    return Cut(text[-limit:], max(0, len(text) - limit))


def short(text: str, limit: int) -> str:
    """A text for one line, visible; a longer one ends in an ellipsis."""
    return visible_line(text if len(text) <= limit else text[: limit - 1] + "…")


def page_name(candidate: str) -> str:
    """The file name of a candidate's page: safe on every system, the same in every run.

    The 64 bits of hash keep names apart that look alike, and nobody can aim a name at another one's page.
    """
    plain = unicodedata.normalize("NFKD", candidate[:200]).encode("ascii", "ignore").decode().lower()
    slug = _NOT_SLUG.sub("-", plain).strip("-")[:40].strip("-") or "candidate"
    digest = hashlib.sha256(candidate.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{slug}-{digest}.html"
