"""What parts of a year come to, from its observations. See verify.py."""

from figures import own_figures, periods_of, recomputed, taken
from periods import asked, end_of, order, reports


class Year:
    """A year's observations, and what parts of it come to; `ids` tells by what id it knows an indicator."""

    def __init__(self, rows, catalogue, conversions, ids):
        self.rows, self.catalogue, self.conversions, self.ids = own_figures(rows, catalogue, conversions), catalogue, conversions, ids
        self.by_id = {one["id"]: one for one in catalogue["indicators"]}
        self.status = {(row["indicator"], row["department"], row["period"]): row["status"] for row in rows}

    def asked(self, indicator):
        own = self.by_id.get(self.ids.get(indicator))
        return [] if own is None else periods_of(own, self.catalogue)

    def figure(self, indicator, part):
        """Of the periods that are in the part."""
        own = self.by_id.get(self.ids.get(indicator))
        if own is None:
            return None
        sources = {source["id"] for source in self.sources(own)}
        rows = [row for row in self.rows if row["indicator"] in sources and part(row["period"])]
        return recomputed(own, self.catalogue, taken(rows, self.catalogue), self.conversions)

    def sources(self, own):
        """The indicators whose observations make it."""
        if own["kind"] == "ratio":
            parts = [own["numerator"], own["denominator"]]
        elif own["kind"] == "sum":
            parts = [one["indicator"] for one in own["parts"]]
        else:
            return [own]
        return [source for part in parts if part in self.by_id for source in self.sources(self.by_id[part])]

    def returns(self, source):
        """The returns in which it is asked for, by department, in order of period."""
        periods = sorted((one["period"] for one in self.catalogue["periods"]), key=order)
        return {
            department["id"]: [one for one in periods if asked(source, one) and reports(source, department, one)]
            for department in self.catalogue["departments"]
        }

    def untold(self, indicator, part):
        """Of what is reported as the year to date, the returns that do not tell the part: blank, or of more than that."""
        own = self.by_id.get(self.ids.get(indicator))
        blank, longer = set(), set()
        for source in self.sources(own) if own else []:
            for department, periods in self.returns(source).items() if source["overTime"] == "cumulative" else ():
                told = [(one, self.status.get((source["id"], department, one), "absent")) for one in periods]
                inside = [one for one in told if part(one[0]) and one[1] in ("reported", "missing")]
                if inside and inside[-1][1] == "missing":
                    blank.add((department, inside[-1][0]))
                start = next((index for index, one in enumerate(told) if part(one[0])), 0)
                before = [status for _, status in told[:start] if status != "not-applicable"]
                first = [one for one, status in inside if status == "reported"]
                if first and before and before[-1] != "reported":
                    longer.add((department, first[0]))
        return blank, longer

    def missing(self, indicator, part):
        """How many returns do not tell something of the figure of the periods that are in the part."""
        own = self.by_id.get(self.ids.get(indicator))
        gaps = {
            (department, period)
            for source in (self.sources(own) if own else [])
            for department, periods in self.returns(source).items()
            for period in periods
            if part(period) and (source["id"], department, period) not in self.status
        }
        return len(gaps.union(*self.untold(indicator, part)))

    def of_more(self, indicator, period):
        """Whether what is reported as the year to date is, in the period, of some before it, too."""
        return bool(self.untold(indicator, lambda one: one == period)[1])

    def part(self, indicator, part):
        """A figure, and how many returns are missing from it."""
        return self.figure(indicator, part), self.missing(indicator, part)

    def months_alone(self, indicators, period):
        """Of how many months the figure of a period alone is, of each: of those since it was asked for before."""
        month = int(end_of(period)[0][5:])
        ends = [[int(end_of(one)[0][5:]) for one in self.asked(name)] for name in indicators]
        return [month - max([0, *(end for end in own if end < month)]) for own in ends]

    def alone(self, indicator, period, as_long_as):
        """What the period by itself comes to; "none" where nobody is asked in it, or a part of either is of other months."""
        now, at = as_long_as
        sources = now.sources(now.by_id[indicator])
        to_date = [one["id"] for one in sources if one["overTime"] == "cumulative"]
        if now.of_more(indicator, at) or self.of_more(indicator, period) or period not in self.asked(indicator):
            return "none"
        if any((at in now.asked(one["id"])) != (period in self.asked(one["id"])) for one in sources):
            return "none"
        if self.months_alone(to_date, period) != now.months_alone(to_date, at):
            return "none"
        return self.part(indicator, lambda one: one == period)
