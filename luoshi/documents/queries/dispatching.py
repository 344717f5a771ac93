"""What would be dispatched, and what stands in the way."""

from typing import Any

from django.urls import reverse

from luoshi.core.actor import Actor
from luoshi.core.words import day_words
from luoshi.documents.models import Document, DocumentVersion
from luoshi.documents.queries.drafts import Card
from luoshi.documents.queries.reading import reading_page
from luoshi.documents.services.dispatching import Batch, Obstacle, due_day, gather_batch
from luoshi.ledger.enums import Kind


def dispatch_page(actor: Actor, document: Document, version: DocumentVersion) -> dict[str, Any]:
    """Everything on the page of the dispatch (dispatch.html)."""
    batch = gather_batch(version)
    page = reading_page(actor, document, version)
    cards = page.cards(batch.drafts)
    blocked = {one.draft.pk for one in batch.obstacles}
    return {
        **page.figures(),
        "rows": [
            {"card": card, "first": _first_day(batch, place), "blocked": card.id in blocked}
            for place, card in enumerate(cards)
        ],
        "obstacles": _named(batch.obstacles, {card.id: card for card in cards}),
        "mark": batch.mark,
    }


def _first_day(batch: Batch, place: int) -> str:
    """For a rule the first day it names, which becomes the due day."""
    draft = batch.drafts[place]
    if draft.due_on is not None or draft.kind == Kind.STANDING:
        return ""
    day = due_day(draft, batch.version.document.dated_on)
    return day_words(day) if day else ""


def _named(obstacles: list[Obstacle], cards: dict[int, Card]) -> list[dict[str, Any]]:
    return [
        {
            "card": cards[one.draft.pk],
            "words": one.words,
            "item_url": reverse("ledger:item", args=[one.item.pk]) if one.item else "",
            "item": one.item,
        }
        for one in obstacles
    ]
