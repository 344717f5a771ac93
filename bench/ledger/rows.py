# ruff: noqa: INP001, T201 - a script beside the package, not in it
"""What the rows of the ledger cost to draw: Django templates with localisation on and off, and Jinja2 when installed.

    python bench/ledger/rows.py

Draws fifty rows of the same values three ways in one process. The floor is the same text put together by an f-string.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from statistics import median

FOLDER = tempfile.TemporaryDirectory(prefix="luoshi-bench-")
os.environ.update(LUOSHI_DATA=FOLDER.name, DJANGO_SETTINGS_MODULE="luoshi.config.settings")

import django  # noqa: E402

django.setup()

from django.template import engines  # noqa: E402

ROWS = [
    {
        "number": f"青禾-2026-{n:04d}",
        "title": "改造低产茶园",
        "lead": "石桥村",
        "due": "6月30日",
        "done": n,
        "percent": n * 2,
    }
    for n in range(50)
]
CELLS = (
    "<tr><td>{{ row.number }}</td><td><a href='/items/{{ row.done }}/'>{{ row.title }}</a></td><td>{{ row.lead }}</td>"
    "<td>{{ row.due }}</td><td>{{ row.percent }}</td><td>{{ row.done }}</td></tr>"
)
DJANGO = "{% for row in rows %}" + CELLS + "{% endfor %}"
OFF = "{% load l10n %}{% localize off %}" + DJANGO + "{% endlocalize %}"


def by_hand() -> str:
    """The floor."""
    return "".join(
        f"<tr><td>{row['number']}</td><td><a href='/items/{row['done']}/'>{row['title']}</a></td><td>{row['lead']}</td>"
        f"<td>{row['due']}</td><td>{row['percent']}</td><td>{row['done']}</td></tr>"
        for row in ROWS
    )


def timed(draw: Callable[[], object]) -> float:
    """Median milliseconds of 200 drawings after 20 warm ones."""
    for _turn in range(20):
        draw()
    taken = []
    for _turn in range(200):
        begun = time.perf_counter()
        draw()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def main() -> None:
    """Print a row for each way of drawing."""
    engine = engines["django"]
    ways: dict[str, Callable[[], object]] = {"floor: f-string": by_hand}
    for name, text in (("Django", DJANGO), ("Django, localisation off", OFF)):
        template = engine.from_string(text)
        ways[name] = lambda template=template: template.render({"rows": ROWS})
    try:
        from jinja2 import Environment  # noqa: PLC0415 - measured when it happens to be there
    except ImportError:
        print("Jinja2 is not installed; it is left out.")
    else:
        jinja = Environment(autoescape=True).from_string(DJANGO)
        ways["Jinja2"] = lambda: jinja.render(rows=ROWS)
    floor = timed(by_hand)
    print("| fifty rows | median ms | times the floor |\n|---|---|---|")
    for name, draw in ways.items():
        taken = timed(draw)
        print(f"| {name} | {taken:.2f} | {taken / floor:.0f} |")


if __name__ == "__main__":
    main()
