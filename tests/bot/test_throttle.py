"""Floods from one person."""

from collections import Counter

import pytest

from bot import throttle
from bot.throttle import ACCOUNTS, BURST, TOO_FAST, Throttle, Verdict
from services.people.model import Account
from tests.bot.conftest import Teacher, enrol
from tests.conftest import Founder

MARIA, OLGA = Account("telegram", 1), Account("telegram", 2)


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.mark.parametrize("per_minute", [30, 300])
def test_a_whole_test_at_ten_taps_a_second_is_taken_whatever_the_rate(watch: Watch, per_minute: int) -> None:
    door = Throttle(per_minute, watch)
    for _ in range(84):
        assert door.judge(MARIA) is Verdict.TAKE
        watch.now += 0.1


def test_who_taps_at_the_rate_may_go_on_for_ever(watch: Watch) -> None:
    door = Throttle(300, watch)
    for _ in range(3_000):
        assert door.judge(MARIA) is Verdict.TAKE
        watch.now += 0.2001


def test_a_flood_is_dropped_with_one_warning_a_minute_and_its_rate_still_passes(watch: Watch) -> None:
    door = Throttle(300, watch)
    verdicts = Counter()
    for _ in range(100 * 120):
        verdicts[door.judge(MARIA)] += 1
        watch.now += 0.01
    # Two minutes: the first rush, then five a second.
    assert verdicts[Verdict.WARN] == 2
    assert 600 <= verdicts[Verdict.TAKE] <= 600 + throttle.BURST
    assert verdicts[Verdict.DROP] == 12_000 - verdicts[Verdict.TAKE] - 2


def test_a_flood_of_one_is_no_trouble_to_another(watch: Watch) -> None:
    door = Throttle(300, watch)
    while door.judge(MARIA) is Verdict.TAKE:
        pass
    assert door.judge(OLGA) is Verdict.TAKE


def test_after_a_minute_of_rest_all_is_well(watch: Watch) -> None:
    door = Throttle(300, watch)
    for _ in range(1_000):
        door.judge(MARIA)
    watch.now += 60
    assert [door.judge(MARIA) for _ in range(84)] == [Verdict.TAKE] * 84


def test_memory_is_bounded_and_whoever_floods_is_not_forgotten(watch: Watch) -> None:
    door = Throttle(300, watch)
    while door.judge(MARIA) is Verdict.TAKE:
        pass
    for number in range(3 * ACCOUNTS):
        door.judge(Account("telegram", 10 + number))
        if number % 1_000 == 0:
            assert door.judge(MARIA) is Verdict.DROP
    assert len(door._buckets) == ACCOUNTS


def test_the_warning_fits_above_the_chat() -> None:
    assert len(throttle.TOO_FAST) <= 200


async def test_a_flood_in_chat_is_told_once_and_disturbs_nobody(found: Founder) -> None:
    town = await found(taps_per_minute=30)
    await enrol(town.settings.database_url, [Teacher(77, "y"), Teacher(78, "y", "Петрова Анна Ивановна")])
    maria, anna = town.person(user_id=77), town.person("Анна", user_id=78)
    await maria.says("/start")
    await maria.taps("Да")
    for _ in range(2 * BURST):
        town.messenger.tap(maria.id, maria.last.id, "menu", forged=True)
    for _ in range(30):
        town.messenger.write(maria.id, "привет")
    await town.quiet()
    said = [*maria.toasts, *(message.text for message in maria.history)]
    assert sum(TOO_FAST in words for words in said) == 1
    assert "2 из 84" in (await anna.says("/start")).text
    (row,) = await town.rows("SELECT answers FROM survey_sessions ORDER BY id LIMIT 1")
    assert row.answers.startswith("yy.")
