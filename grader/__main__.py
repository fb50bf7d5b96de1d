"""Lets `python -m grader` do what the command `grader` does."""

import sys


def run() -> None:
    """The command line; Ctrl-C while it is still being imported is no traceback either."""
    try:
        from grader.cli import main
    except KeyboardInterrupt:
        print("grader: interrupted", file=sys.stderr)
        sys.exit(130)
    main(prog_name="grader")


if __name__ == "__main__":
    run()
