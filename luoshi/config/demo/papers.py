"""The speech and the plan go through the real reader; a clerk decides about what it found."""

import tomllib
from dataclasses import dataclass
from datetime import date

from luoshi.config.demo.stage import Stage
from luoshi.config.demo.stories import FOLDER, Story
from luoshi.core.actor import Actor
from luoshi.documents.models import DocumentVersion, Draft
from luoshi.documents.services.cutting import add_drafts, merge_drafts
from luoshi.documents.services.dispatching import dispatch_drafts
from luoshi.documents.services.drafting import (
    Assigned,
    assign_drafts,
    discard_drafts,
    keep_drafts,
    set_day,
    set_kind,
    set_targets,
    set_title,
)
from luoshi.documents.services.editing import Seen
from luoshi.documents.services.reading_in import Source, read_in
from luoshi.ledger.enums import Kind
from luoshi.ledger.models import Item


@dataclass(slots=True)
class Paper:
    """A document under a clerk's hands."""

    stage: Stage
    actor: Actor
    version: DocumentVersion

    def draft_of(self, words: str) -> Draft:
        """The draft over these words of the text; made by hand when the reader left them out."""
        start = self.version.text.index(words)
        end = start + len(words)
        over = Draft.objects.filter(version=self.version, spans__start__lt=end, spans__end__gt=start)
        found = over.exclude(state="merged").order_by("position").first()
        return found or add_drafts(actor=self.actor, version=self.version, spans=[(start, end)])[0]

    def unit_id(self, name: str) -> int:
        """The id of a unit by its short name."""
        return self.stage.town.units[name].pk

    def villages(self, story: Story) -> tuple[int, ...]:
        """The villages among which a duty is shared out."""
        names = self.stage.town.villages if list(story.villages) == ["all"] else story.villages
        return tuple(self.unit_id(name) for name in names)


def read_paper(stage: Stage, username: str, name: str, text: str) -> Paper:
    """Read a text in as a clerk would, from a file."""
    actor = stage.town.actors[username]
    document = read_in(actor=actor, source=Source(text.encode(), f"{name}.txt"))
    return Paper(stage, actor, document.versions.get())


def decide(paper: Paper, story: Story, due: date | None) -> int:
    """Make of a draft what the story says; its id. The day the document names stands."""
    draft = paper.draft_of(story.words)
    rest = {paper.draft_of(words).pk for words in story.also} - {draft.pk}
    if rest:
        merge_drafts(actor=paper.actor, seen=[Seen(draft.pk), *(Seen(other) for other in rest)])
        draft = paper.draft_of(story.words)
    seen = Seen(draft.pk)
    set_kind(actor=paper.actor, seen=[seen], kind=Kind.STANDING if story.standing else Kind.ONCE)
    if draft.title != story.title:
        set_title(actor=paper.actor, seen=seen, title=story.title)
    goal = story.goal
    targets = (
        [{"metric": goal.metric, "comparison": ">=", "value": f"{goal.value:f}", "unit": goal.measured_in}]
        if goal
        else []
    )
    if draft.targets or targets:
        set_targets(actor=paper.actor, seen=seen, targets=targets)
    assigned = Assigned(
        paper.unit_id(story.lead), tuple(paper.unit_id(name) for name in story.assist), paper.villages(story)
    )
    assign_drafts(actor=paper.actor, seen=[seen], assigned=assigned)
    if due is not None and draft.due_on is None and not story.standing:
        set_day(actor=paper.actor, seen=[seen], day=due)
    return draft.pk


def discard_rest(paper: Paper, kept: set[int]) -> None:
    """What is no duty is not registered."""
    rest = Draft.objects.filter(version=paper.version, state__in=["open", "kept"]).exclude(pk__in=kept)
    if rest:
        discard_drafts(actor=paper.actor, seen=[Seen(draft.pk) for draft in rest])


def dispatch(paper: Paper, drafts: list[int]) -> list[Item]:
    """Dispatch everything kept; the items in the order of the drafts given."""
    dispatch_drafts(actor=paper.actor, version=paper.version)
    items = {draft.pk: draft.item for draft in Draft.objects.filter(pk__in=drafts).select_related("item")}
    return [item for pk in drafts if (item := items[pk]) is not None]


def decide_half(paper: Paper) -> None:
    """Leave the plan as a clerk leaves it at noon: some drafts decided, one shared out, the rest open."""
    told = tomllib.loads((FOLDER / "plan_choices.toml").read_text(encoding="utf-8"))
    kept = {paper.draft_of(words).pk for words in told["keep"]}
    keep_drafts(actor=paper.actor, seen=[Seen(pk) for pk in kept])
    gone = {paper.draft_of(words).pk for words in told["discard"]} - kept
    discard_drafts(actor=paper.actor, seen=[Seen(pk) for pk in gone])
    every = Assigned(assisting=(), parts=tuple(paper.unit_id(name) for name in paper.stage.town.villages))
    for words in told["share_out"]:
        assign_drafts(actor=paper.actor, seen=[Seen(paper.draft_of(words).pk)], assigned=every)
