"""Who may be entered with one click on the sign-in page of the demonstration."""

from luoshi.config.demo.stories import load_township
from luoshi.organisations.enums import Role


def people_to_try() -> list[dict[str, str]]:
    """One person for each role, as `username`, `name` and `role` (what he or she is, in words)."""
    told = load_township()
    rows = {row[0]: row for group in told["people"] for row in group["list"]}
    return [_shown(rows[username]) for username in told["try"]["people"]]


def _shown(row: list[str]) -> dict[str, str]:
    username, name, place, title, role = row
    return {"username": username, "name": name, "role": f"{Role(role).label} · {place} {title}"}
