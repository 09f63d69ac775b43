"""A step is done: words, photos and documents are kept at once, handed in, taken back, sent back on request."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from handlers.iom.taps import RouteTap, WholeTap
from handlers.iom.walking.taps import DoneTap, FileTap, RemoveEvidenceTap, TakeBackStepTap
from services.delivery.model import Kind
from services.iom.model import RouteState, StepState
from services.people.model import Account, Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, restarted, settled, until_sent
from tests.handlers.walked import Walk, a_photo, walk_at
from tests.town import Person, titles

PDF = b"%PDF-1.4 " + bytes(200)


@pytest.fixture
async def walk(tmp_path: Path) -> AsyncIterator[Walk]:
    async with walk_at(tmp_path) as walk:
        yield walk


async def begun(walk: Walk) -> ChatMessage:
    """The teacher is asked for evidence of the first step."""
    await walk.opens(0)
    return await walk.teacher.taps("Готово")


async def sends_photo(walk: Walk, caption: str = "", content: bytes | None = None) -> ChatMessage:
    walk.town.messenger.send_photo(walk.teacher.id, content or a_photo(), caption)
    await walk.town.quiet()
    return walk.teacher.last


async def sends_file(walk: Walk, name: str, content: bytes = PDF, caption: str = "") -> ChatMessage:
    walk.town.messenger.send_document(walk.teacher.id, name, content, caption)
    await walk.town.quiet()
    return walk.teacher.last


async def kept(walk: Walk) -> list[tuple[str, str, str]]:
    rows = await walk.town.rows("SELECT kind, words, file_name FROM iom_evidence ORDER BY id")
    return [(row.kind, row.words, row.file_name) for row in rows]


async def owed(walk: Walk, kind: str) -> list[int]:
    """Whom something of this kind was ever owed to, by the ids of their chats."""
    rows = await walk.town.rows(
        "SELECT a.external_id FROM outbox o JOIN accounts a ON a.id = o.account_id WHERE o.kind = :kind", kind=kind
    )
    return sorted(row.external_id for row in rows)


async def test_words_a_photo_and_a_document_are_kept_and_handed_in(walk: Walk) -> None:
    asked = await begun(walk)
    assert "Чем подтвердить" in asked.text
    assert "Готово, отправить" not in titles(asked)
    await walk.teacher.says("Урок <прошёл>")
    await sends_photo(walk, "Доска")
    shown = await sends_file(walk, "Сертификат.pdf", caption="Мой")
    assert "Сохранено: 3 из 5" in shown.text
    assert "1. «Урок <прошёл>»" in shown.text
    assert "2. фото: «Доска»" in shown.text
    assert "3. файл Сертификат.pdf: «Мой»" in shown.text
    card = await walk.teacher.taps("Готово, отправить")
    assert "Отправлено на подтверждение." in walk.teacher.toasts
    assert "На подтверждении с 24\xa0ноября" in card.text
    step = await walk.step(0)
    assert (step.state, step.done_at, step.remind_on) == (StepState.DONE, TUESDAY, None)
    assert await kept(walk) == [
        ("text", "Урок <прошёл>", ""),
        ("photo", "Доска", "Фото.jpg"),
        ("document", "Мой", "Сертификат.pdf"),
    ]
    assert await owed(walk, "iom_to_confirm") == [walk.mentor.id]


async def test_without_a_mentor_every_curator_is_told(walk: Walk) -> None:
    other = await settled(walk.town, "Белова Анна Ильинична", (Role.CURATOR, walk.school))
    await walk.changes_route(mentor_id=None)
    await begun(walk)
    await walk.teacher.says("Готово")
    await walk.teacher.taps("Готово, отправить")
    assert await owed(walk, "iom_to_confirm") == sorted([walk.curator.id, other.id])


async def test_the_largest_size_of_a_photo_comes_back_to_the_byte(walk: Walk) -> None:
    await begun(walk)
    photo = a_photo("blue")
    await sends_photo(walk, "Синее", photo)
    await walk.teacher.taps("Готово, отправить")
    await walk.teacher.taps("Показать фото")
    sent = await walk.teacher.gets_picture()
    assert sent.photo is not None
    assert sent.photo.data == photo
    assert "Курс «Цифровой урок»" in sent.caption
    assert "«Синее»" in sent.caption
    assert not await walk.town.rows("SELECT 1 FROM audit WHERE action = 'iom_evidence_seen'")


async def test_a_mentor_gets_the_file_and_it_is_noted(walk: Walk) -> None:
    await begun(walk)
    await sends_file(walk, "План урока.docx", b"PK" + bytes(50))
    await walk.teacher.taps("Готово, отправить")
    await walk.opens(0, walk.mentor)
    card = walk.mentor.last
    assert "Лугин Олег Игоревич" in card.text
    assert titles(card)[:2] == ["Подтвердить", "Вернуть"]
    await walk.mentor.taps("План урока.docx")
    await until_sent(walk.town)
    document = walk.mentor.last.document
    assert document is not None
    assert (document.name, document.data) == ("План урока.docx", b"PK" + bytes(50))
    [entry] = await walk.town.rows("SELECT * FROM audit WHERE action = 'iom_evidence_seen'")
    assert entry.organisation_id == walk.school


async def test_a_file_is_sent_to_nobody_else(walk: Walk) -> None:
    stranger = await settled(
        walk.town, "Чужих Пётр Ильич", (Role.TEACHER, walk.school), (Role.MENTOR, walk.school)
    )
    await begun(walk)
    await sends_photo(walk)
    [row] = await walk.town.rows("SELECT id FROM iom_evidence")
    for tap in (FileTap(step=walk.steps[0], evidence=row.id), WholeTap(step=walk.steps[0])):
        await stranger.taps_data(tap.pack())
        assert "Здесь это вам не открыто" in stranger.toasts[-1]
    await walk.teacher.taps_data(FileTap(step=walk.steps[1], evidence=row.id).pack())
    assert "Этого файла уже нет." in walk.teacher.toasts
    await owed_anyway(walk, stranger, row.id)
    await owed_anyway(walk, walk.mentor, row.id)
    await until_sent(walk.town)
    assert not stranger.pictures
    assert len(walk.mentor.pictures) == 1


async def owed_anyway(walk: Walk, person: Person, evidence: int) -> None:
    """The file is on its way to somebody, whoever they are by now."""
    async with walk.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        account = (await work.people.visitor(Account("telegram", person.id))).person
        assert account is not None
        payload = {"evidence_id": evidence}
        await work.outbox.owe(account.account_id, Kind.IOM_EVIDENCE, f"test:{person.id}", payload, TUESDAY)
        await work.commit()


async def test_every_photo_of_an_album_is_kept_until_there_is_no_room(walk: Walk) -> None:
    await begun(walk)
    for number in range(6):
        walk.town.messenger.send_photo(walk.teacher.id, a_photo(), f"{number}")
    await walk.town.quiet()
    assert [words for _, words, _ in await kept(walk)] == ["0", "1", "2", "3", "4"]
    assert "больше не поместится" in walk.teacher.last.text
    await walk.teacher.taps("Убрать 2")
    assert "Убрано." in walk.teacher.toasts
    await sends_photo(walk, "новое")
    assert [words for _, words, _ in await kept(walk)] == ["0", "2", "3", "4", "новое"]


async def test_what_cannot_be_kept_is_refused_kindly(walk: Walk) -> None:
    await begun(walk)
    shown = await sends_file(walk, "архив.zip")
    assert "Такой файл сохранить не получится" in shown.text
    shown = await sends_file(walk, "большой.pdf", bytes(5 * 1024 * 1024 + 1))
    assert "Файл больше 5 МБ" in shown.text
    for send in (walk.town.messenger.send_voice, walk.town.messenger.send_sticker):
        send(walk.teacher.id)
        await walk.town.quiet()
        assert "Напишите, пожалуйста, словами или пришлите фото или файл" in walk.teacher.last.text
    shown = await walk.teacher.says("ы" * 1001)
    assert "поместится 1000" in shown.text
    assert await kept(walk) == []
    # All this time the step has waited for its evidence.
    await sends_photo(walk)
    assert len(await kept(walk)) == 1


async def test_of_words_cut_in_two_by_the_messenger_nothing_is_kept(walk: Walk) -> None:
    await begun(walk)
    assert "Слишком длинно" in (await walk.teacher.says("я" * 4_000)).text
    assert "Слишком длинно" in (await walk.teacher.says("конец того же сообщения")).text
    assert await kept(walk) == []
    walk.clock.pass_by(seconds=6)
    await walk.teacher.says("Коротко")
    assert await kept(walk) == [("text", "Коротко", "")]


async def test_without_a_consent_a_photo_is_answered_by_the_question_for_it(walk: Walk) -> None:
    await begun(walk)
    await walk.town.change("UPDATE consents SET version = 'прежняя'")
    answer = await sends_photo(walk)
    assert "Согласие даю" in titles(answer)
    assert await kept(walk) == []


async def test_elsewhere_a_photo_is_answered_as_before(walk: Walk) -> None:
    await walk.teacher.says("/menu")
    shown = await sends_photo(walk, "Готово")
    assert "Пока понимаю только текст и кнопки." in shown.text
    await walk.opens(0)
    await walk.teacher.taps("Отменить шаг")
    shown = await sends_photo(walk)
    assert "Напишите, пожалуйста, ответ словами" in shown.text
    assert await kept(walk) == []
    await walk.town.quiet()
    walk.town.messenger.send_photo(walk.curator.id, a_photo())
    await walk.town.quiet()
    assert "Пока понимаю только текст и кнопки." in walk.curator.last.text


async def test_what_was_sent_survives_a_restart_before_handing_in(walk: Walk) -> None:
    await begun(walk)
    await walk.teacher.says("Половина")
    await sends_photo(walk)
    await restarted(walk.town, walk.clock)
    shown = await walk.teacher.says("Вторая половина")
    assert "Сохранено: 3 из 5" in shown.text
    await walk.teacher.taps("Готово, отправить")
    assert (await walk.step(0)).state is StepState.DONE


async def test_a_step_is_taken_back_and_completed(walk: Walk) -> None:
    await begun(walk)
    await walk.teacher.says("Почти")
    await walk.teacher.taps("Готово, отправить")
    shown = await walk.teacher.taps("Забрать и дополнить")
    assert "Сохранено: 1 из 5" in shown.text
    step = await walk.step(0)
    assert (step.state, step.done_at) == (StepState.PLANNED, None)
    await walk.teacher.says("Теперь всё")
    await walk.teacher.taps("Готово, отправить")
    assert (await walk.step(0)).state is StepState.DONE
    # The second time is told of anew.
    assert await owed(walk, "iom_to_confirm") == [walk.mentor.id] * 2
    history = await walk.teacher.taps_data(RouteTap(route=walk.route, part="history").pack())
    assert "взят на доработку" in history.text


async def test_double_taps_and_old_buttons_hand_in_once(walk: Walk) -> None:
    await begun(walk)
    step = walk.steps[0]
    await walk.teacher.taps_data(DoneTap(step=step, send=True).pack())
    assert "Сначала напишите пару слов" in walk.teacher.toasts[-1]
    shown = await walk.teacher.says("Сделано")
    await walk.teacher.taps("Готово, отправить", shown)
    await walk.teacher.taps_data(DoneTap(step=step, send=True).pack())
    assert "уже не ждёт выполнения" in walk.teacher.toasts[-1]
    [piece] = await walk.town.rows("SELECT id FROM iom_evidence")
    await walk.teacher.taps_data(RemoveEvidenceTap(step=step, evidence=piece.id).pack())
    assert len(await kept(walk)) == 1
    assert await owed(walk, "iom_to_confirm") == [walk.mentor.id]
    await walk.changes_step(0, state=StepState.CONFIRMED, confirmed_at=TUESDAY)
    await walk.teacher.taps_data(TakeBackStepTap(step=step).pack())
    assert "Решение по шагу уже принято." in walk.teacher.toasts
    assert (await walk.step(0)).state is StepState.CONFIRMED


async def test_evidence_comes_too_late_for_a_closed_route(walk: Walk) -> None:
    await begun(walk)
    await walk.changes_route(state=RouteState.CLOSED, closed_at=TUESDAY)
    shown = await sends_photo(walk)
    assert "уже не ждёт выполнения" in shown.text
    assert await kept(walk) == []


async def test_cancel_leaves_what_was_sent(walk: Walk) -> None:
    await begun(walk)
    await walk.teacher.says("Половина")
    await walk.teacher.says("/cancel")
    await walk.teacher.says("Эти слова никуда")
    assert [words for _, words, _ in await kept(walk)] == ["Половина"]
    shown = await begun(walk)
    assert "Сохранено: 1 из 5" in shown.text


async def forged_removal(walk: Walk, person: Person) -> None:
    [piece] = await walk.town.rows("SELECT id FROM iom_evidence")
    for tap in (
        RemoveEvidenceTap(step=walk.steps[0], evidence=piece.id),
        TakeBackStepTap(step=walk.steps[0]),
        DoneTap(step=walk.steps[0], send=True),
    ):
        await person.taps_data(tap.pack())
        assert "Здесь это вам не открыто" in person.toasts[-1]


async def test_others_neither_hand_in_nor_remove(walk: Walk) -> None:
    await begun(walk)
    await walk.teacher.says("Половина")
    for person in (walk.mentor, walk.curator):
        await forged_removal(walk, person)
    await walk.teacher.taps_data(RemoveEvidenceTap(step=walk.steps[1], evidence=1).pack())
    assert len(await kept(walk)) == 1
    assert (await walk.step(0)).state is StepState.PLANNED


async def test_several_taps_in_a_row_bring_one_file(walk: Walk) -> None:
    await begun(walk)
    await sends_photo(walk)
    await walk.teacher.taps("Готово, отправить")
    card = walk.teacher.last
    for _ in range(3):
        await walk.teacher.taps("Показать фото", card)
    assert len(await walk.town.rows("SELECT 1 FROM outbox WHERE kind = 'iom_evidence'")) == 1
