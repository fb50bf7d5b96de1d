"""Proving a question: its solutions get the verdicts that their folders promise."""
