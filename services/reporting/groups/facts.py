"""Published figures of groups as facts by their codes (services.reporting.facts)."""

from collections.abc import Mapping

from services.diagnostics.instrument import Instrument
from services.reporting.facts import HIGH_LEVEL
from services.reporting.groups.portions import Published
from services.reporting.groups.suppression import Figures, Measure

BURNOUT = "boyko"
COURSES = "courses"
_TRAINING = "item.1"
"""Which training somebody needs, of `courses`; its option for none."""
_NO_TRAINING = "n"
_FORMED = "formed"


def facts_of(instrument: Instrument, figures: Figures) -> Mapping[str, float]:
    """`<test>.counted`, `<test>.<factor>`, `<test>.<factor>.<band>`, and those that one test alone has.

    Of a measure that too few have there is none. Where an instrument has no factors its scales stand for them.
    """
    found: dict[str, float] = {f"{instrument.id}.counted": figures.people}
    for code, bands, measure in _levels(instrument, figures):
        found[f"{instrument.id}.{code}"] = measure.people
        for band, count in zip(bands, measure.counts, strict=True):
            found[f"{instrument.id}.{code}.{band}"] = count
    if (measure_found := figures.measures.get("deficits")) is not None:
        found[f"{instrument.id}.found"] = measure_found.counts[0]
    if instrument.id == COURSES and (asked := figures.measures.get(_TRAINING)) is not None:
        options = [option.code for option in instrument.items[0].options]
        found[f"{COURSES}.asked"] = asked.people
        found[f"{COURSES}.need"] = sum(
            count for option, count in zip(options, asked.counts, strict=True) if option != _NO_TRAINING
        )
    return found


def schools_of(instrument: Instrument, published: Published) -> Mapping[int, Mapping[str, float]]:
    """`boyko.schools` and `boyko.high` by school: 1 or 0. A school without published results has none."""
    if instrument.id != BURNOUT:
        return {}
    return {
        school_id: {f"{BURNOUT}.schools": 1, f"{BURNOUT}.high": 1 if _is_high(instrument, figures) else 0}
        for school_id, figures in published.schools.items()
    }


def _is_high(instrument: Instrument, figures: Figures) -> bool:
    """Whether some phase is formed in `HIGH_LEVEL` per cent of people or more."""
    return any(
        100 * measure.counts[bands.index(_FORMED)] >= HIGH_LEVEL * measure.people
        for _, bands, measure in _levels(instrument, figures)
        if _FORMED in bands and measure.people
    )


def _levels(instrument: Instrument, figures: Figures) -> list[tuple[str, list[str], Measure]]:
    """Codes of factors with the codes of their bands and what is known of them."""
    if instrument.factors:
        codes, kind, bands = [each.code for each in instrument.factors], "factor", instrument.factor_bands
    else:
        codes, kind, bands = [each.code for each in instrument.scales], "scale", instrument.scale_bands
    return [
        (code, [band.code for band in bands], measure)
        for code in codes
        if (measure := figures.measures.get(f"{kind}.{code}")) is not None
    ]
