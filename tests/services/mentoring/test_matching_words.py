"""What a curator reads about a proposal, and how it is kept."""

import json
import pickle

import pytest

from benchmarks.mentors import many
from services.mentoring import matching_job
from services.mentoring.matching import match
from services.mentoring.proposals import Cause, Matching, Proposal, from_json, matching_from_json, to_json
from services.mentoring.sides import Aim, Bar, Facts, MenteeSide, MentorSide
from services.mentoring.weights import weights_of
from tests.services.mentoring.matching_people import mentee, mentor


def solve(mentors: list[MentorSide], mentees: list[MenteeSide], facts: Facts | None = None) -> Matching:
    return match(mentors, mentees, facts or Facts(), weights_of(), Aim.TOTAL)


def only(mentors: list[MentorSide], one: MenteeSide, facts: Facts | None = None) -> Proposal:
    return solve(mentors, [one], facts).proposals[0]


def words_of(proposal: Proposal) -> list[str]:
    return [reason.words.replace("\N{NO-BREAK SPACE}", " ") for reason in proposal.reasons]


def test_reasons_are_concrete_and_the_strongest_come_first() -> None:
    one = mentor(
        1,
        subject="Физика, математика",
        years_of_work=17,
        category="Высшая категория",
        strengths=frozenset({"digital", "assessment", "subject"}),
        formats=frozenset({"online", "messenger"}),
        prefers_early=True,
    )
    other = mentee(
        subject="математика",
        years_of_work=2,
        is_early=True,
        domains=frozenset({"digital", "assessment"}),
        formats=frozenset({"online"}),
        choices=(1,),
        waits_days=24,
    )
    assert words_of(only([one], other)) == [
        "сильные стороны там, где нужна помощь: цифровые, оценочные компетенции",
        "тот же предмет: математика",
        "в списке желаемых, 1-е место",
        "та же школа",
        "стаж больше на 15 лет",
        "у наставника пока нет подопечных",
        "ждёт 24 дня",
        "удобно обоим: онлайн",
        "наставнику ближе работа с молодыми педагогами",
        "категория: высшая",
    ]
    assert only([one], other).score == 24 + 22 + 14 + 10 + 6 + 6 + 4 + 4 + 2 + 2


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ({"subject": "физика"}, {"subject": "Математика"}, "близкие предметы: физика и математика"),
        ({"subject": "русский язык и литература"}, {"subject": "литература"}, "тот же предмет: литература"),
        ({"subject": "ОБЗР"}, {"subject": "обж"}, "тот же предмет: основы безопасности"),
        (
            {"strengths": frozenset({"digital"})},
            {"domains": frozenset({"digital", "communication", "subject"})},
            "сильные стороны там, где нужна помощь: цифровые компетенции (1 из 3)",
        ),
        ({"years_of_work": 3}, {"years_of_work": 2}, "стаж больше на 1 год"),
        ({"taken_seats": 2}, {}, "у наставника пока 2 подопечных"),
        (
            {"school_id": 2, "reaches_out": True},
            {},
            "другая школа, но наставник готов с ней работать",
        ),
        ({}, {"waits_days": 41}, "ждёт 41 день"),
        ({}, {"choices": (7, 1)}, "в списке желаемых, 2-е место"),
    ],
)
def test_each_reason_says_what_it_rests_on(one: dict[str, object], other: dict[str, object], words: str) -> None:
    assert words in words_of(only([mentor(1, **one)], mentee(**other)))


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ({"subject": "химия"}, {"subject": "литература"}, "subject"),
        ({"subject": ""}, {"subject": ""}, "subject"),
        ({"years_of_work": 2}, {"years_of_work": 5}, "experience"),
        ({"years_of_work": 20}, {"years_of_work": None}, "experience"),
        # Two schools do not meet in their own.
        (
            {"formats": frozenset({"school"}), "school_id": 2, "reaches_out": True},
            {"formats": frozenset({"school"})},
            "formats",
        ),
    ],
)
def test_what_does_not_speak_for_a_pair_is_not_among_its_reasons(
    one: dict[str, object], other: dict[str, object], code: str
) -> None:
    assert code not in [reason.code for reason in only([mentor(1, **one)], mentee(**other)).reasons]


