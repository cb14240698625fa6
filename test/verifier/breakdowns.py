"""What a publication says of each total beside its figure: what it is, its parts, items, departments and periods. See verify.py."""

from decimal import Decimal

from figures import name_key, output_of, own_figures, recomputed, rounded
from ledger import fault
from tables import expanded


def verify_breakdowns(summary, catalogue):
    totals = {total["indicator"]: total for total in summary["totals"]}
    whole = expanded(catalogue)
    conversions = [one for adoption in summary["adoptions"] for one in adoption["conversions"]]
    own = own_figures(summary["observations"], whole, conversions)
    of_one = added_up_by_department(whole)
    alone = {**whole, "indicators": list(of_one.values())}
    by_department = {}
    for row in own:
        by_department.setdefault(row["department"], {}).setdefault(row["indicator"], []).append(row)
    for indicator in whole["indicators"]:
        total = totals.get(indicator["id"])
        if total is None:
            continue
        said = [
            *described_otherwise(total, indicator),
            *parts_otherwise(total, totals),
            *standing_otherwise(total, totals),
            *items_otherwise(total, own),
        ]
        of_periods = {one["period"]: as_published(one["value"], indicator) for one in total["byPeriod"]}
        for row in summary["comparisons"]:
            if row["indicator"] == indicator["id"]:
                said += differing(row["period"], of_periods.get(row["period"]), row["value"])
        of_departments = {one["department"]: as_published(one["value"], indicator) for one in total["byDepartment"]}
        for department in [] if is_of_stocks(indicator, whole) else sorted({*of_departments, *by_department}):
            expected = recomputed(of_one[indicator["id"]], alone, by_department.get(department, {}), conversions)
            said += differing(department, of_departments.get(department), expected)
        for each in said:
            fault(f"total {indicator['id']}", each)


def as_published(value, indicator):
    """Figures of departments and periods are kept as they add up; those of a rate are rounded already."""
    return value if value is None or indicator["kind"] == "ratio" else rounded(Decimal(value), indicator)


def differing(what, said, expected):
    return [] if said == expected else [f"says {said} of {what}, which comes to {expected}"]


def added_up_by_department(catalogue):
    """Departments have figures of their own of what the city adds up to nothing."""
    own = lambda one: {**one, "overDepartments": "sum"} if one.get("overDepartments") == "none" else one
    return {one["id"]: own(one) for one in catalogue["indicators"]}


def is_of_stocks(indicator, catalogue):
    """Of a stock the city takes what is there at the end, of each department what it said last."""
    if indicator["kind"] == "stock":
        return True
    parts = [one["indicator"] for one in indicator.get("parts", [])]
    parts += [indicator[part] for part in ("numerator", "denominator") if part in indicator]
    return any(is_of_stocks(one, catalogue) for one in catalogue["indicators"] if one["id"] in parts)


def described_otherwise(total, indicator):
    # The name of a cell of a table is made of those of its row and column.
    names = [name for name in ("name", "kind", "overTime", "overDepartments", "rounding") if name in indicator]
    output = {"unit": indicator["unit"], **output_of(indicator)}
    expected = {**{name: indicator[name] for name in names}, "unit": output["unit"], "decimals": output["decimals"]}
    return [f"says that its {name} is {total[name]}, and the catalogue says {said}" for name, said in expected.items() if total[name] != said]


def parts_otherwise(total, totals):
    cited = [total[part] for part in ("numerator", "denominator") if part in total] + total.get("parts", [])
    for one in cited:
        expected = totals.get(one["indicator"], {}).get("value")
        if one["value"] != expected:
            yield f"says {one['value']} of its part {one['indicator']}, which comes to {expected}"


def standing_otherwise(total, totals):
    """A final figure misses nothing, and nor do the parts of a rate."""
    if total["overDepartments"] == "none":
        return [] if total["status"] == "per-department" else [f"stands as {total['status']}, and the city has no figure of it"]
    parts = [totals.get(total[part]["indicator"], {}) for part in ("numerator", "denominator") if part in total]
    is_open = total["reasons"] or total["coverage"]["missing"] or any(one.get("status") != "final" for one in parts)
    return ["stands as final, and says itself what is missing"] if total["status"] == "final" and is_open else []


def items_otherwise(total, observations):
    if "items" not in total:
        return []
    own = [row for row in observations if row["indicator"] == total["indicator"] and row["status"] == "reported"]
    reported = {name_key(item) for row in own for item in row.get("items", [])}
    said = [name_key(item) for item in total["items"]]
    return [] if len(said) == len(reported) and set(said) == reported else ["names other items than its observations"]
