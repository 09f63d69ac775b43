"""The corpus of messages, and how what was read is judged against what a person would understand."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from services.mentoring.messages import morphology
from services.mentoring.messages.reading import read
from services.mentoring.messages.spans import lowered
from services.mentoring.messages.understood import Guess, Known, KnownStep, Understood

_SMALL_WORDS = frozenset("о об про по над к в и ее его".split())
ASK = "ask"
HELD_OUT = ("held_out", "held_out_2", "held_out_3", "held_out_4", "held_out_5", "held_out_6")
"""Each was written before anything of it was read; its head tells how the first reading went."""
CORPORA = (
    "corpus",
    "corpus_second",
    "corpus_third",
    "corpus_fourth",
    "corpus_fifth",
    "corpus_sixth",
    "clauses",
    *HELD_OUT,
)
TODAY = date(2026, 11, 17)
FIELDS = ("held_on", "minutes", "form", "whom", "topic", "agreement", "next_on", "next_at", "step_id")
KEYS = dict(zip(FIELDS, "held min form whom topic agr next at step".split(), strict=True))
SAME_WORDS = 0.75
"""A topic or an agreement is right when so large a share of the words of both is the same."""


@dataclass(frozen=True)
class Message:
    words: str
    today: date
    mentees: tuple[Known, ...]
    steps: tuple[KnownStep, ...]
    gold: dict[str, Any]
    kind: str
    unknown: tuple[str, ...]

    def read(self) -> Understood:
        return read(self.words, self.today, self.mentees, self.steps)


@dataclass
class Figures:
    """Counts of one field. `told`: messages where a person is sure of it; `open`: where nobody can be."""

    told: int = 0
    open: int = 0
    sure: int = 0
    right: int = 0
    asked_right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.sure if self.sure else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.told if self.told else 1.0

    @property
    def recall_or_asked(self) -> float:
        """With those where the right value was among the ones asked about."""
        return (self.right + self.asked_right) / self.told if self.told else 1.0


def messages(name: str) -> list[Message]:
    data = yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8"))
    groups = {
        group: tuple(Known(pair, full_name) for pair, full_name in people.items())
        for group, people in data["mentees"].items()
    }
    steps = tuple(KnownStep(each["pair"], each["step"], each["title"]) for each in data["steps"])
    return [
        Message(
            words=each["w"],
            today=each.get("today", TODAY),
            mentees=groups[each.get("mentees", "two")],
            steps=steps if each.get("mentees", "two") == "two" else (),
            gold={name: each[key] for name, key in KEYS.items() if key in each},
            kind=each.get("kind", "report"),
            unknown=tuple(each.get("unknown", ())),
        )
        for each in data["messages"]
    ]


def judged(corpus: list[Message]) -> dict[str, Figures]:
    """Figures by field."""
    figures = {name: Figures() for name in FIELDS}
    for message in corpus:
        understood = message.read()
        for name, guess in _fields(understood):
            _judge(figures[name], name, message, guess)
    return figures


def kinds(corpus: list[Message]) -> Counter[tuple[str, str]]:
    """How often a kind of message was taken for which."""
    return Counter((message.kind, kind_of(message.read())) for message in corpus)


def kind_of(understood: Understood) -> str:
    if not understood.about_meeting:
        return "other"
    return "plan" if understood.in_future else "report"


def _fields(understood: Understood) -> Iterator[tuple[str, Guess[Any]]]:
    for name in FIELDS:
        yield name, getattr(understood, name)


def _judge(figures: Figures, name: str, message: Message, guess: Guess[Any]) -> None:
    gold = message.gold.get(name)
    if gold == ASK:
        figures.open += 1
    elif gold is not None:
        figures.told += 1
    if guess.is_sure:
        figures.sure += 1
        if gold not in (None, ASK) and same(name, guess.value, gold):
            figures.right += 1
        else:
            figures.wrong.append(f"{message.words} | {gold} | {guess.value}")
    elif gold not in (None, ASK):
        if any(same(name, candidate, gold) for candidate in guess.candidates):
            figures.asked_right += 1
        figures.missed.append(f"{message.words} | {gold} | {guess.candidates}")


def same(name: str, value: Any, gold: Any) -> bool:
    if name in ("topic", "agreement"):
        one, other = _lemmas(value), _lemmas(str(gold))
        return len(one & other) >= SAME_WORDS * len(one | other)
    if name == "whom":
        return tuple(value) == tuple(gold)
    return bool(value == gold)


def _lemmas(text: str) -> set[str]:
    words = set(re.findall(r"[а-яa-z]+|\d+", lowered(text))) - _SMALL_WORDS
    return {morphology.lemma(word) for word in words}
