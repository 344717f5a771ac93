"""How links are computed: pure functions over plain values."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one spelling of a JSON value: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(salt: str, body: Mapping[str, Any]) -> str:
    """Salted SHA-256 of a payload, hexadecimal."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical(body)).hexdigest()


def hash_of(header: Mapping[str, Any]) -> str:
    """SHA-256 of a header, hexadecimal; the header carries the previous hash and the payload's digest."""
    return hashlib.sha256(canonical(header)).hexdigest()


def moment_text(moment: datetime) -> str:
    """A moment as the header spells it: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
