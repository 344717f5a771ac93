"""The responsibility list as Excel, WPS and other programs read it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import python_calamine
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl.worksheet.worksheet import Worksheet

from luoshi.audit.models import Event
from luoshi.ledger.models import Item
from luoshi.ledger.orders import Due, NewCitation, NewTarget, Order, Part
from luoshi.ledger.services.dispatching import dispatch_orders, register_item
from luoshi.ledger.services.handling import Report, accept_item, report_progress
from luoshi.organisations.models import TenantSettings
from luoshi.organisations.tests.cast import Cast

pytestmark = pytest.mark.django_db
URL = "/print/responsibility-list.xlsx"
SignedIn = Callable[[str], Client]
HEADS = list("序编类任来具目牵责配责完时报状进存下备")
"""First characters of the nineteen headings."""


@pytest.fixture(autouse=True)
def _a_day_in_march() -> Iterator[None]:
    with time_machine.travel("2026-03-02 09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def items(cast: Cast) -> list[Item]:
    """A duty shared out to two villages, one that looks like a formula, a standing one."""
    cited = NewCitation("document", 1, 0, 12, "讲话 二（一）", "各村要完成茶园改造500亩。")
    shared = Order(
        "改造低产茶园",
        cast.units["party_office"].pk,
        Due(date(2026, 6, 30), "month", "6月底前"),
        category="产业",
        targets=[NewTarget("茶园", ">=", Decimal(500), "亩")],
        citations=[cited],
        parts=[Part(cast.units["village_a"].pk, Decimal(300)), Part(cast.units["village_b"].pk, Decimal(200))],
    )
    formula = Order("=1+1", cast.units["village_b"].pk, Due(date(2026, 4, 1)), requirement="@SUM(A1)", note="+86")
    standing = Order("村庄保洁", cast.units["village_a"].pk, track="standing")
    return dispatch_orders(actor=cast.actor("clerk"), orders=[shared, formula, standing])


def sheet_of(client: Client, query: str = "") -> Worksheet:
    """The list as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(content_of(client, query))).worksheets[0]


