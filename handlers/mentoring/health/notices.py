"""What comes by the clock: silent pairs for their mentors, a part of the week for curators."""

from collections.abc import Sequence
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from handlers.iom.words import cut, days_words, near_date, since_date
from handlers.mentoring.health.list_screens import names, silence_words, stage_words
from handlers.mentoring.pair.taps import RestPairTap
from handlers.mentoring.taps import HealthTap, LogTap, PairTap
from handlers.ui.russian import day_of, plural
from handlers.ui.screen import Row, Screen, button
from services.mentoring.health.ports import LateStage, LongWaiting, LostOffer, SilentPair
from services.mentoring.health.silence import WAITING_DAYS, Digest
from services.people.model import Organisation
from services.people.names import short_name

NAME_SHOWN = 32
PAIRS_SHOWN = 10
PLACES_SHOWN = 3
LOG = (
    "Если встреча была, просто напишите о ней сюда, например: «вчера 40 минут разбирали план урока». "
    "Если сейчас не до встреч, возьмите паузу."
)


def silent(pairs: Sequence[SilentPair], today: date) -> Screen:
    """Silent pairs of a mentor, the longest silent first."""
    if len(pairs) == 1:
        pair = pairs[0]
        text = (
            f"Давно не было записей о встречах с наставляемым.\n\n<b>{escape(pair.mentee)}</b>\n"
            f"{_capital(silence_words(pair, today))}\n\n<i>{LOG}</i>"
        )
        rest = button("Взять паузу", RestPairTap(pair=pair.pair_id, turn=pair.turn))
        away = (rest, button("Открыть", PairTap(pair=pair.pair_id)))
        return Screen(text, ((button("Записать встречу", LogTap(pair=pair.pair_id)),), away))
    lines = ["Давно не было записей о встречах с наставляемыми.", ""]
    for number, pair in enumerate(pairs[:PAIRS_SHOWN], 1):
        lines.append(f"{number}. <b>{escape(pair.mentee)}</b>: {silence_words(pair, today)}")
    lines += [*_rest(len(pairs) - PAIRS_SHOWN), "", f"<i>{LOG}</i>"]
    rows: list[Row] = [
        (
            button(f"{number}. Записать", LogTap(pair=pair.pair_id)),
            button("Пауза", RestPairTap(pair=pair.pair_id, turn=pair.turn)),
            button("Открыть", PairTap(pair=pair.pair_id)),
        )
        for number, pair in enumerate(pairs[:PAIRS_SHOWN], 1)
    ]
    return Screen("\n".join(lines), tuple(rows))


def digest_part(told: Digest, today: date, zone: ZoneInfo, shown: int) -> list[str]:
    """What has stood still in the reader's schools, as lines; so many pairs are named of each."""
    longer = f"Ждут наставника дольше {plural(WAITING_DAYS, 'дня', 'дней', 'дней')}"
    parts = (
        ("Давно без встреч", [f"{_both(pair)}: {silence_words(pair, today)}" for pair in told.silent]),
        (
            "На предложение не ответили в срок, педагог ждёт",
            [f"{_both(offer)}: {near_date(offer.ended_on, today)}" for offer in told.lost_offers],
        ),
        (
            "Этап пора завершить или продлить",
            [f"{_both(stage)}: {stage_words(stage, today)}" for stage in told.late_stages],
        ),
        (longer, [_waits(one, today, zone) for one in told.waiting]),
    )
    return [line for heading, items in parts for line in _part(heading, items, shown)]


def digest_rows(told: Digest, places: Sequence[Organisation], most: int) -> list[Row]:
    """Ways to the first pairs of that part, and to how the pairs of each place do."""
    if told.empty:
        return []
    shown: dict[int, str] = {}
    concerned: list[SilentPair | LostOffer | LateStage] = [*told.silent, *told.late_stages, *told.lost_offers]
    for each in concerned:
        shown.setdefault(each.pair_id, names(each))
    rows: list[Row] = [(button(title, PairTap(pair=pair_id)),) for pair_id, title in list(shown.items())[:most]]
    one = len(places) == 1
    rows += [
        (
            button(
                "Как дела у пар" if one else cut(f"Как дела: {place.name}", NAME_SHOWN),
                HealthTap(organisation=place.id),
            ),
        )
        for place in places[:PLACES_SHOWN]
    ]
    return rows


def _part(heading: str, items: Sequence[str], shown: int) -> list[str]:
    """The items under their heading with their number; nothing when there is none."""
    if not items:
        return []
    return [
        f"<u>{heading}: {len(items)}</u>",
        *(f"• {item}" for item in items[:shown]),
        *_rest(len(items) - shown),
    ]


def _both(item: SilentPair | LostOffer | LateStage) -> str:
    return f"{escape(short_name(item.mentor))} и {escape(short_name(item.mentee))}"


def _waits(one: LongWaiting, today: date, zone: ZoneInfo) -> str:
    since = day_of(one.since, zone)
    return f"{escape(short_name(one.name))}: {days_words((today - since).days)}, {since_date(since, today)}"


def _rest(left_out: int) -> list[str]:
    return [f"и ещё {left_out}"] if left_out > 0 else []


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
