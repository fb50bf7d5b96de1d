"""The question format: its types, and how a file becomes one of them."""
