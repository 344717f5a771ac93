"""The sandbox answers with a code, quickly, and leaves no process behind."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from luoshi.files.sandbox import SandboxError, run_limited

READER = "luoshi.reading.read:read_as_dict"
HERE = "luoshi.files.tests.test_sandbox"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def echo(payload: bytes, arguments: dict[str, str]) -> dict[str, Any]:
    return {"length": len(payload), "arguments": arguments, "secret": os.environ.get("LUOSHI_SECRET_KEY")}


def spin(_payload: bytes, _arguments: dict[str, str]) -> dict[str, Any]:
    while True:
        pass


# These two outlive every limit on purpose: the sandbox has to end them, and nothing waits for their end.
def sleep(_payload: bytes, _arguments: dict[str, str]) -> dict[str, Any]:
    time.sleep(60)
    return {}


def hog(_payload: bytes, _arguments: dict[str, str]) -> dict[str, Any]:
    return {"kept": len([bytearray(2**20) for _ in range(4096)])}


def fork_and_sleep(_payload: bytes, _arguments: dict[str, str]) -> dict[str, Any]:
    if os.fork() == 0:
        time.sleep(60)
    time.sleep(60)
    return {}


def die(_payload: bytes, _arguments: dict[str, str]) -> dict[str, Any]:
    os.abort()


def write_file(_payload: bytes, arguments: dict[str, str]) -> dict[str, Any]:
    Path(arguments["path"]).write_text("x", encoding="utf-8")
    return {}


def chatter(_payload: bytes, _arguments: dict[str, str]) -> dict[str, Any]:
    return {"long": "x" * 5_000_000}


def package(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return kept.getvalue()


def refusal(data: bytes, filename: str) -> tuple[str, str]:
    with pytest.raises(SandboxError) as caught:
        run_limited(READER, data, {"filename": filename})
    return caught.value.code, caught.value.reason


def group_members() -> set[int]:
    """Processes that are children of this one."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(status.parent.name))
    return found


def test_an_answer_comes_back_and_the_environment_is_scrubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_SECRET_KEY", "do not tell")
    assert run_limited(f"{HERE}:echo", b"abc", {"k": "值"}) == {"length": 3, "arguments": {"k": "值"}, "secret": None}


def test_a_document_is_read_in_the_child() -> None:
    text = "柳河镇2024年水利工作要点\n一、重点任务\n镇水利站要在6月底前清淤沟渠5公里。\n"
    found = run_limited(READER, text.encode(), {"filename": "要点.txt"})
    assert [draft["deadline"]["code"] for draft in found["drafts"]] == ["2024-06-30"]


@pytest.mark.parametrize(
    ("function", "code", "limits"),
    [
        ("spin", "time", {"cpu_seconds": 1, "wall_seconds": 8}),
        ("sleep", "time", {"wall_seconds": 1}),
        ("fork_and_sleep", "time", {"wall_seconds": 1}),
        ("hog", "memory", {"memory_bytes": 256 * 2**20}),
        ("die", "crashed", {}),
        ("chatter", "crashed", {"output_bytes": 100_000}),
        ("missing", "crashed", {}),
    ],
)
def test_a_bad_child_yields_its_code_and_leaves_nothing(function: str, code: str, limits: dict[str, int]) -> None:
    before = group_members()
    started = time.monotonic()
    with pytest.raises(SandboxError) as caught:
        run_limited(f"{HERE}:{function}", b"", {}, **limits)
    assert caught.value.code == code
    assert time.monotonic() - started < 10
    assert group_members() == before


def test_the_child_cannot_write_files(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    with pytest.raises(SandboxError):
        run_limited(f"{HERE}:write_file", b"", {"path": str(target)})
    assert not target.exists() or target.stat().st_size == 0


def test_a_zip_bomb_is_refused_quickly() -> None:
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>'.encode() + b"a" * (200 * 2**20)
    started = time.monotonic()
    assert refusal(package({"word/document.xml": body}), "bomb.docx") == ("refused", "too_large")
    assert time.monotonic() - started < 8


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(package({"word/document.xml": b"a" * (120 * 2**20)}))
    place = data.find(b"PK\x01\x02")
    data[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data), "bomb.docx")[0] == "refused"


def test_damaged_and_encrypted_files_are_named() -> None:
    good = package({"word/document.xml": f'<w:document xmlns:w="{WORD}"/>'.encode()})
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refusal(good[: len(good) // 2], "a.docx") == ("refused", "damaged")
    assert refusal(ole + "EncryptedPackage".encode("utf-16-le"), "a.docx") == ("refused", "encrypted")
    assert refusal(ole, "a.docx") == ("refused", "unsupported")
    assert (
        refusal(package({"word/document.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "a.docx")[1] == "damaged"
    )
    assert refusal(b"", "a.txt") == ("refused", "empty")


def test_a_function_must_be_named_in_full() -> None:
    with pytest.raises(ValueError, match=r"package\.module:function"):
        run_limited("os.system", b"", {})
