"""The ledger application."""

from django.apps import AppConfig

from luoshi.outbox import jobs


class LedgerConfig(AppConfig):
    name = "luoshi.ledger"

    def ready(self) -> None:
        """Turn the lights when the day does."""
        from luoshi.ledger.tallies import turn_lights  # noqa: PLC0415 – models exist only now

        jobs.register("ledger.turn_lights", turn_lights, jobs.daily_at(0, 0))
        # Once more, for what was being written while the day turned.
        jobs.register("ledger.turn_lights_again", turn_lights, jobs.daily_at(0, 10))
