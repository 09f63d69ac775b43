"""A run of matching: its facts are read, it is computed in the worker process, and kept before it is told."""

import json

from bot.parcels.made import Computed, Made, Maker, NotDueError
from handlers.mentoring.pairing import screens
from handlers.mentoring.pairing.begun import AIMS
from handlers.mentoring.pairing.overview import overview_of
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.mentoring.pairing import task as tasks
from services.mentoring.pairing.run import Run, RunState
from services.mentoring.proposals import matching_from_json
from services.people import rights
from services.people.model import Organisation, Person
from services.people.zones import zone_at
from storage.unit_of_work import StoredWork

FUNCTION = "services.mentoring.matching_job:run"


async def matching(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Made:
    place = await work.organisations.get(parcel.payload["organisation_id"])
    if place is None or not rights.oversees(person, place):
        raise NotDueError("the place is not the person's")
    cause = f"matching:{parcel.id}"
    made = await work.matching.caused_by(cause)
    if made is not None:
        # Kept before, and not told: whoever did it has died in between.
        return await _told(desk, work, made, place)
    now = desk.clock()
    today = now.astimezone(zone_at(place, desk.zone)).date()
    policy = desk.mentoring
    conditions = tasks.Conditions(desk.consent.version, policy.chief_may_mentor, now, today, desk.zone)
    aim = AIMS[parcel.payload["aim"]]
    task = await tasks.task_of(work, place, aim, conditions, left_out=bool(parcel.payload["left_out"]))
    if not task.mentees and not task.kept:
        return screens.nobody_waits(place)

    async def keep(work: StoredWork, content: bytes) -> Screen | None:
        run = await tasks.store(work, task, matching_from_json(json.loads(content)), person.id, cause, now)
        return None if run is None else await _told(desk, work, run, place)

    arguments = (task.mentors, task.mentees, task.facts, task.aim, policy.weights)
    return Computed(FUNCTION, arguments, keep)


async def _told(desk: Desk, work: StoredWork, run: Run, place: Organisation) -> Screen:
    if run.state is not RunState.OPEN:
        raise NotDueError("a newer run has taken its place")
    return screens.overview(await overview_of(work, desk.consent.version, run, place))


MAKERS: dict[Kind, Maker] = {Kind.MATCHING: matching}
