"""The form of a meeting, from the words it is told in: sure only where they name it plainly."""

import re

from services.mentoring.meetings.meeting import MeetingForm
from services.mentoring.messages.understood import Guess

_EXCHANGE = re.compile(
    r"\bвзаимо\s?-?посещ\w+|\bвзаимн\w+\s+посещ\w+|\bдруг\s+(?:к|у)\s+друг\w*[^.;]{0,20}\bурок|\bобмен\w*\s+урок"
)
_MASTER = re.compile(r"\bмастер[\s-]*класс\w*")
_CONSULTATION = re.compile(r"\bконсультац\w+|\b(?:про)?консультир\w+")
_VISIT_NOUN = re.compile(r"\bпосещени[еяю]\b(?!\s+(?:музе|театр|библиот|кружк))|\bпосещ\w+\s+урок\w*")
_VISIT = re.compile(
    r"\b(?:посе[тщ]\w+|побывал\w*|присутствовал\w*|был[аи]?|сходил\w*|ходил\w*|зашл?\w*|зашел|отсмотрел\w*|заглянул\w*|пришл[аи]|пришел|посидел\w*|"
    r"сидел\w*|отсидел\w*|навестил\w*|приходил\w*|заходил\w*|смотрел\w*|посмотрел\w*|просмотрел\w*|наблюдал\w*)\b"
)
_LESSON = re.compile(r"\b(?:урок\w{0,3}|заняти[еяюи]\w*|открыт\w+\s+урок\w*)\b")
_AT_LESSON = re.compile(r"\b(?:на|у)\s+(?:\w+\s+){0,3}?урок[еи]?\b|\bна\s+(?:\w+\s+){0,2}?урок(?:ах|е|и)?\b")
_LESSON_AT = re.compile(r"(?:^|[:,.;]\s*|(?:вчера|сегодня|позавчера)\s+)урок\w{0,2}\s+(?:у\s+)?(?!анализ)\w+")
_AT_SUBJECT = re.compile(
    r"\b(?:был[аи]?|посидел[аи]?|сидел[аи]?|присутствовал[аи]?|побывал[аи]?)\b[^.;,]{0,30}\bна\s+(?:физике|математике|алгебре|геометрии|литературе|русском|химии|биологии|истории|"
    r"географии|информатике|английском|обществознании|технологии|физкультуре|чтении|изо|музыке|окружающем)\b|"
    r"\b(?:сходил|ходил|заходил|зашл|заглян)\w*\s[^.;,]{0,40}\bна\s+(?:физику|математику|алгебру|геометрию|литературу|русский|"
    r"химию|биологию|историю|географию|информатику|английский|обществознание|технологию|физкультуру|чтение|музыку)\b"
)
_CAME_TO_ME = re.compile(r"\b(?:был[аи]?|приходил[аи]?|пришл[аи]|пришел)\s+(?:у\s+меня|ко\s+мне)\b")
_ELSEWHERE = re.compile(
    r"\b(?:слушал|послушал|смотрел|посмотрел|был|ходил|сходил|ездил|съездил|присутствовал|провел|провод|посе[тщ])[а-я]*"
    r"[^.;]{0,30}\b(?:вебинар|семинар|конференц|педсовет|музе|конкурс|концерт|экскурси|собрани[еи]\b|олимпиад|форум|классн\w+\s+час)\w*"
)
_TITLE = re.compile(r"\b(?:по\s+теме|на\s+тему|тема(?:\s+\w+)?\s*[:—–-]|тема)\b[^.,;\n]*")
_AT_MINE = re.compile(
    r"\b(?:мой|моем|мои|моих|моем)\s+(?:\w+\s+)?(?:урок|заняти)|\bу\s+меня\s+(?:на\s+)?(?:\w+\s+)?(?:урок|заняти)|\bко\s+мне\s+на\s+(?:\w+\s+)?(?:урок|заняти)"
)
_JOINT_WORK = re.compile(r"\bсовместн\w+\s+(?:\w+\s+)?(?:подготовк|разработк|планировани|составлени)\w+")
_TOGETHER = re.compile(r"\bсовместно\b|\bвместе\b")
_PREPARED = re.compile(
    r"\b(?:под)?готовил\w*|\bсостав[иль]\w*|\bсоставлял\w*|\bпланировал\w*|\bспланировал\w*|\bразраб(?:атывал|отал)\w*|"
    r"\bпродум\w+|\bпридум\w+|\bсделал\w*|\b(?:под)?готовить(?:ся)?\b"
)
_PLAN_OF_LESSON = re.compile(r"\b(?:план\w{0,2}|конспект\w*|техкарт\w*|технологическ\w+\s+карт\w*|сценари\w+)\b")
_DOCUMENT = re.compile(
    r"\b(?:журнал\w*|рабоч\w+\s+програм\w+|ктп|календарн\w+|документ\w*|отчет(?!\s+(?:за|о|об|по)\b)\w*|личн\w+\s+дел\w*|положени\w+)\b"
)
_DOCUMENT_NOUN = re.compile(
    r"\b(?:разбор\w*|проверк\w+|анализ\w*|изучени\w+|оформлени\w+|работ\w+\s+с)\s+(?:\w+\s+)?документ\w*"
)
_WORKED = re.compile(
    r"\b(?:разбирал\w*|разобрал\w*|проверял\w*|проверил\w*|смотрел\w*|посмотрел\w*|изуч\w+|просмотрел\w*|оформ\w+)\b"
)
_FILLED = re.compile(r"\b(?:заполн\w+|писал\w*|написал\w*|сидел\w*)\b")
_MAYBE_DOCUMENT = re.compile(
    r"\b(?:портфолио|тетрад\w+|диагностик\w*|аттестационн\w+|рабоч\w+\s+програм\w+|дневник\w*)\b"
)
_TALKED = re.compile(
    r"\b(?:обсужд\w+|обсуд\w+|бесед\w+|побесед\w+|поговор\w+|говорил\w*|разговор\w*|разговарив\w+|созв\w+|созван\w+|"
    r"разбирал\w*|разобрал\w*|помог\w*|помогал\w*|объясн\w+|подсказ\w+|посоветов\w+|советовал\w*|ответил\w*|отвечал\w*|"
    r"рассказ\w+|болтал\w*|общал\w*|пообщал\w*|советова\w+|посоветова\w+|просил\w*\s+совет\w*|совещал\w*|поболтал\w*|спрашивал\w*|за\s+советом|проговорил\w*|обговор\w+|дал[аи]?\s+совет\w*)\b"
)
_TALKED_OF = re.compile(
    r"\b(?:обсужд[аи]л\w*|обсудил\w*|обсуждени\w+|беседовал\w*|побеседовал\w*|бесед[аы])\b|"
    r"\b(?:бесед\w+|побеседов\w+|поговорил\w*|говорил\w*|проговорил\w*|разговор\w*|разговаривал\w*)\b"
    r"[^.;]{0,60}?\b(?:о|об|обо|про|насчет|по\s+(?:поводу|вопрос\w+|тем\w+))\s"
)
_TAUGHT = re.compile(r"\b(?:на)?учил\w*|\bзанимал\w*|\bпоказ\w+")
_EXPLAINED = re.compile(r"\bобъясн\w+|\bспрашив\w+|\bрассказ\w+")
_HELPED = re.compile(r"\bпом(?:ог|ощь)\w*")
_TALK_OF_VISIT = re.compile(r"\b(?:обсужд\w+|обсуд\w+|разбирал\w*|разобрал\w*|бесед\w+|говорил\w*|анализ\w*)\b")
_MADE = re.compile(r"\b(?:с|до)?делал\w*|\bдописал\w*|\bвносил\w*|\bвнес\w*")
_MET = re.compile(r"\b(?:встре[тч]\w+|созв[ао]н\w+|звонил\w*|позвонил\w*|по\s+телефону|посидел\w*|сидел\w*)\b")
_OF_PREPARING = re.compile(r"\b(?:обсу[жд]\w+|о|про|по)\s+(?:\w+\s+)?подготовк")
_PLAN_OF_WORK = re.compile(
    r"\bплан\w{0,3}\s+(?:\w+\s+)?(?:работы|воспит|самообраз|развити|на\s+(?:\w+\s+)?(?:четверть|год|месяц|полугод))"
)
_PREPARED_TOGETHER = re.compile(
    r"\b(?:под)?готовили(?:сь)?\b|\b(?:с)?планировали\b|\bразраб(?:атывали|отали)\b|"
    r"\bпродумали\b|\bпродумывали\b|\bпридум(?:али|ывали)\b|\b(?:вместе|совместно)\b"
)
_CHECKED = re.compile(r"\bпровер(?:ил|ял|к)\w*")
_CHECKABLE = re.compile(r"\b(?:журнал\w*|рабоч\w+\s+програм\w+|ктп|календарн\w+|документ\w*|личн\w+\s+дел\w*)\b")
_AFTER_LESSONS = re.compile(r"\b(?:после|до|перед|между)\s+(?:\w+\s+)?урок(?:а|ов|ом|ами)\b")
_AT_THEIR_LESSON = re.compile(
    r"\bна\s+(?:\w+\s+)?урок(?:е|ах)\s+у\s+(?!меня|нас)\w+|\bу\s+(?!меня|нас)\w+\s+(?:\w+\s+)?на\s+уроке\b"
)
_VIDEO = re.compile(r"\b(?:видео|запис|разработк|план|конспект|карт)[а-я]*\s+(?:\w+\s+)?урок")
_WITH_A_COLLEAGUE = re.compile(
    r"\b(?:были|(?:по|про)?смотрели|посетили|с?ходили)\s+(?:\w+\s+)?со?\s|\bсо?\s+\w+\s+(?:\w+\s+)?(?:были|(?:по|про)?смотрели|посетили|с?ходили)\b|\bвместе\b|\bколлег\w+|\bдруг\w*\s+учител\w+|\bопытн\w+"
)
"""Whose lesson both have seen is not told."""
_OF_WHICH = re.compile(r"\bкотор[а-я]+\b[^.;,]*$")
_BEFORE_VERB = 60


