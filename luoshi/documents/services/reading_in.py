"""Reading a document in: the source is kept, the text frozen, and every duty found becomes a draft."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.audit.services import Happening, record_event
from luoshi.core.actor import Actor
from luoshi.core.clock import now
from luoshi.core.errors import LuoshiError
from luoshi.documents.models import Clause, Document, DocumentVersion, Draft, DraftSpan, DraftUnit, Piece
from luoshi.documents.permissions import WORKING_ROLES, require_reading_in
from luoshi.documents.resolving import Resolver
from luoshi.documents.services.understanding import understand
from luoshi.files.enums import READABLE
from luoshi.files.services import attach, store
from luoshi.organisations.tree import tree_of
from luoshi.reading.model import READER_VERSION, DraftItem, Reading, Target

BATCH = 500


@dataclass(frozen=True, slots=True)
class Source:
    """What a clerk hands in: a file's bytes under its name, or pasted text as UTF-8 without a name."""

    data: bytes
    name: str = ""

    @classmethod
    def of_upload(cls, upload: "UploadedFile[Any]") -> "Source":
        """The bytes of an uploaded file."""
        return cls(b"".join(upload.chunks()), upload.name or "")

    @classmethod
    def of_text(cls, text: str) -> "Source":
        """Pasted text."""
        return cls(text.encode())


class AlreadyReadIn(LuoshiError):
    """The same text was read in before; `document` is where it stands."""

    status = 409

    def __init__(self, document: Document) -> None:
        super().__init__(_("This text was read in before, as “%(title)s”.") % {"title": document.title})
        self.document = document


def read_in(*, actor: Actor, source: Source, again: bool = False) -> Document:
    """Read a source and keep it. Raises BadInput when it cannot be read, AlreadyReadIn unless `again`."""
    require_reading_in(actor)
    return keep_reading(actor=actor, source=source, reading=understand(source.data, source.name), again=again)


@transaction.atomic
def keep_reading(*, actor: Actor, source: Source, reading: Reading, again: bool = False) -> Document:
    """Keep what was read from a source: everything or nothing. Reading itself takes time and stays outside."""
    require_reading_in(actor)
    sha256 = hashlib.sha256(reading.text.encode()).hexdigest()
    if not again:
        _offer_earlier(actor, sha256)
    document = _new_document(actor, source, reading)
    version = _freeze(actor, document, source, (reading.text, sha256))
    clauses = _write_clauses(version, reading)
    _write_pieces(version, reading, clauses)
    drafts = _write_drafts(actor, version, reading, clauses)
    record_event(
        tenant_id=actor.tenant_id,
        actor=actor,
        happening=Happening(
            "read_in",
            [("document", document.pk)],
            {"title": document.title, "sha256": sha256, "drafts": len(drafts), "name": source.name},
        ),
    )
    return document


def _offer_earlier(actor: Actor, sha256: str) -> None:
    earlier = DocumentVersion.objects.filter(text_sha256=sha256).values("document_id")
    found = Document.objects.visible_to(actor).filter(pk__in=earlier).order_by("-pk").first()
    if found is not None:
        raise AlreadyReadIn(found)


def office_of(actor: Actor) -> int:
    """The unit that owns what the clerk reads in: the post's unit under a clerk's grant, else the grant's unit."""
    tree = tree_of(actor.tenant_id)
    for unit_id in sorted(actor.posts, key=lambda one: tree.order.get(one, 0)):
        unit = tree.unit(unit_id)
        if unit is not None and actor.covers(unit.path, WORKING_ROLES):
            return unit_id
    return min(actor.seats(WORKING_ROLES), key=lambda one: tree.order.get(one, 0))


def _new_document(actor: Actor, source: Source, reading: Reading) -> Document:
    moment = now()
    return Document.objects.create(
        tenant_id=actor.tenant_id,
        unit_id=office_of(actor),
        title=_title_of(source, reading),
        number=reading.number[:60],
        issuer=reading.issuer[:100],
        dated_on=_day(reading.dated_on),
        year=reading.year,
        created_by_id=actor.person_id,
        created_at=moment,
        changed_at=moment,
    )


