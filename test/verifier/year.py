"""What parts of a year come to, from its observations. See verify.py."""

from figures import own_figures, periods_of, recomputed
from periods import asked, end_of, reports


class Year:
    """A year's observations, and what parts of it come to; `ids` tells by what id it knows an indicator."""

    def __init__(self, rows, catalogue, conversions, ids):
        self.rows, self.catalogue, self.conversions, self.ids = own_figures(rows, catalogue, conversions), catalogue, conversions, ids
        self.by_id = {one["id"]: one for one in catalogue["indicators"]}

    def asked(self, indicator):
        own = self.by_id.get(self.ids.get(indicator))
        return [] if own is None else periods_of(own, self.catalogue)

    def figure(self, indicator, part):
        """Of the periods that are in the part."""
        own = self.by_id.get(self.ids.get(indicator))
        if own is None:
            return None
        by_indicator = {}
        for row in self.rows:
            if part(row["period"]):
                by_indicator.setdefault(row["indicator"], []).append(row)
        periods = [one for one in self.catalogue["periods"] if part(one["period"])]
        return recomputed(own, {**self.catalogue, "periods": periods}, by_indicator, self.conversions)

    def sources(self, own):
        """The indicators whose observations make it."""
        if own["kind"] == "ratio":
            parts = [own["numerator"], own["denominator"]]
        elif own["kind"] == "sum":
            parts = [one["indicator"] for one in own["parts"]]
        else:
            return [own]
        return [source for part in parts if part in self.by_id for source in self.sources(self.by_id[part])]

    def missing(self, indicator, part):
        """How many returns lack something of the figure of the periods that are in the part."""
        own = self.by_id.get(self.ids.get(indicator))
        come = {(row["indicator"], row["department"], row["period"]) for row in self.rows}
        gaps = {
            (department["id"], period)
            for source in (self.sources(own) if own else [])
            for period in (one["period"] for one in self.catalogue["periods"])
            if part(period) and asked(source, period)
            for department in self.catalogue["departments"]
            if reports(source, department, period) and (source["id"], department["id"], period) not in come
        }
        return len(gaps)

    def part(self, indicator, part):
        """A figure, and how many returns are missing from it."""
        return self.figure(indicator, part), self.missing(indicator, part)

    def to_date_in(self, indicator):
        """The indicators that a figure comes from and that are reported as the year to date."""
        own = self.by_id[indicator]
        if own["kind"] in ("sum", "ratio"):
            parts = [one["indicator"] for one in own["parts"]] if own["kind"] == "sum" else [own["numerator"], own["denominator"]]
            return [name for part in parts for name in self.to_date_in(part)]
        return [indicator] if own["overTime"] == "cumulative" else []

    def months_alone(self, indicators, period):
        """Of how many months the figure of a period alone is, of each: of those since it was asked for before."""
        month = int(end_of(period)[0][5:])
        ends = [[int(end_of(one)[0][5:]) for one in self.asked(name)] for name in indicators]
        return [month - max([0, *(end for end in own if end < month)]) for own in ends]

    def alone(self, indicator, period, as_long_as):
        """What the period by itself comes to; "none" where nobody is asked in it, or it is of other months."""
        now, at = as_long_as
        to_date = now.to_date_in(indicator)
        if period not in self.asked(indicator) or self.months_alone(to_date, period) != now.months_alone(to_date, at):
            return "none"
        return self.part(indicator, lambda one: one == period)
