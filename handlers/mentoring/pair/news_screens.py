"""News of a pair, for its mentor, its mentee, and those who look after it; and the questionnaires it brings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from handlers.iom.words import cut, near_date
from handlers.mentoring.taps import MatchTap, PairListTap, PairTap, ProgramTap, RequestsTap
from handlers.menu.screens import to_menu
from handlers.survey.taps import OpenTap
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.instrument import Instrument
from services.mentoring.life.ending import STILL_NEEDED
from services.mentoring.life.groups import Group
from services.mentoring.life.surveys import PairSurvey
from services.mentoring.life.wording import end_words
from services.mentoring.pair import EndReason, Pair, PairEvent, PairHappening

WORDS_SHOWN = 600


@dataclass(frozen=True, slots=True)
class News:
    """What has happened to a pair, for one reader: its mentor, its mentee, or (neither) an overseer.

    Names are full, to be escaped. `waits`: the mentee has an open request now. `today` is the reader's.
    """

    pair: Pair
    event: PairEvent
    mentor: str
    mentee: str
    school: str
    to_mentor: bool
    to_mentee: bool
    waits: bool
    today: date

    @property
    def other(self) -> str:
        """The other one of the two, escaped."""
        return f"<b>{escape(self.mentee if self.to_mentor else self.mentor)}</b>"

    @property
    def both(self) -> str:
        """Both, escaped."""
        return f"<b>{escape(self.mentor)}</b> и <b>{escape(self.mentee)}</b>"

    @property
    def to_party(self) -> bool:
        """Whether the reader is one of the two."""
        return self.to_mentor or self.to_mentee

    @property
    def words(self) -> str:
        """The words of the event on lines of their own, escaped."""
        return f"\n«{escape(cut(self.event.words, WORDS_SHOWN))}»" if self.event.words else ""


def told(news: News) -> Screen | None:
    """The news; None where the event is none."""
    maker = _TEXTS.get(news.event.what)
    if maker is None:
        return None
    return Screen(maker(news), (*_ways(news), _open(news)))


def survey(asked: PairSurvey, instrument: Instrument, other: str) -> Screen:
    """The invitation to a questionnaire about the pair."""
    name = f"<b>{escape(other)}</b>"
    text = {
        PairSurvey.COMFORT: f"Как вам работается вместе?\n\nВ паре с вами {name}. Шесть утверждений, одна минута. "
        "Второй в паре ваших ответов не увидит.",
        PairSurvey.MENTEE: f"Как вам помогло наставничество?\n\nПара завершена, ваш наставник: {name}. "
        "Короткая анкета, три минуты. Наставник ваших ответов не увидит.",
        PairSurvey.MENTOR: f"Каково вам было в роли наставника?\n\nПара завершена, с вами в паре: {name}. "
        "Короткая анкета, три минуты. Ваших ответов второй в паре не увидит.",
    }[asked]
    begin = button(f"Открыть: {instrument.short_title}", OpenTap(instrument=instrument.id))
    return Screen(text, ((begin,), (to_menu(),)))


def _approved(news: News) -> str:
    if not news.to_party:
        return f"Пара согласована: {news.both}, {escape(news.school)}.\n\nОба согласны, можно готовить приказ."
    return (
        f"Пара согласована: с вами {news.other}.\n\nКуратор оформит приказ. Начать можно и раньше: с первой "
        "встречи, которую запишет наставник."
    )


def _started(news: News) -> str:
    if news.to_mentor:
        return (
            f"Пара начала работу: с вами {news.other}.\n\nПосле встречи просто напишите сюда одной фразой, что "
            "было: бот запишет. Программа уже составлена, её можно поправить."
        )
    if news.to_mentee:
        return (
            f"Пара начала работу: ваш наставник {news.other}.\n\nВстречи записывает наставник, а вы "
            "подтверждаете. Программа уже составлена, посмотрите её."
        )
    return f"Пара начала работу: {news.both}."


def _paused(news: News) -> str:
    until = f" по {near_date(news.pair.paused_until, news.today)}" if news.pair.paused_until else ""
    who = f"Пара, где с вами {news.other}," if news.to_party else f"Пара {news.both}"
    return f"{who} на паузе{until}.\n\nПока она длится, напоминаний о встречах и этапах не будет."


def _resumed(news: News) -> str:
    over = "Пауза закончилась, пара снова работает" if news.event.actor_id is None else "Пара снова работает"
    return (
        f"{over}: {f'с вами {news.other}' if news.to_party else news.both}.\n\nДоговоритесь о следующей встрече."
    )


def _end_asked(news: News) -> str:
    by_mentor = news.event.actor_id == news.pair.mentor_id
    who = f"Наставник <b>{escape(news.mentor)}</b>" if by_mentor else f"Наставляемый <b>{escape(news.mentee)}</b>"
    other = news.mentee if by_mentor else news.mentor
    return (
        f"{who} просит завершить пару (второй в паре: {escape(other)}).{news.words}\n\n"
        "Поговорите с обоими и решите: закрыть пару, сменить наставника или продолжить."
    )


def _end_refused(news: News) -> str:
    return (
        f"Куратор предлагает продолжить работу в паре, где с вами {news.other}.\n\nЕсли всё-таки не складывается, "
        "поговорите с куратором или попросите ещё раз в карточке пары."
    )


def _completed(news: News) -> str:
    if news.to_mentee:
        seen = " Откройте пару: там оценка наставника, что уже получается." if news.pair.readiness else ""
        return f"Ваша пара с наставником завершена: {news.other}.\n\nСпасибо за работу!{seen}"
    if news.to_mentor:
        return f"Пара завершена: с вами {news.other}.\n\nСпасибо за вашу помощь коллеге!"
    without = "" if news.pair.readiness else "\n\nОценки готовности нет."
    return f"Пара завершена: {news.both}, {escape(news.school)}.{without}"


def _closed(news: News) -> str:
    reason = ""
    if news.pair.end_reason is not None:
        why = end_words(news.pair.end_reason, to_mentor=news.to_mentor, to_mentee=news.to_mentee)
        reason = f"\nПричина: {why}."
    if news.to_party:
        text = f"Пара, где с вами {news.other}, закрыта раньше срока.{reason}{news.words}"
    else:
        text = f"Пара {news.both} ({escape(news.school)}) закрыта раньше срока.{reason}{news.words}"
    if news.to_mentor:
        return f"{text}\n\nВстречи и история сохранились. Спасибо за вашу работу!"
    return f"{text}{_next_mentor(news)}"


def _next_mentor(news: News) -> str:
    if news.pair.end_reason not in STILL_NEEDED:
        return ""
    if news.to_mentee and news.waits:
        return "\n\nВаша заявка снова в очереди, время ожидания сохранилось: куратор подберёт другого наставника."
    if news.to_mentee:
        return "\n\nЕсли наставник ещё нужен, подайте заявку или скажите куратору."
    if news.waits:
        return "\n\nЗаявка педагога снова в очереди: подберите другого наставника."
    return "\n\nЗаявки у педагога нет: откройте её, если наставник ещё нужен."


def _not_come_about(news: News) -> str:
    why = {
        PairHappening.EXPIRED: "срок ответа прошёл",
        PairHappening.WITHDRAWN: "предложение отозвано",
    }.get(news.event.what, "получен отказ")
    gone = {EndReason.MENTOR_LEFT, EndReason.MENTEE_LEFT}
    if news.pair.end_reason in gone and news.pair.end_reason is not None:
        why = end_words(news.pair.end_reason)
    words = news.words if news.event.what is PairHappening.WITHDRAWN else ""
    text = f"Пара не состоится: {f'с вами {news.other}' if news.to_party else news.both} ({why}).{words}"
    if news.to_mentee and news.waits:
        return f"{text}\n\nВаша заявка остаётся в очереди: куратор подберёт другого наставника."
    return text


def _moved(news: News) -> str:
    who = f"с вами {news.other}" if news.to_party else news.both
    return f"Наставляемый теперь в другой школе: {escape(news.school)}.\n\nПара продолжает работу: {who}."


def _stage_done(news: News) -> str:
    who = f"с вами {news.other}" if news.to_party else news.both
    # The event keeps the stage's title and, after a full stop, what was said of it.
    title, _, summary = news.event.words.partition(". ")
    stage = f"{escape(title)} этап программы" if title else "Этап программы"
    said = f"\n\nИтог: «{escape(cut(summary, WORDS_SHOWN))}»" if summary else ""
    return f"{stage} завершён: {who}.{said}"


def _program_changed(news: News) -> str:
    who = f"с вами {news.other}" if news.to_party else news.both
    words = f"\n{escape(cut(news.event.words, WORDS_SHOWN))}" if news.event.words else ""
    return f"Программа пары изменилась, {who}.{words}"


_TEXTS: Mapping[PairHappening, Callable[[News], str]] = {
    PairHappening.DECLINED: _not_come_about,
    PairHappening.EXPIRED: _not_come_about,
    PairHappening.WITHDRAWN: _not_come_about,
    PairHappening.APPROVED: _approved,
    PairHappening.STARTED: _started,
    PairHappening.PAUSED: _paused,
    PairHappening.RESUMED: _resumed,
    PairHappening.END_ASKED: _end_asked,
    PairHappening.END_REFUSED: _end_refused,
    PairHappening.COMPLETED: _completed,
    PairHappening.CLOSED_EARLY: _closed,
    PairHappening.MOVED: _moved,
    PairHappening.STAGE_DONE: _stage_done,
    PairHappening.PROGRAM_CHANGED: _program_changed,
}


def _ways(news: News) -> tuple[Row, ...]:
    """Where the news leads to besides the pair itself."""
    pair, what = news.pair, news.event.what
    if what in (PairHappening.STAGE_DONE, PairHappening.PROGRAM_CHANGED, PairHappening.STARTED):
        return ((button("Программа", ProgramTap(pair=pair.id)),),)
    if news.to_party:
        return ()
    if what is PairHappening.APPROVED:
        waiting = PairListTap(organisation=pair.school_id, group=Group.AGREED.value)
        return ((button("Все, кто ждёт приказа", waiting),),)
    if what is PairHappening.CLOSED_EARLY and pair.end_reason in STILL_NEEDED:
        if news.waits:
            return ((button("Подобрать наставника", MatchTap(organisation=pair.school_id)),),)
        return ((button("Кто ждёт наставника", RequestsTap(organisation=pair.school_id)),),)
    return ()


def _open(news: News) -> Row:
    return (button("Открыть пару", PairTap(pair=news.pair.id)), to_menu())
