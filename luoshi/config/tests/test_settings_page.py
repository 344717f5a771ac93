"""docs/settings.md says what the code reads."""

from luoshi.config.environment import SETTINGS, Setting
from luoshi.config.settings_page import BEGIN, END, PAGE, renewed, row


def test_the_page_holds_the_settings_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == renewed(page), "run: python -m luoshi.config.settings_page"
    assert all(f"| `{setting.name}` |" in page for setting in SETTINGS)


def test_a_row_shows_name_kind_default_and_meaning() -> None:
    setting = Setting("LUOSHI_PORT", "number", "8000", "Port the web server listens on.")
    assert row(setting) == "| `LUOSHI_PORT` | number | `8000` | Port the web server listens on. |\n"


def test_the_words_around_the_table_stay() -> None:
    assert renewed(f"before\n{BEGIN}old\n{END}\nafter").startswith("before\n")
    assert renewed(f"before\n{BEGIN}old\n{END}\nafter").endswith(f"{END}\nafter")
