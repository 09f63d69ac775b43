"""The words of the audit log."""

from services.privacy.ports import Action
from services.privacy.words import TOPIC_TITLES, WORDS, Topic, actions_of


def test_every_action_has_words_of_its_own() -> None:
    assert set(WORDS) == set(Action)
    said = [words.done for words in WORDS.values()]
    assert len(set(said)) == len(said)
    assert all(words and words[0].islower() and not words.endswith(".") for words in said)


def test_every_kind_has_a_title_and_actions_and_together_they_are_all() -> None:
    assert set(TOPIC_TITLES) == set(Topic)
    found = [action for topic in Topic for action in actions_of(topic)]
    assert sorted(found) == sorted(Action)