def test_alternatives_with_a_free_seat_are_not_crowded_out_by_better_ones_without() -> None:
    # Six fit better than the rest, and others have got them.
    full = [mentor(number, subject="химия") for number in range(1, 7)]
    spare = [mentor(number) for number in range(11, 15)]
    chemists = [mentee(number, subject="химия", waits_days=60) for number in range(101, 107)]
    late = mentee(200, subject="химия")
    proposal = solve([*full, *spare], [*chemists, late]).proposals[-1]
    assert proposal.mentee_id == 200
    assert proposal.mentor_id == 11
    assert [each.mentor_id for each in proposal.alternatives] == [1, 2, 12, 13, 14]


def test_an_empty_bank_full_seats_and_seats_given_to_others_are_causes_of_their_own() -> None:
    empty = only([], mentee())
    assert (empty.mentor_id, empty.cause) == (None, Cause.EMPTY_BANK)
    assert "нет наставников" in empty.cause_words
    full = only([mentor(1, free_seats=0, taken_seats=2)], mentee())
    assert full.cause is Cause.NO_SEATS
    assert "заняты места" in full.cause_words
    both = solve([mentor(1)], [mentee(101, waits_days=9), mentee(102)])
    assert [each.cause for each in both.proposals] == [None, Cause.TAKEN]
    assert [each.mentor_id for each in both.proposals[1].alternatives] == [1]


def test_where_everybody_is_forbidden_the_commonest_causes_are_counted() -> None:
    mentors = [
        *(mentor(number, school_id=2) for number in range(1, 5)),
        mentor(5),
        mentor(6),
        mentor(7, free_seats=0),
    ]
    proposal = only(mentors, mentee(101), Facts({(5, 101): Bar.EXCLUDED, (6, 101): Bar.EXCLUDED}))
    assert proposal.cause is Cause.BARRED
    assert proposal.cause_words.replace("\N{NO-BREAK SPACE}", " ").startswith(
        "Никто из 7 наставников банка не подошёл: другая школа, готовности работать с ней в карточке нет — 4; "
        "пара исключена куратором — 2; нет свободных мест — 1."
    )
    alone = only([mentor(101)], mentee(101))
    assert alone.cause_words.startswith("Единственный наставник банка не подошёл: сам педагог.")


def test_the_chief_is_forbidden_only_where_the_policy_says_so() -> None:
    chief = mentor(1, chief_of=frozenset({1}))
    assert only([chief], mentee(101), Facts(chief_may_mentor=True)).mentor_id == 1
    assert "руководитель этого педагога" in only([chief], mentee(101), Facts(chief_may_mentor=False)).cause_words


def test_a_private_conflict_reads_like_an_earlier_refusal_and_leaves_no_trace() -> None:
    told = [to_json(only([mentor(1)], mentee(101), Facts({(1, 101): bar}))) for bar in (Bar.REFUSED, Bar.CONFLICT)]
    assert told[0] == told[1]


def test_a_proposal_comes_back_from_plain_json() -> None:
    mentors, mentees, facts = many(3, 30, 8, 2)
    matching = solve(mentors, mentees, facts)
    assert matching.unmatched
    for proposal in matching.proposals:
        assert from_json(json.loads(json.dumps(to_json(proposal)))) == proposal


def test_the_job_takes_what_can_be_pickled_and_answers_in_bytes() -> None:
    mentors, mentees, facts = many(3, 30, 20, 2)
    arguments = (tuple(mentors), tuple(mentees), facts, Aim.EVERYONE, None)
    content = matching_job.run(*pickle.loads(pickle.dumps(arguments)))
    told = matching_from_json(json.loads(content))
    assert told == match(mentors, mentees, facts, weights_of(), Aim.EVERYONE)
