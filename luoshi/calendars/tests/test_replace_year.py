"""Publishing a year, and who sees it when."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import DjangoAssertNumQueries, Settings

from luoshi.calendars.models import CalendarDay
from luoshi.calendars.services import DayGiven, calendar_of, is_estimated, is_working_day, replace_year
from luoshi.core.errors import BadInput

TENANT = 7
SHIFTED = DayGiven(date(2027, 2, 20), "workday", "春节调休上班")


def test_a_published_year_takes_the_place_of_the_estimate(db: None) -> None:
    assert is_working_day(SHIFTED.date) is False

    replace_year(year=2027, days=[DayGiven(date(2027, 1, 1), "holiday", "元旦"), SHIFTED])

    assert is_working_day(SHIFTED.date) is True
    assert is_estimated(SHIFTED.date) is False
    assert is_working_day(date(2027, 2, 9)) is True  # the estimate is gone
    assert list(CalendarDay.objects.filter(date__year=2027).values_list("status", flat=True)) == ["official"] * 2


def test_a_tenant_has_days_of_its_own(db: None) -> None:
    feast = date(2026, 8, 6)

    replace_year(year=2026, days=[DayGiven(feast, "holiday", "火把节")], tenant_id=TENANT)

    assert is_working_day(feast, TENANT) is False
    assert is_working_day(feast) is True
    assert is_working_day(feast, TENANT + 1) is True
    assert is_working_day(date(2026, 10, 1), TENANT) is False
    assert is_estimated(feast, TENANT) is False


def test_a_tenant_may_work_on_a_national_holiday(db: None) -> None:
    replace_year(year=2026, days=[DayGiven(date(2026, 10, 6), "workday", "秋收")], tenant_id=TENANT)

    assert is_working_day(date(2026, 10, 6), TENANT) is True


def test_a_rolled_back_change_is_forgotten(db: None) -> None:
    def fail() -> None:
        with transaction.atomic():
            replace_year(year=2027, days=[SHIFTED])
            assert is_working_day(SHIFTED.date) is True
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert is_working_day(SHIFTED.date) is False


def list_page(_request: HttpRequest) -> HttpResponse:
    for day in range(1, 31):
        is_working_day(date(2026, 11, day))
        calendar_of().working_days_between(date(2026, 1, 1), date(2026, 11, day))
    return HttpResponse()


urlpatterns = [path("", list_page)]


@pytest.mark.urls(__name__)
def test_a_request_asks_for_the_version_once(
    db: None, client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.MIDDLEWARE = []
    is_working_day(date(2026, 1, 1))

    with django_assert_num_queries(1):
        client.get("/")
    with django_assert_num_queries(2):  # outside of a request every question asks
        is_working_day(date(2026, 1, 1))
        is_working_day(date(2026, 1, 2))


@pytest.mark.parametrize(
    "days",
    [
        [DayGiven(date(2026, 12, 31), "holiday", "元旦")],
        [SHIFTED, SHIFTED],
        [DayGiven(date(2027, 1, 1), "feast", "元旦")],
    ],
)
def test_wrong_days_are_refused_and_nothing_changes(db: None, days: list[DayGiven]) -> None:
    before = CalendarDay.objects.count()

    with pytest.raises(BadInput) as refused:
        replace_year(year=2027, days=days)

    assert refused.value.field == "days"
    assert CalendarDay.objects.count() == before


@pytest.mark.parametrize("tenant_id", [None, TENANT])
def test_the_database_refuses_a_day_twice(db: None, tenant_id: int | None) -> None:
    day = {"date": date(2029, 1, 1), "kind": "holiday", "status": "official", "name": "元旦"}
    CalendarDay.objects.create(tenant_id=tenant_id, **day)

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(tenant_id=tenant_id, **day)
