"""One holder at a time, by rows and the clock of the database alone."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from luoshi.outbox.models import Lease


def hold_lease(name: str, holder: str, seconds: int) -> bool:
    """Take or renew the lease for `seconds`; False when another holds it. Use the same `seconds` for one name.

    The database's clock decides, so machines need not agree on the time. A holder that died loses the lease
    after `seconds`. When the clock is set back, a lease that ends far later than any taken now could is free.
    """
    length = timedelta(seconds=seconds)
    # Twice the length, because a statement that waited for the row sees its own start as the present: the
    # winner's lease may end a little later than one taken "now".
    beyond = Q(until__gt=Now() + 2 * length)
    free = Q(holder="") | Q(holder=holder) | Q(until__lte=Now()) | beyond
    with transaction.atomic():
        # One statement: of two who compete the second waits for the row and then finds it taken.
        mine = Lease.objects.filter(free, name=name)
        if mine.update(holder=holder, until=Now() + length):
            return True
        if Lease.objects.filter(name=name).exists():
            return False
        Lease.objects.bulk_create([Lease(name=name, holder="", until=Now())], ignore_conflicts=True)
        return bool(mine.update(holder=holder, until=Now() + length))


def release_lease(name: str, holder: str) -> None:
    """Give the lease back; nothing happens when another has it by now."""
    Lease.objects.filter(name=name, holder=holder).update(holder="", until=Now())
