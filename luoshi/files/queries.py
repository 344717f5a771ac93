"""Reading which files belong to what."""

from collections.abc import Collection

from luoshi.files.models import StoredFile


def files_of(tenant_id: int, owner_type: str, owner_ids: Collection[int]) -> dict[int, list[StoredFile]]:
    """The files of each owner, oldest first, in one query; owners without files are left out."""
    found: dict[int, list[StoredFile]] = {}
    rows = StoredFile.objects.of_tenant(tenant_id).filter(owner_type=owner_type, owner_id__in=owner_ids).order_by("pk")
    for stored in rows:
        if stored.owner_id is not None:
            found.setdefault(stored.owner_id, []).append(stored)
    return found
