"""How pairs do: silent ones, confirmed meetings, what calls for action."""
