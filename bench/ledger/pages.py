# ruff: noqa: INP001, T201 - a script beside the package, not in it
"""How fast the ledger answers on a large county, as ratios against floors measured in the same run.

    python bench/ledger/pages.py [ITEMS]

Makes a county with twenty townships and 100,000 items in a temporary SQLite database, then asks for pages through the
whole stack of middleware and carries out acts through the services. The floor of a page is an empty answer behind the
same sign-in; the floor of an act is one inserted row, committed. Ratios travel between machines, milliseconds do not.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from statistics import median
from typing import Any

FOLDER = tempfile.TemporaryDirectory(prefix="luoshi-bench-")
os.environ.update(LUOSHI_DATA=FOLDER.name, LUOSHI_HOSTS="testserver", DJANGO_SETTINGS_MODULE="luoshi.config.settings")
os.environ.pop("LUOSHI_DATABASE", None)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.urls import include, path  # noqa: E402

from luoshi.accounts.services import create_user  # noqa: E402
from luoshi.core.access import signed_in  # noqa: E402
from luoshi.core.clock import now, today  # noqa: E402
from luoshi.ledger.lights import light_expression  # noqa: E402
from luoshi.ledger.models import Assignment, Citation, Item, StateSpan, Tally, Target  # noqa: E402
from luoshi.ledger.services.handling import Report, accept_item, report_progress  # noqa: E402
from luoshi.ledger.tallies import CELL_FIELDS, recount  # noqa: E402
from luoshi.organisations.models import Person, Unit  # noqa: E402
from luoshi.organisations.queries import actor_of_person  # noqa: E402
from luoshi.organisations.services import NewPerson, NewUnit, add_person, add_units, found_tenant  # noqa: E402
from luoshi.outbox.models import IdempotencyKey  # noqa: E402

ITEMS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
TOWNS, VILLAGES, OFFICES = 20, 20, 10
CHANCE = random.Random(11)  # noqa: S311 - repeatable, not secret


@signed_in
def bare(_request: HttpRequest) -> HttpResponse:
    """The floor: middleware, session, who is there, and nothing else."""
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare), path("", include("luoshi.config.urls"))]


def build() -> dict[str, Person]:
    """The county, its people by role, and its items."""
    tenant = found_tenant(name="云岭县", short_name="云岭", kind="county")
    root = Unit.objects.get(tenant=tenant, parent=None)
    people = {"sysadmin": join(None, root, "sysadmin", root)}
    admin = actor_of_person(people["sysadmin"])
    towns = add_units(actor=admin, units=[NewUnit(root, "town", f"第{n}镇") for n in range(TOWNS)])
    villages = [NewUnit(town, "village", f"第{n}村") for town in towns for n in range(VILLAGES)]
    offices = [NewUnit(town, "office", f"第{n}办") for town in towns for n in range(OFFICES)]
    units = add_units(actor=admin, units=[*villages, *offices])
    people["clerk"] = join(admin, units[-1], "clerk", root)
    people["town_clerk"] = join(admin, units[-1], "clerk", towns[-1])
    people["head"] = join(admin, units[0], "head", units[0])
    with transaction.atomic():
        fill(tenant.pk, people["clerk"].pk, [unit.pk for unit in units])
    return people


def join(admin: Any, unit: Unit, role: str, over: Unit) -> Person:  # noqa: ANN401 - None or an actor
    """A person with one role."""
    user = create_user(username=f"{role}-{over.pk}")
    return add_person(actor=admin, new=NewPerson(role, unit, "", [role], over, user, today() - timedelta(days=900)))


def fill(tenant_id: int, clerk_id: int, units: list[int]) -> None:
    """Items in the states in which they may be written, each with what a row shows."""
    day = today()
    for first in range(0, ITEMS, 5000):
        rows = [new_item(tenant_id, clerk_id, units, number) for number in range(first, min(first + 5000, ITEMS))]
        Item.objects.bulk_create(rows)
        Target.objects.bulk_create(
            Target(item=row, metric="茶园", comparison=">=", value=100, current=40, measured_in="亩", is_primary=True)
            for row in rows[::2]
        )
        Assignment.objects.bulk_create(
            Assignment(item=row, unit_id=units[units.index(row.unit_id) - 1]) for row in rows[::3]
        )
        Citation.objects.bulk_create(
            Citation(
                item=row,
                source="document",
                source_id=1,
                start=n * 20,
                end=n * 20 + 19,
                label="讲话 二",
                quote=row.title,
            )
            for n, row in enumerate(rows)
        )
        StateSpan.objects.bulk_create(
            StateSpan(item=row, state=row.state, unit_id=row.unit_id, due_on=row.due_on, since=now()) for row in rows
        )
    Item.objects.update(light=light_expression(day))
    Tally.objects.bulk_create(
        Tally(**dict(zip(CELL_FIELDS, cell, strict=True)), count=count) for cell, count in recount().items()
    )


def new_item(tenant_id: int, clerk_id: int, units: list[int], number: int) -> Item:
    """One unsaved item."""
    day = today()
    due = day + timedelta(days=CHANCE.randrange(-60, 300))
    return Item(
        tenant_id=tenant_id,
        number=f"云岭-2026-{number:06d}",
        title=f"完成第{number}项低产茶园改造任务并通过验收",
        unit_id=CHANCE.choice(units),
        state="dispatched" if number % 2 else "accepted",
        due_on=due,
        yellow_from=due - timedelta(days=14),
        red_from=due + timedelta(days=1),
        percent=Decimal(40),
        registered_by_id=clerk_id,
        registered_on=day - timedelta(days=60),
        dispatched_by_id=clerk_id,
        dispatched_on=day - timedelta(days=60),
    )


def timed(act: Callable[[int], object], times: int) -> tuple[float, float]:
    """Median and slowest tenth in milliseconds, the first three left out."""
    taken = []
    for number in range(times + 3):
        begun = time.perf_counter()
        act(number)
        taken.append((time.perf_counter() - begun) * 1000)
    rest = sorted(taken[3:])
    return median(rest), rest[int(len(rest) * 0.9)]


def row(name: str, figures: tuple[float, float], floor: float) -> None:
    """One line of the table."""
    print(f"| {name} | {figures[0]:.1f} | {figures[1]:.1f} | {figures[0] / floor:.1f} |", flush=True)


def pages(people: dict[str, Person]) -> None:
    """Every page that grows with the ledger."""
    town, village = Unit.objects.filter(kind="town").first(), people["head"].posts.get().unit_id
    item = Item.objects.filter(unit_id=village).first()
    if town is None or item is None:
        raise SystemExit("nothing was built")
    asked = (
        ("list, whole county", "clerk", "/ledger/"),
        ("list, page 100", "clerk", "/ledger/?page=100"),
        ("list, one township", "clerk", f"/ledger/?unit={town.pk}"),
        ("list, late", "clerk", "/ledger/?light=red"),
        ("list, state and due range", "clerk", f"/ledger/?state=accepted&due_from={today()}"),
        ("list, words", "clerk", "/ledger/?q=第777"),
        ("list, township's clerk", "town_clerk", "/ledger/"),
        ("list, head of a village", "head", "/ledger/"),
        ("today, county's clerk", "clerk", "/"),
        ("today, head of a village", "head", "/"),
        ("item", "clerk", f"/items/{item.pk}/"),
    )
    clients = {name: signed(people[name]) for name in people}
    floor = timed(lambda _n: clients["clerk"].get("/bare/"), 100)
    row("floor: empty answer", floor, floor[0])
    for name, who, address in asked:
        row(name, timed(lambda _n, who=who, address=address: fetched(clients[who], address), 30), floor[0])


def signed(person: Person) -> Client:
    """The person's browser."""
    client = Client()
    if person.user is not None:
        client.force_login(person.user)
    return client


