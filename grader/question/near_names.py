"""The nearest right word to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like `word`, or None where none comes near."""
    from difflib import get_close_matches  # takes 10 ms to import, and only errors need it

    choices = {choice.lower(): choice for choice in known}
    found = get_close_matches(word.lower(), list(choices), n=1, cutoff=0.6)
    return choices[found[0]] if found else None


def suggestion(word: str, known: Iterable[str], kind: str = "known") -> str:
    """What to add to a sentence about a wrong word: the nearest right one, or else all of a few."""
    choices = list(known)
    best = nearest(word, choices)
    if best is not None:
        return f"; did you mean '{best}'?"
    if not choices:
        return ""
    if len(choices) > 20:
        return f"; there are {len(choices)} to choose from"
    return f"; {kind}: {', '.join(choices)}"
