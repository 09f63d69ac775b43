"""Roles as people read them."""

from services.people.model import Role

ROLE_TITLES = {
    Role.TEACHER: "педагог",
    Role.MENTOR: "наставник",
    Role.CURATOR: "куратор",
    Role.METHODIST: "методист",
    Role.ADMIN: "администратор",
}
