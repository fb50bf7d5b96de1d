"""Lets `python -m grader` do what the command `grader` does."""

from grader.cli import main

if __name__ == "__main__":
    main(prog_name="grader")
