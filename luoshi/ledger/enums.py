"""The words of the ledger: stored codes, shown words (field.md 8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Track(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary item")
    STANDING = "standing", _("Standing duty")
    FINDING = "finding", _("Finding")
    CASE = "case", _("Case")


class Kind(models.TextChoices):
    ONCE = "once", _("Once")
    RECURRING = "recurring", _("Recurring")
    STANDING = "standing", _("Standing")


class State(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    DISPATCHED = "dispatched", _("Not yet accepted")
    ACCEPTED = "accepted", _("Accepted")
    IN_PROGRESS = "in_progress", _("In progress")
    REPORTED = "reported", _("Waits for verification")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")
    RETURNED = "returned", _("Returned")
    SUSPENDED = "suspended", _("Suspended")
    TERMINATED = "terminated", _("Terminated")
    STRUCK_OFF = "struck_off", _("Struck off")


ENDED = frozenset({State.CLOSED, State.ARCHIVED, State.TERMINATED, State.STRUCK_OFF})
"""States in which an item asks nothing of anybody and no longer blocks its parent."""
WORKING = frozenset({State.ACCEPTED, State.IN_PROGRESS})


class Light(models.TextChoices):
    NONE = "none", _("No light")
    GREEN = "green", _("On schedule")
    YELLOW = "yellow", _("Due soon or behind pace")
    RED = "red", _("Late")


class ParentRole(models.TextChoices):
    SPLIT = "split", _("Part")
    MEASURE = "measure", _("Corrective measure")
    OCCURRENCE = "occurrence", _("Occurrence")
    FOLLOW_UP = "follow_up", _("Follow-up")


BLOCKING = frozenset({ParentRole.SPLIT, ParentRole.MEASURE})
"""Children in these roles must have ended before the parent may close."""


class Precision(models.TextChoices):
    DAY = "day", pgettext_lazy("precision", "day")
    TEN_DAYS = "ten_days", pgettext_lazy("precision", "ten days")
    MONTH = "month", pgettext_lazy("precision", "month")
    QUARTER = "quarter", pgettext_lazy("precision", "quarter")
    HALF = "half", pgettext_lazy("precision", "half-year")
    YEAR = "year", pgettext_lazy("precision", "year")
    UNSTATED = "", pgettext_lazy("precision", "set by hand")


class Beat(models.TextChoices):
    NONE = "", _("no fixed beat")
    DAILY = "daily", _("daily")
    WEEKLY = "weekly", _("weekly")
    MONTHLY = "monthly", _("monthly")
    STAGE = "stage", _("by stage")


class Comparison(models.TextChoices):
    AT_LEAST = ">=", _("at least")
    AT_MOST = "<=", _("at most")
    EXACTLY = "=", _("exactly")


class Action(models.TextChoices):
    REGISTER = "register", _("Register")
    DISPATCH = "dispatch", _("Dispatch")
    REDISPATCH = "redispatch", _("Dispatch again")
    ACCEPT = "accept", _("Accept")
    RETURN = "return", _("Return")
    SET_HANDLER = "set_handler", _("Set handler")
    SPLIT = "split", _("Split")
    PROGRESS = "progress", _("Report progress")
    ASK_EXTENSION = "ask_extension", _("Ask for an extension")
    DECIDE_EXTENSION = "decide_extension", _("Decide on the extension")
    AMEND = "amend", _("Amend")
    REMIND = "remind", _("Remind")
    INSTRUCT = "instruct", _("Give an instruction")
    REPORT_DONE = "report_done", _("Report done")
    SEND_BACK = "send_back", _("Send back")
    VERIFY = "verify", _("Verify")
    CLOSE = "close", _("Verify and close")
    STRIKE_OFF = "strike_off", _("Strike off")
    REOPEN = "reopen", _("Reopen")
    SUSPEND = "suspend", _("Suspend")
    RESUME = "resume", _("Resume")
    TERMINATE = "terminate", _("Terminate")
    ARCHIVE = "archive", _("Archive")
    REVIEW = "review", _("Yearly review")


class VerificationWay(models.TextChoices):
    PAPERS = "papers", _("by papers")
    ON_SITE = "on_site", _("on site")


class VerificationResult(models.TextChoices):
    PASSED = "passed", _("passed")
    FAILED = "failed", _("not passed")


class ProgressKind(models.TextChoices):
    REPORT = "report", _("Progress")
    DONE = "done", _("Reported done")
    REVIEW = "review", _("Yearly review")


class ExtensionDecision(models.TextChoices):
    OPEN = "", _("open")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
