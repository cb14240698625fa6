"""What departments wrote: the texts of a publication against the returns that it counted. See verify.py."""

from comparisons import upload_id
from ledger import counted_by, fault
from periods import asked, reports


def counted_returns(summary, chains):
    """The events of the returns that the publication counted."""
    office = chains.get(f"{summary['year']}/office", [])
    for department, periods in counted_by(office, summary["number"]).items():
        for event in chains.get(f"{summary['year']}/{department}", []):
            happening = event["happening"]
            if happening["kind"] != "return-accepted":
                continue
            if periods.get(happening["period"]) == upload_id(happening["upload"]):
                yield event


def recorded_texts(summary, catalogue, chains):
    """By narrative, department and period: what was written, and where it stands."""
    narratives = {one["id"]: one for one in catalogue["narratives"]}
    departments = {one["id"]: one for one in catalogue["departments"]}
    texts = {}
    for event in counted_returns(summary, chains):
        happening = event["happening"]
        department, period = happening["department"], happening["period"]
        for one in happening.get("narratives", []):
            narrative = narratives.get(one["narrative"])
            if narrative and asked(narrative, period) and reports(narrative, departments[department], period):
                where = (event["chain"], event["sequence"], event["hash"], happening["upload"]["sha256"])
                texts[one["narrative"], department, period] = (one["text"], one.get("place", {}), where)
    return texts


def verify_texts(summary, catalogue, chains):
    recorded = recorded_texts(summary, catalogue, chains)
    for row in summary["texts"]:
        key = (row["narrative"], row["department"], row["period"])
        ledger = row["ledger"]
        said = (row["text"], row["cell"], (ledger["chain"], ledger["sequence"], ledger["hash"], row["file"]["sha256"]))
        if recorded.pop(key, None) != said:
            fault(f"text {' '.join(key)}", "is not what the ledger recorded")
    for key in recorded:
        fault(f"text {' '.join(key)}", "was recorded, and is not published")
