"""The unit tree of a tenant in memory: loaded once per version, then asked for subtrees and names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from luoshi.core.db.tokens import fresh_token
from luoshi.organisations.enums import UnitKind
from luoshi.organisations.models import Tenant, Unit, UnitAlias

_CACHE: dict[int, "Tree"] = {}
_asked: ContextVar[dict[int, "Tree"] | None] = ContextVar("asked", default=None)
"""Trees whose version was looked up in the present request."""
COLLECTIVES: dict[str, tuple[UnitKind, ...]] = {
    "各村": (UnitKind.VILLAGE,),
    "各行政村": (UnitKind.VILLAGE,),
    "各村(社区)": (UnitKind.VILLAGE,),
    "各村社区": (UnitKind.VILLAGE,),
    "各办": (UnitKind.OFFICE,),
    "各办公室": (UnitKind.OFFICE,),
    "各部门": (UnitKind.OFFICE,),
    "各村各部门": (UnitKind.VILLAGE, UnitKind.OFFICE),
    "各支部": (UnitKind.BRANCH,),
    "各党支部": (UnitKind.BRANCH,),
}
"""Collective actors a document names, and the kinds of units they stand for."""


def plain_name(name: str) -> str:
    """A unit name without width variants, blanks, 、and a leading 镇/乡, with 办公室 written 办."""
    folded = re.sub(r"[\s、，,]", "", unicodedata.normalize("NFKC", name))
    return re.sub(r"^(?:本|全)?(?:镇|乡|街道)(?=..)", "", folded).replace("办公室", "办")


@dataclass(frozen=True, slots=True)
class Branch:
    """One unit as the tree keeps it."""

    id: int
    parent_id: int | None
    kind: str
    name: str
    short_name: str
    path: str
    depth: int
    open: bool

    @property
    def label(self) -> str:
        """The name to show: the short one when there is one."""
        return self.short_name or self.name


class Tree:
    """All units of one tenant at one version, in tree order."""

    def __init__(self, tenant_id: int, version: str) -> None:
        self.version = version
        rows = Unit.objects.of_tenant(tenant_id).order_by("depth", "position", "id")
        units = [_branch(row) for row in rows]
        self._children: dict[int | None, list[Branch]] = {}
        for unit in units:
            self._children.setdefault(unit.parent_id, []).append(unit)
        self.units: tuple[Branch, ...] = tuple(self._walk(None))
        self._by_id = {unit.id: unit for unit in self.units}
        self.order = {unit.id: place for place, unit in enumerate(self.units)}
        self._below: dict[int, frozenset[int]] = {}
        self._names = self._index_names(tenant_id)

    def _walk(self, parent_id: int | None) -> Iterable[Branch]:
        for child in self._children.get(parent_id, ()):
            yield child
            yield from self._walk(child.id)

    def _index_names(self, tenant_id: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for unit in self.units:
            for name in filter(None, (unit.name, unit.short_name)):
                found.setdefault(plain_name(name), unit.id)
        for alias, unit_id in UnitAlias.objects.filter(tenant_id=tenant_id).values_list("alias", "unit_id"):
            found[plain_name(alias)] = unit_id
        return found

    @property
    def root(self) -> Branch:
        """The unit that stands for the tenant itself."""
        return self.units[0]

    def unit(self, unit_id: int) -> Branch | None:
        """The unit with this id, or None when it is not of this tenant."""
        return self._by_id.get(unit_id)

    def under(self, unit_id: int) -> frozenset[int]:
        """Ids of the unit and everything below it; empty for a unit of another tenant."""
        if unit_id not in self._below:
            top = self._by_id.get(unit_id)
            self._below[unit_id] = (
                frozenset(unit.id for unit in self.units if unit.path.startswith(top.path)) if top else frozenset()
            )
        return self._below[unit_id]

    def under_all(self, unit_ids: Iterable[int]) -> frozenset[int]:
        """Union of the subtrees of several units."""
        return frozenset().union(*(self.under(unit_id) for unit_id in unit_ids))

    def of_kind(self, *kinds: str) -> tuple[Branch, ...]:
        """Open units of these kinds in tree order."""
        return tuple(unit for unit in self.units if unit.kind in kinds and unit.open)

    def find(self, name: str) -> Branch | None:
        """The open unit a document means by `name`: by name, short name or alias; None when nobody is."""
        found = self._by_id.get(self._names.get(plain_name(name), 0))
        return found if found and found.open else None

    def collective(self, name: str) -> tuple[Branch, ...]:
        """The units a collective name (各村) stands for; empty when it is no collective."""
        kinds = COLLECTIVES.get(plain_name(name))
        return self.of_kind(*kinds) if kinds else ()


def _branch(row: Unit) -> Branch:
    return Branch(row.pk, row.parent_id, row.kind, row.name, row.short_name, row.path, row.depth, row.closed_on is None)


def tree_of(tenant_id: int) -> Tree:
    """The tree at its present version: one small query when nothing changed, and one a request."""
    asked = _asked.get()
    if asked is not None and tenant_id in asked:
        return asked[tenant_id]
    version = Tenant.objects.values_list("tree_version", flat=True).get(pk=tenant_id)
    tree = _CACHE.get(tenant_id)
    if tree is None or tree.version != version:
        tree = _CACHE[tenant_id] = Tree(tenant_id, version)
    if asked is not None:
        asked[tenant_id] = tree
    return tree


@contextmanager
def remember_trees() -> Iterator[None]:
    """Within one request a tree is asked for its version once."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def renew_tree(tenant_id: int) -> None:
    """Say that units or their names changed; call it in the same transaction."""
    Tenant.objects.filter(pk=tenant_id).update(tree_version=fresh_token())
    asked = _asked.get()
    if asked is not None:
        asked.pop(tenant_id, None)


def forget_trees() -> None:
    """Drop what is remembered: for tests, whose databases begin again at version one."""
    _CACHE.clear()
