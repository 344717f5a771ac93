"""The entries of the navigation bar."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

ENTRIES = (
    (_("Today"), "reports:today"),
    (_("Documents"), "documents:list"),
    (_("Ledger"), "ledger:list"),
    (_("Units"), "organisations:units"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: label, address, and whether the page shown lies below it."""

    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `navigation`, empty for who is not signed in, and whether this is a demonstration."""
    if getattr(request, "actor", None) is None:
        return {"navigation": []}
    match = request.resolver_match
    here = match.view_name if match else ""
    return {
        "navigation": [
            Entry(str(label), reverse(name), here.split(":")[0] == name.split(":")[0] and not _other(here, name))
            for label, name in ENTRIES
        ]
    }


def _other(here: str, name: str) -> bool:
    """The reports module holds Today and prints; only Today itself is an entry."""
    return name == "reports:today" and here != name
