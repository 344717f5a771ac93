"""Fixtures that the tests of every module and the journeys across modules share."""

from collections.abc import Callable, Iterator

import pytest
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

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


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The test databases, also for a run in which only tests with `committed_db` want them."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


SEEDED = ("calendars_", "django_migrations", "django_content_type")
"""Tables that migrations fill; they are left as they are."""


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For tests in which several connections see each other's commits; every table is emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        guards = _lift_guards()
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        tables = [name for name in names if not name.startswith(SEEDED)]
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in connection.ops.sql_flush(no_style(), tables, allow_cascade=True):
                cursor.execute(statement)
            for guard in guards:
                cursor.execute(guard)
        connection.close()


def _lift_guards() -> list[str]:
    """Take SQLite's triggers against deletion away; the statements that put them back. TRUNCATE needs none of it."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _name, sql in guards]
