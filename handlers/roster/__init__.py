"""Rosters sent to the bot, and the invites of those in them."""
