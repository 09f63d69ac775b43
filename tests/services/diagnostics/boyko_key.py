"""The published key of the Boyko inventory, as it is printed, and the plainest possible scoring by it.

Written apart from the instrument's file: "+1(2)" is two points for «да» to item 1, "-37(3)" three for «нет».
"""

import re

PRINTED = {
    "tension": {
        "traumatic_circumstances": "+1(2) +13(3) +25(2) -37(3) +49(10) +61(5) -73(5)",
        "self_dissatisfaction": "-2(3) +14(2) +26(2) -38(10) -50(5) +62(5) +74(3)",
        "caged": "+3(10) +15(5) +27(2) +39(2) +51(5) +63(1) -75(5)",
        "anxiety_depression": "+4(2) +16(3) +28(5) +40(5) +52(10) +64(2) +76(3)",
    },
    "resistance": {
        "inadequate_response": "+5(5) -17(3) +29(10) +41(2) +53(2) +65(3) +77(5)",
        "moral_disorientation": "+6(10) -18(3) +30(3) +42(5) +54(2) +66(2) -78(5)",
        "emotion_economy": "+7(2) +19(10) -31(2) +43(5) +55(3) +67(3) -79(5)",
        "duty_reduction": "+8(5) +20(5) +32(2) -44(2) +56(3) +68(3) +80(10)",
    },
    "exhaustion": {
        "emotional_deficit": "+9(3) +21(2) +33(5) -45(5) +57(3) -69(10) +81(2)",
        "emotional_detachment": "+10(2) +22(3) -34(2) +46(3) +58(5) +70(5) +82(10)",
        "depersonalization": "+11(5) +23(3) +35(3) +47(5) +59(5) +71(2) +83(10)",
        "psychosomatic": "+12(3) +24(2) +36(5) +48(3) +60(2) +72(10) +84(5)",
    },
}

KEY: dict[int, tuple[str, str, int]] = {
    int(number): (scale, "y" if sign == "+" else "n", int(weight))
    for scales in PRINTED.values()
    for scale, printed in scales.items()
    for sign, number, weight in re.findall(r"([+-])(\d+)\((\d+)\)", printed)
}
"""Item: (scale, keyed option, weight)."""

ITEMS = range(1, 85)
SCALES = [scale for scales in PRINTED.values() for scale in scales]
ALL_KEYED = "".join(KEY[item][1] for item in ITEMS)
NONE_KEYED = ALL_KEYED.translate(str.maketrans("yn", "ny"))


def sheet_keyed_in(*items: int) -> str:
    """A sheet that scores in these items and in no other."""
    return "".join(ALL_KEYED[item - 1] if item in items else NONE_KEYED[item - 1] for item in ITEMS)


def scale_points(sheet: str) -> dict[str, int]:
    points = dict.fromkeys(SCALES, 0)
    for item in ITEMS:
        scale, keyed, weight = KEY[item]
        if sheet[item - 1] == keyed:
            points[scale] += weight
    return points


def factor_points(sheet: str) -> dict[str, int]:
    points = scale_points(sheet)
    return {factor: sum(points[scale] for scale in scales) for factor, scales in PRINTED.items()}


def scale_level(points: int) -> str:
    if points <= 9:
        return "not_formed"
    if points <= 15:
        return "forming"
    return "formed" if points <= 19 else "dominant"


def factor_level(points: int) -> str:
    if points <= 36:
        return "not_formed"
    return "forming" if points <= 60 else "formed"
