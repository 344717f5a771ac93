"""Uploaded files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tenant_id", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("owner_type", models.CharField(blank=True, max_length=32)),
                ("owner_id", models.BigIntegerField(null=True)),
                ("uploaded_by_id", models.BigIntegerField()),
                ("uploaded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant_id", "owner_type", "owner_id"], name="files_by_owner"),
                    models.Index(fields=["sha256"], name="files_by_content"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="files_never_empty"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("owner_type", ""), ("owner_id__isnull", True)),
                            models.Q(models.Q(("owner_type", ""), _negated=True), ("owner_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="files_owner_whole_or_none",
                    ),
                ],
            },
        ),
    ]
