"""The documents application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "luoshi.documents"

    def ready(self) -> None:
        """Tell the ledger how a citation of a document is opened."""
        from luoshi.documents.citing import choices, link, version_ids  # noqa: PLC0415 – models exist only now
        from luoshi.documents.models import SOURCE  # noqa: PLC0415
        from luoshi.ledger.sources import register_source  # noqa: PLC0415

        register_source(SOURCE, link, label=_("Document"), rows=version_ids, choices=choices)
