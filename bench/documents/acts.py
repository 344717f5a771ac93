# ruff: noqa: INP001, S101, T201 - a script beside the package, not in it
"""How long the server takes for one act on the reading screen of a document with seventy drafts.

    python bench/documents/acts.py [ROUNDS]

Founds a township of 26 units in a temporary SQLite database, reads a text of seventy duties in, and then sets units
and days, keeps and discards as htmx asks for it: through the whole stack of middleware, each act durably committed.
Wanted: every act within 150 ms, so that forty drafts are decided without a wait anybody notices.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import timedelta
from statistics import median

FOLDER = tempfile.TemporaryDirectory(prefix="luoshi-bench-")
os.environ.update(LUOSHI_DATA=FOLDER.name, LUOSHI_HOSTS="testserver", DJANGO_SETTINGS_MODULE="luoshi.config.settings")
os.environ.pop("LUOSHI_DATABASE", None)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from luoshi.accounts.services import create_user  # noqa: E402
from luoshi.core.clock import today  # noqa: E402
from luoshi.documents.models import Document, Draft  # noqa: E402
from luoshi.organisations.models import Unit  # noqa: E402
from luoshi.organisations.queries import actor_of_person  # noqa: E402
from luoshi.organisations.services import NewPerson, NewUnit, add_person, add_units, found_tenant  # noqa: E402

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 40
LIMIT = 0.150
DRAFTS = 70
THINGS = ("水闸", "渠道", "路灯", "公厕", "桥涵", "泵站", "凉亭", "护栏", "晒场", "书屋")
VERBS = (("检修", "座"), ("新建", "处"), ("改造", "处"), ("验收", "处"), ("粉刷", "处"), ("排查", "处"), ("加固", "处"))
TEXT = "关于全年工程任务的通知\n一、工程任务\n" + "".join(
    f"（{number}）{verb}{thing}{number + 1}{unit}，完工一处登记一处，台账由各单位专人保管。\n"
    for number, (thing, verb, unit) in enumerate(((t, v, u) for v, u in VERBS for t in THINGS), start=1)
)


def found_township() -> Client:
    """A township with its offices and villages; the browser of its clerk."""
    tenant = found_tenant(name="青禾镇", short_name="青禾", kind="town")
    root = Unit.objects.get(tenant=tenant, parent=None)
    since = today() - timedelta(days=30)
    first = add_person(
        actor=None, new=NewPerson("方可", root, "", ["sysadmin"], root, create_user(username="first"), since)
    )
    names = [NewUnit(root, "village", f"第{n}村") for n in range(12)]
    names += [NewUnit(root, "office", f"第{n}办") for n in range(14)]
    units = add_units(actor=actor_of_person(first), units=names)
    user = create_user(username="clerk")
    add_person(actor=actor_of_person(first), new=NewPerson("周敏", units[-1], "", ["clerk"], root, user, since))
    client = Client(headers={"HX-Request": "true"})
    client.force_login(user)
    return client


def read_in(client: Client) -> Document:
    """The text with its drafts."""
    answer = client.post("/documents/new/", {"text": TEXT, "not_classified": "on"}, headers={"HX-Request": "false"})
    assert answer.status_code == 302, answer.content.decode()
    document = Document.objects.get()
    count = Draft.objects.filter(version__document=document).count()
    assert count == DRAFTS, f"{count} drafts were read, not {DRAFTS}"
    return document


def timed(client: Client, address: str, sent: dict[str, object]) -> float:
    """One act; the seconds until its answer is drawn."""
    begun = time.perf_counter()
    answer = client.post(address, sent)
    taken = time.perf_counter() - begun
    assert answer.status_code == 200, answer.content.decode()
    return taken


def main() -> int:
    """Measure every act and say whether all stay within the limit."""
    call_command("migrate", verbosity=0)
    client = found_township()
    document = read_in(client)
    drafts = list(Draft.objects.filter(version__document=document).order_by("position")[:ROUNDS])
    everything = [str(draft.pk) for draft in drafts]
    day = (today() + timedelta(days=90)).isoformat()
    acts: dict[str, list[float]] = {}
    for draft in drafts:
        for name, path, more in (
            ("set unit", "assign", {"lead": "第3办"}),
            ("set day", "due", {"due_day": day}),
            ("keep", "decide", {"act": "keep"}),
        ):
            sent = {"draft": str(draft.pk), **more}
            acts.setdefault(name, []).append(timed(client, f"/documents/{document.pk}/drafts/{path}/", sent))
    for round_number in range(3):
        act = "discard" if round_number % 2 else "keep"
        address = f"/documents/{document.pk}/drafts/decide/"
        sent = {"draft": everything, "act": act}
        acts.setdefault(f"decide on {len(everything)} at once", []).append(timed(client, address, sent))
    for name, taken in acts.items():
        print(f"{name:24} median {median(taken) * 1000:6.1f} ms   slowest {max(taken) * 1000:6.1f} ms")
    slow = [name for name, taken in acts.items() if median(taken) > LIMIT]
    print("all within 150 ms" if not slow else f"over 150 ms: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
