"""`luoshi up`: from an empty machine to a running site, as one tree of processes."""

import errno
import http.client
import os
import socket

from luoshi.config import environment, migrating, preparing
from luoshi.config.console import Stop, say
from luoshi.config.demo.marker import MARKER
from luoshi.config.words import gettext as _

EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 – compared, not bound


def run_up(*, port: int | None, backup_made: bool) -> int:
    """Prepare everything and serve until the process is asked to end."""
    folder = preparing.make_data_folder()
    if (folder / MARKER).exists():
        raise Stop(
            _("The folder %(folder)s holds the demonstration.") % {"folder": folder},
            _("Start it with “luoshi demo”, or name another folder in LUOSHI_DATA."),
        )
    address = environment.text("LUOSHI_BIND"), port or environment.number("LUOSHI_PORT")
    require_free(*address)
    prepare(backup_made=backup_made, found=True)
    return serve(*address)


def prepare(*, backup_made: bool = False, found: bool = False) -> None:
    """Bring tables, mode, lights and static files into order; ask for the first administrator when wished."""
    preparing.wake_django()
    with preparing.alone(environment.data_folder()):
        migrating.migrate(backup_made=backup_made)
        preparing.require_sqlite_mode()
        if found:
            from luoshi.config.founding import found_when_empty  # noqa: PLC0415 – models exist only now

            found_when_empty()
        preparing.turn_lights()
        preparing.collect_static()


def require_free(host: str, port: int) -> None:
    """Stop when the address cannot be listened on, before anything else is done."""
    try:
        family, kind, _protocol, _name, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except PermissionError as error:
        raise Stop(
            _("This account may not listen on port %(port)d.") % {"port": port},
            _("Choose a port above 1023 with --port, and put a web server that speaks TLS before it."),
        ) from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise Stop(
                _("This machine cannot listen on the address %(host)s.") % {"host": host},
                _("Give LUOSHI_BIND an address of this machine, or 0.0.0.0 for all of them."),
            ) from error
        raise Stop(
            _("%(host)s port %(port)d is not free.") % {"host": host, "port": port},
            _("Another program listens there, perhaps Luoshi itself; choose another with --port."),
        ) from error


def serve(host: str, port: int) -> int:
    """Start web and worker and stay until one of them fails for good or the process is asked to end."""
    from luoshi.config.process_tree import Child, keep_running  # noqa: PLC0415

    # The children read the settings for themselves; these two come from the command.
    os.environ["LUOSHI_PORT"], os.environ["LUOSHI_BIND"] = str(port), host
    web = Child(_("web server"), ("granian", *web_arguments(host, port)))
    worker = Child(_("worker"), ("luoshi.config.worker",))
    seen = "127.0.0.1" if host in EVERYWHERE else host
    words = _("Open %(address)s   (end with Ctrl+C)") % {"address": f"http://{seen}:{port}/"}
    return keep_running((web, worker), ready=lambda: answers(seen, port), tell=lambda: say(words))


def web_arguments(host: str, port: int) -> list[str]:
    """One process per core with one thread each: more threads only take turns."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(environment.number("LUOSHI_PROCESSES")),
        "--blocking-threads": "1",
        "--http": "1",
        "--log-level": "warning",
    }
    words = [word for pair in options.items() for word in pair]
    return [*words, "--no-ws", "--respawn-failed-workers", "luoshi.config.wsgi:application"]


def answers(host: str, port: int) -> bool:
    """Whether the site answers there by now, whatever it says."""
    asking = http.client.HTTPConnection(host, port, timeout=2)
    try:
        asking.request("GET", "/")
        asking.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()
    return True
