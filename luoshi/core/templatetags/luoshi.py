"""The few shapes every screen is made of: symbols, states, days, progress, quotations.

Tags, not includes: a list draws each of them once a row, and a call is far cheaper than a template.
"""

from datetime import date, datetime
from typing import Protocol

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from luoshi.core.clock import day_of, today

register = template.Library()

COLOURS = {
    "accepted": "run",
    "in_progress": "run",
    "reported": "run",
    "closed": "ok",
    "archived": "ok",
    "struck_off": "ok",
    "returned": "due",
}
LIGHTS = {"red": ("late", "late"), "yellow": ("soon", "due")}
# Lights go out where nothing is awaited any more, whatever the row still carries.
UNLIT = frozenset({"closed", "archived", "struck_off", "terminated", "suspended"})
OVER = frozenset({"closed", "archived", "struck_off", "terminated"})


class Drawn(Protocol):
    """What an item must have to be drawn; kind, light_words, finished_late and the figures of progress are optional."""

    @property
    def state(self) -> str: ...
    @property
    def light(self) -> str: ...
    def get_state_display(self) -> str: ...
    def get_light_display(self) -> str: ...


@register.simple_tag
def symbol(name: str) -> SafeString:
    """One drawing of the sprite, silent to a screen reader: the word always stands beside it."""
    return format_html(
        '<svg class="symbol" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("core/symbols.svg"),
        name,
    )


def look_of(item: Drawn) -> tuple[str, str]:
    """Symbol and colour class of an item: the light while work is awaited, else the state."""
    lit = LIGHTS.get(item.light) if item.state not in UNLIT else None
    if lit:
        return lit
    if getattr(item, "kind", "") == "standing" and item.state not in OVER:
        return "standing", "quiet"
    return item.state, COLOURS.get(item.state, "quiet")


@register.filter
def colour(item: Drawn) -> str:
    """Colour class of an item: ok, run, due, late or quiet."""
    return look_of(item)[1]


@register.filter
def shape(item: Drawn) -> str:
    """Name of the item's symbol, for `symbol`."""
    return look_of(item)[0]


def words_of(item: Drawn, shape_name: str) -> tuple[str, str]:
    """What the symbol says, and the quieter second word (empty when there is none)."""
    state = str(item.get_state_display())
    if shape_name in {"late", "soon"}:
        return str(getattr(item, "light_words", "") or item.get_light_display()), state
    if shape_name == "standing":
        return _("Standing duty"), ""
    return state, _("finished late") if getattr(item, "finished_late", False) else ""


@register.simple_tag
def state(item: Drawn) -> SafeString:
    """Symbol, word and colour of an item; the state in small beneath when a light speaks first.

    `light_words` ("逾期 9 天") is said when the item has it, else the name of the light.
    """
    shape_name, colour_class = look_of(item)
    word, second = words_of(item, shape_name)
    small = format_html("<small>{}</small>", second) if second else ""
    return format_html(
        '<span class="state {}">{}<span>{}</span>{}</span>', colour_class, symbol(shape_name), word, small
    )


@register.simple_tag
def day(value: date | datetime | None, missing_words: str = "") -> SafeString:
    """A day as people say it: without the year in this year. A moment counts as its day in Shanghai."""
    if value is None:
        return missing(missing_words) if missing_words else SafeString("")
    the_day = day_of(value) if isinstance(value, datetime) else value
    shown = pgettext("a day of this year", "j M")
    if the_day.year != today().year:
        shown = pgettext("a day of another year", "j M Y")
    return format_html(
        '<time datetime="{}">{}</time>', the_day.isoformat(), date_format(the_day, shown, use_l10n=False)
    )


