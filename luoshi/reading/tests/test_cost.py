"""A megabyte of anything is read in seconds: no pattern runs away."""

from __future__ import annotations

import time

import pytest

from luoshi.reading.read import read_text
from luoshi.reading.tests import samples

MEGABYTE = 330_000
SHAPES = {
    "plain": (samples.PLAN + samples.SPEECH + samples.RECTIFY) * 300,
    "one line": (samples.PLAN + samples.SPEECH).replace("\n", "") * 400,
    "no punctuation": "镇水利站完成渠道清淤建设" * (MEGABYTE // 12),
    "only digits": "1234567890" * 100_000,
    "deep nesting": "（一" * (MEGABYTE // 2),
    "only commas": "，" * MEGABYTE,
    "only pipes": "|" * 1_000_000,
    "open notes": "（责任单位：" * (MEGABYTE // 6),
    "field lines": "责任单位：镇办\n" * (MEGABYTE // 8),
    "table rows": "| 1 | 完成道路硬化3公里 | 镇建设办 | 6月底 |\n" * 8000,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_megabyte_is_read_in_time(shape: str) -> None:
    text = SHAPES[shape][:1_000_000]
    started = time.perf_counter()
    read_text(text)
    assert time.perf_counter() - started < 6