def form_of(told: str) -> Guess[MeetingForm]:
    """The form in the held part of a message (lower case, «е» for «ё»)."""
    told = _AFTER_LESSONS.sub(" ", _TITLE.sub(" ", told))
    named = [
        form
        for form, pattern in (
            (MeetingForm.LESSON_EXCHANGE, _EXCHANGE),
            (MeetingForm.MASTER_CLASS, _MASTER),
            (MeetingForm.CONSULTATION, _CONSULTATION),
            (MeetingForm.JOINT_PLANNING, _JOINT_WORK),
        )
        if pattern.search(told)
    ]
    if len(named) == 1:
        if named[0] is MeetingForm.CONSULTATION and (_VISIT_NOUN.search(told) or _is_visit(told)):
            return Guess(candidates=(MeetingForm.LESSON_VISIT, MeetingForm.CONSULTATION))
        if named[0] in (MeetingForm.LESSON_EXCHANGE, MeetingForm.MASTER_CLASS) and _is_of_it(told):
            return Guess(candidates=(named[0], MeetingForm.JOINT_PLANNING, MeetingForm.CONSULTATION))
        return Guess(named[0])
    if named:
        return Guess(candidates=tuple(named))
    if _AT_MINE.search(told):
        return Guess(candidates=(MeetingForm.LESSON_EXCHANGE, MeetingForm.MASTER_CLASS, MeetingForm.LESSON_VISIT))
    if _VISIT_NOUN.search(told) or _is_visit(told):
        if _WITH_A_COLLEAGUE.search(told):
            return Guess(candidates=(MeetingForm.LESSON_VISIT, MeetingForm.LESSON_EXCHANGE))
        if _CAME_TO_ME.search(told):
            return Guess(candidates=(MeetingForm.LESSON_EXCHANGE, MeetingForm.LESSON_VISIT))
        return Guess(MeetingForm.LESSON_VISIT)
    if _DOCUMENT_NOUN.search(told):
        return Guess(MeetingForm.DOCUMENT_REVIEW)
    return _by_work(told)


