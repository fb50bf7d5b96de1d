"""Practice sheets: a selection of questions as HTML, PDF, Markdown or a notebook, and the key apart from it."""
