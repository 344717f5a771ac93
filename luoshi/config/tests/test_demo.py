"""The demonstration as people meet it: built once, true in every figure, quick to start again, safe from real data."""

import re
import signal
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from luoshi.audit.models import Event
from luoshi.audit.services import verify_chain
from luoshi.config.console import Progress
from luoshi.config.demo import texts
from luoshi.config.demo.building import build
from luoshi.config.demo.people import people_to_try
from luoshi.config.tests.installation import BUILD, Installation, page
from luoshi.config.tests.test_commandline import free_port
from luoshi.core.clock import SHANGHAI, rehearse
from luoshi.ledger.enums import Action
from luoshi.ledger.tallies import tally_faults
from luoshi.organisations.models import Tenant

LATER = {"split", "ask_extension", "decide_extension", "amend", "instruct", "verify", "strike_off", "archive"}
"""Acts that the demonstration does without."""
STATES = "SELECT state, count(*) FROM ledger_item WHERE parent_id IS NULL GROUP BY state ORDER BY state"


def test_sixty_items_stand_in_every_state(demo: Installation) -> None:
    assert dict(demo.rows(STATES)) == {
        "accepted": 4,
        "closed": 13,
        "dispatched": 4,
        "in_progress": 29,
        "registered": 3,
        "reported": 4,
        "returned": 1,
        "suspended": 1,
        "terminated": 1,
    }
    assert demo.rows("SELECT count(*) FROM ledger_item WHERE parent_id IS NOT NULL") == [(38,)]


def test_lives_are_told_in_full(demo: Installation) -> None:
    lights = dict(demo.rows("SELECT light, count(*) FROM ledger_item GROUP BY light"))
    assert min(lights[light] for light in ("green", "yellow", "red", "none")) >= 5
    acts = {row[0] for row in demo.rows("SELECT DISTINCT action FROM audit_event")}
    assert acts >= (set(Action.values) - LATER) | {"read_in", "discard_drafts", "dispatch_drafts"}
    assert demo.rows("SELECT count(*) > 0 FROM ledger_item WHERE finished_late AND state = 'closed'") == [(1,)]
    assert demo.rows("SELECT count(*) > 9 FROM ledger_attachment") == [(1,)]
    assert demo.rows("SELECT count(*) > 0 FROM ledger_progress WHERE on_behalf_of_id IS NOT NULL") == [(1,)]


def test_the_house_is_complete(demo: Installation) -> None:
    units = dict(demo.rows("SELECT kind, count(*) FROM organisations_unit GROUP BY kind"))
    assert units == {"town": 1, "office": 14, "village": 12, "branch": 4}
    assert demo.rows("SELECT count(*) FROM organisations_person") == [(40,)]
    assert demo.rows("SELECT count(*) FROM accounts_user WHERE password NOT LIKE '!%'") == [(0,)]
    known = {row[0] for row in demo.rows("SELECT username FROM accounts_user")}
    assert {person["username"] for person in people_to_try()} <= known


def test_history_goes_forward_in_office_hours(demo: Installation) -> None:
    moments = [str(row[0]) for row in demo.rows("SELECT at FROM audit_event ORDER BY sequence")]
    assert moments == sorted(moments)
    # Stored in UTC: office hours are 0:30 to 10:00.
    assert {moment[11:13] for moment in moments} <= {f"{hour:02d}" for hour in range(11)}


def test_the_plan_lies_half_decided(demo: Installation) -> None:
    states = dict(demo.rows("SELECT state, count(*) FROM documents_draft GROUP BY state"))
    assert states["dispatched"] == 25
    assert min(states[state] for state in ("open", "kept", "discarded")) >= 3


def test_everything_is_in_order(demo: Installation) -> None:
    done = demo.luoshi("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line[0] for line in done.stdout.splitlines()] == ["✓"] * 6


def test_the_second_start_is_quick_and_ends_when_asked(demo: Installation) -> None:
    port, begun = free_port(), time.monotonic()
    process = demo.start("demo", "--port", str(port))
    try:
        first = page(f"http://127.0.0.1:{port}/sign-in/")
        # Three seconds on a quiet machine; the tests share theirs.
        assert time.monotonic() - begun < 10
        assert "周敏" in first.text
        files = sorted(set(re.findall(r'"(/static/[^"#]+)', first.text)))
        assert all(re.search(r"\.[0-9a-f]{12}\.", name) for name in files)
        sizes = [page(f"http://127.0.0.1:{port}{name}").size for name in files]
        assert first.size + sum(sizes) <= 80_000
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()


def test_a_broken_off_build_is_made_again_the_same(demo: Installation, tmp_path: Path) -> None:
    broken = demo.copy_to(tmp_path / "broken")
    (broken.folder / "demo.marker").unlink()
    assert broken.python(BUILD).returncode == 0
    rows = "SELECT number, title, state, light, due_on, percent, version FROM ledger_item ORDER BY id"
    assert broken.rows(rows) == demo.rows(rows)


def test_tables_are_changed_only_after_a_backup(demo: Installation, tmp_path: Path) -> None:
    older = demo.copy_to(tmp_path / "older")
    back = "from luoshi.config.preparing import *; wake_django(); from django.core.management import call_command; "
    assert older.python(back + "call_command('migrate', 'outbox', 'zero', verbosity=0)").returncode == 0
    done = older.luoshi("check")
    assert (done.returncode, done.stdout.splitlines()[0][:9]) == (1, "✗ tables:")
    done = older.python(BUILD)
    (backup,) = (older.folder / "backups").iterdir()
    assert f"Backup: {backup}" in done.stdout
    assert (backup.stat().st_mode & 0o777, backup.stat().st_size > 500_000) == (0o600, True)
    assert older.luoshi("check").returncode == 0


def test_real_data_and_demonstration_never_mix(demo: Installation, tmp_path: Path) -> None:
    refused = demo.luoshi("up", "--port", str(free_port()))
    assert (refused.returncode, "holds the demonstration" in refused.stderr) == (2, True)
    real = Installation(tmp_path / "real")
    real.luoshi("up", "--port", str(free_port()))
    assert (real.folder / "luoshi.sqlite3").exists()
    refused = real.luoshi("demo", "--port", str(free_port()))
    assert (refused.returncode, "holds a real installation" in refused.stderr) == (2, True)
    (real.folder / "demo.marker").write_text("copied here by hand")
    ask = "import luoshi.config.settings as chosen; print(chosen.LUOSHI_DEMO)"
    assert [one.python(ask).stdout for one in (real, demo)] == ["False\n", "True\n"]


def test_the_texts_hold_on_any_day() -> None:
    for day in (date(2026, 1, 31), date(2027, 8, 15), date(2028, 12, 31)):
        speech, plan = texts.speech(day), texts.plan(day)
        assert min(len(speech), len(plan)) >= 1500
        assert "{" not in speech + plan
    assert "2月底前完成低产茶园" not in texts.speech(date(2026, 1, 31))
    assert texts.month_end(date(2026, 12, 31), 2) == date(2027, 2, 28)


@pytest.mark.django_db
def test_the_township_can_be_built_on_any_day_and_engine(tmp_path: Path) -> None:
    # In the middle of a long holiday: nothing happens on the days off before it.
    moment = datetime(2026, 10, 6, 10, tzinfo=SHANGHAI)
    with rehearse(moment), override_settings(LUOSHI_FILES=tmp_path):
        build(Progress("Building"))
        assert tally_faults() == {}
        assert verify_chain(Tenant.objects.get().pk) is None
        assert Event.objects.order_by("-sequence")[0].at.astimezone(SHANGHAI).date() == date(2026, 9, 30)
