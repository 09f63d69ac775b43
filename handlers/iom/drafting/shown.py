"""The screen of a draft, gathered for its teacher."""

from handlers.iom.drafting import draft_screens
from handlers.ui.screen import Screen
from handlers.visit import Visit
from services.iom.drafting import found_deficits
from services.iom.model import Route


async def shown_draft(visit: Visit, route: Route, page: int = 0, news: str = "") -> Screen:
    """A page of the visitor's own draft, with `news` said first. Leaves any conversation."""
    await visit.leave()
    steps = await visit.work.iom.steps(route.id)
    found = await found_deficits(visit.work, visit.desk.library, route)
    return draft_screens.draft(route, steps, found, visit.today, page, news)
