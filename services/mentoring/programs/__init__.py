"""Programs of pairs: goals, stages, milestones."""
