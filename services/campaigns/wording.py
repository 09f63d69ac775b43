"""Words that a campaign begins with: its title and its invitation, by what it asks about."""

from datetime import date

from services.diagnostics.instrument import Instrument, Privacy
from services.people.model import Role

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip

_INVITATIONS = {
    "boyko": (
        "Работа с людьми требует сил. Предлагаем спокойно посмотреть, как они расходуются и что помогает "
        "их вернуть. Оценок здесь нет."
    ),
    "deficits": (
        "Отметьте, что в работе уже получается уверенно, а где пригодилась бы поддержка. По ответам подберём "
        "курсы, встречи и взаимопосещения."
    ),
    "adaptation": (
        "Первые годы в школе непростые. Расскажите, как они идут у вас: что радует, что мешает. "
        "По общим ответам школа решит, чем помочь."
    ),
    "mentee_satisfaction": (
        "Расскажите, чем помогает наставничество и чего в нём не хватает. Это займёт несколько минут и поможет "
        "сделать встречи полезнее."
    ),
    "mentor_satisfaction": (
        "Расскажите, как идёт ваша работа наставником: что получается и какая поддержка нужна вам самим."
    ),
    "pair_comfort": "Несколько коротких вопросов о том, как вам работается в паре: что удобно, а что пока нет.",
    "courses": (
        "Планируем курсы на следующий год. Напишите, чему хотелось бы поучиться и в какой форме удобно: "
        "по ответам составим заявку."
    ),
    "staffing": (
        "Пора обновить кадровую карту школы. Понадобятся штатное расписание и сведения о вакансиях; "
        "заполнять можно частями, всё сохраняется."
    ),
    "mentoring_school": (
        "Пары педагогов бот считает сам. Расскажите об остальных формах наставничества в школе: сколько пар с "
        "учениками, студентами, работодателями. Это займёт три минуты."
    ),
    "network": (
        "Сколько педагогов школы участвует в сетевых сообществах и в чём участвует сама школа? "
        "Три минуты, без имён и фамилий."
    ),
}
_ROLES = {"mentor_satisfaction": (Role.MENTOR,)}


def title(instrument: Instrument, today: date) -> str:
    """«Эмоциональное выгорание, ноябрь 2026»"""
    return f"{instrument.short_title}, {_MONTHS[today.month - 1]} {today.year}"


def invitation(instrument: Instrument) -> str:
    """What an invitation says unless somebody writes it anew."""
    words = _INVITATIONS.get(instrument.id)
    if words is not None:
        return words
    if instrument.privacy is Privacy.OFFICIAL:
        return "Заполните, пожалуйста, форму о школе. Можно частями: всё сохраняется сразу."
    return "Ответьте, пожалуйста, на несколько вопросов. Можно прерваться и продолжить: всё сохраняется сразу."


def usual_roles(instrument: Instrument) -> tuple[Role, ...]:
    """Whom an instrument is for that nobody is offered outside campaigns."""
    return _ROLES.get(instrument.id, (Role.TEACHER,))
