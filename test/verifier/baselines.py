"""What an office entered of the year before, where nothing of it was published. See verify.py."""

from ledger import canonical, fault, sha256
from periods import end_of, in_force, order

CITY = "*"


def recorded_in(office):
    return [event for event in office if event["happening"]["kind"] == "baseline-recorded"]


def verify_baselines(year, chains, baselines):
    """Every baseline that is recorded is in the file, of the year before, and read by the catalogue in force."""
    by_hash = {sha256(canonical(one)): one for one in baselines}
    for event in recorded_in(chains.get(f"{year}/office", [])):
        where, baseline = f"{event['chain']}#{event['sequence']}", by_hash.get(event["happening"]["baseline"])
        if baseline is None:
            fault(where, "records a baseline that is not in the file, or was edited")
        elif baseline["year"] != year - 1 or baseline["catalogue"] != event["catalogue"]:
            fault(where, "records a baseline of another year, or that was read by another catalogue")


def standing(summary, chains):
    """The last that was recorded at the heads of the publication."""
    office = f"{summary['year']}/office"
    length = next((head["length"] for head in summary["chains"] if head["chain"] == office), 0)
    events = recorded_in(chains.get(office, [])[:length])
    return events[-1] if events else None


def verify_cited(summary, chains):
    """A publication cites the baseline that stood, unless last year was published."""
    cited, event = summary["comparedWith"], standing(summary, chains)
    if cited is None:
        if event is not None:
            fault("comparedWith", "cites nothing, and the ledger has a baseline")
    elif cited["kind"] == "baseline":
        said = (cited["year"], cited["digest"], cited["recordedAt"], cited["recordedBy"])
        if event is None or said != (summary["year"] - 1, event["happening"]["baseline"], event["at"], event["by"]):
            fault("comparedWith", f"cites a baseline of {cited['year']}, which the ledger does not have like this")


def known(indicator, rows, catalogue, whole):
    """By period, or of the whole year, who reported what; None of whoever should have and of whom nothing is known."""
    said = [(one["department"] or CITY, period, value) for one in rows for period, value in one["values"].items()]
    frequency = "year" if whole else indicator.get("frequency", "month")
    is_list = indicator["kind"] == "list"
    if is_list and frequency != "year":
        return {}
    taken = [one for one in said if end_of(one[1])[2] == frequency]
    of_city = {period: value for name, period, value in taken if name == CITY}
    city_alone = is_list or (indicator["overTime"] == "cumulative" and bool(of_city))
    by_period = {}
    for period in sorted({one[1] for one in taken}, key=order):
        if period in of_city:
            by_period[period] = {CITY: of_city[period]}
        elif not city_alone:
            by_period[period] = {
                **{name: None for name in reporters(indicator, period, catalogue)},
                **{name: value for name, at, value in taken if at == period},
            }
    if whole and len(taken) < len(said) and any(None in own.values() for own in by_period.values()):
        return {}
    return by_period


def reporters(indicator, period, catalogue):
    departments = {one["id"]: one for one in catalogue["departments"]}
    listed = indicator["reporters"]
    names = departments if listed == "all" else [
        one if isinstance(one, str) else one["department"] for one in listed if isinstance(one, str) or in_force(one, period)
    ]
    return [name for name in names if name in departments and in_force(departments[name], period)]


def covered(periods):
    months = set()
    for period in periods:
        end, length, _ = end_of(period)
        months.update(range(int(end[5:]) - length + 1, int(end[5:]) + 1))
    return months


def sources(indicator, by_id):
    """The reported indicators that a sum comes from, sums among its parts taken apart."""
    if indicator["kind"] != "sum":
        return [indicator["id"]]
    return [name for one in indicator["parts"] for name in sources(by_id[one["indicator"]], by_id)]


def computable(indicator, by_id, figures):
    names = sources_of(indicator, by_id)
    if not of_the_same([figures.get(name, {}) for name in names]):
        return False
    if indicator["kind"] == "ratio":
        parts = [by_id[indicator[part]] for part in ("numerator", "denominator")]
        if not all(computable(part, by_id, figures) for part in parts):
            return False
        months = [covered([period for name in sources(part, by_id) for period in figures.get(name, {})]) for part in parts]
        return months[0] == months[1] != set()
    of_parts = [list(figures.get(name, {})) for name in names]
    return bool(of_parts) and of_parts[0] != [] and all(one == of_parts[0] for one in of_parts)


def sources_of(indicator, by_id):
    """The same of a ratio: those of both of its parts."""
    if indicator["kind"] != "ratio":
        return sources(indicator, by_id)
    return [name for part in ("numerator", "denominator") for name in sources(by_id[indicator[part]], by_id)]


def of_the_same(parts):
    """Whether nothing is missing of any, or all have figures of the same departments in the same periods."""
    if not any(None in said.values() for own in parts for said in own.values()):
        return True
    whose = [{period: {name for name, value in said.items() if value is not None} for period, said in own.items()} for own in parts]
    return all(one == whose[0] for one in whose)


def baseline_rows(baseline, catalogue, whole):
    """The year that a baseline tells of, by its periods or as a whole: its catalogue, and what was reported in it."""
    always = {key: value for key, value in catalogue.items() if key not in ("tables", "lines", "rules")}
    by_id = {one["id"]: one for one in catalogue["indicators"]}
    figures = {}
    for one in catalogue["indicators"]:
        if one["kind"] not in ("sum", "ratio") and one["overDepartments"] != "none":
            own = known(one, [row for row in baseline["rows"] if row["indicator"] == one["id"]], catalogue, whole)
            if own:
                figures[one["id"]] = own
    periods = {name: list(own) for name, own in figures.items()}
    indicators, rows = [], []
    for one in catalogue["indicators"]:
        lasting = {key: value for key, value in one.items() if key not in ("from", "to", "months")}
        if one["id"] in figures:
            own = figures[one["id"]]
            lasting["frequency"] = end_of(next(iter(own)))[2]
            lasting["reporters"] = [
                {"department": name, "from": end_of(period)[0], "to": end_of(period)[0]} for period, said in own.items() for name in said
            ]
            for period, said in own.items():
                rows += [row(one, period, name, value) for name, value in said.items() if value is not None]
        elif one["kind"] not in ("sum", "ratio") or not computable(one, by_id, figures):
            continue
        indicators.append(lasting)
    every = sorted({period for own in periods.values() for period in own}, key=order)
    departments = [{"id": CITY}, *({"id": one["id"]} for one in catalogue["departments"])]
    return {
        **always, "year": baseline["year"], "departments": departments, "indicators": indicators,
        "periods": [{"period": period} for period in every],
    }, rows


def row(indicator, period, department, value):
    items = {"items": [str(number) for number in range(int(value))]} if indicator["kind"] == "list" else {}
    said = {"indicator": indicator["id"], "department": department, "period": period}
    return {**said, "status": "reported", "value": value, "unit": indicator["unit"], **items}