def _is_of_it(told: str) -> bool:
    """«Готовили мастер-класс», «обсуждали взаимопосещение»: it is what was spoken of, not what was held."""
    return bool(_PREPARED.search(told) or _TALKED_OF.search(told) or _WORKED.search(told))


def _is_visit(told: str) -> bool:
    """A verb of coming or looking close to a lesson: «была у Анны на уроке», «урок Анны посетила»."""
    if _VIDEO.search(told):
        return False
    for verb in _VISIT.finditer(told):
        for lesson in _LESSON.finditer(told):
            between = told[min(verb.end(), lesson.end()) : max(verb.start(), lesson.start())]
            if len(between) > _BEFORE_VERB or _TALK_OF_VISIT.search(between):
                continue
            if _OF_WHICH.search(told[: verb.start()]):
                continue
            if verb[0].startswith(("посе", "присутств", "побыв")) or _AT_LESSON.search(told):
                return True
            if told[: verb.start()].endswith(" я ") and verb[0].startswith("был"):
                return True
            if re.match(r"(?:по|про|от)?смотрел|наблюдал", verb[0]) and not re.search(
                r"план|конспект|карт|запис|видео|вебинар|разработ|анализ|отчет", between
            ):
                return True
    return _AT_SUBJECT.search(told) is not None


