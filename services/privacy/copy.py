"""A copy of everything that the service holds about a person, in words that the person reads."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from services.diagnostics.answer_parsing import number_in_words
from services.diagnostics.answers_in_words import in_words
from services.diagnostics.instrument import Instrument
from services.diagnostics.library import Library
from services.diagnostics.scoring import score
from services.diagnostics.session import Session, State
from services.people.model import Role
from services.privacy.copy_mentoring import mentoring_chapters
from services.privacy.copy_reports import report_chapters
from services.privacy.copy_routes import route_chapters
from services.privacy.copy_titles import DELIVERY, GIVEN, ORIGINS, PARCELS, STATES, STEPS
from services.privacy.ports import Action, Rows
from services.privacy.scribe import Record, Scribe, Section
from services.privacy.words import WORDS


async def compose(
    everything: Mapping[str, Rows], library: Library, zone: ZoneInfo, role_titles: Mapping[Role, str]
) -> tuple[Section, ...]:
    """The copy of what `PersonalStore.everything` has read; moments are told in the zone."""
    scribe = Scribe(library, zone, role_titles)
    [profile] = everything["profile"]
    results = {row["id"]: scribe.result(row) for row in everything["sessions"]}
    chapters = _chapters(scribe, int(profile["id"]), results)
    sections = [scribe.section(*chapter, everything) for chapter in chapters]
    values: dict[int, dict[int, Any]] = {}
    for row in everything["values"]:
        values.setdefault(row["session_id"], {})[row["item"]] = row["value"]
    for row in everything["sessions"]:
        sections += await _survey(row, values.get(row["id"], {}), library, scribe)
    return tuple(section for section in sections if section.records)


def _chapters(
    scribe: Scribe, person_id: int, results: Mapping[int, str]
) -> Sequence[tuple[str, str, Callable[[Mapping[str, Any]], Record]]]:
    """Titles, kinds of rows, and how a row is told; `results` are the names of the person's tests."""
    record = scribe.record

    def profile(row: Mapping[str, Any]) -> Record:
        return record(
            ("Номер в службе", row["id"]),
            ("Имя", row["full_name"]),
            ("Имя для поиска", row["name_key"]),
            ("Должность", row["position"]),
            ("Предмет", row["subject"]),
            ("Стаж, лет", row["years_of_work"]),
            ("Год рождения", row["birth_year"]),
            ("Категория", row["category"]),
            ("Сведения на", row["profile_on"]),
            ("Откуда запись", ORIGINS.get(row["origin"], row["origin"])),
            ("Запись создана", row["created_at"]),
            ("Регистрация", row["registered_at"]),
        )

    def account(row: Mapping[str, Any]) -> Record:
        blocked = ("Бот заблокирован", row["blocked_at"])
        return record(("Мессенджер", row["channel"]), ("Номер учётной записи", row["external_id"]), blocked)

    def consent(row: Mapping[str, Any]) -> Record:
        return record(("Редакция", row["version"]), ("Дано", row["given_at"]), ("Отозвано", row["revoked_at"]))

    def role(row: Mapping[str, Any]) -> Record:
        return record(
            ("Роль", scribe.role(row["role"])), ("Где", row["place"]), ("С какого времени", row["granted_at"])
        )

    def invite(row: Mapping[str, Any]) -> Record:
        # Without the link itself: whoever holds it may come in.
        return record(
            ("Чьё", "личное для вас" if row["person_id"] == person_id else "создано вами"),
            ("Роль", scribe.role(row["role"])),
            ("Где", row["place"]),
            ("Создано", row["created_at"]),
            ("Действует до", row["expires_at"]),
            ("Использовано", f"{row['used']} из {row['max_uses']}"),
            ("Отозвано", row["revoked_at"]),
        )

    def conversation(row: Mapping[str, Any]) -> Record:
        kept = {name: value for name, value in row["data"].items() if name != "token"}
        given = tuple((GIVEN.get(name, name), str(value)) for name, value in kept.items())
        return (*record(("Шаг", STEPS.get(row["step"], row["step"])), ("Когда", row["updated_at"])), *given)

    def campaign(row: Mapping[str, Any]) -> Record:
        return record(
            ("Опрос", row["campaign"]),
            ("Школа", row["place"]),
            ("Открыт", row["opened_at"]),
            ("Закончен", row["finished"]),
        )

    def campaign_made(row: Mapping[str, Any]) -> Record:
        return record(
            ("Опрос", row["title"]),
            ("Ваши слова", row["words"]),
            ("Где", row["place"]),
            ("Создан", row["created_at"]),
            ("Запущен", row["launched_at"]),
            ("Закрыт", row["closed_at"]),
        )

    def counted(row: Mapping[str, Any]) -> Record:
        return record(
            ("Опросник", scribe.instrument(row["instrument"])),
            ("Редакция", row["version"]),
            ("Период или опрос", scribe.wave(row["wave"])),
            ("Посчитано", row["made_at"]),
        )

    def share(row: Mapping[str, Any]) -> Record:
        mine = row["owner_id"] == person_id
        return record(
            ("Кому вы показали" if mine else "Кто показал вам", row["viewer_name" if mine else "owner_name"]),
            ("Результат", results.get(row["session_id"])),
            ("Когда", row["shared_at"]),
            ("Открыт впервые", row["opened_at"]),
            ("Доступ закрыт", row["revoked_at"]),
        )

    def upload(row: Mapping[str, Any]) -> Record:
        return record(("Файл", row["name"]), ("Для чего", row["place"]), ("Прислан", row["uploaded_at"]))

    def message(row: Mapping[str, Any]) -> Record:
        return record(
            ("Что", PARCELS.get(row["kind"], row["kind"])),
            ("Состояние", DELIVERY[row["state"]]),
            ("Создано", row["created_at"]),
            ("Отправлено", row["sent_at"]),
        )

    def entry(row: Mapping[str, Any]) -> Record:
        actor = "служба" if row["actor_id"] is None else "другой человек"
        about = "о другом человеке" if row["person_id"] not in (None, person_id) else ""
        return record(
            ("Когда", row["at"]),
            ("Кто", "вы" if row["actor_id"] == person_id else actor),
            ("Что", WORDS[Action(row["action"])].done),
            ("О ком", about),
            ("Где", row["place"]),
        )

    return (
        ("Кто вы", "profile", profile),
        ("Учётные записи", "accounts", account),
        ("Согласия", "consents", consent),
        ("Роли", "roles", role),
        ("Приглашения", "invites", invite),
        ("Начатое в чате", "conversations", conversation),
        *route_chapters(scribe, person_id),
        *mentoring_chapters(scribe, person_id),
        *report_chapters(scribe, person_id),
        ("Опросы, в которые вас приглашали", "campaigns", campaign),
        ("Опросы, которые вы запускали", "campaigns_made", campaign_made),
        ("Общие цифры", "counted", counted),
        ("Показанные результаты", "shares", share),
        ("Присланные файлы", "uploads", upload),
        ("Сообщения", "messages", message),
        ("Журнал действий", "audit", entry),
    )


