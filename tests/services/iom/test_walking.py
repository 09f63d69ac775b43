"""Steps handed in, taken back, put off and cancelled; and whom a route waits for."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.iom import walking
from services.iom.evidence import attachment
from services.iom.model import EVIDENCE_LIMIT, EvidenceKind, RouteState, Step, StepState
from services.iom.progress import progress
from services.iom.recipients import deciders
from services.people.model import Role
from tests.services.iom.walked import NOW, QUIET, TODAY, School, a_school

SOON = TODAY + timedelta(days=5)


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    async with a_school(tmp_path) as school:
        yield school


async def with_words(school: School, step: Step, count: int = 1) -> None:
    for number in range(count):
        assert await walking.keep_words(school.work, school.route, step, "Прошло", f"c:{step.id}:{number}", NOW)


async def test_a_step_is_handed_in_with_evidence_only(school: School) -> None:
    [step] = await school.steps([SOON])
    assert await walking.hand_in(school.work, school.route, step, NOW) is None
    await with_words(school, step)
    done = await walking.hand_in(school.work, school.route, step, NOW)
    assert done is not None
    assert (done.state, done.done_at, done.remind_on) == (StepState.DONE, NOW, None)
    assert await walking.hand_in(school.work, school.route, done, NOW) is None


async def test_of_two_at_once_one_hands_in(school: School) -> None:
    [step] = await school.steps([SOON])
    await with_words(school, step)
    assert await walking.hand_in(school.work, school.route, step, NOW) is not None
    assert await walking.hand_in(school.work, school.route, step, NOW) is None
    assert len(await school.work.iom.history(school.route.id)) == 1


async def test_a_step_taken_back_is_reminded_of_again(school: School) -> None:
    [step] = await school.steps([SOON])
    await with_words(school, step)
    done = await walking.hand_in(school.work, school.route, step, NOW)
    assert done is not None
    back = await walking.take_back(school.work, school.route, done, TODAY, NOW, QUIET)
    assert back is not None
    assert (back.state, back.done_at, back.remind_on) == (StepState.PLANNED, None, step.remind_on)
    confirmed = await school.work.iom.save_step(replace(back, state=StepState.CONFIRMED))
    assert confirmed is not None
    assert await walking.take_back(school.work, school.route, confirmed, TODAY, NOW, QUIET) is None


async def test_no_more_evidence_than_has_room(school: School) -> None:
    [step] = await school.steps([SOON])
    await with_words(school, step, EVIDENCE_LIMIT)
    assert not await walking.keep_words(school.work, school.route, step, "Ещё", "one more", NOW)
    [first, *_] = await school.work.iom.evidence(step.id)
    assert await walking.remove_evidence(school.work, school.route, step, first.id)
    assert await walking.keep_words(school.work, school.route, step, "Ещё", "one more", NOW)


async def test_evidence_is_removed_from_ones_own_planned_step_only(school: School) -> None:
    mine, other = await school.steps([SOON, SOON])
    await with_words(school, mine)
    [piece] = await school.work.iom.evidence(mine.id)
    assert not await walking.remove_evidence(school.work, school.route, other, piece.id)
    done = await walking.hand_in(school.work, school.route, mine, NOW)
    assert done is not None
    assert not await walking.remove_evidence(school.work, school.route, done, piece.id)
    assert len(await school.work.iom.evidence(mine.id)) == 1


async def test_what_is_not_agreed_or_not_open_is_not_walked(school: School) -> None:
    [proposed] = await school.steps([SOON], agreed=False)
    [agreed] = await school.steps([SOON])
    closed = replace(school.route, state=RouteState.CLOSED)
    for route, step in ((school.route, proposed), (closed, agreed)):
        assert not await walking.keep_words(school.work, route, step, "Прошло", "c", NOW)
        assert await walking.cancel(school.work, route, step, "Зачем", NOW) is None
        assert (
            await walking.postpone(
                school.work, route, step, SOON + timedelta(days=3), "Болезнь", TODAY, NOW, QUIET
            )
            is None
        )


async def test_a_term_is_only_put_off_to_a_later_one(school: School) -> None:
    [late] = await school.steps([TODAY - timedelta(days=10)])
    late = replace(late, escalated_on=TODAY)
    assert walking.term_after(late, 3, TODAY) == TODAY + timedelta(days=3)
    for due_on in (TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=walking.FURTHEST + 1)):
        assert await walking.postpone(school.work, school.route, late, due_on, "", TODAY, NOW, QUIET) is None
    saved = await walking.postpone(school.work, school.route, late, SOON, "Болезнь", TODAY, NOW, QUIET)
    assert saved is not None
    assert (saved.plan.due_on, saved.comment, saved.reminded_on) == (SOON, "Болезнь", TODAY)
    # Should it be late again, the mentor hears of it again.
    assert saved.escalated_on is None


async def test_progress_counts_what_is_not_cancelled(school: School) -> None:
    steps = await school.steps([SOON] * 4)
    states = (StepState.CONFIRMED, StepState.CANCELLED, StepState.DONE, StepState.PLANNED)
    told = progress(school.route, [replace(s, state=t) for s, t in zip(steps, states, strict=True)], own=True)
    assert (told.confirmed, told.cancelled, told.total, told.complete) == (1, 1, 3, False)
    over = progress(school.route, [replace(s, state=t) for s, t in zip(steps, states[:2], strict=False)], own=True)
    assert over.complete
    assert not progress(school.route, [], own=True).complete


async def test_a_route_waits_for_the_mentor_then_curators_then_methodists(school: School) -> None:
    work, route = school.work, school.route
    assert await deciders(work, route) == []
    _, methodist = await school.somebody(5, Role.METHODIST, school.municipality)
    assert await deciders(work, route) == methodist
    await work.people.grant(school.teacher, Role.CURATOR, school.id, NOW)
    assert await deciders(work, route) == methodist
    _, first = await school.somebody(2, Role.CURATOR, school.id)
    _, second = await school.somebody(3, Role.CURATOR, school.id)
    assert sorted(await deciders(work, route)) == sorted(first + second)
    mentor, accounts = await school.somebody(4, Role.MENTOR, school.id)
    assert await deciders(work, replace(route, mentor_id=mentor)) == accounts
    await work.people.revoke_role(mentor, Role.MENTOR, school.id)
    assert sorted(await deciders(work, replace(route, mentor_id=mentor))) == sorted(first + second)


def test_files_are_taken_by_their_kinds() -> None:
    for name in ("Отчёт.PDF", "scan.jpeg", "план.docx", "x" * 300 + ".pptx"):
        taken = attachment(name, b"1", " слова ", picture=False)
        assert taken is not None
        assert (taken.kind, taken.words) == (EvidenceKind.DOCUMENT, "слова")
        assert len(taken.file_name) <= 100
        assert taken.file_name.endswith(name[-5:])
    for name in ("run.exe", "archive.zip", "", "pdf", ".pdf", "video.mp4", "a.pdf.html"):
        assert attachment(name, b"1", "", picture=False) is None
    photo = attachment("", b"1", "", picture=True)
    assert photo is not None
    assert (photo.kind, photo.file_name) == (EvidenceKind.PHOTO, "Фото.jpg")
