"""The file types that may be uploaded."""

from django.db import models


class FileType(models.TextChoices):
    """The value is the ending of the name; .jpeg counts as .jpg."""

    TXT = "txt", ".txt"
    MD = "md", ".md"
    DOCX = "docx", ".docx"
    PDF = "pdf", ".pdf"
    XLSX = "xlsx", ".xlsx"
    JPG = "jpg", ".jpg"
    PNG = "png", ".png"


READABLE = frozenset({"txt", "md", "docx"})
EVIDENCE = frozenset(FileType.values)