async def _survey(
    row: Mapping[str, Any], values: Mapping[int, Any], library: Library, scribe: Scribe
) -> list[Section]:
    """One test: what it was, its result and the answers given, all under its name and day."""
    session = _session(row)
    try:
        instrument = await library.of(session)
    except KeyError:
        instrument = None
    name = instrument.short_title if instrument else session.instrument
    heading = f"{name}, {scribe.moment(session.finished_at or session.started_at)[:10]}"
    about = scribe.record(
        ("Опросник", instrument.title if instrument else session.instrument),
        ("Редакция", session.version),
        ("Состояние", STATES[session.state.value]),
        ("Начат", session.started_at),
        ("Закончен", session.finished_at),
        ("В опросе", row["campaign"]),
        ("Анонимно", "да, после последнего ответа связь с вами исчезнет" if session.anonymous else ""),
    )
    sections = [Section(heading, "", (about,))]
    if instrument is None:
        kept = scribe.record(
            ("Ответы", session.answers), *((f"№ {item}", value) for item, value in values.items())
        )
        return [*sections, Section(f"{heading}: ответы", "Этого опросника в службе больше нет.", (kept,))]
    if session.state is State.FINISHED and instrument.scales:
        sections.append(Section(f"{heading}: результат", "", _result(instrument, session.answers)))
    return [*sections, Section(f"{heading}: ответы", "", _answers(instrument, session.answers, values))]


def _result(instrument: Instrument, answers: str) -> tuple[Record, ...]:
    result = score(instrument, answers)
    records: list[Record] = []
    for measured in (*result.factors, *result.scales):
        level = measured.band.title if measured.band else ""
        records.append((("Шкала", measured.title), ("Баллы", _figure(measured.points, measured.maximum))))
        if level:
            records[-1] += (("Уровень", level),)
    return (*records, (("Шкала", "Всего"), ("Баллы", _figure(result.total, result.maximum))))


def _figure(points: float | None, maximum: float) -> str:
    return "нет данных" if points is None else f"{number_in_words(points)} из {number_in_words(maximum)}"


def _answers(instrument: Instrument, answers: str, values: Mapping[int, Any]) -> tuple[Record, ...]:
    records: list[Record] = []
    for item, mark in zip(instrument.items, answers, strict=True):
        said = in_words(item, mark, values.get(item.number))
        if said is None and item.number in values:
            said = str(values[item.number])
        if said is not None:
            records.append((("Вопрос", f"{item.number}. {item.text}"), ("Ответ", said)))
    return tuple(records)


def _session(row: Mapping[str, Any]) -> Session:
    return Session(
        id=row["id"],
        person_id=row["person_id"],
        instrument=row["instrument"],
        version=row["version"],
        wording_id=row["wording_id"],
        answers=row["answers"],
        turn=row["turn"],
        position=row["position"],
        state=State(row["state"]),
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        campaign_id=row["campaign_id"],
        anonymous=row["anonymous"],
        organisation_id=row["organisation_id"],
    )
