"""Words of matching: why a pair fits, and why nobody was found. Nothing here is escaped."""

import re
from collections.abc import Iterable, Sequence

from services.iom.wording import DOMAIN_TITLES
from services.mentoring.bank.card import FORMAT_TITLES, MeetFormat
from services.mentoring.sides import MenteeSide, MentorSide
from services.mentoring.subjects import common, kindred

EMPTY_BANK = (
    "В банке пока нет наставников. Предложите кому-нибудь из опытных коллег стать наставником "
    "или утвердите карточки, которые ждут решения."
)
NO_SEATS = (
    "У всех наставников банка заняты места. Попросите кого-нибудь взять ещё одного подопечного "
    "или пригласите нового наставника."
)
TAKEN = (
    "Места у подходящих наставников в этом подборе отданы другим педагогам. Попросите кого-нибудь из них взять "
    "ещё одного подопечного или пригласите нового наставника."
)
_MOST_CAUSES = 3
_CATEGORY = re.compile(r"\s*\bкатегори\w*", re.IGNORECASE)


def subject(mentor: MentorSide, mentee: MenteeSide) -> str:
    """«тот же предмет: математика»"""
    if same := common(mentor.subject, mentee.subject):
        return f"{'тот же предмет' if len(same) == 1 else 'те же предметы'}: {', '.join(same)}"
    pair = kindred(mentor.subject, mentee.subject)
    return f"близкие предметы: {pair[0]} и {pair[1]}" if pair else ""


def strengths(mentor: MentorSide, mentee: MenteeSide) -> str:
    """«сильные стороны там, где нужна помощь: цифровые компетенции (1 из 2)»"""
    met = mentor.strengths & mentee.domains
    names = ", ".join(DOMAIN_TITLES[code].split()[0].lower() for code in DOMAIN_TITLES if code in met)
    missed = len(mentee.domains) - len(met)
    share = f" ({len(met)} из {len(mentee.domains)})" if missed else ""
    return f"сильные стороны там, где нужна помощь: {names} компетенции{share}"


def choice(mentor: MentorSide, mentee: MenteeSide) -> str:
    """«в списке желаемых, 1-е место»"""
    return f"в списке желаемых, {mentee.choices.index(mentor.id) + 1}-е место"


def school(mentor: MentorSide, mentee: MenteeSide) -> str:
    """Whether they work side by side."""
    same = mentor.school_id == mentee.school_id
    return "та же школа" if same else "другая школа, но наставник готов с ней работать"


def experience(mentor: MentorSide, mentee: MenteeSide) -> str:
    """«стаж больше на 12 лет»"""
    gap = (mentor.years_of_work or 0) - (mentee.years_of_work or 0)
    return f"стаж больше на {_counted(gap, 'год', 'года', 'лет')}"


def category(mentor: MentorSide, mentee: MenteeSide) -> str:
    """«категория: высшая»"""
    return f"категория: {_CATEGORY.sub('', mentor.category).strip().lower()}"


def met_formats(mentor: MentorSide, mentee: MenteeSide) -> list[MeetFormat]:
    """The ways to meet that suit both; those of two schools do not meet in their own."""
    near = mentor.school_id == mentee.school_id
    both = mentor.formats & mentee.formats
    return [each for each in MeetFormat if each in both and (near or each is not MeetFormat.SCHOOL)]


def formats(mentor: MentorSide, mentee: MenteeSide) -> str:
    """«удобно обоим: онлайн»"""
    both = [FORMAT_TITLES[each] for each in met_formats(mentor, mentee)]
    return f"удобно обоим: {', '.join(title[0].lower() + title[1:] for title in both)}"


def early(mentor: MentorSide, mentee: MenteeSide) -> str:
    """What the mentor wishes, and how the mentee meets it."""
    if mentor.prefers_early:
        return "наставнику ближе работа с молодыми педагогами"
    return "наставник готов работать с педагогом любого стажа"


def waiting(mentor: MentorSide, mentee: MenteeSide) -> str:
    """«ждёт 24 дня»"""
    return f"ждёт {_counted(mentee.waits_days, 'день', 'дня', 'дней')}"


def load(others: int) -> str:
    """How many mentees the mentor has beside this one."""
    if not others:
        return "у наставника пока нет подопечных"
    return f"у наставника пока {_counted(others, 'подопечный', 'подопечных', 'подопечных')}"


def barred(mentors: int, causes: Sequence[tuple[str, int]]) -> str:
    """«Никто из 7 наставников не подошёл: 4 — …, 2 — …»; `causes` are the commonest first."""
    told = "; ".join(f"{words} — {count}" for words, count in causes[:_MOST_CAUSES])
    if mentors == 1:
        who = "Единственный наставник банка не подошёл"
    else:
        who = f"Никто из {_counted(mentors, 'наставника', 'наставников', 'наставников')} банка не подошёл"
    advice = "Посмотрите банк и выберите наставника вручную или пригласите нового."
    return f"{who}: {told if mentors > 1 else causes[0][0]}. {advice}"


def commonest(words: Iterable[str]) -> list[tuple[str, int]]:
    """The causes with their counts, the commonest first, those alike by the alphabet."""
    counts: dict[str, int] = {}
    for each in words:
        counts[each] = counts.get(each, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _counted(number: int, one: str, few: str, many: str) -> str:
    # The screens have `handlers.ui.russian.plural`, which services do not know.
    last, teens = number % 10, 11 <= number % 100 <= 14
    word = one if last == 1 and not teens else few if 2 <= last <= 4 and not teens else many
    return f"{number}\N{NO-BREAK SPACE}{word}"
