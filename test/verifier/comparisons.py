"""The comparisons of a publication: each month and the year to date, beside last year and the month before. See verify.py."""

from decimal import ROUND_HALF_UP, Decimal

from baselines import baseline_rows, covered
from figures import in_own_unit, periods_of, plain
from ledger import canonical, counted_by, fault, notes, sha256
from periods import asked, end_of, order, reports
from tables import observations_in
from year import Year


def counted_rows(published, chains, in_force, catalogues, conversions):
    """What the returns say that a publication of last year counted, as far as it counts under its catalogue."""
    catalogue = catalogues[in_force]
    by_id = {one["id"]: one for one in catalogue["indicators"]}
    departments = {one["id"]: one for one in catalogue["departments"]}
    office = chains.get(f"{published['year']}/office", [])
    for name, periods in counted_by(office, published["number"]).items():
        left = dict(periods)
        for event in chains.get(f"{published['year']}/{name}", []):
            said = event["happening"]
            if said["kind"] != "return-accepted" or left.get(said["period"]) != upload_id(said["upload"]):
                continue
            del left[said["period"]]
            pinned = {one["id"]: one for one in catalogues[event["catalogue"]]["indicators"]}
            for one in observations_in(said):
                now, then = by_id.get(one["indicator"]), pinned.get(one["indicator"])
                if now is None or not asked(now, said["period"]) or not reports(now, departments[name], said["period"]):
                    continue
                if event["catalogue"] != in_force and (then["kind"], then["overTime"]) != (now["kind"], now["overTime"]):
                    continue
                row = {**one, "department": name, "period": said["period"]}
                if row["status"] != "reported" or in_own_unit(now, row, conversions) is not None:
                    yield row


def upload_id(upload):
    return sha256(canonical({"key": upload["key"], "version": upload["version"]}))[:16]


def unit_factor(was, now, conversions):
    """What a figure of last year is multiplied by to be in this year's unit, where either indicator or an adoption says so exactly."""
    if was["unit"] == now["unit"]:
        return Decimal(1)
    for one, other, inverse in ((now, was, False), (was, now, True)):
        for also in one.get("alsoIn", []):
            if also["unit"] != other["unit"]:
                continue
            factor = Decimal(also["factor"])
            if not inverse:
                return factor
            exact = (1 / factor).quantize(Decimal("1e-8"))
            if exact * factor == 1:
                return exact
    return in_own_unit(now, {"value": "1", "unit": was["unit"]}, conversions)


def steps_to(indicator, by_id):
    """Over how many others an indicator is computed: what it comes from is known before it."""
    names = {"sum": lambda: [one["indicator"] for one in indicator["parts"]], "ratio": lambda: [indicator["numerator"], indicator["denominator"]]}
    return 1 + max(steps_to(by_id[name], by_id) for name in names[indicator["kind"]]()) if indicator["kind"] in names else 0


def as_now(now_catalogue, before, now_conversions, same_ids=False):
    """Last year's indicators that are the same thing, in this year's units and places; and their ids by this year's."""
    by_id = {one["id"]: one for one in before["indicators"]}
    matched, ids = {}, {}
    all_now = {one["id"]: one for one in now_catalogue["indicators"]}
    for now in sorted(now_catalogue["indicators"], key=lambda one: steps_to(one, all_now)):
        was = by_id.get(now["id"] if same_ids else now.get("was", now["id"]))
        if was is None or any(was[key] != now[key] for key in ("kind", "overTime", "overDepartments")):
            continue
        places = {"decimals": now["decimals"], "rounding": now["rounding"]}
        output = now.get("output", {"unit": now["unit"], "factor": "1", "decimals": now["decimals"]})
        if now["kind"] in ("list", "ratio", "sum") and was["unit"] != now["unit"]:
            continue
        if now["kind"] == "list":
            own = {**was, **places}
        elif now["kind"] == "ratio":
            if any(ids.get(now[part]) != was[part] for part in ("numerator", "denominator")):
                continue
            own = {**was, **places}
        elif now["kind"] == "sum":
            parts = sorted((str(ids.get(one["indicator"])), one["sign"]) for one in now["parts"])
            if parts != sorted((one["indicator"], one["sign"]) for one in was["parts"]):
                continue
            own = {**was, **places, "output": output}
        else:
            factor = unit_factor(was, now, now_conversions)
            if factor is None:
                continue
            own = {**was, **places, "output": {**output, "factor": plain(factor * Decimal(output["factor"]))}}
        matched[was["id"]], ids[now["id"]] = own, was["id"]
    return {**before, "indicators": [matched[one["id"]] for one in before["indicators"] if one["id"] in matched]}, ids


def last_year(cited, now_catalogue, now_conversions, chains, catalogues):
    office = chains.get(f"{cited['year']}/office", [])
    published = [
        event
        for event in office
        if event["happening"]["kind"] == "published"
        and (event["happening"]["number"], event["happening"]["digest"]) == (cited["number"], cited["digest"])
    ]
    if not published:
        return None
    published = published[0]
    adopted = [one["happening"] for one in office[: published["sequence"] - 1] if one["happening"]["kind"] == "catalogue-adopted"]
    catalogue = catalogues[adopted[-1]["catalogue"]]
    conversions = [one for each in adopted for one in each["conversions"]]
    rows = list(counted_rows(published["happening"], chains, adopted[-1]["catalogue"], catalogues, conversions))
    alike, ids = as_now(now_catalogue, catalogue, now_conversions)
    return Year(rows, alike, conversions, ids)


