"""Acts as a page offers them to one person: which ones, which first, with what form and what warning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.core.actor import Actor
from luoshi.core.clock import today
from luoshi.core.requests import fresh_key
from luoshi.ledger.enums import BLOCKING, Action, Light, State
from luoshi.ledger.forms.acts import REPORTING, SPEAKING_FOR, ActForm, Setting, amend_initial
from luoshi.ledger.forms.splitting import units_to_split_to
from luoshi.ledger.models import Item, Target
from luoshi.ledger.permissions import is_own, sides_of
from luoshi.ledger.services.rolling_up import percent_of_target
from luoshi.ledger.workflow import TABLE, Need, Rule, Who, actions_in, rule_for
from luoshi.organisations.models import Person
from luoshi.organisations.queries import people_of_units
from luoshi.organisations.tree import tree_of

GRAVE = frozenset({Action.TERMINATE})
VERSIONLESS = frozenset({Action.PROGRESS, Action.REMIND, Action.REVIEW})
"""Acts that add a row of their own and so collide with nobody."""
ON_A_PAGE = frozenset({Action.SPLIT, Action.AMEND})
"""Acts too large for a dialog."""
FIRST = (
    Action.DISPATCH,
    Action.REDISPATCH,
    Action.ACCEPT,
    Action.CLOSE,
    Action.PROGRESS,
    Action.REVIEW,
    Action.RESUME,
)
"""The act that matters in a state; the first possible one of these is the primary."""


@dataclass(slots=True)
class Offer:
    """One act for `core/parts/act_form.html`."""

    code: Action
    label: str
    url: str
    form: ActForm | None
    version: int | None
    consequence: str = ""
    grave: bool = False
    dialog: bool = True
    unit: str = ""
    key: str = field(default_factory=fresh_key)


@dataclass(slots=True)
class Circle:
    """What the forms of one item share, fetched once: its people, its target, whether it is shared out."""

    item: Item
    actor: Actor
    target: Target | None = None
    shared_out: bool = False
    _people: Sequence[Person] | None = None

    @property
    def people(self) -> Sequence[Person]:
        """People of the lead unit, the handler among them."""
        if self._people is None:
            found = list(people_of_units(self.item.tenant_id, {self.item.unit_id}))
            handler = self.item.handler
            self._people = found if handler is None or handler in found else [*found, handler]
        return self._people


def circle_of(actor: Actor, item: Item) -> Circle:
    """What the forms of an item need, when the page has not fetched it already: two queries."""
    target = item.targets.filter(is_primary=True).first()
    return Circle(item, actor, target, item.children.filter(parent_role__in=BLOCKING).exists())


def possible_acts(actor: Actor, item: Item) -> list[Action]:
    """Acts the person may do now, in the order of the table."""
    rules = [(action, rule_for(item.track, item.state, action)) for action in actions_in(item.track, item.state)]
    # Only the sides that matter in this state: whether somebody may verify costs some queries.
    asked = frozenset[Who]().union(*(rule.who for _action, rule in rules if rule is not None))
    sides = sides_of(actor, item, asked)
    return [action for action, rule in rules if rule and rule.who & sides and not _spent(actor, item, action)]


def _spent(actor: Actor, item: Item, action: Action) -> bool:
    """What would be refused anyway: a second return, a second reminder on one day, a split where no unit is below."""
    if action == Action.SPLIT:
        return not units_to_split_to(actor, tree_of(item.tenant_id), frozenset({item.unit_id}))
    once_only = action == Action.RETURN and item.was_returned
    return once_only or (action == Action.REMIND and item.reminded_on == today())


def primary_of(actor: Actor, item: Item, possible: Iterable[Action]) -> Action | None:
    """The one act that matters now. The office is not pushed to enter what the unit itself should report."""
    acts = set(possible)
    if not is_own(actor, item):
        acts -= SPEAKING_FOR
    if Action.REPORT_DONE in acts and item.percent is not None and item.percent >= 100:
        return Action.REPORT_DONE
    pressed = Action.REMIND in acts and item.light in {Light.RED, Light.YELLOW} and item.state != State.REPORTED
    return next((action for action in FIRST if action in acts), Action.REMIND if pressed else None)


def offer(action: Action, circle: Circle, **given: Any) -> Offer:
    """One act with its form; `given` is what was sent (`data`, `files`)."""
    item = circle.item
    setting = setting_of(action, circle)
    if action == Action.AMEND:
        given["initial"] = amend_initial(item)
    form = ActForm(setting, **given)
    return Offer(
        code=action,
        label=str(action.label),
        url=reverse("ledger:act", args=[item.pk, action]),
        form=form if form.fields else None,
        version=None if action in VERSIONLESS else item.version,
        consequence=consequence_of(action, circle),
        grave=action in GRAVE,
        dialog=action not in ON_A_PAGE,
        unit=setting.measured_in if setting.takes_amount else "",
    )


def setting_of(action: Action, circle: Circle) -> Setting:
    """What the form of an act asks for in this case."""
    item, actor = circle.item, circle.actor
    setting = Setting(action, item, actor, needs_of(item.track, action))
    setting.speaks_for = action in SPEAKING_FOR and not is_own(actor, item)
    if setting.speaks_for or Need.HANDLER in setting.needs:
        setting.people = circle.people
    reached = percent_of_target(circle.target) is not None
    setting.takes_amount = action in REPORTING and not circle.shared_out
    if circle.target is not None and reached:
        setting.in_percent = False
        setting.measured_in = circle.target.measured_in
    return setting


def needs_of(track: str, action: Action) -> frozenset[Need]:
    """What an act asks for; the same in every state in which it is possible."""
    rules: list[Rule] = [rule for (of, _state, act), rule in TABLE.items() if of == track and act == action]
    return rules[0].needs if rules else frozenset()


def is_known(track: str, action: Action) -> bool:
    """Whether items of the track know the act at all."""
    return any(of == track and act == action for (of, _state, act) in TABLE)


def consequence_of(action: Action, circle: Circle) -> str:
    """What will follow, in a sentence, where it is not plain from the name of the act."""
    unit = circle.item.unit
    said = {
        Action.DISPATCH: _("It gets its number and goes to %(unit)s today."),
        Action.ACCEPT: _("%(unit)s answers for it from now on."),
        Action.RETURN: _("It goes back to the office. This is possible once; then the office decides."),
        Action.REPORT_DONE: _("It waits for verification by somebody who took no part in it."),
        Action.VERIFY: _("The report is confirmed; the item stays open until it is closed."),
        Action.CLOSE: _("You confirm the result with your name. The item counts as closed from today."),
        Action.SEND_BACK: _("%(unit)s goes on working on it; the earlier report counts no more."),
        Action.SUSPEND: _("It rests without a light until it is resumed."),
        Action.TERMINATE: _("It ends for good and stays on the ledger with your reason. Nobody can take it up again."),
        Action.REMIND: _("%(unit)s is told today. One reminder a day is enough."),
    }.get(action, "")
    return said % {"unit": unit} if "%(" in said else said