@register.simple_tag
def progress(item: Drawn, extra: str = "") -> SafeString:
    """A bar with a tick where the pace line stands today, and the words beside it; nothing to show draws nothing.

    A drawing, because the content security policy allows no inline style.
    """
    words = str(getattr(item, "progress_words", "") or "")
    percent = getattr(item, "progress_percent", None)
    if percent is None:
        return format_html('<span class="soft small">{}</span>', words) if words else SafeString("")
    done = max(0, min(100, round(percent)))
    expected = getattr(item, "expected_percent", None)
    pace: SafeString | str = ""
    if expected is not None:
        tick = max(0, min(98, round(expected)))
        pace = format_html('<rect class="pace" x="{}%" width="1.5" height="100%"></rect>', tick)
    told = _("%(done)d%% done") % {"done": done}
    if expected is not None:
        told = _("%(done)d%% done, %(due)d%% expected by today") % {"done": done, "due": round(expected)}
    return format_html(
        '<span class="progress {} {}"><svg role="img" aria-label="{}"><title>{}</title>'
        '<rect class="track" width="100%" height="100%"></rect><rect class="done" width="{}%" height="100%"></rect>{}'
        '</svg><span class="num">{}</span></span>',
        look_of(item)[1],
        extra,
        told,
        told,
        done,
        pace,
        words,
    )


@register.simple_tag
def quote(text: str, source: str = "", href: str = "") -> SafeString:
    """What a document says: serif, a rule at its left, its place beneath."""
    cite: SafeString | str = ""
    if source and href:
        cite = format_html('<cite><a href="{}">{}</a></cite>', href, source)
    elif source:
        cite = format_html("<cite>{}</cite>", source)
    return format_html('<blockquote class="quote" lang="zh-Hans">{}{}</blockquote>', text, cite)


@register.simple_tag
def missing(words: str) -> SafeString:
    """What nobody has set yet: dashed and red, so that it cannot be overlooked."""
    return format_html('<span class="missing">{}</span>', words)


@register.simple_tag
def shares(parts: list[tuple[str, int]]) -> SafeString:
    """One band cut into parts, given as (colour class, count); the words stand in the line above it."""
    total = sum(count for _colour, count in parts) or 1
    drawn, start = [], 0.0
    for colour_class, count in parts:
        width = 100 * count / total
        drawn.append(
            format_html(
                '<rect class="{}" x="{}%" width="{}%" height="10"></rect>',
                colour_class,
                f"{start:.2f}",
                f"{max(width - 0.3, 0):.2f}",
            )
        )
        start += width
    return format_html(
        '<div class="shares" aria-hidden="true"><svg>{}</svg></div>',
        mark_safe("".join(drawn)),  # noqa: S308 -- each part has passed format_html
    )


ERRORS = {
    400: (
        gettext_lazy("This could not be read"),
        gettext_lazy("Something in the address or the form is not right. Go back and try again."),
    ),
    403: (
        gettext_lazy("Not yours to do"),
        gettext_lazy("You may see this, but this act belongs to somebody else. Ask your office if that is wrong."),
    ),
    404: (
        gettext_lazy("Nothing here"),
        gettext_lazy("The address is wrong, or what stood here is not open to you."),
    ),
    409: (
        gettext_lazy("Changed under your hands"),
        gettext_lazy("Somebody saved this in the meantime. Your text is kept; look at both and decide."),
    ),
    413: (
        gettext_lazy("Too large"),
        gettext_lazy("The file is larger than this office accepts. Send a smaller one, or several."),
    ),
    429: (
        gettext_lazy("Too many tries"),
        gettext_lazy("Wait a few minutes, then try again."),
    ),
    500: (
        gettext_lazy("A fault of ours"),
        gettext_lazy("What was saved is safe. Try again; if it stays, give the number below to your administrator."),
    ),
    503: (
        gettext_lazy("Back in a moment"),
        gettext_lazy("The service is busy or being looked after. Try again in a minute."),
    ),
}


@register.simple_tag
def error_words(status: int) -> dict[str, str]:
    """Title and next step for a status of HTTP; unknown ones speak as 500."""
    title, text = ERRORS.get(status, ERRORS[500])
    return {"title": str(title), "text": str(text)}
