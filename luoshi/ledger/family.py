"""Items above and below an item. Parents never change, so no lock is needed to ask."""

from luoshi.ledger.enums import BLOCKING
from luoshi.ledger.models import Item


def ids_above(item: Item) -> list[int]:
    """Ids of the items above one, nearest first."""
    chain: list[int] = []
    above = item.parent_id
    while above is not None:
        chain.append(above)
        above = _parent_id_of(above)
    return chain


def _parent_id_of(item_id: int) -> int | None:
    return Item.objects.values_list("parent_id", flat=True).get(pk=item_id)


def family_of(item: Item) -> set[int]:
    """Ids of the item and of the parts and measures below it, whose work is its work."""
    family, level = {item.pk}, {item.pk} if item.children_numbered else set[int]()
    while level:
        level = set(Item.objects.filter(parent_id__in=level, parent_role__in=BLOCKING).values_list("pk", flat=True))
        family |= level
    return family
