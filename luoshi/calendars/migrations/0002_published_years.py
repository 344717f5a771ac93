"""The national days: 2024 to 2026 as the State Council Office published them, 2027 as the law lets expect.

Sources: 国办发明电〔2023〕7号, 国办发明电〔2024〕12号, and the notice of 4 November 2025 for 2026. For 2027 the statutory
days of 全国年节及纪念日放假办法 (2024) with the weekdays off that it owes for those on a weekend; no shifted working
days, which nobody knows before the notice.
"""

from datetime import date, timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# (first, last day off, days worked for them, name)
Span = tuple[str, str, tuple[str, ...], str]
OFFICIAL: tuple[Span, ...] = (
    ("2024-01-01", "2024-01-01", (), "元旦"),
    ("2024-02-10", "2024-02-17", ("2024-02-04", "2024-02-18"), "春节"),
    ("2024-04-04", "2024-04-06", ("2024-04-07",), "清明节"),
    ("2024-05-01", "2024-05-05", ("2024-04-28", "2024-05-11"), "劳动节"),
    ("2024-06-10", "2024-06-10", (), "端午节"),
    ("2024-09-15", "2024-09-17", ("2024-09-14",), "中秋节"),
    ("2024-10-01", "2024-10-07", ("2024-09-29", "2024-10-12"), "国庆节"),
    ("2025-01-01", "2025-01-01", (), "元旦"),
    ("2025-01-28", "2025-02-04", ("2025-01-26", "2025-02-08"), "春节"),
    ("2025-04-04", "2025-04-06", (), "清明节"),
    ("2025-05-01", "2025-05-05", ("2025-04-27",), "劳动节"),
    ("2025-05-31", "2025-06-02", (), "端午节"),
    ("2025-10-01", "2025-10-08", ("2025-09-28", "2025-10-11"), "国庆节、中秋节"),
    ("2026-01-01", "2026-01-03", ("2026-01-04",), "元旦"),
    ("2026-02-15", "2026-02-23", ("2026-02-14", "2026-02-28"), "春节"),
    ("2026-04-04", "2026-04-06", (), "清明节"),
    ("2026-05-01", "2026-05-05", ("2026-05-09",), "劳动节"),
    ("2026-06-19", "2026-06-21", (), "端午节"),
    ("2026-09-25", "2026-09-27", (), "中秋节"),
    ("2026-10-01", "2026-10-07", ("2026-09-20", "2026-10-10"), "国庆节"),
)
ESTIMATED: tuple[Span, ...] = (
    ("2027-01-01", "2027-01-01", (), "元旦"),
    ("2027-02-05", "2027-02-10", (), "春节"),
    ("2027-04-05", "2027-04-05", (), "清明节"),
    ("2027-05-01", "2027-05-04", (), "劳动节"),
    ("2027-06-09", "2027-06-09", (), "端午节"),
    ("2027-09-15", "2027-09-15", (), "中秋节"),
    ("2027-10-01", "2027-10-05", (), "国庆节"),
)
FIRST_TOKEN = "seeded"  # noqa: S105 – a version, not a secret


def enter_days(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the days of all spans and the first version."""
    Day = apps.get_model("calendars", "CalendarDay")
    rows = []
    for status, spans in (("official", OFFICIAL), ("estimated", ESTIMATED)):
        for first, last, worked, name in spans:
            begin, length = date.fromisoformat(first), (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
            days = [(begin + timedelta(days=step), "holiday", name) for step in range(length)]
            days += [(date.fromisoformat(day), "workday", f"{name}调休上班") for day in worked]
            rows += [Day(date=day, kind=kind, status=status, name=text) for day, kind, text in days]
    Day.objects.bulk_create(rows)
    apps.get_model("calendars", "CalendarVersion").objects.create(pk=1, token=FIRST_TOKEN)


def remove_days(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take all national days away; the table itself goes with the migration before."""
    apps.get_model("calendars", "CalendarDay").objects.filter(tenant_id__isnull=True).delete()
    apps.get_model("calendars", "CalendarVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_calendar_days")]
    operations = [migrations.RunPython(enter_days, remove_days)]
