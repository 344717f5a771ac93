"""The command `luoshi`: reads the arguments and hands over. What a command needs is imported only for it."""

import sys
from collections.abc import Callable, Sequence

from luoshi.config.console import BAD_INPUT, FAILED, Stop, accept_narrow_terminals, complain, note_failure, say
from luoshi.config.words import gettext as _
from luoshi.core.errors import LuoshiError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 failed or faults found, 2 bad input. Never a traceback."""
    accept_narrow_terminals()
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except Stop as stop:
        complain(stop.message, stop.next_step)
        return stop.status
    except LuoshiError as error:
        complain(error.message)
        return BAD_INPUT
    except SystemExit as wish:
        return _exit_code(wish)
    except KeyboardInterrupt:
        complain("")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    except Exception:  # noqa: BLE001 – the last door: whatever it was, the reader gets a sentence, the log the rest
        path = note_failure()
        complain(_("Something went wrong that should not have."), _("The details are in %(path)s.") % {"path": path})
        return FAILED


def _run(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if command in {"--help", "-h", "help"}:
        say(help_text())
        return 0
    if command == "--version":
        return _show_version()
    if command not in COMMANDS:
        raise Stop(_("There is no command “%(name)s”.") % {"name": command}, _("“luoshi --help” lists the commands."))
    if command != "read" and {"--help", "-h"} & set(rest):
        say(help_text())
        return 0
    return COMMANDS[command](rest)


def help_text() -> str:
    """What the command line can do, in the reader's language."""
    lines = [
        _("Luoshi: from a sentence in a document to a closed item."),
        "",
        _("luoshi up [--port N]       start the site; the first time it asks for the first administrator"),
        _("luoshi demo [--port N]     a fictional township to try, on this machine alone"),
        _("luoshi read FILE …         list the duties in a .txt, .md or .docx file; no server, no database"),
        _("luoshi check               examine history, counts, files and database"),
        _("luoshi --version           name the version"),
        "",
        _("LUOSHI_DATA names the data folder, LUOSHI_LANG=en switches to English; docs/settings.md has every setting."),
    ]
    return "\n".join(lines)


def _show_version() -> int:
    from importlib.metadata import version  # noqa: PLC0415

    say(f"luoshi {version('luoshi')}")
    return 0


def _up(rest: list[str]) -> int:
    from luoshi.config.serving import run_up  # noqa: PLC0415

    backup_made = "--backup-made" in rest
    port = port_of([word for word in rest if word != "--backup-made"])
    return run_up(port=port, backup_made=backup_made)


def _demo(rest: list[str]) -> int:
    from luoshi.config.demo.command import run_demo  # noqa: PLC0415

    return run_demo(port=port_of(rest))


def _read(rest: list[str]) -> int:
    from luoshi.config.read_command import run_read  # noqa: PLC0415

    return run_read(rest)


def _check(rest: list[str]) -> int:
    from luoshi.config.preparing import require_installation, wake_django  # noqa: PLC0415

    if rest:
        raise not_understood(rest[0])
    require_installation()
    wake_django()
    from luoshi.config.checking import examine  # noqa: PLC0415

    return examine()


COMMANDS: dict[str, Callable[[list[str]], int]] = {"up": _up, "demo": _demo, "read": _read, "check": _check}


def port_of(words: Sequence[str]) -> int | None:
    """The port given as `--port N` or `--port=N`; None when none is given. Anything else is refused."""
    left = [part for word in words for part in (word.split("=", 1) if word.startswith("--port=") else [word])]
    if not left:
        return None
    if left[0] != "--port" or len(left) > 2:
        raise not_understood(left[0] if left[0] != "--port" else left[2])
    given = left[1] if len(left) == 2 else ""
    if not given.isdecimal() or not 1 <= int(given) <= 65535:
        raise Stop(_("A port is a number from 1 to 65535, not “%(given)s”.") % {"given": given})
    return int(given)


def not_understood(word: str) -> Stop:
    """A word of the command line that means nothing."""
    return Stop(_("“%(word)s” is not understood.") % {"word": word}, _("“luoshi --help” lists the commands."))


def _exit_code(wish: SystemExit) -> int:
    """A setting that cannot be read ends the process with a sentence; elsewhere the code is taken as it is."""
    if isinstance(wish.code, str):
        complain(wish.code, _("docs/settings.md explains the settings."))
        return BAD_INPUT
    return wish.code or 0


if __name__ == "__main__":
    sys.exit(main())