def fetched(client: Client, address: str) -> None:
    """Ask for a page that must come."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def acts(people: dict[str, Person]) -> None:
    """Acts in their own transactions."""
    head = actor_of_person(people["head"])
    village = people["head"].posts.get().unit_id
    moment = now()

    def insert(number: int) -> None:
        with transaction.atomic():
            IdempotencyKey.objects.create(user_id=1, key=f"bench-{number}", created_at=moment)

    floor = timed(insert, 100)
    row("floor: one row, committed", floor, floor[0])
    waiting = list(Item.objects.filter(unit_id=village, state="dispatched")[:60])
    row("accept", timed(lambda n: accept_item(actor=head, item=waiting[n]), min(40, len(waiting) - 3)), floor[0])
    report = Report("完成一片", amount=Decimal(1))
    able = list(Item.objects.filter(unit_id=village, state="accepted", targets__isnull=False)[:60])
    times = min(40, len(able) - 3)
    row("progress", timed(lambda n: report_progress(actor=head, item=able[n], report=report), times), floor[0])


def main() -> None:
    """Build, measure, print."""
    begun = time.perf_counter()
    call_command("migrate", verbosity=0)
    people = build()
    units, seconds = TOWNS * (VILLAGES + OFFICES + 1) + 1, time.perf_counter() - begun
    print(f"{ITEMS:,} items in {units} units, built in {seconds:.0f} s\n")
    print("| what | median ms | slowest tenth ms | times the floor |\n|---|---|---|---|")
    with override_settings(ROOT_URLCONF=__name__):
        pages(people)
    acts(people)


if __name__ == "__main__":
    main()
