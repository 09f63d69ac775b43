"""Reads what a mentor writes about a meeting: day, length, form, people, topic, agreement, step of the route."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.mentoring.meetings.meeting import MeetingForm
from services.mentoring.messages.agreements import agreement_of
from services.mentoring.messages.clauses import called_off, clauses_of_others, days_of_others_to_come
from services.mentoring.messages.day_found import DayFound
from services.mentoring.messages.days import days_in
from services.mentoring.messages.durations import Length, lengths_in
from services.mentoring.messages.forms import form_of
from services.mentoring.messages.hours import Hour, hours_in
from services.mentoring.messages.meeting_days import held_day, next_day
from services.mentoring.messages.name_forms import all_forms
from services.mentoring.messages.parts import Part, is_past_verb, parts_of
from services.mentoring.messages.people import People, people_in
from services.mentoring.messages.route_steps import step_of
from services.mentoring.messages.several import are_apart, asked, is_troubled, tells_of_talk_after_visit
from services.mentoring.messages.spans import Span, Text, text_of, tokens_in
from services.mentoring.messages.topics import is_titled, topic_of
from services.mentoring.messages.understood import Guess, Known, KnownStep, Understood
from services.mentoring.messages.whom import whom_of

READ_CHARACTERS = 3000
"""What goes on longer is no report of one meeting; the rest is not read."""
_MEETING_NOUN = re.compile(
    r"\b(?:консультац\w+|посещени\w+|взаимопосещ\w+|мастер[\s-]*класс\w*|встреч[аеиу]\w*|бесед[ауы]|разбор\w*|урок\w{0,3}|"
    r"заняти\w+|совместн\w+)\b"
)
_MEETING_VERB = re.compile(
    r"\b(?:разбирал|разобрал|обсужд|обсуд|бесед|побесед|говорил|поговор|разговарив|посе[тщ]|побывал|присутствовал|"
    r"сходил|ходил|зашл|зашел|сидел|посидел|смотрел|посмотрел|просмотрел|консультир|проконсультир|готовил|подготовил|составлял|"
    r"составил|планировал|спланировал|проверял|проверил|помогал|помог|объясн|рассказ|ответил|отвечал|созвонил|созванив|"
    r"встретил|встречал|провел|проводил|изучал|изучил|заполнял|заполнил|решали|решили|болтал|поболтал|приходил|пришла|обговор|проговор|анализир|проанализир|звонил|позвонил|переписыв|заглян|занимал|познаком|"
    r"собрал|просматрив|наблюдал|отсмотр|внесл|сделал|учил|подсказ|"
    r"пришел|был|показал|показывал|работал|занимал|спрашивал|состоял|успели|дала?\s+рекоменд)\w*"
)
_HINDERED = re.compile(
    r"\bне\s+(?:состо[яи]\w+|получил\w+|смогл\w*|смог|удалось|встрети\w+|встреча\w+|был\w{0,2}|смотрел\w*|посе[тщ]\w+|ходил\w*|обсу\w+|провел\w*|пришл\w+|пришел)|"
    r"\b(?:не\s+(?:могу|успева\w+|буду|отвеча\w+|работает)|отменил\w*|отменен\w*|отменить|отменя\w+|перенесл\w*|перенесен\w*|перенести|перенос\w*|замен(?:ял|ил|я)\w*|пропустил\w*)\b"
)
_WISHED = re.compile(
    r"\b(?:хотел|собирал|планировал|намеревал|думал|должн)[а-я]*\s+(?:[а-я]+\s+){0,3}?[а-я]+(?:ть|ти|ться|тись)\b[^,.;!?\n]*"
)
"""«Хотела зайти к Диме»: what was meant and not done."""
_HINDERED_CLAUSE = re.compile(
    rf"[^,.;!?\n]*(?:{_HINDERED.pattern})(?:(?!\s(?:поэтому|зато|тогда|но|а)\s)[^,.;!?\n])*"
)
_WEAK_VERB = re.compile(r"\b(?:был[аи]?|ходил[аи]?|работал[аи]?|пров[ое]л\w*|проводил\w*|показ\w+|успели)\b")
_AT_SOMEONE = re.compile(r"\b(?:был[аи]?|ходил[аи]?|работал[аи]?)\s+(?:\w+\s+)?(?:у|к|ко|с|со)\s")
_QUESTION = re.compile(
    r"^\W*(?:(?:здравствуйте|добр\w+\s+\w+|скажите|а|и|пожалуйста)\W+)*(?:как(?!\s+(?:и\b|договар|план|всегда|обычно|раз))|где|когда|можно|подскажите|почему|зачем|что|кто|"
    r"сколько|куда|какой|какая|какие|пришлите|помогите|удал\w+те|напомн\w+|исправьте|измените|добавьте|отмените|покажите|"
    r"поменяйте|поздравля\w+)\b"
)
_DONE_ALONE = re.compile(
    r"\b(?:(?:под)?готовил|показ|пров[ое]|работал|сделал|собрал|реш|состав|внес|учил|занимал|был|успел|рассказ)\w*"
)
_MET_WITH = re.compile(r"\b(?:с|со|у|к|ко|для)\s+$")
_WITH_ONE_NAMED = re.compile(r"\bс\s+(?:ней|нею|ним|ними)\b")
_LESSON = re.compile(r"\b(?:урок\w{0,3}|заняти\w+|совместн\w+)\b")


@dataclass(frozen=True, slots=True)
class _Held:
    """The held part of a message and what stands in it."""

    spans: tuple[Span, ...]
    low: str
    days: tuple[DayFound, ...]
    lengths: tuple[Length, ...]
    has_past_verb: bool
    of_others: tuple[Span, ...]
    """Clauses of what somebody else did."""


def read(words: str, today: date, mentees: Sequence[Known], steps: Sequence[KnownStep] = ()) -> Understood:
    """What the words say of a meeting that was held or is planned; never raises.

    `mentees` are the mentor's own, by their pairs; `steps` the open steps of those mentees' routes.
    """
    text = text_of(words[:READ_CHARACTERS], all_forms(known.full_name for known in mentees))
    lengths = lengths_in(text.low)
    days = days_in(text.low, today, [each.span for each in lengths])
    taken = [*(each.span for each in lengths), *(each.span for each in days)]
    hours = hours_in(text.low, taken)
    taken += [each.span for each in hours]
    people = people_in(text, mentees, taken)
    parts = parts_of(text, days, lengths, hours)
    held = _held(text, parts, days, lengths)
    plans = [part for part in parts if part.is_plan and (part.marker or not called_off(text, [part.span], days))]
    told = _tells_of_held(text, held, people)
    planned = bool(plans) and _tells_of_plan(text, plans, people, days)
    whom = whom_of(text, people, mentees, plans)
    if not (told or planned):
        return Understood(about_meeting=False, in_future=False)
    names = [each.span for each in (*people.mentions, *people.strangers)]
    held_on: Guess[date] = _held_on(text, held, days, today) if told else Guess()
    planned_days = [day for day in days if any(day.span.within(part.span) for part in plans)]
    theirs = days_of_others_to_come(text, plans, days)
    next_on = next_day(planned_days, text.low, held_on, today)
    if any(day in theirs for day in planned_days):
        next_on = asked(next_on)
    understood = Understood(
        about_meeting=True,
        in_future=not told,
        whom=whom,
        agreement=agreement_of(text, plans, names, [day.span for day in days], [each.span for each in lengths]),
        next_on=next_on,
        next_at=_next_at(plans, hours),
        unknown_names=tuple(each.written for each in people.strangers),
    )
    if not told:
        return understood
    form = form_of(held.low)
    if any(form_of(text.low[span.start : span.end]).is_sure for span in held.of_others):
        form = asked(form)
    minutes = _minutes(held, lengths)
    of_topic = [day.span for day in days if day.is_of_topic]
    removed = [
        *_with_prepositions(text, names, people.everyone),
        *(span for span in taken if span not in of_topic),
    ]
    topic = topic_of(text, held.spans, removed, is_visit=form.value is MeetingForm.LESSON_VISIT)
    several_doings = sum(is_past_verb(token) for span in held.spans for token in tokens_in(text.tokens, span)) > 1
    if len([each for each in held.lengths if not each.is_of_lessons]) > 1:
        form, topic = asked(form), asked(topic)
    if _is_only_told_of(text, held, people):
        whom = asked(whom)
    if people.is_somebody_left or (several_doings and not is_titled(text, held.spans)):
        topic = asked(topic)
    if are_apart(people, plans) or (held_on.value is None and len(held_on.candidates) > 1):
        minutes, form, topic = asked(minutes), asked(form), asked(topic)
    elif is_troubled(" ".join(text.low[span.start : span.end] for span in held.spans)):
        held_on, minutes, form, topic, whom = (
            asked(held_on),
            asked(minutes),
            asked(form),
            asked(topic),
            asked(whom),
        )
    elif tells_of_talk_after_visit(text.low, [each.span.start for each in held.lengths]):
        minutes = asked(minutes)
    return replace(
        understood,
        whom=whom,
        held_on=held_on,
        minutes=minutes,
        form=form,
        topic=topic,
        step_id=_step(held.low, whom, steps),
    )


def _held(text: Text, parts: Sequence[Part], days: Sequence[DayFound], lengths: Sequence[Length]) -> _Held:
    spans = tuple(part.span for part in parts if not part.is_plan)
    low = " . ".join(text.low[span.start : span.end] for span in spans)
    here = tuple(each for each in lengths if any(each.span.within(span) for span in spans))
    return _Held(
        spans,
        _done(low),
        _told_days(text, spans, days),
        here,
        any(is_past_verb(token) for span in spans for token in tokens_in(text.tokens, span)),
        tuple(clauses_of_others(text, spans, days, here)),
    )


def _told_days(text: Text, spans: Sequence[Span], days: Sequence[DayFound]) -> tuple[DayFound, ...]:
    """Without the days that something is meant for and those of what is called off."""
    off = called_off(text, spans, days)
    here = [day for day in days if any(day.span.within(span) for span in spans) and not day.is_for]
    return tuple(day for day in here if not any(day.span.within(clause) for clause in off))


def _held_on(text: Text, held: _Held, days: Sequence[DayFound], today: date) -> Guess[date]:
    """The day of the meeting; what somebody else did on a day makes it a candidate at most."""
    theirs = [day for day in held.days if any(day.span.within(clause) for clause in held.of_others)]
    ours = [day for day in held.days if day not in theirs]

    def of(found: Sequence[DayFound]) -> Guess[date]:
        return held_day(found, text.low, today, has_past_verb=held.has_past_verb, has_length=bool(held.lengths))

    if not held.days:
        return of([day for day in days if day.only_past and not day.is_for])
    own = of(ours)
    if own.is_sure or not theirs:
        return own
    return Guess(
        candidates=tuple(dict.fromkeys((*own.candidates, *(each for day in theirs for each in day.past))))
    )


def _is_only_told_of(text: Text, held: _Held, people: People) -> bool:
    """«Степан хорошо подготовил детей»: named as one who did something, with no word of a meeting."""
    if _MEETING_NOUN.search(held.low) or people.everyone is not None or not people.mentions:
        return False
    if _MEETING_VERB.search(_DONE_ALONE.sub(" ", held.low)):
        return False
    return not any(_MET_WITH.search(text.low[: each.span.start]) for each in people.mentions)


def _done(low: str) -> str:
    """Without what was hindered or only meant."""
    low = _WISHED.sub(" ", low)
    return low if _HINDERED.search(low) is None else _HINDERED_CLAUSE.sub(" ", low)


def _tells_of_held(text: Text, held: _Held, people: People) -> bool:
    """Whether the held part reports a meeting: a doing, and who, when or how long."""
    if _QUESTION.search(text.low) or text.low.rstrip().endswith("?"):
        return False
    verb = held.has_past_verb and _MEETING_VERB.search(_WEAK_VERB.sub(" ", held.low)) is not None
    weak = held.has_past_verb and _WEAK_VERB.search(held.low) is not None
    noun = _MEETING_NOUN.search(held.low) is not None
    lesson = noun and _MEETING_NOUN.search(_LESSON.sub(" ", held.low)) is None
    person = any(each.span.within(span) for each in (*people.mentions, *people.strangers) for span in held.spans)
    person = person or people.everyone is not None
    person = person or (bool(people.mentions) and _WITH_ONE_NAMED.search(held.low) is not None)
    past = any(day.past for day in held.days)
    details = sum((person, past, bool(held.lengths)))
    if not held.low.strip(" .,;!?"):
        return False
    if verb and (noun or details > 0):
        return True
    if noun and not lesson and details > 0:
        return True
    if person and held.lengths:
        return True
    at_someone = weak and person and _AT_SOMEONE.search(held.low) is not None
    return at_someone or (noun and (person or bool(held.lengths)))


def _tells_of_plan(text: Text, plans: Sequence[Part], people: People, days: Sequence[DayFound]) -> bool:
    if _QUESTION.search(text.low) or text.low.rstrip().endswith("?"):
        return False
    low = " . ".join(text.low[part.span.start : part.span.end] for part in plans)
    named = any(each.span.within(part.span) for each in people.mentions for part in plans)
    dated = any(day.span.within(part.span) for day in days for part in plans)
    meeting = (
        _MEETING_NOUN.search(low) is not None
        or re.search(r"\bвстре[тч]|\bпосе[тщ]|\bсозвон|\bобсуд", low) is not None
    )
    return (meeting and (named or dated)) or any(part.marker for part in plans) or (named and dated)


def _next_at(plans: Sequence[Part], hours: Sequence[Hour]) -> Guess[str]:
    values = [
        value for hour in hours if any(hour.span.within(part.span) for part in plans) for value in hour.values
    ]
    unique = tuple(dict.fromkeys(values))
    if not unique:
        return Guess()
    return Guess(unique[0]) if len(unique) == 1 else Guess(candidates=unique)


def _minutes(held: _Held, lengths: Sequence[Length]) -> Guess[int]:
    found = [each for each in held.lengths if not each.is_of_lessons] or list(held.lengths)
    if not found:
        planned = tuple(
            dict.fromkeys(minutes for each in lengths if not each.is_of_lessons for minutes in each.minutes)
        )
        return Guess(candidates=planned)
    candidates = tuple(dict.fromkeys(minutes for each in found for minutes in each.minutes))
    counted = len(found) < len(held.lengths)  # «2 урока по 40 минут»
    if len(candidates) == 1 and len(found) == 1 and not found[0].vague and not counted:
        return Guess(candidates[0])
    if len(found) > 1 and all(len(each.minutes) == 1 for each in found):
        total = sum(each.minutes[0] for each in found)
        candidates = tuple(dict.fromkeys((total, *candidates)))
    return Guess(candidates=candidates)


def _step(told: str, whom: Guess[tuple[int, ...]], steps: Sequence[KnownStep]) -> Guess[int]:
    """Only one mentee's step can be sure."""
    pairs = set(whom.value or ()) or {pair for candidate in whom.candidates for pair in candidate}
    found = step_of(told, [step for step in steps if step.pair_id in pairs])
    if found.is_sure and (whom.value is None or len(whom.value) > 1):
        return Guess(candidates=(found.value,) if found.value is not None else ())
    return found


def _with_prepositions(text: Text, names: Sequence[Span], everyone: Span | None) -> list[Span]:
    """The names with the «с», «у», «к», «для» before them."""
    spans = []
    for span in (*names, *((everyone,) if everyone else ())):
        before = re.search(r"(?<![а-я])(?:(?:с|со|у|к|ко|для)\s+)$", text.low[max(0, span.start - 5) : span.start])
        spans.append(Span(span.start - len(before[0]) if before else span.start, span.end))
    return spans
