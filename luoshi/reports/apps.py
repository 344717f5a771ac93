"""The reports application."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "luoshi.reports"
