"""Real commits, seen by other threads, without emptying the tables of other modules afterwards."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from luoshi.outbox.models import IdempotencyKey, Lease, Notice, Schedule


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database in autocommit; this module's own rows are deleted at the end."""
    with django_db_blocker.unblock():
        yield
        for model in (IdempotencyKey, Notice, Schedule, Lease):
            model.objects.all().delete()
        connection.close()
