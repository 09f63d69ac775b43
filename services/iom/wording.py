"""What the parts of a route are called, in chat and in documents alike."""

from services.iom.model import Form, Happening, PauseReason, RouteKind, RouteState, StepState

GROWTH_DOMAIN = ""
DOMAIN_TITLES = {
    "subject": "Предметные компетенции",
    "methodical": "Методические компетенции",
    "psycho_pedagogical": "Психолого-педагогические компетенции",
    "digital": "Цифровые компетенции",
    "assessment": "Оценочные компетенции",
    "communication": "Коммуникативные компетенции",
    GROWTH_DOMAIN: "Профессиональный рост",
}
"""Domains of professional deficits by the codes of their scales; an empty code is growth."""
FORM_TITLES = {
    Form.COURSE: "Курс повышения квалификации",
    Form.WEBINAR: "Вебинар",
    Form.LESSON_EXCHANGE: "Взаимопосещение урока",
    Form.CONSULTATION: "Консультация",
    Form.MASTER_CLASS: "Мастер-класс",
    Form.SELF_STUDY: "Самообразование",
    Form.PUBLICATION: "Публикация",
    Form.CONTEST: "Конкурс",
}
KIND_TITLES = {
    RouteKind.DEFICITS: "для устранения дефицитов",
    RouteKind.GROWTH: "для профессионального роста",
}
ROUTE_STATES = {
    RouteState.DRAFT: "черновик",
    RouteState.REVIEW: "на согласовании",
    RouteState.ACTIVE: "в работе",
    RouteState.CLOSED: "завершён",
    RouteState.CANCELLED: "отменён",
}
STEP_STATES = {
    StepState.PLANNED: "в плане",
    StepState.DONE: "на подтверждении",
    StepState.CONFIRMED: "выполнено",
    StepState.CANCELLED: "отменено",
}
PAUSE_REASONS = {
    PauseReason.HOLIDAYS: "каникулы",
    PauseReason.SICK: "больничный",
    PauseReason.LEAVE: "отпуск",
    PauseReason.OTHER: "перерыв",
}
HAPPENINGS = {
    Happening.CREATED: "маршрут составлен",
    Happening.SUBMITTED: "отправлен на согласование",
    Happening.TAKEN_BACK: "забран с согласования",
    Happening.AGREED: "согласован",
    Happening.RETURNED: "возвращён с замечанием",
    Happening.CHANGED: "открыт для изменений",
    Happening.MENTOR_CHANGED: "сменился наставник",
    Happening.MOVED: "перешёл в другую школу",
    Happening.STEP_DONE: "шаг отправлен на подтверждение",
    Happening.STEP_CONFIRMED: "шаг подтверждён",
    Happening.STEP_RETURNED: "шаг возвращён",
    Happening.STEP_POSTPONED: "шаг отложен",
    Happening.STEP_CANCELLED: "шаг отменён",
    Happening.PAUSED: "пауза",
    Happening.RESUMED: "пауза закончилась",
    Happening.CLOSED: "маршрут завершён",
    Happening.CANCELLED: "маршрут отменён",
    Happening.REPEATED: "пройдена повторная диагностика",
}
