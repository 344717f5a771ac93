"""The core application: templates, components and static files; no tables."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "luoshi.core"
