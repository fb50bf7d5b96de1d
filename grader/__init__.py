"""A bank of PyTorch interview questions and a grader whose verdict can be trusted."""

__version__ = "0.1.0"
