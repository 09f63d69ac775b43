"""Links that let people in."""

from dataclasses import dataclass


@dataclass(slots=True)
class Links:
    """Makes links to the bot; its name is known once the messenger has answered."""

    bot_name: str = ""

    def invite(self, token: str) -> str:
        """The link that brings an invite's token to the bot."""
        return f"https://t.me/{self.bot_name}?start={token}"
