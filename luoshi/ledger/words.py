"""The words by which items are found."""

from collections.abc import Sequence

from luoshi.core.db.search import index_words
from luoshi.ledger.models import Citation, Item

WORD_INDEX = "ledger_item_words"


def index_items(items: Sequence[Item]) -> None:
    """Put items into the word index as they stand now, in the transaction of the act that wrote them."""
    quotes: dict[int, list[str]] = {}
    for first in range(0, len(items), 500):
        chunk = [item.pk for item in items[first : first + 500]]
        for item_id, quote in Citation.objects.filter(item_id__in=chunk).values_list("item_id", "quote"):
            quotes.setdefault(item_id, []).append(quote)
    index_words(WORD_INDEX, [(item.pk, "\n".join(_words_of(item, quotes.get(item.pk, [])))) for item in items])


def _words_of(item: Item, quotes: Sequence[str]) -> Sequence[str]:
    return [item.number or "", item.title, item.requirement, item.measure, item.note, *quotes]
