"""Many people to whom something is sent."""

from datetime import datetime

from bot.sandbox.server import BotApiServer
from services.campaigns import launching
from services.delivery.model import Kind
from services.diagnostics.loading import load_instruments
from services.people.consent import load_consent
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.bot.conftest import Teacher, enrol

FIRST = 5000
INSTRUMENT = "boyko"


async def people_of(server: BotApiServer, url: str, number: int) -> range:
    """So many registered teachers who have once written to the bot; their accounts."""
    accounts = range(FIRST, FIRST + number)
    await enrol(url, [Teacher(account, "") for account in accounts])
    for account in accounts:
        server.messenger.add_user(account, "Коллега")
        server.messenger.write(account, "/start")
    server.messenger.updates.clear()
    return accounts


async def invite_all(url: str, school: int, now: datetime) -> None:
    """Launch a campaign: everybody is owed an invitation."""
    database = Database(url)
    async with database.write() as connection:
        work = StoredWork(connection)
        instrument = load_instruments()[INSTRUMENT]
        campaign = await launching.draft(work, school, instrument, 1, now.date(), now)
        await launching.launch(work, campaign, 1, load_consent().version, now.date(), now)
        await work.commit()
    await database.close()


async def news_for_all(url: str, accounts: range, now: datetime) -> None:
    """Everybody is owed a message that knows no quiet hours."""
    database = Database(url)
    async with database.write() as connection:
        work = StoredWork(connection)
        for number in range(1, len(accounts) + 1):
            await work.outbox.owe(number, Kind.ROLES_NEWS, f"news:{number}", {"person_id": number}, now)
        await work.commit()
    await database.close()
