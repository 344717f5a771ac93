"""The config application."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "luoshi.config"
