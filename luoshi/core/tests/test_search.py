"""Pairs of characters: what they are, and that they find what a search through the text finds."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.core.db.search import bigrams, ids_matching, index_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("河道清淤", "河道 道清 清淤 淤"),
        ("改造500亩", "改造 造 500 亩"),
        ("青禾-2026-0014", "青禾 禾 2026 0014"),
        ("ＷＰＳ　表格", "wps 表格 格"),
        ("；——", ""),
    ],
)
def test_a_text_becomes_pairs(text: str, words: str) -> None:
    assert bigrams(text) == words


INDEX = "ledger_item_words"
TEXTS = {
    1: "石桥村完成河道清淤三公里",
    2: "改造低产茶园500亩",
    3: "清理淤泥，河面保洁",
    4: "青禾-2026-0014 建成助餐点",
    5: "今年5月开展WPS培训",
}


def _found(sought: str) -> set[int]:
    ids = ids_matching(INDEX, sought)
    if ids is None:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(ids.sql, ids.params)
        return {int(row[0]) for row in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("清淤", {1}),
        ("淤", {1, 3}),
        ("河", {1, 3}),
        ("低产茶园", {2}),
        ("500亩", {2}),
        ("50", {2}),
        ("2026-0014", {4}),
        ("wps", {5}),
        ("年5月", {5}),
        ("芦笋", set()),
        ("', 清淤", {1}),
        ('" OR "', set()),
    ],
)
def test_what_holds_the_words_is_found(sought: str, found: set[int]) -> None:
    index_words(INDEX, TEXTS.items())
    assert _found(sought) == found


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text("河道清淤石桥", min_size=1, max_size=12), sought=st.text("河道清淤石桥", min_size=1, max_size=4))
def test_pairs_find_exactly_what_the_text_holds(text: str, sought: str) -> None:
    index_words(INDEX, [(7, text)])
    assert _found(sought) == ({7} if sought in text else set())


@pytest.mark.django_db
def test_a_row_indexed_anew_is_found_by_its_new_words_alone() -> None:
    index_words(INDEX, [(7, "清淤")])
    index_words(INDEX, [(7, "茶园")])
    assert (_found("清淤"), _found("茶园")) == (set(), {7})
