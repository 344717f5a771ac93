"""The queue of writers: first come, first served; a dead process frees it."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from luoshi.core.db.writer_queue import WriterQueue


def test_writers_are_served_in_the_order_they_came(tmp_path: Path) -> None:
    database = str(tmp_path / "db")
    served: list[int] = []
    first = WriterQueue(database)
    first.enter()

    def write(place: int) -> None:
        turn = WriterQueue(database)
        turn.enter()
        served.append(place)
        turn.leave()

    threads = []
    for place in range(6):
        threads.append(threading.Thread(target=write, args=(place,)))
        threads[-1].start()
        time.sleep(0.05)
    first.leave()
    for thread in threads:
        thread.join(10)
    assert served == list(range(6))


def test_entering_twice_is_one_turn(tmp_path: Path) -> None:
    turn = WriterQueue(str(tmp_path / "db"))
    turn.enter()
    turn.enter()
    turn.leave()
    other = WriterQueue(str(tmp_path / "db"))
    other.enter()
    other.leave()


def test_a_killed_writer_leaves_the_queue(tmp_path: Path) -> None:
    database = str(tmp_path / "db")
    code = (
        "import sys, time\nfrom luoshi.core.db.writer_queue import WriterQueue\n"
        "turn = WriterQueue(sys.argv[1]); turn.enter(); print('in', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, database], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "in\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait(10)
    child.stdout.close()
    WriterQueue(database).enter()
