"""Reports and events in the access matrix: who may do what about figures, statements and events, by hand."""

from dataclasses import replace
from datetime import datetime

from services.events.model import EventKind, Plan
from storage.unit_of_work import StoredWork
from tests.handlers.matrix_of_mentoring import About, about

NOWHERE = about("", organisation="nowhere")
OF_PLACE = (
    about("curator a1, methodist A", organisation="a1"),
    about("methodist A", organisation="A"),
    NOWHERE,
)
OF_METHODIST = (about("methodist A", organisation="a1"), about("methodist A", organisation="A"), NOWHERE)
OF_STATEMENT = (
    about("curator a1, methodist A", statement="statement of a1"),
    about("methodist A", statement="statement of A"),
    about("", statement="nowhere"),
)
# An event of each plan; the teacher of a1 answers for that of the school and is asked to the municipality's.
PLANNED_EVENT = (
    about("curator a1, methodist A", event="event of a1"),
    about("methodist A", event="event of A"),
    about("", event="nowhere"),
)
KEPT_EVENT = (
    about("teacher a1, curator a1, methodist A", event="event of a1"),
    about("methodist A", event="event of A"),
    about("", event="nowhere"),
)
SEEN_EVENT = (
    about("teacher a1, curator a1, methodist A", event="event of a1"),
    about("curator a1, curator a2, methodist A", event="event of A"),
    about("", event="nowhere"),
)
MY_EVENT = (
    about("teacher a1", event="event of A"),
    about("", event="event of a1"),
    about("", event="nowhere"),
)

STEPS_OF_ALL = ("event_people", "event_words", "event_outcome")
STEPS_OF_OVERSEERS = ("report_dates", "event_cancel", "event_new", "event_part", "event_file")
STEPS_OF_METHODISTS = ("report_given", "report_plan")
TAPS_OF_ALL = ("ev",)
TAPS_OF_OVERSEERS = ("rpwhere", "push", "pushset")
PLACED: dict[str, tuple[About, ...]] = {
    **dict.fromkeys(("rpf", "rpall", "ro", "rd", "rs", "rpi", "rpcharts", "rpchart"), OF_PLACE),
    **dict.fromkeys(("rpdoc", "rpxls", "rpold", "rpwhen", "rpdays"), OF_PLACE),
    **dict.fromkeys(("rpplans", "rpp", "rpgiven", "rpg"), OF_METHODIST),
    **dict.fromkeys(("cyc", "cycprep", "cycno"), OF_METHODIST),
    "rpagain": OF_STATEMENT,
    **dict.fromkeys(("evplan", "evnew", "evfile", "evload"), OF_PLACE),
    **dict.fromkeys(("evedit", "evpart", "evset", "evtell", "evoff", "evdrop"), PLANNED_EVENT),
    **dict.fromkeys(("evppl", "evwas", "evall", "evdone", "evheld"), KEPT_EVENT),
    "evcard": SEEN_EVENT,
    **dict.fromkeys(("evmy", "evgo", "evword", "evmark"), MY_EVENT),
}


async def settle_reports(work: StoredWork, ids: dict[str, int], now: datetime) -> None:
    """A statement and an event of the school a1 and of the municipality A."""
    for place in ("a1", "A"):
        cause = f"statement of {place}"
        ids[cause] = await work.statements.order(ids[place], "y2026", ids["methodist A"], cause, now)
        responsible = ids["teacher a1"] if place == "a1" else None
        plan = Plan(EventKind.SEMINAR, "Семинар", now.date(), responsible_id=responsible)
        event = await work.events.add(ids[place], plan, None, ids["methodist A"], now)
        ids[f"event of {place}"] = event.id
    await work.events.enrol(ids["event of A"], [(ids["teacher a1"], ids["a1"])])
    event_of_a = await work.events.get(ids["event of A"])
    assert event_of_a is not None
    await work.events.save(replace(event_of_a, announced_at=now))
