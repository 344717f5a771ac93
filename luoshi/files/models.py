"""Uploaded files: a row says whose and what; the bytes lie in the data folder under their hash."""

from django.db import models
from django.db.models import Q

from luoshi.core.querysets import ScopedQuerySet


class StoredFile(models.Model):
    """One upload. The same content uploaded twice is two rows over one file on disk."""

    tenant_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    owner_type = models.CharField(max_length=32, blank=True)
    owner_id = models.BigIntegerField(null=True)
    uploaded_by_id = models.BigIntegerField()
    uploaded_at = models.DateTimeField()

    objects = ScopedQuerySet["StoredFile"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="files_never_empty"),
            models.CheckConstraint(
                condition=(Q(owner_type="") & Q(owner_id__isnull=True))
                | (~Q(owner_type="") & Q(owner_id__isnull=False)),
                name="files_owner_whole_or_none",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "owner_type", "owner_id"], name="files_by_owner"),
            models.Index(fields=["sha256"], name="files_by_content"),
        ]

    def __str__(self) -> str:
        return self.name
