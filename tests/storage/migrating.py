"""A process that migrates a database when it is told to: `python -m tests.storage.migrating URL`."""

import asyncio
import sys

from storage import migrate
from storage.database import Database


async def main(url: str) -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    database = Database(url)
    await migrate.upgrade(database)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
