"""`python -m tests.services.mentoring.messages.figures [--misses] [NAME ...]`: figures of the corpora."""

import sys

from tests.services.mentoring.messages.corpus import CORPORA, Figures, judged, kind_of, kinds, messages


def main() -> None:
    names = [name for name in sys.argv[1:] if not name.startswith("--")] or list(CORPORA)
    corpus = [message for name in names for message in messages(name)]
    figures = judged(corpus)
    print(f"{len(corpus)} messages of {', '.join(names)}")
    print("field       told  open  sure right wrong precision recall or asked")
    for field, each in figures.items():
        print(
            f"{field:10} {each.told:5} {each.open:5} {each.sure:5} {each.right:5} {len(each.wrong):5} "
            f"{each.precision:9.1%} {each.recall:6.1%} {each.recall_or_asked:8.1%}"
        )
    sure, wrong = sum(each.sure for each in figures.values()), sum(len(each.wrong) for each in figures.values())
    print(f"wrong but confident: {wrong} of {sure}, {wrong / sure:.2%}")
    print("kinds (told, taken for):", dict(kinds(corpus)))
    if "--misses" in sys.argv:
        _print_misses(figures)
        for message in corpus:
            if (kind := kind_of(message.read())) != message.kind:
                print("KIND  ", message.kind, kind, message.words)


def _print_misses(figures: dict[str, Figures]) -> None:
    for field, each in figures.items():
        for line in each.wrong:
            print("WRONG ", field, line)
        for line in each.missed:
            print("missed", field, line)


if __name__ == "__main__":
    main()
