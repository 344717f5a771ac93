"""The rule every read starts from: within the tenant, and only what the actor may see."""

from typing import Self, TypeVar

from django.db import models

from luoshi.core.actor import Actor

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[Row_co]):
    """A queryset that narrows itself to a tenant and to one actor; `visible_to` is written by each owner."""

    def of_tenant(self, tenant_id: int) -> Self:
        return self.filter(tenant_id=tenant_id)

    def visible_to(self, actor: Actor) -> Self:
        """Rows the actor may see. Owners widen the tenant rule to their own."""
        return self.of_tenant(actor.tenant_id)
