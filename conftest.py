"""Fixtures that the tests of every module and the journeys across modules share."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client

from luoshi.organisations.tests.cast import Cast, gather_cast
from luoshi.organisations.tree import forget_trees


@pytest.fixture(autouse=True)
def fresh_trees() -> Iterator[None]:
    """A test's tenants begin again at version one, so remembered trees are dropped."""
    forget_trees()
    yield
    forget_trees()


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast."""
    return gather_cast()


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """`signed_in("clerk")` is that person's browser; `signed_in("anonymous")` is nobody's."""

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "anonymous":
            client.force_login(cast.user(name))
        return client

    return sign_in


@pytest.fixture
def guards_lifted_for_flush(transactional_db: None) -> Iterator[None]:
    """For tests with real commits: the tables are emptied afterwards, so the guards against deletion step aside."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
            for name, _sql in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
            for statement in connection.ops.sql_flush(_plain_style(), tables, allow_cascade=False):
                cursor.execute(statement)
            for _name, sql in guards:
                cursor.execute(sql)


def _plain_style() -> object:
    from django.core.management.color import no_style

    return no_style()
