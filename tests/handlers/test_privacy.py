"""/privacy: what is kept, the consent, and what one can do about one's data."""

from services.people.model import Role
from tests.town import Town, titles


async def noted(town: Town) -> list[tuple[str, bool]]:
    """Actions in the log, each with whether the actor is whom it is about."""
    rows = await town.rows("SELECT action, actor_id = person_id FROM audit ORDER BY id")
    return [(action, bool(own)) for action, own in rows]


async def test_all_that_one_can_do_is_in_one_place(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    text = (await maria.says("/privacy")).text
    assert "номер учётной записи" in text
    assert "не меньше 5 человек" in text
    assert "не дольше 5\xa0лет" in text
    assert "согласие действует, редакция 3" in text
    assert titles(maria.last) == [
        "Мои данные: выгрузить",
        "Кому я показываю результаты",
        "Удалить мои данные",
        "Отозвать согласие",
        "Меню",
    ]


async def test_a_stranger_is_offered_nothing_to_delete(town: Town) -> None:
    stranger = town.person()
    assert "Согласия сейчас нет" in (await stranger.says("/privacy")).text
    assert titles(stranger.last) == []


async def test_a_revoked_consent_is_noted_and_leaves_only_the_end_of_the_data(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await maria.says("/privacy")
    assert "доступ к показанным результатам закроется" in (await maria.taps("Отозвать согласие")).text
    assert "Согласие отозвано" in (await maria.taps("Отозвать согласие")).text
    assert ("consent_revoked", True) in await noted(town)
    assert "дайте согласие снова" in (await maria.says("/privacy")).text
    assert titles(maria.last) == ["К согласию", "Удалить мои данные"]
    await maria.taps("К согласию")
    assert "согласие получено" in (await maria.taps("Согласие даю")).text


async def test_from_privacy_a_newcomer_comes_back_to_the_consent(town: Town) -> None:
    newcomer = town.person()
    await newcomer.says(f"/start {await town.invite(Role.TEACHER, await town.school())}")
    await newcomer.says("/privacy")
    assert titles(newcomer.last) == ["К согласию"]
    assert "Вас приглашают" in (await newcomer.taps("К согласию")).text


async def test_who_changes_their_mind_keeps_the_consent(town: Town) -> None:
    maria = await town.person().registers(Role.TEACHER, await town.school())
    await maria.says("/privacy")
    await maria.taps("Отозвать согласие")
    assert "согласие действует" in (await maria.taps("Не отзывать")).text
    assert ("consent_revoked", True) not in await noted(town)
