"""What goes with the result."""

from random import Random

import pytest

from services.reporting.analysis.factors import Link, going_together
from services.reporting.analysis.rule import links
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import PlaceFigures
from tests.services.reporting.analysis.district import school, share

PLANTED = Link("pairs.met", "iom.took_part")
CODES = sorted({code for link in links() for code in (link.factor, link.result)})


def noisy(count: int, seed: int, *, planted: bool = False) -> list[PlaceFigures]:
    """Schools with figures that have nothing to do with each other, but for a planted link."""
    noise = Random(seed)
    found = []
    for number in range(1, count + 1):
        figures = {code: share(noise.uniform(0.1, 0.9)) for code in CODES}
        if planted:
            figures["iom.took_part"] = share(0.9 * figures["pairs.met"].value + noise.uniform(0, 0.05))
        found.append(school(number, figures))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_link_is_found_and_noise_is_not(seed: int) -> None:
    found, how = going_together(noisy(14, seed, planted=True), registry(), links())
    assert len(found) == 1
    assert found[0].startswith("Чем больше доля пар, которые встречались, тем больше доля педагогов, участвующих")
    assert "связь очень сильная" in found[0]
    assert "14\N{NO-BREAK SPACE}школ" in found[0]
    assert "не значит" in how
    assert not going_together(noisy(14, seed), registry(), links())[0]


def test_a_link_downwards_says_so_in_any_order_of_schools() -> None:
    schools = [
        school(number, {"pairs.met": share(number / 10), "iom.took_part": share(0.9 - number / 12)})
        for number in range(1, 10)
    ]
    found, _ = going_together(schools, registry(), [PLANTED])
    assert "тем меньше" in found[0]
    assert "ρ = −1,00" in found[0]
    assert going_together(schools[::-1], registry(), [PLANTED])[0] == found


def test_few_schools_are_said_to_be_few() -> None:
    found, how = going_together(noisy(7, 1, planted=True), registry(), links())
    assert not found
    assert "не меньше чем у 8 школ" in how
    # Hidden figures make them fewer.
    hidden = [school(number, {"pairs.met": share(number / 10), "iom.took_part": None}) for number in range(1, 10)]
    assert going_together(hidden, registry(), [PLANTED])[0] == ()


def test_one_chance_in_twenty_is_not_enough_when_twenty_are_tried() -> None:
    # Alone this link would pass; among those that were tried with it, it does not.
    schools = noisy(9, 11)
    for seed in range(200):
        schools = noisy(9, seed)
        alone = [link for link in links() if going_together(schools, registry(), [link])[0]]
        if alone:
            break
    assert alone
    assert not going_together(schools, registry(), links())[0]