def entered_year(cited, now_catalogue, now_conversions, catalogues, baselines):
    """Last year as the baseline that is cited has it, by this year's ids: by its periods, and as a whole."""
    baseline = baselines.get(cited["digest"])
    if baseline is None or baseline["catalogue"] not in catalogues:
        return None, None
    years = []
    for whole in (False, True):
        catalogue, rows = baseline_rows(baseline, catalogues[baseline["catalogue"]], whole)
        alike, ids = as_now(now_catalogue, catalogue, now_conversions, same_ids=True)
        years.append(Year(rows, alike, [], ids))
    return years


def year_before(period):
    return f"{int(period[:4]) - 1}{period[4:]}"


def ended_by(period, other):
    return end_of(period)[0] <= end_of(other)[0]


def period_before(period):
    """The period before, of the same length."""
    year, _, part = period.partition("-")
    if part == "":
        return year_before(period)
    letter = part[0] if part[0] in "QH" else ""
    number, count = int(part.removeprefix(letter)) - 1, {"Q": 4, "H": 2, "": 12}[letter]
    year, number = (int(year), number) if number else (int(year) - 1, count)
    return f"{year}-{letter}{number}" if letter else f"{year}-{number:02}"


def verify_base(where, what, now, base, expected, unit):
    """An earlier figure, the change from it and its rate; `expected` is "none" where nothing is to be compared."""
    if base is None or expected == "none":
        if (base is None) != (expected == "none"):
            fault(where, f"{what}: there should {'be none' if expected == 'none' else 'be one'}")
        return
    expected, missing = expected
    if (base["value"], base["missing"]) != (expected, missing):
        fault(where, f"{what}: says {base['value']} and {base['missing']} missing, comes to {expected} and {missing}")
    change = None if None in (now, expected) else Decimal(now) - Decimal(expected)
    rate = None
    if change is not None and unit not in ("%", "‰") and Decimal(expected) > 0:
        rate = plain((change * 100 / Decimal(expected)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))
    if base["change"] != (None if change is None else plain(change)) or base["rate"] != rate:
        fault(where, f"{what}: says {base['change']} ({base['rate']}%), comes to {change} ({rate}%)")


def verify_row(row, total, now, before, whole, told):
    indicator, period, to_date = row["indicator"], row["period"], row["toDate"]
    where = f"comparison {indicator} {period}"
    previous, then = period_before(period), year_before(period)
    said = (row["value"], to_date["value"], row["missing"], to_date["missing"])
    comes_to = (
        now.figure(indicator, lambda one: one == period),
        now.figure(indicator, lambda one: ended_by(one, period)),
        now.missing(indicator, lambda one: one == period),
        now.missing(indicator, lambda one: ended_by(one, period)),
    )
    if said != comes_to:
        fault(where, f"says {said}, comes to {comes_to}")

    def expected(base, of, figure, is_alone):
        if of is None and is_alone and now.of_more(indicator, period):
            return "none"
        if of is None:
            return ((base["value"], base["missing"]) if base else "none") if told else "none"
        return figure(of)

    def so_far(year, name, end):
        return [one for one in year.asked(name) if ended_by(one, end)]

    def is_part_alike(year, part):
        asked, asked_then = so_far(now, part["id"], period), so_far(year, part["id"], then)
        if part["kind"] == "stock":
            return [end_of(one)[0][5:] for one in asked[-1:]] == [end_of(one)[0][5:] for one in asked_then[-1:]]
        is_whole = asked_then == [then[:4]] and "months" in part and len(asked) == len(part["months"])
        return is_whole or covered(asked_then) == covered(asked)

    def is_alike(year):
        parts = now.sources(now.by_id[indicator])
        return so_far(year, indicator, then) != [] and all(is_part_alike(year, one) for one in parts)

    def to_date_of(year):
        alike = next((one for one in (whole, year) if one is not None and is_alike(one)), None)
        return "none" if alike is None else alike.part(indicator, lambda one: ended_by(one, then))

    of = now if previous[:4] == period[:4] else before
    bases = (
        ("before", row["value"], row["before"], of, lambda year: year.alone(indicator, previous, (now, period))),
        ("last year", row["value"], row["lastYear"], before, lambda year: year.alone(indicator, then, (now, period))),
        ("last year to date", to_date["value"], to_date["lastYear"], before, to_date_of),
    )
    for what, figure, base, year, recompute in bases:
        verify_base(where, what, figure, base, expected(base, year, recompute, what != "last year to date"), total["unit"])


def verify_comparisons(summary, catalogue, chains, catalogues, baselines, is_here):
    """Recomputes every comparison; where last year's ledger is cited and not here, beside what is said of it."""
    conversions = [one for adoption in summary["adoptions"] for one in adoption["conversions"]]
    ids = {one["id"]: one["id"] for one in catalogue["indicators"]}
    now = Year(summary["observations"], catalogue, conversions, ids)
    cited, told, before, whole = summary["comparedWith"], False, None, None
    if cited is not None and cited["kind"] == "baseline":
        before, whole = entered_year(cited, catalogue, conversions, catalogues, baselines)
        if before is None:
            return
    elif cited is not None and not is_here:
        told = True
        notes.append(f"not recomputed: figures of {cited['year']} beside which this year is compared")
    elif cited is not None:
        before = last_year(cited, catalogue, conversions, chains, catalogues)
        if before is None:
            return
    totals = {one["indicator"]: one for one in summary["totals"]}
    last = max((row["period"] for row in summary["observations"]), key=order, default=None)
    expected = [
        (one["id"], period)
        for one in catalogue["indicators"]
        if one["overDepartments"] != "none"
        for period in periods_of(one, catalogue)
        if last is not None and ended_by(period, last)
    ]
    rows = [row for row in summary["comparisons"] if row["indicator"] in ids]
    if [(row["indicator"], row["period"]) for row in rows] != expected:
        fault("comparisons", "are not of the indicators and periods that the catalogue has")
    for row in rows:
        verify_row(row, totals[row["indicator"]], now, before, whole, told)