def content_of(client: Client, query: str = "") -> bytes:
    """The workbook's bytes."""
    response = client.get(URL + query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def texts(sheet: Worksheet, column: int) -> list[Any]:
    """What stands in a column below the headings."""
    return [sheet.cell(row, column).value for row in range(5, sheet.max_row + 1)]


def test_headings_are_grouped_and_merged(items: list[Item], signed_in: SignedIn) -> None:
    sheet = sheet_of(signed_in("clerk"))
    assert sheet["A1"].value == "云岭县任务分解表"
    assert sheet["A2"].value == "范围：全部台账　　共 5 项　　2026年3月2日由周敏打印"
    spans = {str(span.start_cell.value): str(span) for span in sheet.merged_cells.ranges}
    single = {"序号": "A3:A4", "编号": "B3:B4", "类别": "C3:C4", "备注": "S3:S4"}
    grouped = {"任务": "D3:G3", "责任": "H3:K3", "时限": "L3:N3", "进展": "O3:R3"}
    assert spans == {"云岭县任务分解表": "A1:S1", sheet["A2"].value: "A2:S2", **single, **grouped}
    assert [str(sheet.cell(4, place).value or sheet.cell(3, place).value)[0] for place in range(1, 20)] == HEADS


def test_it_is_ready_for_the_printer(items: list[Item], signed_in: SignedIn) -> None:
    sheet = sheet_of(signed_in("clerk"))
    page = sheet.page_setup
    # One page wide is what the format means when it says nothing.
    assert (page.orientation, page.paperSize, page.fitToWidth or 1, page.fitToHeight) == ("landscape", 9, 1, 0)
    fit = sheet.sheet_properties.pageSetUpPr
    assert (fit and fit.fitToPage, sheet.freeze_panes) == (True, "C5")
    assert (sheet.print_title_rows, sheet.print_area) == ("$3:$4", "'任务分解表'!$A$1:$S$9")
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert sheet["D5"].alignment.wrap_text
    assert sheet["D5"].border.left.style == "thin"


def test_parts_stand_numbered_and_moved_in_under_their_parent(items: list[Item], signed_in: SignedIn) -> None:
    sheet = sheet_of(signed_in("clerk"))
    assert texts(sheet, 1) == ["1", "2", "2.1", "2.2", "3"]
    assert texts(sheet, 2)[1:4] == ["云岭-2026-0001", "云岭-2026-0001-1", "云岭-2026-0001-2"]
    assert texts(sheet, 4) == ["=1+1", "改造低产茶园", "石桥村", "柳湾村", "村庄保洁"]
    assert texts(sheet, 7) == [None, "茶园 ≥ 500 亩", "300 亩", "200 亩", None]
    assert texts(sheet, 5)[1] == "“各村要完成茶园改造500亩。”（讲话 二（一））"
    assert [sheet.cell(row, 4).alignment.indent for row in (6, 7)] == [0, 1]


def test_text_stays_text_and_days_are_days(items: list[Item], signed_in: SignedIn) -> None:
    content = content_of(signed_in("clerk"))
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert [(sheet[cell].value, sheet[cell].data_type) for cell in ("D5", "E5", "S5")] == [
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
        ("+86", "s"),
    ]
    assert (sheet["L5"].value, sheet["L5"].number_format) == (datetime(2026, 4, 1), "yyyy-mm-dd")  # noqa: DTZ001
    assert sheet["L9"].value == "长期坚持"
    rows = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[4][3:5] == ["=1+1", "@SUM(A1)"]
    assert rows[4][11] == date(2026, 4, 1)


def test_progress_is_told_with_its_problem(cast: Cast, items: list[Item], signed_in: SignedIn) -> None:
    head = cast.actor("head_a")
    accept_item(actor=head, item=items[1])
    report = Report("完成一半", amount=Decimal(150), problem="缺苗", next_step="调苗")
    report_progress(actor=head, item=items[1], report=report)
    sheet = sheet_of(signed_in("clerk"))
    assert [sheet.cell(7, column).value for column in (16, 17, 18)] == ["150/300 亩；完成一半", "缺苗", "调苗"]
    assert sheet["P6"].value == "150/500 亩"


def test_it_takes_the_conditions_of_the_ledger(cast: Cast, items: list[Item], signed_in: SignedIn) -> None:
    sheet = sheet_of(signed_in("clerk"), f"?unit={cast.units['village_b'].pk}&state=dispatched&q=茶园")
    assert sheet["A2"].value.startswith("范围：柳湾村及所属单位；待签收；含“茶园”　　共 1 项")
    assert (texts(sheet, 1), texts(sheet, 4)) == (["1"], ["改造低产茶园"])
    nothing = sheet_of(signed_in("clerk"), "?q=无此事")
    assert nothing["A5"].value == "没有符合条件的事项"


def test_everybody_gets_what_he_or_she_sees(cast: Cast, items: list[Item], signed_in: SignedIn) -> None:
    assert texts(sheet_of(signed_in("head_b")), 2) == ["云岭-2026-0002", "云岭-2026-0001-2"]
    assert sheet_of(signed_in("stranger"))["A1"].value == "东岭县任务分解表"
    assert sheet_of(signed_in("stranger"))["A5"].value == "没有符合条件的事项"
    answer = Client().get(URL)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


def test_it_speaks_english_and_calls_units_as_the_tenant_does(
    cast: Cast, items: list[Item], signed_in: SignedIn
) -> None:
    TenantSettings.objects.filter(tenant=cast.tenant).update(responsible_unit_means="executing")
    chinese = sheet_of(signed_in("clerk"))
    assert (chinese["I4"].value, chinese["J4"].value) == ("牵头单位", "责任单位")
    reader = signed_in("clerk")
    reader.cookies["luoshi_language"] = "en"
    english = sheet_of(reader)
    assert (english["I4"].value, english["J4"].value) == ("Lead unit", "Responsible units")
    assert english["L5"].number_format == "d mmm yyyy"


def test_rows_are_high_enough_for_their_text(cast: Cast, signed_in: SignedIn) -> None:
    register_item(actor=cast.actor("clerk"), order=Order("甲" * 95, cast.units["village_a"].pk))
    sheet = sheet_of(signed_in("clerk"))
    # A column of 20 characters takes nine Chinese ones a line, so 95 take eleven lines of fourteen and a half points.
    assert sheet.row_dimensions[5].height == pytest.approx(11 * 14.5 + 4, abs=0.5)


def test_the_number_of_queries_does_not_grow(cast: Cast, items: list[Item], signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    content_of(client)
    with CaptureQueriesContext(
        connection,
    ) as few:
        content_of(client)
    orders = [Order(f"事项{number}", cast.units["village_a"].pk, Due(date(2026, 5, 1))) for number in range(30)]
    dispatch_orders(actor=cast.actor("clerk"), orders=orders)
    events = Event.objects.count()
    with CaptureQueriesContext(connection) as many:
        content_of(client)
    assert len(few) == len(many)
    assert Event.objects.count() == events
