"""What the command line answers, above all when something is not as it should be."""

import socket
from pathlib import Path

import pytest

from luoshi.config.tests.installation import Installation


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """A folder in which nothing was ever started."""
    return Installation(tmp_path / "data")


def test_help_is_chinese_unless_english_is_asked_for(empty: Installation) -> None:
    chinese, english = empty.luoshi("--help", LUOSHI_LANG="").stdout, empty.luoshi("--help").stdout
    assert "启动网站" in chinese
    assert "start the site" in english
    assert not empty.folder.exists()


def test_version_is_named(empty: Installation) -> None:
    assert empty.luoshi("--version").stdout.startswith("luoshi 0.")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["upp"], "There is no command “upp”."),
        (["up", "--prot", "1"], "“--prot” is not understood."),
        (["up", "--port"], "A port is a number from 1 to 65535, not “”."),
        (["up", "--port", "70000"], "A port is a number from 1 to 65535, not “70000”."),
        (["demo", "--port=x"], "A port is a number from 1 to 65535, not “x”."),
        (["check", "now"], "“now” is not understood."),
        (["check"], "There is no database in"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(empty: Installation, words: list[str], complaint: str) -> None:
    done = empty.luoshi(*words)
    assert done.returncode == 2
    assert done.stderr.startswith(complaint)
    assert "Traceback" not in done.stderr


def test_the_first_start_needs_a_terminal(empty: Installation) -> None:
    done = empty.luoshi("up", "--port", str(free_port()))
    assert done.returncode == 2
    assert "must be asked for at a terminal" in done.stderr
    assert empty.folder.stat().st_mode & 0o777 == 0o700


def test_a_port_in_use_is_named(empty: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = empty.luoshi("up", "--port", str(port))
    assert done.returncode == 2
    assert f"127.0.0.1 port {port} is not free." in done.stderr


def test_an_address_of_another_machine_is_named(empty: Installation) -> None:
    done = empty.luoshi("up", "--port", str(free_port()), LUOSHI_BIND="192.0.2.1")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "This machine cannot listen on the address 192.0.2.1.",
    )


def test_a_database_of_another_kind_is_named_without_its_password(empty: Installation) -> None:
    done = empty.luoshi("check", LUOSHI_DATABASE="mysql://root:secret@127.0.0.1/luoshi")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "LUOSHI_DATABASE must begin with postgres://, not “mysql”; empty means SQLite.",
    )


def test_a_setting_that_is_no_number_is_named(empty: Installation) -> None:
    done = empty.luoshi("up", LUOSHI_PORT="eighty")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "LUOSHI_PORT must be a whole number, not “eighty”.")


def test_a_database_that_does_not_answer_is_named(empty: Installation) -> None:
    done = empty.luoshi("up", "--port", str(free_port()), LUOSHI_DATABASE="postgres://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert done.stderr.startswith("The database cannot be opened:")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = Installation(tmp_path / "file" / "data").luoshi("up")
    assert (done.returncode, done.stderr.split()[0]) == (2, "The")


def test_an_unexpected_error_is_a_sentence_and_a_log(empty: Installation) -> None:
    (empty.folder / "secret.key").mkdir(parents=True)
    done = empty.luoshi("check")
    log = empty.folder / "logs/luoshi-errors.log"
    assert done.returncode == 1
    assert done.stderr == f"Something went wrong that should not have.\nThe details are in {log}.\n"
    assert "IsADirectoryError" in log.read_text()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def test_a_look_at_an_empty_folder_leaves_nothing_behind(empty: Installation) -> None:
    assert empty.luoshi("check").returncode == 2
    assert not empty.folder.exists()
