"""A document version is frozen (see core/db/triggers.py)."""

from django.db import migrations

from luoshi.core.db.operations import InstallTriggers
from luoshi.core.db.triggers import never_changed

GUARDS = never_changed("documents_documentversion")


class Migration(migrations.Migration):
    """The database refuses to change a frozen text."""

    dependencies = [("documents", "0001_documents_and_drafts")]

    operations = [InstallTriggers(GUARDS)]
