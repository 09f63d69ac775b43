"""Any sequence of answers, steps back, repeated and forged taps leaves what a plain model of a session says."""

import asyncio
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.diagnostics import survey
from services.diagnostics.session import Answer, Session
from storage.answers import GroupedAnswers
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import CONSENT, NOW, newcomer
from tests.storage.sitting import ITEMS, Ahead, Back, Revoke, Sitting, Tap

codes = st.sampled_from("yn")
mostly_right = st.sampled_from((0, 0, 0, 0, 0, 0, -1, 1))
right_taps = st.builds(Tap, code=codes)
any_taps = st.builds(
    Tap,
    code=codes,
    turns_off=mostly_right,
    items_off=mostly_right,
    by_another=st.sampled_from((False, False, False, False, False, True)),
)
taps_at_once = st.lists(right_taps | any_taps, min_size=1, max_size=4)
moves = st.builds(Back) | st.builds(Back, mostly_right) | st.builds(Ahead, mostly_right)
steps = taps_at_once | taps_at_once | moves
stories = st.lists(steps, max_size=12).flatmap(
    lambda story: st.sampled_from((story, story, [*story, Revoke(), [Tap("y")], Back()]))
)

YES = [Tap("y")]

STORED = """
    SELECT answers, turn, position, state, finished_at, (SELECT count(*) FROM outbox WHERE key = :key) AS charts
      FROM survey_sessions WHERE id = :id"""


def seen(session: Session | Sitting | None) -> dict[str, Any] | None:
    """What people notice of a session."""
    if session is None:
        return None
    return {
        "answers": session.answers,
        "turn": session.turn,
        "position": session.position,
        "state": str(session.state),
    }


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=stories)
@example(story=[YES, YES, YES, YES, YES, Back(), Ahead()])
@example(story=[[Tap("y"), Tap("n")], Back(), Back(), [Tap("n"), Tap("y", by_another=True)], Ahead(), YES * 4])
async def test_database_agrees_with_the_model(
    database: Database, book: GroupedAnswers, witness: Witness, story: list[list[Tap] | Back | Ahead | Revoke]
) -> None:
    person, session = await newcomer(database, "." * ITEMS)
    another, _ = await newcomer(database)
    sitting = Sitting()
    made: list[Answer] = []

    async def tap_at_once(taps: list[Tap]) -> None:
        """Hand in all taps before the first is written."""
        answers, expected = [], []
        for tap in taps:
            account = another.account if tap.by_another else person.account
            item, turn = sitting.position + tap.items_off, sitting.turn + tap.turns_off
            answers.append(Answer(account, session.id, item, tap.code, turn))
            expected.append(seen(sitting) if sitting.tap(tap) else None)
        accepted = await asyncio.gather(*(book.accept(answer) for answer in answers))
        assert [seen(session) for session in accepted] == expected
        made.extend(answers)

    async def tap_again() -> None:
        """Every button that was ever tapped, but for those of a turn that has not come yet."""
        passed = [answer for answer in made if answer.turn < sitting.turn]
        assert not any(await asyncio.gather(*(book.accept(answer) for answer in passed)))

    async def move(step: Back | Ahead) -> None:
        turn = sitting.turn + step.turns_off
        counts = sitting.back(step.turns_off) if isinstance(step, Back) else sitting.ahead(step.turns_off)
        async with database.write() as connection:
            work = StoredWork(connection)
            present = await work.surveys.get(session.id, person.person_id)
            assert present is not None
            go = survey.step_back if isinstance(step, Back) else survey.go_on
            moved = await go(work, present, turn, NOW)
            await work.commit()
        assert seen(moved) == (seen(sitting) if counts else None)

    async def revoke() -> None:
        sitting.revoke()
        async with database.write() as connection:
            work = StoredWork(connection)
            await work.people.revoke_consent(person.person_id, NOW)
            await work.people.welcome(person.account, CONSENT, NOW)
            await work.commit()

    for step in story:
        if isinstance(step, Revoke):
            await revoke()
        elif isinstance(step, Back | Ahead):
            await move(step)
        else:
            await tap_at_once(step)
        await tap_again()
        [row] = await witness.rows(STORED, id=session.id, key=f"result:{session.id}:finished")
        assert (row.pop("finished_at") is not None) == (sitting.state == "finished")
        assert row.pop("charts") == sitting.charts
        assert row == seen(sitting)
