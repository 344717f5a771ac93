"""The tree in memory, and what documents call its units."""

import pytest
from django.http import Http404

from luoshi.core.errors import BadInput, NotAllowed
from luoshi.organisations.enums import UnitKind
from luoshi.organisations.models import Unit, UnitClosure
from luoshi.organisations.services import NewUnit, add_alias, add_units
from luoshi.organisations.tests.cast import Cast
from luoshi.organisations.tree import tree_of

pytestmark = pytest.mark.django_db


def test_units_stand_in_tree_order_with_their_closure(cast: Cast) -> None:
    tree = tree_of(cast.tenant.pk)
    assert [unit.name for unit in tree.units] == ["云岭县", "青禾镇", "党政办", "班子办", "督查室", "石桥村", "柳湾村"]
    town = cast.units["town"]
    assert tree.under(town.pk) == {unit.id for unit in tree.units[1:]}
    assert set(UnitClosure.objects.filter(ancestor=town).values_list("descendant_id", flat=True)) == tree.under(town.pk)
    assert tree.under(cast.units["other"].pk) == frozenset()


@pytest.mark.parametrize("name", ["石桥村", "镇石桥村", " 石 桥 村 ", "石桥"])
def test_a_unit_is_found_by_name_and_alias(cast: Cast, name: str) -> None:
    add_alias(unit=cast.units["village_a"], alias="石桥")
    found = tree_of(cast.tenant.pk).find(name)
    assert found is not None
    assert found.id == cast.units["village_a"].pk


def test_office_names_are_found_with_and_without_the_word_room(cast: Cast) -> None:
    assert tree_of(cast.tenant.pk).find("镇党政办公室") == tree_of(cast.tenant.pk).unit(cast.units["party_office"].pk)


def test_what_nobody_is_called_is_not_found(cast: Cast) -> None:
    assert tree_of(cast.tenant.pk).find("水利站") is None


def test_a_collective_stands_for_its_units(cast: Cast) -> None:
    tree = tree_of(cast.tenant.pk)
    assert [unit.name for unit in tree.collective("各村")] == ["石桥村", "柳湾村"]
    assert [unit.name for unit in tree.collective("各村、各部门")][:3] == ["党政办", "班子办", "督查室"]
    assert tree.collective("石桥村") == ()


def test_a_new_unit_is_known_at_once(cast: Cast) -> None:
    tree_of(cast.tenant.pk)
    add_units(actor=cast.actor("sysadmin"), units=[NewUnit(cast.units["town"], UnitKind.VILLAGE, "松岭村")])
    found = tree_of(cast.tenant.pk).find("松岭村")
    assert found is not None
    assert found.path == f"{cast.units['town'].path}{found.id}/"


def test_units_are_added_all_or_none(cast: Cast) -> None:
    units = [NewUnit(cast.units["town"], UnitKind.VILLAGE, name) for name in ("松岭村", "石桥村")]
    with pytest.raises(BadInput, match="石桥村"):
        add_units(actor=cast.actor("sysadmin"), units=units)
    assert not Unit.objects.filter(name="松岭村").exists()


def test_only_the_own_administrator_adds_units(cast: Cast) -> None:
    new = [NewUnit(cast.units["town"], UnitKind.VILLAGE, "松岭村")]
    with pytest.raises(NotAllowed):
        add_units(actor=cast.actor("clerk"), units=new)
    with pytest.raises(Http404):
        add_units(actor=cast.actor("stranger"), units=new)


def test_an_alias_means_one_unit(cast: Cast) -> None:
    add_alias(unit=cast.units["village_a"], alias="石桥")
    with pytest.raises(BadInput):
        add_alias(unit=cast.units["village_b"], alias="石桥")
