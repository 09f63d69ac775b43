"""One of the packages that matching is compared with: `python -P matching_peer.py PACKAGE < case.json`.

Both are imported as `matching`, so each runs in a process of its own with its own folder in PYTHONPATH. The case
has `scores` (a row of the mentees' scores for each mentor, null where a rule forbids the pair) and `seats` (what
each of a mentor's free seats adds). Prints the pairs and the seconds that the package took as JSON.
"""

import json
import sys
import time
import warnings

Scores = list[list[int | None]]
Seats = list[list[int]]
Pairs = list[tuple[int, int]]


def by_mentor_match(scores: Scores, seats: Seats) -> Pairs:
    """A mentor once for each seat, so that Munkres can find the best total of our scores."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data
    from matching.rules.rule import Disqualify

    def worth(match: object) -> int | None:
        mentor, mentee = match.mentor, match.mentee  # type: ignore[attr-defined]
        score = scores[mentor.grade][mentee.grade]
        return None if score is None else score + mentor.seat

    class Worth:
        def apply(self, match: object) -> int:
            return worth(match) or 0

    mentors = []
    for number, added in enumerate(seats):
        for place, points in enumerate(added):
            mentors.append(Mentor(grade=number, email=f"mentor {number} {place}"))
            mentors[-1].seat = points
    mentees = [Mentee(grade=number, email=f"mentee {number}") for number in range(len(scores[0]))]
    process_data(mentors, mentees, [[Worth(), Disqualify(lambda match: worth(match) is None)]])
    return [(mentee.mentors[0].grade, mentee.grade) for mentee in mentees if mentee.mentors]


def by_matching(scores: Scores, seats: Seats) -> Pairs:
    """Hospitals are mentors; both sides prefer by our scores. The answer is stable, not the best total."""
    from matching.games import HospitalResident

    mentees = range(len(scores[0]))
    prefer = {
        mentor: sorted((one for one in mentees if row[one] is not None), key=lambda one, row=row: -row[one])
        for mentor, row in enumerate(scores)
    }
    wish = {
        one: sorted((n for n, score in enumerate(row) if score is not None), key=lambda n, row=row: -row[n])
        for one, row in enumerate(zip(*scores, strict=True))
    }
    game = HospitalResident.create_from_dictionaries(
        {str(one): [f"m{mentor}" for mentor in wish[one]] for one in mentees if wish[one]},
        {f"m{mentor}": [str(one) for one in prefer[mentor]] for mentor in prefer if prefer[mentor]},
        {f"m{mentor}": len(seats[mentor]) for mentor in prefer},
    )
    found = game.solve(optimal="resident")
    return [(int(mentor.name[1:]), int(one.name)) for mentor, theirs in found.items() for one in theirs]


PEERS = {"mentor-match": by_mentor_match, "matching": by_matching}


def main() -> None:
    """Solve what stands in the standard input."""
    case = json.load(sys.stdin)
    warnings.simplefilter("ignore")
    # `matching` copies its players one from another, as deep as there are people.
    sys.setrecursionlimit(100_000)
    began = time.perf_counter()
    pairs = PEERS[sys.argv[1]](case["scores"], case["seats"])
    json.dump({"seconds": time.perf_counter() - began, "pairs": pairs}, sys.stdout)


if __name__ == "__main__":
    main()
