"""Reading history."""

from django.db.models import QuerySet

from luoshi.audit.models import Event


def history_of(tenant_id: int, object_type: str, object_id: int) -> QuerySet[Event]:
    """Every event about one object, oldest first, with its payload."""
    return (
        Event.objects.filter(tenant_id=tenant_id, subjects__object_type=object_type, subjects__object_id=object_id)
        .select_related("payload")
        .order_by("sequence")
    )
