"""Periods, their order, and what is asked for in them. See verify.py."""

LENGTHS = {"Q": ("quarter", 3), "H": ("half-year", 6)}


def end_of(period):
    """With which month a period ends, how many months it has, and how often there is such a one."""
    year, _, part = period.partition("-")
    if part == "":
        return f"{year}-12", 12, "year"
    if part[0] not in LENGTHS:
        return period, 1, "month"
    frequency, months = LENGTHS[part[0]]
    return f"{year}-{int(part[1:]) * months:02}", months, frequency


def order(period):
    """What ends first comes first; of periods that end together the shorter."""
    return end_of(period)[:2]


def in_force(entry, period):
    return entry.get("from", "") <= end_of(period)[0] <= entry.get("to", "9999-99")


def asked(indicator, period):
    """Whether the indicator is asked for as often as that, and in the month."""
    month, _, frequency = end_of(period)
    return frequency == indicator.get("frequency", "month") and int(month[5:]) in (indicator.get("months") or range(1, 13))


def reports(indicator, department, period):
    """Whether the department is to report the indicator for the period, how often it is asked for apart."""
    if not in_force(indicator, period) or not in_force(department, period):
        return False
    reporters = indicator.get("reporters") or []
    return reporters == "all" or any(
        one == department["id"] if isinstance(one, str) else one["department"] == department["id"] and in_force(one, period)
        for one in reporters
    )
