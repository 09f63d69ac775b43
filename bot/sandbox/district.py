"""The demonstration district: six schools and about 120 invented people with finished and half-done tests."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.sandbox.autumn import FIRST_BACKGROUND, add_campaign, add_waiting
from bot.sandbox.cast import CAST, MUNICIPALITY, SCHOOLS, Character
from bot.sandbox.mentoring import Mentoring
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.reports import Reports
from bot.sandbox.routes import Routes
from bot.telegram import CHANNEL
from services.diagnostics.instrument import UNANSWERED, Instrument, Item
from services.diagnostics.session import State
from services.people import invites
from services.people.consent import load_consent
from services.people.model import Account, Kind, Profile, Role
from storage.database import Database
from storage.tables import survey_sessions
from storage.unit_of_work import StoredWork

SEED = 2026
HEADCOUNTS = (32, 24, 22, 20, 11, 3)
OLDER = (2, -9, -9, -9, 4, 8)
"""Years by which people of a school are older than those of the first one."""
STRAINS = (0.36, 0.24, 0.22, 0.24, 0.42, 0.36)
"""How much strain is usual in each school."""
DAYS = 60
LINK_TERM = timedelta(days=90)

_SURNAMES = (
    "Абрамова Беляева Власова Гусева Данилова Егорова Жукова Зайцева Ильина Калинина Лапина Макарова Никитина "
    "Орлова Панова Родионова Сафонова Титова Уварова Фомина Хохлова Чернова Шилова Щукина Юдина Яшина"
).split()
_NAMES = "Анна Вера Дарья Елена Жанна Зоя Инна Кира Лариса Мария Нина Оксана Полина Раиса Светлана Юлия".split()
_PATRONYMICS = (
    "Андреевна Борисовна Васильевна Геннадьевна Дмитриевна Евгеньевна Ивановна Львовна Михайловна Николаевна "
    "Олеговна Петровна Романовна Степановна Фёдоровна Эдуардовна"
).split()
_SUBJECTS = ("Математика", "Русский язык и литература", "Иностранный язык", "Биология", "Физика", "Физкультура")


async def settle(
    database: Database, messenger: Messenger, instrument: Instrument, now: datetime, zone: ZoneInfo
) -> None:
    """Fill an empty database with the district, and the messenger with the people one can be."""
    chance = random.Random(SEED)
    consent = load_consent().version
    async with database.write() as connection:
        work = StoredWork(connection)
        municipality = await work.organisations.add(Kind.MUNICIPALITY, MUNICIPALITY, None)
        schools = [(await work.organisations.add(Kind.SCHOOL, name, municipality.id)).id for name in SCHOOLS]
        links = []
        for school, headcount in zip(schools, HEADCOUNTS, strict=True):
            links.append(await invites.issue(work, Role.TEACHER, school, headcount + 5, now + LINK_TERM, now))
        sessions: list[dict[str, object]] = []
        for character in CAST:
            messenger.add_user(
                character.account_id,
                character.first_name,
                character.last_name,
                character.role,
                character.hint,
                started=character.profile is not None,
            )
            place = municipality.id if character.school is None else schools[character.school]
            if character.profile is not None:
                person_id = await _register(work, character, character.profile, place, consent, now)
                sessions += _sessions(chance, instrument, person_id, character.answered, now)
            elif character.roles:
                messenger.give_link(
                    character.account_id, SCHOOLS[character.school or 0], links[character.school or 0]
                )
        sessions += await _extras(work, messenger, chance, instrument, schools, consent, now)
        await connection.execute(insert(survey_sessions), sessions)
        await add_waiting(work, connection, schools[0], now)
        await add_campaign(work, connection, chance, municipality.id, schools, consent, now)
        await Routes(work, connection, chance, now, zone).settle(municipality.id, schools)
        await Mentoring(work, connection, now, zone).settle(schools)
        await Reports(work, connection, now, zone).settle(municipality.id, schools, HEADCOUNTS)
        await work.commit()


async def _register(
    work: StoredWork, character: Character, profile: Profile, place: int, consent: str, now: datetime
) -> int:
    account = Account(CHANNEL, character.account_id)
    person_id = await work.people.welcome(account, consent, now - timedelta(days=DAYS))
    for role in character.roles:
        await work.people.grant(person_id, role, place, now - timedelta(days=DAYS))
    await work.people.save_profile(person_id, profile, now - timedelta(days=DAYS))
    return person_id


async def _extras(
    work: StoredWork,
    messenger: Messenger,
    chance: random.Random,
    instrument: Instrument,
    schools: list[int],
    consent: str,
    now: datetime,
) -> list[dict[str, object]]:
    sessions: list[dict[str, object]] = []
    account_id = FIRST_BACKGROUND
    for number, (school, headcount) in enumerate(zip(schools, HEADCOUNTS, strict=True)):
        for _ in range(headcount):
            account_id += 1
            name = " ".join(chance.choice(words) for words in (_SURNAMES, _NAMES, _PATRONYMICS))
            age = min(66, max(23, chance.randint(23, 64) + OLDER[number]))
            profile = Profile(
                name, "Учитель", chance.choice(_SUBJECTS), max(0, age - chance.randint(22, 30)), now.year - age
            )
            character = Character(account_id, "", "", "", "", (Role.TEACHER,))
            surname, first_name, _ = name.split()
            messenger.add_background(account_id, first_name, surname)
            person_id = await _register(work, character, profile, school, consent, now)
            total = len(instrument.items)
            taken = chance.choices(((total,), (chance.randint(5, 70),), ()), weights=(7, 2, 1))[0]
            if headcount == HEADCOUNTS[-1]:
                taken = (total,)
            sessions += _sessions(chance, instrument, person_id, taken, now, STRAINS[number])
    return sessions


def _sessions(
    chance: random.Random,
    instrument: Instrument,
    person_id: int,
    answered: tuple[int, ...],
    now: datetime,
    usual: float = 0.36,
) -> list[dict[str, object]]:
    """Tests with plausible answers: somebody's strain differs by person, around the `usual` one, and by phase."""
    total = len(instrument.items)
    strain = min(0.95, max(0.03, chance.gauss(usual, 0.2)))
    phases = {
        scale: min(0.97, max(0.02, chance.gauss(strain, 0.12)))
        for factor in instrument.factors
        for scale in factor.scales
    }
    rows: list[dict[str, object]] = []
    for number, count in enumerate(answered):
        ease = 1 - 0.18 * number
        answers = "".join(
            _answer(chance, instrument.items[place], phases[instrument.items[place].scale or ""] * ease)
            if place < count
            else UNANSWERED
            for place in range(total)
        )
        moment = now - timedelta(days=chance.uniform(1, DAYS / 4) + 90 * (len(answered) - 1 - number))
        finished = count == total
        rows.append(
            {
                "person_id": person_id,
                "instrument": instrument.id,
                "version": instrument.version,
                "answers": answers,
                "alphabet": instrument.option_codes,
                "turn": count,
                "position": 0 if finished else count + 1,
                "state": (State.FINISHED if finished else State.IN_PROGRESS).value,
                "started_at": moment - timedelta(minutes=14),
                "updated_at": moment,
                "finished_at": moment if finished else None,
            }
        )
    return rows


def _answer(chance: random.Random, item: Item, strain: float) -> str:
    telling = max(item.points, key=lambda code: item.points[code])
    others = [code for code in item.points if code != telling]
    return telling if chance.random() < strain else chance.choice(others)
