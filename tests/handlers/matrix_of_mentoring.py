"""Mentoring in the access matrix: who may do what about cards, requests, runs, pairs and meetings, by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.meetings.draft import Fields
from services.mentoring.meetings.meeting import FileKind, MeetingForm, Told
from services.mentoring.pair import NewPair, PairForm, PairState
from storage.mentoring_tables import (
    matching_proposals,
    matching_runs,
    mentee_requests,
    mentor_cards,
)
from storage.unit_of_work import StoredWork


@dataclass(frozen=True)
class About:
    """What a tap is about, by the names of its fields, and who may."""

    fields: Mapping[str, Any]
    who: frozenset[str]


def about(who: str, **fields: Any) -> About:
    """The names of those who may are told in one string."""
    return About(fields, frozenset(filter(None, who.split(", "))))


NOWHERE = about("", organisation="nowhere")
IN_SCHOOL = (
    about("curator a1, methodist A", organisation="a1"),
    about("methodist A", organisation="A"),
    NOWHERE,
)
SCHOOL_PERSON = (
    about("curator a1, methodist A", organisation="a1", person="teacher a1"),
    about("methodist A", organisation="a1", person="curator a1"),
    about("", organisation="a1", person="curator b1"),
    about("", organisation="a1", person="revoked"),
)
# Cards: one of the bank, and two that wait for a decision.
SEEN_CARD = (
    about("mentor a1, teacher a1, curator a1, methodist A", person="mentor a1"),
    about("teacher a1, curator a1, methodist A", person="teacher a1"),
    about("curator a1, methodist A", person="curator a1"),
    about("", person="nowhere"),
)
DECIDED_CARD = (
    about("curator a1, methodist A", person="teacher a1"),
    about("methodist A", person="curator a1"),
    about("", person="nowhere"),
)
SEEN_REQUEST = (
    about("teacher a1, curator a1, methodist A", request="of teacher"),
    about("curator a1, methodist A", request="of curator"),
    about("nobody's, curator a1, methodist A", request="made by curator"),
    about("", request="nowhere"),
)
EDITED_REQUEST = (
    about("teacher a1", request="of teacher"),
    about("curator a1", request="of curator"),
    about("nobody's, curator a1, methodist A", request="made by curator"),
    about("", request="nowhere"),
)
OF_RUN = (
    about("curator a1, methodist A", run="run of a1"),
    about("methodist A", run="run of A"),
    about("", run="nowhere"),
)
OF_PROPOSAL = (
    about("curator a1, methodist A", proposal="proposal of a1"),
    about("methodist A", proposal="proposal of A"),
    about("", proposal="nowhere"),
)
NO_PAIR = (about("", pair="pair of revoked"), about("", pair="nowhere"))
SEEN_PAIR = (
    about("mentor a1, teacher a1, curator a1, methodist A", pair="pair of teacher"),
    about("mentor a1, curator a1, methodist A", pair="pair of curator"),
    *NO_PAIR,
)
OWN_PAIR = (
    about("mentor a1, teacher a1", pair="pair of teacher"),
    about("mentor a1, curator a1", pair="pair of curator"),
    *NO_PAIR,
)
LED_PAIR = (
    about("mentor a1", pair="pair of teacher"),
    about("mentor a1", pair="pair of curator"),
    *NO_PAIR,
)
KEPT_PAIR = (
    about("curator a1, methodist A", pair="pair of teacher"),
    about("methodist A", pair="pair of curator"),
    *NO_PAIR,
)
STEERED_PAIR = (
    about("mentor a1, curator a1, methodist A", pair="pair of teacher"),
    about("mentor a1, methodist A", pair="pair of curator"),
    *NO_PAIR,
)


def meetings(abouts: tuple[About, ...]) -> tuple[About, ...]:
    """The same about the meeting of each pair."""
    return tuple(
        About({"meeting": f"meeting of {each.fields['pair']}"}, each.who)
        for each in abouts
        if each.fields["pair"] != "nowhere"
    )


MENTEE_PAIR = (
    about("teacher a1", pair="pair of teacher"),
    about("curator a1", pair="pair of curator"),
    *NO_PAIR,
)
OWN_DRAFT = (about("mentor a1", draft="draft"), about("", draft="nowhere"))
ANY_PAIR = (
    *LED_PAIR,
    about(
        "teacher a1, mentor a1, curator a1, curator a2, curator b1, methodist A, methodist B, admin",
        pair=0,
    ),
)

STEPS_OF_ALL = (
    "meeting_field",
    "meeting_objection",
    "meeting_words",
    "mentee_request",
    "mentor_bank",
    "mentor_card",
    "mentoring_decline",
    "mentoring_find",
    "pair_ask_end",
    "pair_close",
    "pair_readiness",
    "program_summary",
    "program_words",
)
STEPS_OF_OVERSEERS = ("mentee_for", "mentor_card_return", "mentor_propose")
TAPS_OF_ALL = (
    *("mbank", "mbankdom", "mbankfind", "mcardask", "mcardback", "mcarddrop", "mcardnew", "mcardrest"),
    *("mcardsend", "mcardset", "mmycard", "mreq", "mreqnew", "mtg"),
)
PLACED: dict[str, tuple[About, ...]] = {
    **dict.fromkeys(("mcards", "mpropose", "mproposef", "mreqs", "mreqfor", "mreqforf", "mtgplace"), IN_SCHOOL),
    **dict.fromkeys(
        ("mmatch", "mtaim", "mtgo", "mpairs", "mpall", "mporder", "mhealth", "mhlist", "mhschools"), IN_SCHOOL
    ),
    **dict.fromkeys(("mproposeto", "mreqforp"), SCHOOL_PERSON),
    "mcard": SEEN_CARD,
    **dict.fromkeys(("mcardno", "mcardyes"), DECIDED_CARD),
    "mreqone": SEEN_REQUEST,
    **dict.fromkeys(("mreqask", "mreqend", "mreqpick", "mreqsend", "mreqset", "mreqwish"), EDITED_REQUEST),
    **dict.fromkeys(("mtall", "mtrun", "mtsend"), OF_RUN),
    **dict.fromkeys(("mtbar", "mtdec", "mtfind", "mtnext", "mtpick", "mtprop", "mtput"), OF_PROPOSAL),
    **dict.fromkeys(("moffer", "mpair", "mprog", "mmeets"), SEEN_PAIR),
    **dict.fromkeys(("mono", "moyes", "mpask"), OWN_PAIR),
    **dict.fromkeys(("mpeval", "mpevalok", "mprogday", "mprogdir", "mprogdirs", "mprogdone"), LED_PAIR),
    **dict.fromkeys(("mprogedit", "mprogend", "mprogends", "mprogover", "mprogtpl"), LED_PAIR),
    **dict.fromkeys(("mprogtpls", "mprogword"), LED_PAIR),
    **dict.fromkeys(("moback", "mpclose", "mphist", "mpkeep", "mpstart"), KEPT_PAIR),
    **dict.fromkeys(("mpdone", "mpgoon", "mprest", "mprestd", "mprestm", "mprogroute"), STEERED_PAIR),
    **dict.fromkeys(("mmeet", "mmfile", "mmhist"), meetings(SEEN_PAIR)),
    **dict.fromkeys(("mmday", "mmdel", "mmedit", "mmmove", "mmoff"), meetings(LED_PAIR)),
    **dict.fromkeys(("mmfine", "mmno", "mmyes"), meetings(MENTEE_PAIR)),
    "mlog": ANY_PAIR,
    **dict.fromkeys(("mdback", "mddrop", "mdfile", "mdmend", "mdnext", "mdprev", "mdraft"), OWN_DRAFT),
    **dict.fromkeys(("mdsave", "mdset", "mdwith"), OWN_DRAFT),
    "mdunfile": (about("mentor a1", file="file"), about("", file="nowhere")),
}


async def settle_mentoring(
    work: StoredWork, connection: AsyncConnection, ids: dict[str, int], now: datetime
) -> None:
    """Cards, requests, runs, pairs with a meeting each, and a draft with a file; their ids by names."""
    for name, state in (("mentor a1", "approved"), ("teacher a1", "offered"), ("curator a1", "offered")):
        await connection.execute(
            insert(mentor_cards).values(
                person_id=ids[name],
                school_id=ids["a1"],
                state=state,
                strengths=["digital"],
                formats=[],
                capacity=3,
                created_at=now,
            )
        )
    await work.pairs.set_capacity(ids["mentor a1"], 3)
    for name, person, made_by in (
        ("of teacher", "teacher a1", None),
        ("of curator", "curator a1", None),
        ("made by curator", "nobody's", "curator a1"),
    ):
        ids[name] = await _added(
            connection,
            mentee_requests,
            person_id=ids[person],
            school_id=ids["a1"],
            state="open",
            domains=[],
            formats=[],
            made_by=ids[made_by] if made_by is not None else None,
            created_at=now,
            waits_since=now,
        )
    for place in ("a1", "A"):
        run = await _added(
            connection,
            matching_runs,
            organisation_id=ids[place],
            aim="total",
            state="open",
            made_at=now,
            cause=place,
        )
        ids[f"run of {place}"] = run
        ids[f"proposal of {place}"] = await _added(
            connection,
            matching_proposals,
            run_id=run,
            request_id=ids["of teacher"],
            mentee_id=ids["teacher a1"],
            mentor_id=ids["mentor a1"],
            details={"reasons": [], "alternatives": [], "cause": ""},
            decision="open",
        )
    for name, mentee in (("teacher", "teacher a1"), ("curator", "curator a1"), ("revoked", "revoked")):
        await _pair(work, ids, f"pair of {name}", ids[mentee], now)
    ids["draft"] = (await work.meeting_drafts.begin(ids["mentor a1"], "слова", Fields(), "draft", now)).id
    await work.meetings.add_file(ids["draft"], FileKind.PHOTO, "", b"-", "file", now)
    ids["file"] = (await work.meetings.files(ids["draft"]))[0].id


async def _pair(work: StoredWork, ids: dict[str, int], name: str, mentee: int, now: datetime) -> None:
    mentor = ids["mentor a1"]
    made = await work.pairs.add(
        NewPair(mentor, mentee, ids["a1"], PairForm.TEACHER_TEACHER, now, now + timedelta(days=3))
    )
    assert made is not None
    assert await work.pairs.save(replace(made, state=PairState.ACTIVE)) is not None
    told = Told(now.date(), MeetingForm.OTHER)
    meeting = await work.meetings.add(made.id, None, told, "", mentor, None, now)
    assert meeting is not None
    ids[name], ids[f"meeting of {name}"] = made.id, meeting.id


async def _added(connection: AsyncConnection, table: Any, **values: Any) -> int:
    made = await connection.execute(insert(table).values(**values).returning(table.c.id))
    return int(made.scalar_one())
