"""Jobs: when they are due, what happens when they fail, and that two workers do not run one twice."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from luoshi.core.clock import rehearse
from luoshi.outbox import jobs, worker
from luoshi.outbox.leases import hold_lease
from luoshi.outbox.models import Lease, Schedule
from luoshi.outbox.tests.threads import at_once
from luoshi.outbox.worker import run_due_jobs, work, work_until_stopped

# 08:00 in Shanghai
MORNING = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Register = Callable[[Callable[[], None]], None]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Register the one job of the test, daily at midnight in Shanghai; the product's own jobs stand aside."""
    monkeypatch.setattr(jobs, "_jobs", {})
    monkeypatch.setattr(worker, "_told", {})
    return lambda run: jobs.register("flip", run, jobs.daily_at(0))


def next_run() -> datetime:
    return Schedule.objects.get(name="flip").next_run_at


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), datetime(2026, 11, 24, 16, 0, tzinfo=UTC)),
        (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), datetime(2027, 1, 1, 16, 0, tzinfo=UTC)),
    ],
)
def test_daily_means_the_day_of_shanghai(moment: datetime, expected: datetime) -> None:
    assert jobs.daily_at(0)(moment) == expected


def test_a_job_runs_at_start_and_then_when_it_is_due(db: None, register: Register) -> None:
    runs: list[int] = []
    register(lambda: runs.append(1))

    ran = [run_due_jobs(MORNING + wait) for wait in (0 * HOUR, HOUR, 15 * HOUR, 16 * HOUR, 17 * HOUR)]

    assert ran == [["flip"], [], [], ["flip"], []]
    assert len(runs) == 2
    assert next_run() == MORNING + 40 * HOUR
    assert Schedule.objects.get().last_run_on == date(2026, 11, 24)


def test_a_job_missed_for_days_runs_once(db: None, register: Register) -> None:
    runs: list[int] = []
    register(lambda: runs.append(1))
    run_due_jobs(MORNING)

    for _again in range(2):
        run_due_jobs(MORNING + 9 * DAY)

    assert len(runs) == 2
    assert next_run() == MORNING + 9 * DAY + 16 * HOUR


def test_the_clock_of_the_product_says_what_is_due(db: None, register: Register) -> None:
    register(lambda: None)

    with rehearse(MORNING):
        assert run_due_jobs() == ["flip"]

    assert next_run() == MORNING + 16 * HOUR


def test_a_plan_made_by_a_clock_that_ran_ahead_is_dropped(db: None, register: Register) -> None:
    register(lambda: None)
    run_due_jobs(MORNING + 365 * DAY)

    assert run_due_jobs(MORNING) == ["flip"]
    assert next_run() == MORNING + 16 * HOUR


def test_a_failing_job_is_logged_once_and_tried_again(
    db: None, register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    broken = True
    runs: list[str] = []
    jobs.register("other", lambda: runs.append("other"), jobs.every(HOUR))

    def run() -> None:
        runs.append("flip")
        if broken:
            raise ValueError("disk full")

    register(run)
    with caplog.at_level(logging.ERROR):
        assert run_due_jobs(MORNING) == ["other"]
        assert run_due_jobs(MORNING + timedelta(minutes=9)) == []
        assert run_due_jobs(MORNING + timedelta(minutes=10)) == []
        broken = False
        assert run_due_jobs(MORNING + timedelta(minutes=20)) == ["flip"]

    assert runs == ["other", "flip", "flip", "flip"]
    assert [record.message for record in caplog.records] == ["The job flip failed; it is tried again in 0:10:00."]


def test_a_job_whose_worker_died_runs_again(db: None, register: Register) -> None:
    def die() -> None:
        raise SystemExit

    register(die)
    with pytest.raises(SystemExit):
        run_due_jobs(MORNING)
    register(lambda: None)

    assert run_due_jobs(MORNING + timedelta(minutes=5)) == []
    assert run_due_jobs(MORNING + timedelta(minutes=10)) == ["flip"]


def test_of_four_workers_one_runs_the_job(committed: None, register: Register) -> None:
    runs: list[int] = []

    def run() -> None:
        time.sleep(0.1)
        runs.append(1)

    register(run)

    ran = at_once([lambda: run_due_jobs(MORNING)] * 4)
    later = at_once([lambda: run_due_jobs(MORNING + DAY)] * 4)

    assert sorted(ran) == sorted(later) == [[], [], [], ["flip"]]
    assert len(runs) == 2


def test_the_worker_works_until_it_is_told_to_stop(committed: None, register: Register) -> None:
    ran = threading.Event()
    register(ran.set)
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop, 0.01))
    thread.start()

    assert ran.wait(20)
    stop.set()
    thread.join(20)

    assert not thread.is_alive()
    assert Schedule.objects.get().last_run_on is not None
    assert Lease.objects.get().holder == ""


def test_the_worker_waits_while_another_holds_the_lease(committed: None, register: Register) -> None:
    ran = threading.Event()
    register(ran.set)
    hold_lease(worker.LEASE, "another", worker.LEASE_SECONDS)
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop, 0.01))
    thread.start()

    assert not ran.wait(0.3)
    Lease.objects.update(until=MORNING)
    assert ran.wait(20)
    stop.set()
    thread.join(20)


def test_no_error_ends_the_worker(
    committed: None, register: Register, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[int] = []
    stop = threading.Event()

    def registered() -> list[jobs.Job]:
        asked.append(1)
        if len(asked) == 3:
            stop.set()
        raise OSError("no database")

    monkeypatch.setattr(worker, "registered", registered)
    with caplog.at_level(logging.ERROR):
        work(stop, 0.01)

    assert len(asked) == 3
    assert [record.message for record in caplog.records] == ["The worker cannot work; it goes on trying."]


def test_sigterm_stops_the_worker_after_the_job_at_hand(committed: None, register: Register) -> None:
    finished: list[int] = []

    def run() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.05)
        finished.append(1)

    register(run)
    jobs.register("next", lambda: finished.append(2), jobs.daily_at(0))
    before = {wish: signal.getsignal(wish) for wish in (signal.SIGTERM, signal.SIGINT)}
    try:
        work_until_stopped()
    finally:
        for wish, handler in before.items():
            signal.signal(wish, handler)

    assert finished == [1]
    assert Schedule.objects.get(name="flip").last_run_on is not None