def _title_of(source: Source, reading: Reading) -> str:
    """The title as read, else the name of the file, else the first words of the text."""
    first_line = next((line.strip() for line in reading.text.splitlines() if line.strip()), "")
    return (reading.title or PurePosixPath(source.name).stem.strip() or first_line[:40])[:200]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _freeze(actor: Actor, document: Document, source: Source, text: tuple[str, str]) -> DocumentVersion:
    stored = None
    if source.name:
        stored = store(
            tenant_id=actor.tenant_id,
            uploaded_by_id=actor.person_id,
            name=source.name,
            data=source.data,
            allowed=READABLE,
        )
        attach(stored, "document", document.pk)
    return DocumentVersion.objects.create(
        document=document,
        text=text[0],
        text_sha256=text[1],
        reader_version=READER_VERSION,
        source_file=stored,
        read_at=document.created_at,
    )


def _write_clauses(version: DocumentVersion, reading: Reading) -> list[Clause]:
    """The clause tree, one insert a level so that parents are known; in the order of the reading."""
    rows: list[Clause] = []
    above: list[Clause] = []
    for ordinal, read in enumerate(reading.clauses):
        while above and above[-1].level >= read.level:
            above.pop()
        row = Clause(
            version=version,
            parent=above[-1] if above else None,
            ordinal=ordinal,
            level=read.level,
            mark=read.mark[:20],
            title=read.title[:300],
            start=read.start,
            end=read.end,
        )
        rows.append(row)
        above.append(row)
    for level in sorted({row.level for row in rows}):
        same = [row for row in rows if row.level == level]
        for row in same:
            row.parent_id = row.parent.pk if row.parent else None
        Clause.objects.bulk_create(same, batch_size=BATCH)
    return rows


def _write_pieces(version: DocumentVersion, reading: Reading, clauses: list[Clause]) -> None:
    Piece.objects.bulk_create(
        [
            Piece(
                version=version,
                clause=None if read.clause is None else clauses[read.clause],
                ordinal=ordinal,
                kind=read.kind,
                detail=read.detail[:20],
                reason=read.reason[:60],
                start=read.start,
                end=read.end,
            )
            for ordinal, read in enumerate(reading.pieces)
        ],
        batch_size=BATCH,
    )


def _write_drafts(actor: Actor, version: DocumentVersion, reading: Reading, clauses: list[Clause]) -> list[Draft]:
    resolver = Resolver(actor, version.document)
    units: list[DraftUnit] = []
    drafts: list[Draft] = []
    for read in reading.drafts:
        draft = _new_draft(version, read, None if read.clause is None else clauses[read.clause])
        units += resolver.set_units(draft)
        resolver.set_day(draft, read.deadline)
        drafts.append(draft)
    Draft.objects.bulk_create(drafts, batch_size=BATCH)
    spans = [
        DraftSpan(draft=draft, start=read.start, end=read.end)
        for draft, read in zip(drafts, reading.drafts, strict=True)
    ]
    DraftSpan.objects.bulk_create(spans, batch_size=BATCH)
    for unit in units:
        unit.draft_id = unit.draft.pk
    DraftUnit.objects.bulk_create(units, batch_size=BATCH)
    return drafts


def _new_draft(version: DocumentVersion, read: DraftItem, clause: Clause | None) -> Draft:
    return Draft(
        version=version,
        clause=clause,
        position=read.start,
        title=read.title[:200],
        kind=read.kind,
        theme=read.theme[:20],
        reason=read.reason[:60],
        lead_words=list(read.lead),
        assist_words=list(read.assist),
        targets=[_target(target) for target in read.targets],
    )


def _target(target: Target) -> Mapping[str, str]:
    return {
        "metric": target.metric,
        "comparison": target.comparison,
        "value": target.value,
        "unit": target.unit,
        "words": target.words,
    }
