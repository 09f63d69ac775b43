import polars as pl
import pytest

from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import load_instrument
from services.diagnostics.sheets.answers import AnswerReader, answer_codes
from services.spreadsheets.errors import SheetError

YES = [
    "да",
    "Да",
    "ДА",
    " да ",
    "Да.",
    "д",
    "Д",
    "yes",
    "Yes",
    "y",
    "1",
    "1.0",
    "+",
    "true",
    "TRUE",
    "истина",
    "«Да»",
]
NO = ["нет", "Нет", "НЕТ ", "Нет.", "н", "no", "N", "0", "0.0", "-", "−", "false", "ЛОЖЬ", "'-", "\u00a0нет"]
NOTHING = [None, "", "   ", "иногда", "—", "?", ".", "11", "да нет", "нет ответа", "null"]


@pytest.mark.parametrize(
    ("values", "code"), [(YES, ord("y")), (NO, ord("n")), (NOTHING, 0)], ids=["yes", "no", "nothing"]
)
def test_every_style_of_answer_is_read_and_nothing_else_is(
    boyko: Instrument, values: list[str | None], code: int
) -> None:
    frame = pl.DataFrame({"c0": values}, schema={"c0": pl.String})

    codes = AnswerReader(boyko).read(frame, ["c0"])

    read = dict(zip(values, codes[:, 0].tolist(), strict=True))
    assert read == dict.fromkeys(values, code)


def test_styles_may_differ_between_columns_and_blocks(boyko: Instrument) -> None:
    reader = AnswerReader(boyko)
    first = pl.DataFrame({"c0": ["Да", "-"], "c1": ["1", None]}, schema={"c0": pl.String, "c1": pl.String})
    second = pl.DataFrame({"c0": ["НЕТ!", "+"], "c1": ["y", "чаще да"]})

    assert reader.read(first, ["c0", "c1"]).tolist() == [[ord("y"), ord("y")], [ord("n"), 0]]
    assert reader.read(second, ["c1", "c0"]).tolist() == [[ord("y"), ord("n")], [0, ord("y")]]


def test_more_spellings_than_are_remembered_are_still_read(boyko: Instrument) -> None:
    spellings = ["да" + " " * count for count in range(6_000)]
    reader = AnswerReader(boyko)

    for _ in range(2):
        codes = reader.read(pl.DataFrame({"c0": [*spellings, "не знаю"]}), ["c0"])
        assert set(codes[:-1, 0].tolist()) == {ord("y")}
        assert codes[-1, 0] == 0


def test_another_instrument_takes_its_own_options_only(small_data, write) -> None:  # type: ignore[no-untyped-def]
    codes = answer_codes(load_instrument(write(small_data)))

    assert codes["часто"] == codes["a"] == ord("a")
    assert "да" not in codes
    assert "1" not in codes


def test_options_that_look_alike_are_refused(small_data, write) -> None:  # type: ignore[no-untyped-def]
    small_data["options"][1]["title"] = "часто."

    with pytest.raises(SheetError, match="одинаковым названием"):
        answer_codes(load_instrument(write(small_data)))
