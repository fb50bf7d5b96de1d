"""TeX's commands and what they stand for. Each symbol stands here once, and every writer goes by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SymbolKind = Literal[
    "letter", "upright", "ordinary", "dots", "binary", "relation", "punctuation",
    "opening", "closing", "fence", "big", "integral",
]  # fmt: skip


@dataclass(frozen=True)
class Symbol:
    """A character, and how much room it asks for."""

    character: str
    kind: SymbolKind
    plainer: str  # the character that reads best in a terminal's font


_TABLE: dict[SymbolKind, list[str]] = {
    # A row is the character, where there is one with a plainer character right behind it, and then the names.
    # Without a name it is written as itself.
    "letter": [  # set in italics
        "α alpha", "β beta", "γ gamma", "δ delta", "ϵε epsilon", "ε varepsilon", "ζ zeta", "η eta", "θ theta",
        "ϑ vartheta", "ι iota", "κ kappa", "λ lambda", "μ mu", "ν nu", "ξ xi", "π pi", "ρ rho", "σ sigma", "τ tau",
        "υ upsilon", "ϕφ phi", "φ varphi", "χ chi", "ψ psi", "ω omega",
    ],
    "upright": [
        "Γ Gamma", "Δ Delta", "Θ Theta", "Λ Lambda", "Ξ Xi", "Π Pi", "Σ Sigma", "Υ Upsilon", "Φ Phi", "Ψ Psi",
        "Ω Omega", "ℓ ell", "∞ infty", "∂ partial", "∇ nabla", "∅ emptyset varnothing", "⊤ top", "⊥ bot", "′ prime",
        "ℏ hbar", "ℜ Re", "ℑ Im", "ℵ aleph",
    ],
    "ordinary": ["∀ forall", "∃ exists", "¬ neg lnot"],
    "dots": ["… ldots dots", "⋯ cdots", "⋮ vdots", "⋱ ddots"],
    "binary": [
        "+", "−- -", "∗* * ast", "⋅· cdot", "× times", "÷ div", "± pm", "∓ mp", "⊙ odot", "⊕ oplus", "⊖ ominus",
        "⊗ otimes", "∘ circ", "⋆ star", "∙ bullet", "∪ cup", "∩ cap", "∖ setminus", "∧ land wedge", "∨ lor vee",
    ],
    "relation": [
        "=", "<", ">", "≤ le leq", "≥ ge geq", "≠ ne neq", "≈ approx", "∼ sim", "≃ simeq", "≅ cong", "≡ equiv",
        "∝ propto", "≪ ll", "≫ gg", "∈ in", "∉ notin", "∋ ni", "⊂ subset", "⊆ subseteq", "⊃ supset", "⊇ supseteq",
        "→ to rightarrow", "⟶→ longrightarrow", "← leftarrow gets", "↔ leftrightarrow", "↦ mapsto", "⇒ Rightarrow",
        "⟹⇒ implies", "⇐ Leftarrow", "⇔ Leftrightarrow", "⟺⇔ iff", "∣| mid", "∥ parallel", "⟂ perp",
    ],
    "punctuation": [",", ";", ": colon"],
    "opening": ["(", "[", r"{ \{ lbrace", "⟨ langle", "⌊ lfloor", "⌈ lceil", "| lvert", "‖ lVert"],
    "closing": [")", "]", r"} \} rbrace", "⟩ rangle", "⌋ rfloor", "⌉ rceil", "| rvert", "‖ rVert"],
    "fence": ["| | vert", r"‖ \| Vert", "/"],  # opens or closes, as the author means it
    "big": ["∑ sum", "∏ prod", "∐ coprod", "⋃ bigcup", "⋂ bigcap", "⨁ bigoplus"],  # limits stand below and above
    "integral": ["∫ int", "∬ iint", "∮ oint"],
}  # fmt: skip


def _by_token() -> dict[str, Symbol]:
    found = {}
    for kind, rows in _TABLE.items():
        for row in rows:
            characters, *names = row.split()
            symbol = Symbol(characters[0], kind, characters[-1])
            for name in names or [characters]:
                found[f"\\{name}" if name.isalpha() else name] = symbol
    return found


SYMBOLS = _by_token()  # by what is written in TeX, such as \le or +
DELIMITERS = {token: symbol for token, symbol in SYMBOLS.items() if symbol.kind in ("opening", "closing", "fence")} | {
    "<": SYMBOLS["\\langle"],
    ">": SYMBOLS["\\rangle"],
    ".": Symbol("", "fence", ""),
}  # what may stand behind \left and \big

PLAIN_NAMES = (
    "arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh".split()
)
NAMES_WITH_LIMITS = "det gcd inf lim max min Pr sup argmax argmin".split()
SPACES = {  # in em
    ",": 3 / 18, ":": 4 / 18, ">": 4 / 18, ";": 5 / 18, "!": -3 / 18, " ": 0.25, "quad": 1.0, "qquad": 2.0,
}  # fmt: skip
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
}  # fmt: skip
SIZES = {
    f"{name}{side}": size
    for name, size in (("big", 1.2), ("Big", 1.8), ("bigg", 2.4), ("Bigg", 3.0))
    for side in ("", "l", "r", "m")
}  # in em
ALPHABETS = {  # how Unicode names their letters
    "mathbb": "DOUBLE-STRUCK", "mathcal": "SCRIPT", "mathscr": "SCRIPT", "mathfrak": "FRAKTUR",
    "mathbf": "BOLD", "boldsymbol": "BOLD ITALIC", "bm": "BOLD ITALIC",
}  # fmt: skip
WORDS = "text textrm textit textbf texttt textsf mathrm mathit mathsf mathtt mbox".split()
IGNORED = "displaystyle textstyle limits nolimits".split()
ESCAPED = "{}_%$#&"  # \{ is the character itself
