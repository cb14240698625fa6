"""Which returns totals miss, and why, from the catalogue, the observations and the time of publication. See verify.py."""

import calendar
from datetime import datetime

from ledger import fault
from periods import asked, end_of, reports


def asked_returns(indicator, catalogue):
    """The returns in which the indicator, or what it is computed from, is asked for, by indicator."""
    if indicator["kind"] in ("ratio", "sum"):
        names = (
            [indicator["numerator"], indicator["denominator"]]
            if indicator["kind"] == "ratio"
            else [one["indicator"] for one in indicator["parts"]]
        )
        parts = [one for one in catalogue["indicators"] if one["id"] in names]
        return {name: own for part in parts for name, own in asked_returns(part, catalogue).items()}
    return {
        indicator["id"]: {
            (department["id"], one["period"])
            for one in catalogue["periods"]
            for department in catalogue["departments"]
            if asked(indicator, one["period"]) and reports(indicator, department, one["period"])
        }
    }


def is_to_come(period, published_at, catalogue):
    """Whether the last day of the period was not over when this was published."""
    month = end_of(period)[0]
    last = calendar.monthrange(int(month[:4]), int(month[5:]))[1]
    own = next((one.get("ends") for one in catalogue["periods"] if one["period"] == period), None)
    ends = datetime.fromisoformat(f"{own or f'{month}-{last:02}'}T23:59:59.999{catalogue['utcOffset']}")
    return datetime.fromisoformat(published_at.replace("Z", "+00:00")) <= ends


def verify_missing(summary, catalogue):
    standings = {(one["department"], one["period"]): one["standing"] for one in summary["returns"]}
    for (department, period), standing in standings.items():
        if standing in ("not-due", "not-reported"):
            if (standing == "not-due") != is_to_come(period, summary["publishedAt"], catalogue):
                fault(f"{department} {period}", f"stands as {standing}, and by the time of the publication does not")
    observed = {(one["indicator"], one["department"], one["period"]) for one in summary["observations"]}
    totals = {one["indicator"]: one for one in summary["totals"]}
    for indicator in catalogue["indicators"]:
        expected = {
            (*key, {"counting": "not-on-form"}.get(standings.get(key), standings.get(key)))
            for name, returns in asked_returns(indicator, catalogue).items()
            for key in returns
            if (name, *key) not in observed
        }
        gaps = totals.get(indicator["id"], {}).get("coverage", {}).get("missing", [])
        said = {(one["department"], one["period"], one["because"]) for one in gaps}
        if said != expected or len(gaps) != len(said):
            fault(f"total {indicator['id']}", f"says that {len(gaps)} returns are missing and why, which does not come to that")
