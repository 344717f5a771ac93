from django.db import migrations

from luoshi.core.db.search import CreateWordIndex


class Migration(migrations.Migration):
    """Items are found by the words of their number, title, requirement, measure, note and sentences."""

    dependencies = [("ledger", "0002_guards")]

    operations = [CreateWordIndex("ledger_item_words")]
