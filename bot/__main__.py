"""The composition root: `naastbot`, or `python -m bot`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, and leave with its exit code."""
    from bot.cli import main as command_line

    sys.exit(command_line())


if __name__ == "__main__":
    main()
