"""The calendars application."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started

from luoshi.calendars.memory import begin_request, end_request


class CalendarsConfig(AppConfig):
    name = "luoshi.calendars"

    def ready(self) -> None:
        """Tell the day memory where requests begin and end, so that a list asks for the version once."""
        request_started.connect(begin_request, dispatch_uid="calendars")
        request_finished.connect(end_request, dispatch_uid="calendars")
