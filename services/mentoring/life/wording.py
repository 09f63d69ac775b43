"""What the life of a pair is called, in chat and in documents alike."""

from services.mentoring.pair import EndReason, PairForm, PairHappening, PairState, PauseReason

STATE_TITLES = {
    PairState.PROPOSED: "ждёт ответа",
    PairState.DECLINED: "не состоялась",
    PairState.APPROVED: "согласована, ждёт приказа",
    PairState.ACTIVE: "работает",
    PairState.PAUSED: "на паузе",
    PairState.COMPLETED: "завершена",
    PairState.CLOSED_EARLY: "закрыта раньше срока",
}
FORM_TITLES = {
    PairForm.TEACHER_TEACHER: "педагог — педагог",
    PairForm.LEADER_TEACHER: "руководитель — педагог",
}
PAUSE_REASONS = {
    PauseReason.HOLIDAYS: "каникулы",
    PauseReason.SICK: "больничный",
    PauseReason.LEAVE: "отпуск",
    PauseReason.OTHER: "перерыв",
}
END_REASONS = {
    EndReason.MENTOR_DECLINED: "отказ наставника",
    EndReason.MENTEE_DECLINED: "отказ наставляемого",
    EndReason.NO_ANSWER: "нет ответа",
    EndReason.WITHDRAWN: "предложение отозвано",
    EndReason.MENTOR_LEFT: "наставник больше не участвует",
    EndReason.MENTEE_LEFT: "наставляемый больше не участвует",
    EndReason.MENTOR_ASKED: "по просьбе наставника",
    EndReason.MENTEE_ASKED: "по просьбе наставляемого",
    EndReason.NO_FIT: "вместе не сложилось",
    EndReason.GOAL_REACHED: "цель достигнута",
    EndReason.MENTOR_CHANGED: "смена наставника",
    EndReason.OTHER: "другая причина",
}
BY_DECISION = "по решению куратора"


def end_words(reason: EndReason, *, to_mentor: bool = False, to_mentee: bool = False) -> str:
    """Why the pair has ended, for one of the two or, by default, for whoever looks after it.

    That the other one has asked for it is not told.
    """
    hidden = (to_mentor and reason is EndReason.MENTEE_ASKED) or (to_mentee and reason is EndReason.MENTOR_ASKED)
    return BY_DECISION if hidden else END_REASONS[reason]


CLOSING = (
    EndReason.GOAL_REACHED,
    EndReason.NO_FIT,
    EndReason.MENTOR_ASKED,
    EndReason.MENTEE_ASKED,
    EndReason.MENTOR_LEFT,
    EndReason.MENTEE_LEFT,
    EndReason.OTHER,
)
"""The reasons with which an overseer closes a pair early; a change of mentor has a button of its own."""
HAPPENINGS = {
    PairHappening.PROPOSED: "пара предложена",
    PairHappening.MENTOR_AGREED: "согласие наставника",
    PairHappening.MENTEE_AGREED: "согласие наставляемого",
    PairHappening.DECLINED: "получен отказ",
    PairHappening.EXPIRED: "срок ответа прошёл",
    PairHappening.WITHDRAWN: "предложение отозвано",
    PairHappening.APPROVED: "пара согласована",
    PairHappening.STARTED: "пара начала работу",
    PairHappening.PAUSED: "пауза",
    PairHappening.RESUMED: "пауза закончилась",
    PairHappening.END_ASKED: "просьба завершить",
    PairHappening.END_REFUSED: "решено продолжать",
    PairHappening.EVALUATED: "наставник оценил готовность",
    PairHappening.COMPLETED: "пара завершена",
    PairHappening.CLOSED_EARLY: "пара закрыта раньше срока",
    PairHappening.MOVED: "переход в другую школу",
    PairHappening.PROGRAM_CHANGED: "изменена программа",
    PairHappening.STAGE_DONE: "этап завершён",
    PairHappening.MEETING_LOGGED: "записана встреча",
    PairHappening.MEETING_CHANGED: "изменена встреча",
    PairHappening.MEETING_DELETED: "удалена встреча",
    PairHappening.MEETING_CONFIRMED: "встреча подтверждена",
    PairHappening.MEETING_DISPUTED: "встреча оспорена",
    PairHappening.ROLE_GIVEN: "роль наставника дана и в этой школе",
    PairHappening.ROLE_TAKEN: "роль наставника в этой школе снята",
}
