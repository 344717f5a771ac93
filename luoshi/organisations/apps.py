"""The organisations application."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "luoshi.organisations"
