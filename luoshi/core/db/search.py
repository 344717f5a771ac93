"""Finding rows by words: overlapping pairs of characters, the same for both engines.

Two characters are the commonest length of a Chinese word, and cutting text into words misses some of them; pairs with
a phrase query find exactly what a search through the text would find. Each module keeps an index of its own records:
an FTS5 table on SQLite, a `tsvector` with a GIN index on PostgreSQL, made by `CreateWordIndex` in a migration.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.expressions import RawSQL

RUN = re.compile(r"[a-z]+|[0-9]+|[\u3400-\u9fff\U00020000-\U0003134f]+")
CHUNK = 400


def bigrams(text: str) -> str:
    """The text as words of an index: pairs of neighbouring characters, then the last one; Latin and digits whole."""
    words: list[str] = []
    for run in RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii():
            words.append(run)
        else:
            words.extend(run[place : place + 2] for place in range(len(run)))
    return " ".join(words)


class CreateWordIndex(Operation):
    """Make the index `name` (table of row ids and their words); reversible."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, name: str) -> None:
        self.name = name

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__qualname__, [self.name], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """An index is no part of the model state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"CREATE TABLE {self.name} (id bigint PRIMARY KEY, words tsvector NOT NULL)")
            schema_editor.execute(f"CREATE INDEX {self.name}_gin ON {self.name} USING gin (words)")
        else:
            schema_editor.execute(f"CREATE VIRTUAL TABLE {self.name} USING fts5(words, tokenize = 'unicode61')")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema_editor.execute(f"DROP TABLE {self.name}")

    def describe(self) -> str:
        return f"Create the word index {self.name}"


def index_words(name: str, texts: Iterable[tuple[int, str]]) -> None:
    """Put rows into the index, or renew those that are there; in the transaction of their act."""
    rows = [(row_id, bigrams(text)) for row_id, text in texts]
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for first in range(0, len(rows), CHUNK):
            chunk = rows[first : first + CHUNK]
            if postgresql:
                cursor.executemany(
                    f"INSERT INTO {name} (id, words) VALUES (%s, to_tsvector('simple', %s)) "  # noqa: S608 - our names
                    "ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words",
                    chunk,
                )
            else:
                places = ", ".join(["%s"] * len(chunk))
                cursor.execute(f"DELETE FROM {name} WHERE rowid IN ({places})", [row_id for row_id, _ in chunk])  # noqa: S608
                cursor.executemany(f"INSERT INTO {name} (rowid, words) VALUES (%s, %s)", chunk)  # noqa: S608


def ids_matching(name: str, text: str) -> RawSQL | None:
    """A subquery of the ids of rows that hold the text; None when it has nothing to be sought by."""
    words = bigrams(text).split()
    if not words:
        return None
    if len(words) > 1 and len(words[-2]) > 1 and words[-2][1:] == words[-1]:
        words.pop()  # the pair before has it; alone it would stand only at the end of a run
    postgresql = connection.vendor == "postgresql"
    # The last word may go on: a single character in its pairs, a number or a Latin word in longer ones.
    goes_on = len(words[-1]) == 1 or words[-1].isascii()
    if postgresql:
        said = " <-> ".join(f"'{word}'" for word in words) + (":*" if goes_on else "")
        return RawSQL(f"SELECT id FROM {name} WHERE words @@ to_tsquery('simple', %s)", [said])  # noqa: S608, S611
    said = f'"{" ".join(words)}"' + ("*" if goes_on else "")
    return RawSQL(f"SELECT rowid FROM {name} WHERE {name} MATCH %s", [said])  # noqa: S608, S611
