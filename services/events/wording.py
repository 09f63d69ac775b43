"""How events are called."""

from services.events.model import SEATS_LIMIT, Audience, EventKind

KIND_TITLES = {
    EventKind.SEMINAR: "Семинар",
    EventKind.YOUNG_SCHOOL: "Школа молодого педагога",
    EventKind.CONTEST: "Конкурс",
    EventKind.FESTIVAL: "Фестиваль",
    EventKind.MASTER_CLASS: "Мастер-класс",
    EventKind.ASSOCIATION: "Методическое объединение",
    EventKind.CONFERENCE: "Конференция",
    EventKind.ROUND_TABLE: "Круглый стол",
    EventKind.OTHER: "Другое",
}
AUDIENCE_TITLES = {
    Audience.EVERYBODY: "Все педагоги",
    Audience.EARLY: "Молодые специалисты",
    Audience.MENTORS: "Наставники",
    Audience.MENTEES: "Наставляемые",
    Audience.CURATORS: "Кураторы школ",
}
SEATS_BOUNDS = f"от 1 до {SEATS_LIMIT:,}".replace(",", "\N{NO-BREAK SPACE}")
