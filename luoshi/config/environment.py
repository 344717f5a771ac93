"""Every setting an installation may give by environment variable; docs/settings.md is made from this table."""

import os
from dataclasses import dataclass
from pathlib import Path

from luoshi.config.words import gettext as _


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable. `kind` is `text`, `flag`, `number`, `list` or `path`."""

    name: str
    kind: str
    default: str
    description: str


SETTINGS: tuple[Setting, ...] = (
    Setting("LUOSHI_DATA", "path", "~/.local/share/luoshi", "Folder of the database, stored files, secret and logs."),
    Setting(
        "LUOSHI_DATABASE", "text", "", "Database address, e.g. `postgres://user:password@host/name`; empty = SQLite."
    ),
    Setting("LUOSHI_HOSTS", "list", "127.0.0.1,localhost", "Host names under which the site is reached."),
    Setting("LUOSHI_ORIGINS", "list", "", "Full addresses (https://…) trusted for forms when a proxy speaks TLS."),
    Setting("LUOSHI_BIND", "text", "127.0.0.1", "Address the web server listens on."),
    Setting("LUOSHI_PORT", "number", "8000", "Port the web server listens on."),
    Setting("LUOSHI_TLS", "flag", "no", "Yes when people reach the site over https: secure cookies and HSTS."),
    Setting("LUOSHI_PROCESSES", "number", "2", "Web processes; one per processor core is enough."),
    Setting("LUOSHI_UPLOAD_BYTES", "number", "20971520", "Largest uploaded file in bytes."),
    Setting("LUOSHI_SECRET", "text", "", "Secret key; empty = kept in the data folder, made at the first start."),
    Setting("LUOSHI_LANG", "text", "zh", "Language of the command line: `zh` or `en`; on the site everybody chooses."),
    Setting("LUOSHI_DEBUG", "flag", "no", "Yes only for development: error pages with details."),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def text(name: str) -> str:
    """The value of a setting as written, or its default."""
    return os.environ.get(name) or _BY_NAME[name].default


def flag(name: str) -> bool:
    """A yes/no setting: `1`, `yes`, `true`, `on` mean yes."""
    return text(name).strip().lower() in {"1", "yes", "true", "on"}


def number(name: str) -> int:
    """A whole number; anything else is refused with the setting's name."""
    try:
        return int(text(name))
    except ValueError as error:
        raise SystemExit(
            _("%(name)s must be a whole number, not “%(given)s”.") % {"name": name, "given": text(name)}
        ) from error


def listing(name: str) -> list[str]:
    """Comma-separated values without blanks."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def require_postgresql(address: str) -> None:
    """Refuse a database address of another kind; only its beginning is shown, for it may hold a password."""
    kind = address.partition(":")[0]
    if kind not in {"postgres", "postgresql"}:
        from luoshi.config.words import gettext as _  # noqa: PLC0415 – the words ask here for the language

        raise SystemExit(
            _("LUOSHI_DATABASE must begin with postgres://, not “%(given)s”; empty means SQLite.")
            % {"given": kind[:20]}
        )


def data_folder() -> Path:
    """The data folder, absolute; it may not exist yet."""
    return Path(text("LUOSHI_DATA")).expanduser().resolve()
