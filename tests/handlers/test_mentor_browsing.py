"""The bank of mentors is browsed and searched; whoever is not to be offered is not in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.mentoring.bank.card import CardState
from services.people.model import Role
from tests.handlers.campaigning import Clock, founded_at, settled
from tests.handlers.test_iom_reviewing import id_of, place, resident
from tests.handlers.test_mentor_bank import card_of, in_bank, paired
from tests.town import DISTRICT, Town


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def town(clock: Clock, tmp_path: Path) -> AsyncIterator[Town]:
    async with founded_at(clock, tmp_path) as town:
        yield town


async def test_the_bank_is_browsed_and_searched(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    pyotr = await settled(
        town, "Быков Пётр Ильич", (Role.TEACHER, await place(town, "Школа № 2")), subject="Физика"
    )
    far = await resident(town, "Ильин Глеб Олегович", Role.TEACHER, school="Школа № 2")
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    await in_bank(town, anna, "digital", capacity=1)
    await in_bank(town, pyotr, "assessment", school="Школа № 2", reaches_out=True)
    await in_bank(town, far, "digital", school="Школа № 2")
    await paired(town, anna, await resident(town, "Ветрова Ольга Петровна", Role.TEACHER))

    await oleg.says("/mentoring")
    bank = await oleg.taps("Банк наставников")
    assert "1. Осипова Анна Борисовна" in bank.text, "one's own school first"
    assert "мест нет" in bank.text
    assert "2. Быков Пётр Ильич, Физика, Школа № 2: 2 места из 2" in bank.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ильин" not in bank.text, "takes nobody from other schools"
    assert "Быков" in (await oleg.says("физ")).text
    assert "Быков" in (await oleg.says("ОЦЕНОЧ")).text
    assert "Никого не нашлось" in (await oleg.says("<Ильин>")).text
    await oleg.taps("‹ Весь банк")
    await oleg.taps("По направлениям")
    await oleg.taps("Цифровые: 1")
    card = await oleg.taps("1. Осипова")
    assert "План урока" in card.text

    await oleg.taps_data(f"mcard:{await id_of(town, far)}")
    assert "Ильин" not in oleg.last.text
    irina = await settled(town, "Громова Ирина Павловна", (Role.METHODIST, await place(town, DISTRICT)))
    await irina.says("/mentoring")
    assert "Ильин" in (await irina.taps("Банк наставников")).text


async def test_whoever_rests_lost_the_role_or_took_consent_back_is_not_offered(town: Town) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    mentors = [await resident(town, f"Осипова{n} Анна Борисовна", Role.TEACHER) for n in range(3)]
    for mentor in mentors:
        await in_bank(town, mentor)
    await oleg.says("/mentoring")
    assert "Здесь 3 наставника" in (await oleg.taps("Банк")).text.replace("\N{NO-BREAK SPACE}", " ")
    ids = [await id_of(town, mentor) for mentor in mentors]
    await town.change("UPDATE mentor_cards SET state = 'resting' WHERE person_id = :id", id=ids[0])
    await town.change("DELETE FROM roles WHERE role = 'mentor' AND person_id = :id", id=ids[1])
    await town.change("UPDATE consents SET revoked_at = given_at WHERE person_id = :id", id=ids[2])
    await oleg.says("/mentoring")
    assert "Пока никого" in (await oleg.taps("Банк")).text
    for person_id in ids:
        assert "Осипова" not in (await oleg.taps_data(f"mcard:{person_id}")).text
    # The one who lost the role may offer themselves again.
    await mentors[1].says("/mentoring")
    own = await mentors[1].taps("Моя карточка")
    assert "не числитесь наставником" in own.text
    await mentors[1].taps("Предложить себя")
    card = await card_of(town, mentors[1])
    assert card is not None
    assert card.state is CardState.OFFERED


async def test_a_meeting_that_is_told_of_while_the_bank_is_open_is_not_lost(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    await in_bank(town, anna)
    await paired(town, anna, await resident(town, "Лугин Олег Иванович", Role.TEACHER))
    await anna.says("/mentoring")
    await anna.taps("Банк наставников")
    shown = await anna.says("Вчера 40 минут разбирали с Лугиным план урока")
    assert "Похоже, это о встрече" in shown.text
    assert "40" in shown.text
    assert len(await town.rows("SELECT 1 FROM meeting_drafts")) == 1
    await anna.taps("‹ Банк наставников")
    assert "Никого не нашлось" in (await anna.says("Совсем никого такого нет")).text
