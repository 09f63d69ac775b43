"""Figures in chat: the short form, by school, by indicator, where each comes from."""
