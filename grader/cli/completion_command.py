"""`grader completion`."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from grader.cli.options import Shared

VARIABLE = "_GRADER_COMPLETE"  # click asks for completions with it

_INSTALL = {
    "bash": "grader completion bash > ~/.grader-completion.bash; echo '. ~/.grader-completion.bash' >> ~/.bashrc",
    "zsh": "grader completion zsh > ~/.grader-completion.zsh; echo '. ~/.grader-completion.zsh' >> ~/.zshrc",
    "fish": "mkdir -p ~/.config/fish/completions; grader completion fish > ~/.config/fish/completions/grader.fish",
}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(_INSTALL)))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script that lets a shell complete commands, options, ids and topics.

    A line at its top says how to install it; a new shell has it then. Completing reads folder names only, and is
    quick.

    \b
    Example:
      grader completion bash > ~/.grader-completion.bash; echo '. ~/.grader-completion.bash' >> ~/.bashrc
      grader completion fish > ~/.config/fish/completions/grader.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise AssertionError(f"click knows no {shell}")
    whole = context.find_root().command
    # The base class's `source`: bash's own starts a bash to ask for its version, and this may be for another one.
    script = ShellComplete.source(kind(whole, {"obj": Shared()}, "grader", VARIABLE))
    lines = script.strip().split("\n")
    lines.insert(shell == "zsh", f"# To install: {_INSTALL[shell]}")  # zsh looks for `#compdef` in the first line
    click.echo("\n".join(lines))
