"""The town itself: what a person is told has come in answer, whatever else comes at that moment."""

from bot.sandbox.messenger.model import Event
from tests.town import TOKEN, Town


async def test_a_push_is_never_taken_for_the_answer(town: Town) -> None:
    anna = town.person()
    await anna.says("/help")

    def push(event: Event) -> None:
        # Before the bot has seen what was written, and right after its answer.
        is_answer = event.kind == "message" and event.message is not None and event.message.from_bot
        if event.kind == "update" or (is_answer and event.message.text != "Новость"):
            town.messenger.call(TOKEN, "sendMessage", {"chat_id": anna.id, "text": "Новость"})

    end = town.messenger.listen(push)
    answer = await anna.says("/start")
    end()
    assert [message.text for message in anna.history[1:]] == ["Новость", answer.text, "Новость"]
    assert anna.last.text == "Новость"