def _by_work(told: str) -> Guess[MeetingForm]:
    """By what was done: sure where one doing alone is named, else asked about with the likeliest first."""
    talked, worked = _TALKED.search(told), _WORKED.search(told)
    helped = _HELPED.search(told) or _TAUGHT.search(told) or _EXPLAINED.search(told) or _MADE.search(told)
    lesson_plan, document = _PLAN_OF_LESSON.search(told), _DOCUMENT.search(told)
    if _PREPARED.search(told) and not _OF_PREPARING.search(told):
        if (document and not lesson_plan) or _PLAN_OF_WORK.search(told):
            return Guess(candidates=(MeetingForm.JOINT_PLANNING, MeetingForm.DOCUMENT_REVIEW))
        if talked or worked or helped or not _PREPARED_TOGETHER.search(told):
            return Guess(candidates=(MeetingForm.JOINT_PLANNING, MeetingForm.CONSULTATION))
        return Guess(MeetingForm.JOINT_PLANNING)
    if lesson_plan or document or _MAYBE_DOCUMENT.search(told) or _FILLED.search(told):
        if _CHECKED.search(told) and _CHECKABLE.search(told) and not (talked or helped):
            return Guess(MeetingForm.DOCUMENT_REVIEW)
        if document and not lesson_plan:
            return Guess(
                candidates=(MeetingForm.DOCUMENT_REVIEW, MeetingForm.CONSULTATION, MeetingForm.JOINT_PLANNING)
            )
        return Guess(
            candidates=(MeetingForm.CONSULTATION, MeetingForm.DOCUMENT_REVIEW, MeetingForm.JOINT_PLANNING)
        )
    if (_LESSON_AT.search(told) or _AT_THEIR_LESSON.search(told)) and not _TALKED.match(told.strip()):
        if talked or helped:
            return Guess(candidates=(MeetingForm.LESSON_VISIT, MeetingForm.CONSULTATION))
        return Guess(MeetingForm.LESSON_VISIT)
    if _ELSEWHERE.search(told):
        return Guess(candidates=(MeetingForm.OTHER, MeetingForm.CONSULTATION))
    if _TALKED_OF.search(told) and not (_WORKED.search(_TALKED_OF.sub(" ", told)) or helped):
        if _LESSON.search(told):
            return Guess(
                candidates=(MeetingForm.CONSULTATION, MeetingForm.LESSON_VISIT, MeetingForm.JOINT_PLANNING)
            )
        return Guess(MeetingForm.CONSULTATION)
    if talked or worked or helped:
        return Guess(candidates=(MeetingForm.CONSULTATION, MeetingForm.JOINT_PLANNING, MeetingForm.MASTER_CLASS))
    if _TOGETHER.search(told):
        return Guess(candidates=(MeetingForm.JOINT_PLANNING, MeetingForm.CONSULTATION, MeetingForm.OTHER))
    if _LESSON.search(told):
        return Guess(candidates=(MeetingForm.LESSON_VISIT, MeetingForm.CONSULTATION, MeetingForm.JOINT_PLANNING))
    return Guess(candidates=(MeetingForm.CONSULTATION, MeetingForm.OTHER)) if _MET.search(told) else Guess()
