"""Tokens that stand for a state of some rows."""

from uuid import uuid4


def fresh_token() -> str:
    """A token no state had before, not even one that was rolled back: 32 hexadecimal digits."""
    return uuid4().hex
