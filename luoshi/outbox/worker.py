"""The one loop that runs what is due; several may be started, and any of them may die."""

import logging
import os
import secrets
import signal
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event

from django.db import close_old_connections, connections

from luoshi.core.clock import day_of, now
from luoshi.outbox.jobs import Job, registered
from luoshi.outbox.leases import hold_lease, release_lease
from luoshi.outbox.models import Schedule

PAUSE_SECONDS = 5.0
LEASE, LEASE_SECONDS = "jobs", 60
# A job that failed, or whose worker died while running it, is tried again after this time.
RETRY_AFTER = timedelta(minutes=10)

logger = logging.getLogger(__name__)
_told: dict[str, str] = {}


def work_until_stopped() -> None:
    """Work in the main thread until SIGTERM or SIGINT; the job at hand is finished first."""
    stop = Event()
    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, lambda _number, _frame: stop.set())
    work(stop)


def work(stop: Event, pause: float = PAUSE_SECONDS) -> None:
    """Look for due jobs every `pause` seconds until `stop` is set; no error ends the loop."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    while not stop.is_set():
        close_old_connections()
        try:
            _work_once(holder, stop)
            _told.pop(LEASE, None)
        except Exception as error:
            if _is_news(LEASE, error):
                logger.exception("The worker cannot work; it goes on trying.")
        stop.wait(pause)
    connections.close_all()


def _work_once(holder: str, stop: Event) -> None:
    moment = now()
    if not any(True for _due in _due_jobs(moment)) or not hold_lease(LEASE, holder, LEASE_SECONDS):
        return
    try:
        run_due_jobs(moment, stop)
    finally:
        release_lease(LEASE, holder)


def run_due_jobs(moment: datetime | None = None, stop: Event | None = None) -> list[str]:
    """Run each job that is due, once however often it was missed; returns the names of those that succeeded.

    Safe beside other workers: a job is claimed by moving its next run on, and whoever comes second finds it moved.
    """
    moment = moment or now()
    ran = []
    for job, seen in _due_jobs(moment):
        if stop is not None and stop.is_set():
            break
        mine = Schedule.objects.filter(name=job.name)
        if seen is None:
            Schedule.objects.bulk_create([Schedule(name=job.name, next_run_at=moment)], ignore_conflicts=True)
        claim = moment + RETRY_AFTER
        if mine.filter(next_run_at=seen or moment).update(next_run_at=claim) and _succeeds(job):
            mine.filter(next_run_at=claim).update(next_run_at=job.next_after(moment), last_run_on=day_of(moment))
            ran.append(job.name)
    return ran


def _due_jobs(moment: datetime) -> Iterator[tuple[Job, datetime | None]]:
    """Due jobs with the next run seen in the database; None for a job that has no row yet."""
    planned = dict(Schedule.objects.values_list("name", "next_run_at"))
    for job in registered():
        seen = planned.get(job.name)
        if seen is None or seen <= moment or seen > _farthest(job, moment):
            yield job, seen


def _farthest(job: Job, moment: datetime) -> datetime:
    """No honest plan lies beyond this: it was made while the clock ran ahead, and would idle until then."""
    return job.next_after(job.next_after(moment)) + RETRY_AFTER


def _succeeds(job: Job) -> bool:
    try:
        job.run()
    except Exception as error:
        if _is_news(job.name, error):
            logger.exception("The job %s failed; it is tried again in %s.", job.name, RETRY_AFTER)
        return False
    _told.pop(job.name, None)
    return True


def _is_news(name: str, error: Exception) -> bool:
    """Whether this error is another than the one last logged for the name."""
    words = repr(error)
    known = _told.get(name) == words
    _told[name] = words
    return not known
