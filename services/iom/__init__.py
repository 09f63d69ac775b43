"""The individual educational route (ИОМ): its life, its steps, its reminders."""
