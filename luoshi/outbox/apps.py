"""The outbox application."""

from django.apps import AppConfig

from luoshi.outbox import jobs


class OutboxConfig(AppConfig):
    name = "luoshi.outbox"

    def ready(self) -> None:
        """Forget the keys of forms at night."""
        from luoshi.outbox.services import forget_old_keys  # noqa: PLC0415 – models exist only now

        jobs.register("outbox.forget_old_keys", forget_old_keys, jobs.daily_at(3, 10))
