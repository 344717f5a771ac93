"""Bytes to text: encodings, Word files, refusals, and what holds for every reading."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.reading.errors import ReadingError
from luoshi.reading.model import Reading
from luoshi.reading.read import read, read_as_dict, read_text
from luoshi.reading.tests import samples
from luoshi.reading.tests.tiles import check_tiles

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENTS = [value for name, value in vars(samples).items() if name.isupper()]


def word_file(body: str, numbering: str = "", styles: str = "") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, inner in (("document", f"<w:body>{body}</w:body>"), ("numbering", numbering), ("styles", styles)):
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>')
    return kept.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends_give_the_same_reading(encoding: str, newline: str) -> None:
    data = samples.PLAN.replace("\n", newline).encode(encoding)
    assert read(data, "a.txt") == read_text(samples.PLAN)


@pytest.mark.parametrize("text", DOCUMENTS)
def test_pieces_tile_every_document(text: str) -> None:
    check_tiles(read_text(text))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *"一二（）1.、：；。，\n |#每月",
                "责任单位：",
                "镇农办",
                "6月底前",
                "完成",
                "问题：",
                "第 1 页 共 2 页",
                "QQ群",
            ]
        ),
        min_size=1,
        max_size=60,
    )
)
def test_any_mixture_is_tiled(parts: list[str]) -> None:
    text = "".join(parts)
    if text.strip():
        check_tiles(read_text(text))


def test_a_reading_survives_its_dict() -> None:
    reading = read_text(samples.SPEECH)
    found = read_as_dict(samples.SPEECH.encode(), {"filename": "a.txt"})
    found.pop("reader_version")
    assert Reading.from_dict(found) == reading
    assert reading.to_prediction("x")["items"][0]["deadline"] == "E:4月底前"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t", "a.txt", "empty"),
        (b"x", "a.pdf", "unsupported"),
        (b"PK\x03\x04" + bytes(50), "a.txt", "binary"),
        (bytes(range(256)) * 4, "a.txt", "binary"),
        (b"plain", "a.docx", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(data, name)
    assert caught.value.code == code


def test_word_numbers_become_visible() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    first = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    second = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    body = paragraph("枫林小学2024年工作计划") + paragraph("教学工作", first)
    body += paragraph("教务处每月检查教案一次。", second) + paragraph("6月底前完成命题。", second)
    body += paragraph("安全工作", first) + paragraph("开展演练2次。", second)
    reading = read(word_file(body, numbering), "a.docx")
    assert reading.text.split("\n")[1:] == [
        "一、教学工作",
        "1.教务处每月检查教案一次。",
        "2.6月底前完成命题。",
        "二、安全工作",
        "1.开展演练2次。",
    ]
    assert [c.level for c in reading.clauses] == [0, 1, 2, 2, 1, 2]
    assert [d.deadline.code for d in reading.drafts] == ["R:monthly*1", "2024-06-30", "none"]


def test_heading_styles_give_levels_and_tables_become_rows() -> None:
    styles = '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    cells = [["工作任务", "责任单位", "完成时限"], ["清淤沟渠5公里", "镇水利站", "6月底前"]]
    table = "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in cells)
    heading = paragraph("重点任务", '<w:pStyle w:val="H"/>')
    body = paragraph("2024年工作方案") + heading + f"<w:tbl>{table}</w:tbl>"
    reading = read(word_file(body, styles=styles), "a.docx")
    assert [(c.level, c.title) for c in reading.clauses][1:] == [(1, "重点任务"), (2, "清淤沟渠5公里")]
    assert [(d.lead, d.deadline.code) for d in reading.drafts] == [(("镇水利站",), "2024-06-30")]
