"""What a command raises when it cannot do what was asked."""

from __future__ import annotations


class CommandError(Exception):
    """``args`` are the Texts to print: why, and what to do."""
