"""The table of docs/settings.md, made from the settings themselves: `python -m luoshi.config.settings_page`."""

from pathlib import Path

from luoshi.config.environment import SETTINGS, Setting

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "settings.md"
BEGIN = "<!-- settings: made by python -m luoshi.config.settings_page -->\n"
END = "<!-- /settings -->"


def row(setting: Setting) -> str:
    """One line of the table."""
    default = f"`{setting.default}`" if setting.default else "empty"
    return f"| `{setting.name}` | {setting.kind} | {default} | {setting.description} |\n"


def table() -> str:
    """The whole table."""
    return "| setting | kind | default | meaning |\n|---|---|---|---|\n" + "".join(map(row, SETTINGS))


def renewed(page: str) -> str:
    """The page with its table made anew; the words around it stay."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
