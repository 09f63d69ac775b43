"""The questionnaires that a pair brings with it: its comfort while it works, satisfaction at its end."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum

from services.delivery.model import Kind
from services.diagnostics.session import Session
from services.mentoring.pair import Pair, PairHappening, PairState
from services.work import UnitOfWork


class PairSurvey(IntEnum):
    """The questionnaires, as payloads of the outbox name them."""

    COMFORT = 1
    MENTEE = 2
    MENTOR = 3


INSTRUMENTS: Mapping[PairSurvey, str] = {
    PairSurvey.COMFORT: "pair_comfort",
    PairSurvey.MENTEE: "mentee_satisfaction",
    PairSurvey.MENTOR: "mentor_satisfaction",
}
OFFERED_FOR = timedelta(days=60)
"""So long after its end a pair's last questionnaire can be answered."""
COMFORT_FIRST, COMFORT_EVERY, COMFORT_TIMES = 30, 90, 8
"""Days after the beginning when comfort is asked about, then every so many days, so many times at most."""
LATE = 7
"""Days that such a day is made up for when nobody could be asked on it."""


def last_of(pair: Pair, person_id: int) -> PairSurvey:
    """The questionnaire for one of the two at the end."""
    return PairSurvey.MENTOR if pair.mentor_id == person_id else PairSurvey.MENTEE


def is_due(
    pair: Pair, survey: PairSurvey, finished: Sequence[Session], today: date, completed_at: datetime | None
) -> bool:
    """Whether the questionnaire is open to one of the two, who has `finished` these.

    Comfort can be told again and again; satisfaction once after the end, which is the moment `completed_at`.
    """
    if survey is PairSurvey.COMFORT:
        return pair.state is PairState.ACTIVE
    if pair.state is not PairState.COMPLETED or pair.ended_on is None or today - pair.ended_on > OFFERED_FOR:
        return False
    return not any(
        session.instrument == INSTRUMENTS[survey]
        and session.finished_at is not None
        and completed_at is not None
        and session.finished_at >= completed_at
        for session in finished
    )


async def completed_at(work: UnitOfWork, pair: Pair) -> datetime | None:
    """When the pair was completed; None where it was not."""
    if pair.state is not PairState.COMPLETED:
        return None
    history = await work.pairs.history(pair.id)
    return next((event.at for event in reversed(history) if event.what is PairHappening.COMPLETED), None)


async def offered(work: UnitOfWork, person_id: int, finished: Sequence[Session], today: date) -> frozenset[str]:
    """The instruments that the person's pairs open to them now."""
    pairs = [*await work.pairs.of_mentor(person_id), *await work.pairs.of_mentee(person_id)]
    ended = {pair.id: await completed_at(work, pair) for pair in pairs}
    return frozenset(
        INSTRUMENTS[survey]
        for pair in pairs
        for survey in (PairSurvey.COMFORT, last_of(pair, person_id))
        if is_due(pair, survey, finished, today, ended[pair.id])
    )


async def owe_last(work: UnitOfWork, pair: Pair, now: datetime) -> None:
    """Ask both how the pair was that has just been completed."""
    for person_id in (pair.mentor_id, pair.mentee_id):
        survey = last_of(pair, person_id)
        for account in await work.directory.account_ids(person_id):
            key = f"pair-survey:{pair.id}:{survey.value}:{account}"
            payload = {"pair_id": pair.id, "survey": survey.value}
            await work.outbox.owe(account, Kind.PAIR_SURVEY, key, payload, now)


def comfort_began(today: date) -> dict[date, int]:
    """The days of beginning whose pairs are to be asked about comfort now, with the number of the asking."""
    return {
        today - timedelta(days=COMFORT_FIRST + COMFORT_EVERY * number + late): number
        for number in range(COMFORT_TIMES)
        for late in range(LATE)
    }


async def comfort_keys(work: UnitOfWork, pairs: Sequence[Pair], today: date) -> dict[str, tuple[int, Pair]]:
    """What is to be owed to these pairs, which began on such days: accounts and pairs by keys."""
    numbers = comfort_began(today)
    accounts = await work.directory.accounts_of(
        {one for pair in pairs for one in (pair.mentor_id, pair.mentee_id)}
    )
    return {
        f"pair-survey:{pair.id}:{PairSurvey.COMFORT.value}:{numbers[pair.started_on]}:{account}": (account, pair)
        for pair in pairs
        if pair.started_on is not None
        for person_id in (pair.mentor_id, pair.mentee_id)
        for account in accounts.get(person_id, ())
    }


async def owe_comfort(work: UnitOfWork, keys: Mapping[str, tuple[int, Pair]], now: datetime) -> None:
    """Ask them how they are doing together."""
    for key, (account, pair) in keys.items():
        payload = {"pair_id": pair.id, "survey": PairSurvey.COMFORT.value}
        await work.outbox.owe(account, Kind.PAIR_SURVEY, key, payload, now)
