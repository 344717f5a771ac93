"""One tree of processes: children are started together, started again when one dies, and ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

from luoshi.config.console import FAILED, complain
from luoshi.config.words import gettext as _

LOOK_EVERY = 0.2
GRACE_SECONDS = 10
DEATHS_ALLOWED, WITHIN_SECONDS = 5, 60
PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Child:
    """A Python module run as a process of its own; `name` is what it is called before people."""

    name: str
    module: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl+C reaches us alone and we end it in order."""
        command = [sys.executable, "-m", *self.module]
        self.process = subprocess.Popen(  # noqa: S603 – our own modules
            command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 – this process has one thread
        )

    def died(self) -> bool:
        """Whether it has ended by itself; what it left behind is ended too."""
        if self.process is None or self.process.poll() is None:
            return False
        self._signal(signal.SIGKILL)
        self.deaths = [moment for moment in self.deaths if moment > time.monotonic() - WITHIN_SECONDS]
        self.deaths.append(time.monotonic())
        return True

    def ask_to_end(self) -> None:
        """Let it finish what it is at."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end, and make one at the given moment."""
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.1, until - time.monotonic()))
            self._signal(signal.SIGKILL)
            self.process.wait()

    def _signal(self, number: int) -> None:
        """To the whole session: a server killed from outside leaves processes behind that hold its port."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def _die_with_parent() -> None:
    """Runs in the child: when we are killed without warning, the kernel ends it."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def keep_running(children: Sequence[Child], *, ready: Callable[[], bool], tell: Callable[[], None]) -> int:
    """Run the children until a signal comes (exit code 0) or one of them dies again and again (1).

    `tell` is called once, when `ready` first says yes.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: stop.set())
    told = False
    try:
        for child in children:
            child.start()
        while not stop.is_set():
            fallen = next((child for child in children if not _stands(child)), None)
            if fallen is not None:
                complain(
                    _("The %(name)s ends again and again.") % {"name": fallen.name},
                    _("What it said stands above; “luoshi check” examines the installation."),
                )
                return FAILED
            if not told and ready():
                told = True
                tell()
            stop.wait(LOOK_EVERY if told else LOOK_EVERY / 4)
    finally:
        _end(children)
    return 0


def _stands(child: Child) -> bool:
    """Whether the child runs, started again if it had died; not when it dies too often."""
    if not child.died():
        return True
    if len(child.deaths) > DEATHS_ALLOWED:
        return False
    complain(_("The %(name)s has ended and is started again.") % {"name": child.name})
    child.start()
    return True


def _end(children: Sequence[Child]) -> None:
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.wait(until)
