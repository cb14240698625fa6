"""What observations come to under a catalogue, in Python's decimals. See verify.py."""

import re
import unicodedata
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext

from periods import asked, end_of, order, reports

getcontext().prec = 200


def periods_of(indicator, catalogue):
    """The periods for which some department is asked for the indicator, in order; of what is computed, for its parts."""
    if indicator["kind"] == "ratio":
        above, below = ({*periods_of_parts([indicator[part]], catalogue)} for part in ("numerator", "denominator"))
        return [] if len({end_of(period)[2] for period in above | below}) > 1 else sorted(above, key=order)
    if indicator["kind"] == "sum":
        return periods_of_parts([one["indicator"] for one in indicator["parts"]], catalogue)
    return sorted(
        (
            one["period"]
            for one in catalogue["periods"]
            if asked(indicator, one["period"])
            and any(reports(indicator, each, one["period"]) for each in catalogue["departments"])
        ),
        key=order,
    )


def periods_of_parts(names, catalogue):
    parts = [one for one in catalogue["indicators"] if one["id"] in names]
    return sorted({period for part in parts for period in periods_of(part, catalogue)}, key=order)


def taken(rows, catalogue):
    """What counts of observations, by indicator: all, but of a stock what lasts."""
    by_indicator = {}
    for row in rows:
        by_indicator.setdefault(row["indicator"], []).append(row)
    for indicator in catalogue["indicators"]:
        if indicator["kind"] == "stock" and indicator["id"] in by_indicator:
            by_indicator[indicator["id"]] = lasting(indicator, by_indicator[indicator["id"]], catalogue)
    return by_indicator


def lasting(indicator, rows, catalogue):
    """The last that each department reported that is asked for the stock in the last period of which anything is there."""
    end = max((row["period"] for row in rows), key=order)
    there = {one["id"] for one in catalogue["departments"] if reports(indicator, one, end)}
    kept = {}
    for row in sorted(rows, key=lambda one: order(one["period"])):
        if row["status"] != "missing" and row["department"] in there:
            kept[row["department"]] = row
    return list(kept.values())


def plain(number):
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def output_of(indicator):
    """In which unit, by which factor, and to which places it is published."""
    return indicator.get("output", {"factor": "1", "decimals": indicator["decimals"]})


def rounded(number, indicator):
    """A figure that is in the published unit, to the places in which the indicator is published."""
    mode = ROUND_DOWN if indicator["rounding"] == "truncate" else ROUND_HALF_UP
    return plain(number.quantize(Decimal(1).scaleb(-output_of(indicator)["decimals"]), rounding=mode))


UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
LEFT_OUT = re.compile("[\\s《》〈〉«»<>\"'`´“”„‟‘’‚‛「」『』〝〞〟′″]")
BRACKETS = str.maketrans("[]{}【】〔〕〖〗", "()()()()()")


def name_key(name):
    """What names are compared by."""
    normal = unicodedata.normalize("NFKC", UNSEEN.sub("", name))
    return LEFT_OUT.sub("", normal).translate(BRACKETS)


def in_own_unit(indicator, row, conversions):
    """The figure in the unit of the catalogue, through every conversion since its own unit was last the indicator's."""
    own = [one for one in conversions if one["indicator"] == indicator["id"]]
    value, reached = Decimal(row["value"]), row["unit"]
    if reached == indicator["unit"]:
        return value
    starts = [index for index, one in enumerate(own) if one["from"] == reached]
    for one in own[starts[-1] :] if starts else []:
        if one["from"] != reached:
            return None
        value, reached = value * Decimal(one["factor"]), one["to"]
    return value if reached == indicator["unit"] else None


def own_figures(rows, catalogue, conversions):
    """What is reported as the year to date becomes each period's own figure: less what was reported last before."""
    by_id = {one["id"]: one for one in catalogue["indicators"] if one["overTime"] == "cumulative"}
    before = {}
    own = []
    for row in sorted(rows, key=lambda one: order(one["period"])):
        indicator = by_id.get(row["indicator"])
        value = in_own_unit(indicator, row, conversions) if indicator and row["status"] == "reported" else None
        if value is None:
            own.append(row)
            continue
        key = (row["indicator"], row["department"])
        own.append({**row, "value": plain(value - before.get(key, 0)), "unit": indicator["unit"]})
        before[key] = value
    return own


def recomputed(indicator, catalogue, by_indicator, conversions):
    """The figure of an indicator as it is published."""
    number = exact(indicator, catalogue, by_indicator, conversions)
    return None if number is None else rounded(number, indicator)


def exact(indicator, catalogue, by_indicator, conversions):
    """The same in the published unit, before it is rounded."""
    if indicator["kind"] == "ratio":
        above, below = (
            exact(next(one for one in catalogue["indicators"] if one["id"] == indicator[part]), catalogue, by_indicator, conversions)
            for part in ("numerator", "denominator")
        )
        if above is None or not below:
            return None
        return above * {"%": 100, "‰": 1000}.get(indicator["unit"], 1) / below
    number = entered(indicator, catalogue, by_indicator, conversions)
    return None if number is None else number * Decimal(output_of(indicator)["factor"])


def entered(indicator, catalogue, by_indicator, conversions):
    """The figure of an indicator that is no ratio, exactly, in the unit of the catalogue."""
    if indicator["kind"] == "sum":
        return added_up(indicator, catalogue, by_indicator, conversions)
    return reported(indicator, by_indicator, conversions)


def added_up(indicator, catalogue, by_indicator, conversions):
    """What the parts of a sum come to, exactly; those of which nothing is known count as nothing beside others."""
    total = None
    for one in indicator["parts"]:
        part = next(each for each in catalogue["indicators"] if each["id"] == one["indicator"])
        number = entered(part, catalogue, by_indicator, conversions)
        if number is not None:
            total = (total or 0) + (-number if one["sign"] == "-" else number)
    return total


def reported(indicator, by_indicator, conversions):
    """The figure of an indicator that departments report, exactly, in the unit of the catalogue."""
    said = [row for row in by_indicator.get(indicator["id"], []) if row["status"] == "reported"]
    if indicator["overDepartments"] == "none" or not said:
        return None
    if indicator["kind"] == "list":
        return Decimal(len({name_key(item) for row in said for item in row.get("items", [])}))
    ways = {"sum": sum, "cumulative": sum, "max": max, "min": min, "last": lambda numbers: numbers[-1]}
    by_department = {}
    for row in said:
        value = in_own_unit(indicator, row, conversions)
        if value is None:
            return None
        by_department.setdefault(row["department"], []).append(value)
    of_departments = [ways[indicator["overTime"]](numbers) for numbers in by_department.values()]
    return Decimal(ways[indicator["overDepartments"]](of_departments))
