"""Keys of forms, notices, schedules and leases."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="Lease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("holder", models.CharField(blank=True, max_length=120)),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("next_run_at", models.DateTimeField()),
                ("last_run_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField()),
                ("key", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                ("result_url", models.TextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="outbox_key_by_age")],
                "constraints": [models.UniqueConstraint(fields=("user_id", "key"), name="outbox_key_once_per_user")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tenant_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=48)),
                ("object_type", models.CharField(max_length=32)),
                ("object_id", models.BigIntegerField()),
                ("payload", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at__isnull", True)), fields=["due_at"], name="outbox_notice_waiting"
                    ),
                    models.Index(fields=["tenant_id", "person_id", "-created_at"], name="outbox_notice_of_person"),
                ],
            },
        ),
    ]
