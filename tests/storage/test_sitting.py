"""Any sequence of answers, steps back, repeated and forged taps leaves what a plain model of a session says."""

import asyncio
from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.diagnostics import survey
from services.diagnostics.session import Answer, Session
from services.people.consent import CONSENT_VERSION
from storage.answers import GroupedAnswers
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW, Resident, newcomer, seat, settle
from tests.storage.sitting import ITEMS, Ahead, Back, Revoke, Sitting, Tap

mostly_right = st.sampled_from((0, 0, 0, 0, 0, -1, 1))
right_taps = st.builds(Tap, code=st.sampled_from("yn"))
any_taps = st.builds(
    Tap,
    code=st.sampled_from("yn"),
    turns_off=mostly_right,
    items_off=mostly_right,
    by_another=st.sampled_from((False, False, False, False, True)),
)
taps_at_once = st.lists(st.one_of(right_taps, any_taps), min_size=1, max_size=4)
steps = st.one_of(
    taps_at_once,
    taps_at_once,
    st.builds(Back, turns_off=mostly_right),
    st.builds(Back),
    st.builds(Ahead, turns_off=mostly_right),
)
stories = st.tuples(st.lists(steps, max_size=10), st.sampled_from((None, None, None, 0, 1, 3)))


class Desk:
    """One person's session in the database, moved as the conversations move it."""

    def __init__(
        self, database: Database, book: GroupedAnswers, person: Resident, another: Resident, session: Session
    ) -> None:
        self._database = database
        self._book = book
        self._person = person
        self._another = another
        self._session = session
        self._repeated: list[Answer] = []

    async def tap_at_once(self, sitting: Sitting, taps: list[Tap]) -> None:
        """Hand all taps in before the first one is written, and then every tap that was ever made again."""
        expected, answers = [], []
        for tap in taps:
            answers.append(
                Answer(
                    (self._another if tap.by_another else self._person).account,
                    self._session.id,
                    sitting.position + tap.items_off,
                    tap.code,
                    sitting.turn + tap.turns_off,
                )
            )
            expected.append(replace(self._session, **seen(sitting)) if sitting.tap(tap) else None)
        accepted = await asyncio.gather(*(self._book.accept(answer) for answer in answers))
        assert [session and seen(session) for session in accepted] == [step and seen(step) for step in expected]
        old = [answer for answer in self._repeated + answers if answer.turn < sitting.turn]
        assert not any(await asyncio.gather(*(self._book.accept(answer) for answer in old)))
        self._repeated = old

    async def step(self, sitting: Sitting, step: Back | Ahead) -> None:
        move = survey.step_back if isinstance(step, Back) else survey.go_on
        turn = sitting.turn + step.turns_off
        counts = sitting.back(step.turns_off) if isinstance(step, Back) else sitting.ahead(step.turns_off)
        async with self._database.write() as connection:
            work = StoredWork(connection)
            session = await work.surveys.get(self._session.id, self._person.person_id)
            assert session is not None
            moved = await move(work, session, turn, NOW)
            await work.commit()
        assert (moved and seen(moved)) == (seen(sitting) if counts else None)

    async def revoke(self, sitting: Sitting) -> None:
        sitting.revoke()
        async with self._database.write() as connection:
            work = StoredWork(connection)
            await work.people.revoke_consent(self._person.person_id, NOW)
            await work.people.welcome(self._person.account, CONSENT_VERSION, NOW)
            await work.commit()


def seen(session: Session | Sitting) -> dict[str, object]:
    return {
        "answers": session.answers,
        "turn": session.turn,
        "position": session.position,
        "state": str(session.state),
    }
