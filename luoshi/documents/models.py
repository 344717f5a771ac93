"""Documents, their frozen texts, and the drafts a clerk works on before anything reaches the ledger."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from luoshi.core.actor import Actor
from luoshi.core.querysets import ScopedQuerySet
from luoshi.documents.enums import DraftState, DraftUnitRole, PieceKind
from luoshi.files.models import StoredFile
from luoshi.ledger.enums import Kind, Precision
from luoshi.ledger.models import Citation, Item
from luoshi.organisations.enums import Role
from luoshi.organisations.models import Person, Tenant, Unit
from luoshi.organisations.tree import tree_of

if TYPE_CHECKING:
    from typing import Self

SOURCE = "document"
"""The name under which citations speak of a document version."""
READING_ROLES = frozenset({Role.CLERK, Role.LEADER, Role.INSPECTOR, Role.AUDITOR})


class DocumentQuerySet(ScopedQuerySet["Document"]):
    """Reads of documents; always begun with `visible_to`."""

    def visible_to(self, actor: Actor) -> "Self":
        """A reading grant over its office, or any visible item that cites it."""
        mine = self.of_tenant(actor.tenant_id)
        reach = tree_of(actor.tenant_id).under_all(actor.seats(READING_ROLES))
        cited = Citation.objects.filter(source=SOURCE, item__in=Item.objects.visible_to(actor)).values("source_id")
        versions = DocumentVersion.objects.filter(pk__in=cited).values("document_id")
        return mine.filter(Q(unit_id__in=reach) | Q(pk__in=versions))


class Document(models.Model):
    """A speech, plan or list that creates duties; `unit` is the office that read it in."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=100, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["tenant", "created_at"], name="documents_by_time")]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """One frozen text of a document: text, hash and reader never change, so citations never shift."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    ordinal = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    reader_version = models.CharField(max_length=20)
    source_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="documents_version_once")]
        indexes = [models.Index(fields=["text_sha256"], name="documents_version_by_hash")]


class Span(models.Model):
    """Characters of the version's text in code points, end exclusive."""

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Clause(Span):
    """A node of the clause tree; level 0 is the title."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    ordinal = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "ordinal"], name="documents_clause_once")]


class Piece(Span):
    """A stretch of text of one class, with the rule that decided; pieces tile the text."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="pieces")
    clause = models.ForeignKey(Clause, models.CASCADE, null=True, related_name="pieces")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=PieceKind.choices)
    detail = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "ordinal"], name="documents_piece_once"),
            models.CheckConstraint(name="documents_piece_has_extent", condition=Q(end__gt=F("start"))),
        ]


class Draft(models.Model):
    """A duty as the reader understood it and a clerk corrects it. Unset is unset until a person sets it.

    `position` is where its first characters stand, so drafts keep the order of the text however they are cut;
    `before_merge` of a merged draft holds what undoing gives back to both.
    """

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="drafts")
    clause = models.ForeignKey(Clause, models.SET_NULL, null=True, related_name="+")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ONCE)
    theme = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    lead_words = models.JSONField(default=list, blank=True)
    assist_words = models.JSONField(default=list, blank=True)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=8, choices=Precision.choices, default="", blank=True)
    due_words = models.CharField(max_length=100, blank=True)
    due_code = models.CharField(max_length=40, blank=True)
    due_estimated = models.BooleanField(default=False)
    targets = models.JSONField(default=list, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    before_merge = models.JSONField(default=dict, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["version", "position", "id"], name="documents_draft_by_place")]
        constraints = [
            models.CheckConstraint(
                name="documents_dispatched_has_item",
                condition=(Q(state=DraftState.DISPATCHED) & Q(item__isnull=False))
                | (~Q(state=DraftState.DISPATCHED) & Q(item__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return self.title


class DraftSpan(Span):
    """One stretch of text a draft cites; a merged draft has several."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="spans")

    class Meta:
        constraints = [
            models.CheckConstraint(name="documents_span_has_extent", condition=Q(end__gt=F("start"))),
            models.UniqueConstraint(fields=["draft", "start", "end"], name="documents_span_once"),
        ]


class DraftUnit(models.Model):
    """A unit that is to assist, or to have a part of a duty shared out among several."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=DraftUnitRole.choices)
    share = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "unit", "role"], name="documents_draft_unit_once")]
