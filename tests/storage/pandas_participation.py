"""Who was asked and who has finished, with pandas from whole tables."""

from collections.abc import Collection, Mapping
from datetime import date, tzinfo

import pandas as pd

from services.reporting.periods import Period
from tests.storage.pandas_facts import Frames, early_on

OFFERED_TO_ALL = ("boyko", "deficits", "courses")
OFFERED_TO_EARLY = ("adaptation",)
OFFERED_TO_NOBODY = ("pair_comfort",)


Takings = Mapping[str, int | tuple[pd.Timestamp, pd.Timestamp]]
"""By test the id of a campaign, or when the school year of tests outside campaigns begins and ends."""


def takings_of(
    frames: Frames, schools: Collection[int], place: int, above: int | None, period: Period, zone: tzinfo
) -> Takings:
    """The takings that belong to the period in the place."""
    found: dict[str, int | tuple[pd.Timestamp, pd.Timestamp]] = {}
    begins, ends = (pd.Timestamp(day, tz=zone) for day in (period.begins, period.ends))
    campaigns, asked = frames["campaigns"], frames["campaign_people"]
    reaching = campaigns.id.isin(asked[asked.school_id.isin(schools)].campaign_id)
    from_above = (campaigns.organisation_id == above) & reaching & ~campaigns.anonymous.astype(bool)
    launched = campaigns[
        ((campaigns.organisation_id == place) | from_above)
        & (campaigns.state != "draft")
        & (campaigns.launched_at >= begins)
        & (campaigns.launched_at < ends)
    ].sort_values(["launched_at", "id"])
    roles = frames["roles"]
    here = roles[(roles.role == "teacher") & roles.organisation_id.isin(schools)].person_id
    for test in OFFERED_TO_ALL + OFFERED_TO_EARLY + OFFERED_TO_NOBODY:
        if len(of_test := launched[launched.instrument == test]):
            found[test] = int(of_test.id.iloc[-1])
            continue
        done = _outside(frames, test)
        done = done[done.person_id.isin(here)].finished_at
        for year in range(period.begins.year - 1, period.ends.year + 1):
            opens, closes = (pd.Timestamp(date(each, 9, 1), tz=zone) for each in (year, year + 1))
            if closes <= begins or opens >= ends:
                continue
            since, until = (opens, closes) if opens >= begins else (begins, min(ends, closes))
            if ((done >= since) & (done < until)).any():
                found[test] = (opens, closes)
    return found


def participation(frames: Frames, takings: Takings, schools: Collection[int], last: date) -> Mapping[str, float]:
    """Facts of the takings in the schools; `last` is the day on which somebody is early in their career."""
    found: dict[str, float] = {}
    asked = frames["campaign_people"]
    asked = asked[asked.school_id.isin(schools)]
    roles = frames["roles"]
    first = roles[roles.role == "teacher"].sort_values("id").drop_duplicates("person_id")
    mine = set(first[first.organisation_id.isin(schools)].person_id)
    for test, taking in takings.items():
        if isinstance(taking, int):
            people = asked[asked.campaign_id == taking]
            found |= {f"{test}.invited": len(people), f"{test}.finished": people.finished.astype(bool).sum()}
            continue
        taken = _outside(frames, test)
        done = mine & set(taken[(taken.finished_at >= taking[0]) & (taken.finished_at < taking[1])].person_id)
        found[f"{test}.finished"] = len(done)
        if test not in OFFERED_TO_NOBODY:
            offered = mine & early_on(frames, pd.Timestamp(last)) if test in OFFERED_TO_EARLY else mine
            found[f"{test}.invited"] = len(offered | done)
    return found


def asked_then(facts: Mapping[str, float], takings: Takings, kept: Mapping[str, float]) -> dict[str, float]:
    """The facts of a period that is over: whom tests were offered to is known from that time or not at all."""
    known = dict.fromkeys(OFFERED_TO_ALL, "teachers") | dict.fromkeys(OFFERED_TO_EARLY, "teachers.early")
    told = dict(facts)
    for test, taking in takings.items():
        if test in known and not isinstance(taking, int):
            del told[f"{test}.invited"]
            if known[test] in kept:
                told[f"{test}.invited"] = kept[known[test]]
    return told


def _outside(frames: Frames, test: str) -> pd.DataFrame:
    sessions = frames["survey_sessions"]
    return sessions[(sessions.instrument == test) & (sessions.state == "finished") & sessions.campaign_id.isna()]
