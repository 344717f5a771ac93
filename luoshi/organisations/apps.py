"""The organisations application."""

from django.apps import AppConfig

from luoshi.outbox import jobs


class OrganisationsConfig(AppConfig):
    name = "luoshi.organisations"

    def ready(self) -> None:
        """Each night the head of every tenant's chain is noted, so that a cut tail is found."""
        from luoshi.organisations.services import note_checkpoints  # noqa: PLC0415 - models exist only now

        jobs.register("organisations.note_checkpoints", note_checkpoints, jobs.daily_at(0, 30))
