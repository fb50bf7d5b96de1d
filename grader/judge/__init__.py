"""Compares observations. Executes no code of a question or a candidate; it only looks at data."""
