"""Exceptional days and the version by which processes see a change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tenant_id", models.BigIntegerField(null=True)),
                ("date", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("holiday", "day off"), ("workday", "shifted working day")], max_length=8
                    ),
                ),
                (
                    "status",
                    models.CharField(choices=[("official", "official"), ("estimated", "estimated")], max_length=9),
                ),
                ("name", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tenant_id__isnull", True)),
                        fields=("date",),
                        name="calendars_national_day_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tenant_id__isnull", False)),
                        fields=("tenant_id", "date"),
                        name="calendars_tenant_day_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["holiday", "workday"])), name="calendars_day_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["official", "estimated"])),
                        name="calendars_day_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32)),
            ],
        ),
    ]
