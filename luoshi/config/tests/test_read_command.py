"""``luoshi read``: what it prints and writes, and one sentence for everything that goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from luoshi.config.read_command import run_read

TEXT = "柳河镇2024年水利工作要点\n一、重点任务\n镇水利站要在6月底前清淤沟渠5公里。\n要建立巡查台账。\n"


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUOSHI_LANG", raising=False)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "要点.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_summary_is_printed(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_read([str(document)]) == 0
    assert capsys.readouterr().out == (
        "柳河镇2024年水利工作要点\n"
        "1 个条目，2 条草稿；未定牵头 1 条，未定时限 1 条。\n\n"
        "  1. 镇水利站要在6月底前清淤沟渠5公里\n"
        "     镇水利站 · 2024-06-30 · 清淤沟渠 5公里\n"
        "  2. 要建立巡查台账\n"
        "     未定牵头 · 未定时限\n"
    )


def test_explain_names_the_rules(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_read([str(document), "--explain"]) == 0
    shown = capsys.readouterr().out
    assert "依据：dated" in shown
    assert "全文判断" in shown
    assert "heading" in shown


def test_json_is_the_prediction_form(document: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert run_read([str(document), "-o", str(target)]) == 0
    found = json.loads(target.read_text(encoding="utf-8"))
    assert (found["doc_id"], found["text"]) == ("要点", TEXT)
    assert [item["deadline"] for item in found["items"]] == ["2024-06-30", "none"]
    assert [clause["level"] for clause in found["clauses"]] == [0, 1]


def test_markdown_is_a_table(document: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    assert run_read([str(document), "-o", str(target)]) == 0
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# 柳河镇2024年水利工作要点"
    assert lines[4].startswith("| 1 | 镇水利站要在6月底前清淤沟渠5公里 | 镇水利站 |  | 2024-06-30 |")


def test_a_formula_stays_text_in_the_workbook(tmp_path: Path) -> None:
    source, target = tmp_path / "a.txt", tmp_path / "a.xlsx"
    source.write_text("=1+1 2024年工作方案\n一、任务\n=SUM(A1)各村要在6月底前完成清淤5公里。\n", encoding="utf-8")
    assert run_read([str(source), "-o", str(target)]) == 0
    with zipfile.ZipFile(target) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


@pytest.mark.parametrize(
    ("make", "arguments", "said"),
    [
        ("", ["none.txt"], "找不到文件"),
        ("folder", ["x"], "是文件夹"),
        ("empty", ["x.txt"], "没有文字"),
        ("text", ["x.pdf"], "格式不支持"),
        ("text", ["x.docx"], "已损坏"),
        ("ole", ["x.docx"], "设有密码"),
        ("text", ["x.txt", "-o", "out.pdf"], "输出文件名请以"),
        ("text", ["x.txt", "-o", "no/out.md"], "写不进"),
        ("text", ["x.md", "-o", "x.md"], "盖掉原文件"),
        ("text", [], "命令写得不对"),
        ("text", ["x.txt", "--what"], "命令写得不对"),
    ],
)
def test_bad_input_is_one_sentence_and_code_two(
    make: str,
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    content = {"empty": b"", "text": TEXT.encode(), "ole": ole}.get(make)
    if make == "folder":
        Path("x").mkdir()
    elif content is not None and arguments:
        Path(arguments[0]).write_bytes(content)
    assert run_read(arguments) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_english_on_request(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LUOSHI_LANG", "en")
    assert run_read(["/nowhere/at-all.txt"]) == 2
    assert capsys.readouterr().err.startswith("There is no file")


def test_an_unwritable_target_leaves_nothing_half(document: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    target.write_text("before", encoding="utf-8")
    assert run_read([str(document), "-o", str(target)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.md", "要点.txt"]


def test_the_command_needs_no_django() -> None:
    script = "import sys; import luoshi.config.read_command; sys.exit('django' in sys.modules)"
    root = str(Path(__file__).resolve().parents[3])
    done = subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": root}, check=False)
    assert done.returncode == 0
