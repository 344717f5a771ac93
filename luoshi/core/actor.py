"""Who acts: a person of one tenant with dated grants and posts, as plain data without a table."""

from collections.abc import Collection
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GrantHeld:
    """A role on a unit; it holds for every unit whose path begins with `path`."""

    role: str
    unit_id: int
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person as every service and query sees him or her."""

    tenant_id: int
    user_id: int
    person_id: int
    name: str
    place: str = ""
    grants: tuple[GrantHeld, ...] = ()
    posts: frozenset[int] = field(default_factory=frozenset)

    def holds(self, *roles: str) -> bool:
        """Whether any grant carries one of the roles, wherever it sits."""
        return any(grant.role in roles for grant in self.grants)

    def covers(self, path: str, roles: Collection[str]) -> bool:
        """Whether a grant with one of the roles stands on the unit at `path` or above it."""
        return any(grant.role in roles and path.startswith(grant.path) for grant in self.grants)

    def seats(self, roles: Collection[str]) -> frozenset[int]:
        """Ids of the units on which one of the roles was granted (their subtrees follow)."""
        return frozenset(grant.unit_id for grant in self.grants if grant.role in roles)
