"""The files application."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "luoshi.files"
