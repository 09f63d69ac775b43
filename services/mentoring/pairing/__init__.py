"""From a matching run to two people who agree."""
