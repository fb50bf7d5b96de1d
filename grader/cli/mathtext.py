"""TeX maths as Unicode, for terminals: `$\\frac{q k^\\top}{\\sqrt{D}}$` becomes `q kᵀ/√D`.

A terminal can't typeset, so this covers what prompts use: fractions, roots, scripts, Greek letters, accents
and common symbols. An unknown command is shown by its name.
"""

from __future__ import annotations

import re
import unicodedata

MAX_DEPTH = 60  # of nesting; below what Python's stack can hold, above any formula

_CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]+`)", re.DOTALL)
_BLOCK = re.compile(r"\n*\$\$(.+?)\$\$\n*", re.DOTALL)
_INLINE = re.compile(r"(?<![\\$])\$(?![\s$])((?:(?!\n\s*\n)[^$])+?)(?<![\s\\])\$(?!\d)")
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~]")
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
}  # fmt: skip
_SYMBOLS = _GREEK | {
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "odot": "⊙", "oplus": "⊕",
    "otimes": "⊗", "circ": "∘", "ast": "∗", "star": "⋆", "sum": "∑", "prod": "∏", "int": "∫",
    "partial": "∂", "nabla": "∇", "infty": "∞", "top": "⊤", "bot": "⊥", "le": "≤", "leq": "≤", "ge": "≥",
    "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "∼", "equiv": "≡", "propto": "∝", "ll": "≪",
    "gg": "≫", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩",
    "emptyset": "∅", "forall": "∀", "exists": "∃", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "gets": "←", "mapsto": "↦", "Rightarrow": "⇒", "Leftrightarrow": "⇔", "iff": "⇔", "land": "∧",
    "lor": "∨", "neg": "¬", "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "mid": "|", "vert": "|",
    "Vert": "‖", "lVert": "‖", "rVert": "‖", "lvert": "|", "rvert": "|", "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "prime": "′", "quad": "  ", "qquad": "    ",
    "left": "", "right": "", "big": "", "Big": "", "bigl": "", "bigr": "", "Bigl": "", "Bigr": "",
    "displaystyle": "", "limits": "", "colon": ":",
}  # fmt: skip
_PREFIXES = ("partial", "nabla", "neg", "pm", "mp")  # stand close to what follows
_ESCAPES = {",": " ", ";": " ", ":": " ", "!": "", " ": " ", "\\": "; ", "|": "‖"}
_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
}  # fmt: skip
_FONTS = (
    "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "boldsymbol", "bm", "text", "textbf",
    "textit", "textrm", "texttt", "operatorname", "operatorname*",
)  # fmt: skip
_DOUBLE = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "E": "𝔼", "P": "ℙ", "C": "ℂ", "Q": "ℚ", "1": "𝟙"}
_RAISED = dict(
    zip(
        "0123456789+-=()niTabcdefghjklmoprstuvwxyz⊤′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ′",
        strict=True,
    )
)
_LOWERED = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_SIMPLE = re.compile(r"[^\s+\-=·×/,<>≤≥≈→()]*|\w*\([^()]*\)")  # needs no parentheses round it


def readable(markdown: str, *, escaped: bool = False) -> str:
    """Markdown with its maths as Unicode; what stands in code is left alone.

    With `escaped`, stars and underscores of formulas are kept from being read as Markdown, and a formula on
    lines of its own is quoted; otherwise it is indented.
    """
    pieces = _CODE.split(markdown)
    for index in range(0, len(pieces), 2):  # the odd ones are code
        piece = _BLOCK.sub(lambda found: _block(from_tex(found[1]), escaped), pieces[index])
        pieces[index] = _INLINE.sub(lambda found: _inline(from_tex(found[1]), escaped), piece)
    return "".join(pieces)


def _block(formula: str, escaped: bool) -> str:
    return f"\n\n> {_inline(formula, escaped)}\n\n" if escaped else f"\n\n    {formula}\n\n"


def _inline(formula: str, escaped: bool) -> str:
    return _MARKUP.sub(r"\\\g<0>", formula) if escaped else formula


def from_tex(tex: str) -> str:
    """One formula as Unicode, on one line."""
    text = _Reader(tex).until_end()
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text).strip())


class _Reader:
    """Reads a formula from left to right. Never fails: what it does not know it copies."""

    def __init__(self, tex: str) -> None:
        self.tokens = _TOKEN.findall(tex)[::-1]  # the next one is last
        self.depth = 0

    def until_end(self, closing: str | None = None) -> str:
        made = ""
        while self.tokens:
            if self.tokens[-1] == closing:
                self.tokens.pop()
                break
            made += self._next()
        return made

    def _next(self) -> str:
        if self.depth > MAX_DEPTH:
            self.tokens.clear()
            return "…"
        self.depth += 1
        token = self.tokens.pop()
        if token == "{":
            made = self.until_end("}")
        elif token in "^_":
            made = _script(self._argument(), raised=token == "^")
        elif token.startswith("\\") and len(token) > 1:
            made = self._command(token[1:])
        else:
            made = {"}": "", "&": " ", "~": " ", "'": "′"}.get(token, token)
        self.depth -= 1
        return made

    def _argument(self) -> str:
        """The next group or symbol."""
        self._skip_spaces()
        return self._next() if self.tokens else ""

    def _skip_spaces(self) -> None:
        while self.tokens and self.tokens[-1].isspace():
            self.tokens.pop()

    def _command(self, name: str) -> str:
        if name in ("frac", "dfrac", "tfrac"):
            return f"{_grouped(self._argument())}/{_grouped(self._argument())}"
        if name == "sqrt":
            return self._root()
        if name in _ACCENTS:
            return _accented(self._argument(), _ACCENTS[name])
        if name in _FONTS:
            return self._argument()
        if name == "mathbb":
            letters = self._argument()
            return "".join(_DOUBLE.get(letter, letter) for letter in letters)
        if name in ("begin", "end"):
            self._argument()
            return " "
        if name in _PREFIXES:
            self._skip_spaces()
        if not name[0].isalpha():
            return _ESCAPES.get(name, name)
        return _SYMBOLS.get(name, self._word(name))

    def _root(self) -> str:
        index = ""
        if self.tokens and self.tokens[-1] == "[":
            self.tokens.pop()
            index = _script(self.until_end("]"), raised=True).removeprefix("^")
        return f"{index}√{_grouped(self._argument())}"

    def _word(self, name: str) -> str:
        """A function's name, such as log: apart from a letter that follows."""
        follows = self.tokens[-1] if self.tokens else ""
        return f"{name} " if follows[:1].isalpha() or follows.startswith("\\") else name


def _accented(text: str, accent: str) -> str:
    """The accent over every letter; an accent takes none, or nesting would double the text each time."""
    return "".join(letter if unicodedata.combining(letter) else letter + accent for letter in text)


def _script(text: str, *, raised: bool) -> str:
    table = _RAISED if raised else _LOWERED
    compact = text.replace(" ", "")
    if compact and all(letter in table for letter in compact):
        return "".join(table[letter] for letter in compact)
    return f"{'^' if raised else '_'}{_grouped(text)}"


def _grouped(text: str) -> str:
    """In parentheses where it would fall apart without."""
    text = text.strip()
    return text if _SIMPLE.fullmatch(text) else f"({text})"
