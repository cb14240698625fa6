"""Which versions wait for their department's reviewer: that none counts without, and which are held. See verify.py."""

from ledger import adoptions_in, fault
from lateness import upload_id, versions_of

DECISIONS = {"return-agreed": True, "return-disagreed": False}


def is_asked(at, in_force, adoptions, catalogues):
    """Whether a version that was uploaded then has to be agreed to: the catalogue of then asks for it, and that of now."""
    if not in_force.get("signing", {}).get("agreement", False):
        return False
    then = [one for one in adoptions if one["at"] <= at] or adoptions[:1]
    catalogue = catalogues.get(then[-1]["happening"]["catalogue"], in_force) if then else in_force
    return catalogue.get("signing", {}).get("agreement", False)


def is_agreed(uploads, events, office):
    """What was last decided about a version by somebody who had not uploaded it by then."""
    uploaded = [
        (event["happening"]["upload"]["uploader"], event["happening"]["upload"]["uploadedAt"])
        for event in events
        if event["happening"]["kind"] == "return-accepted" and upload_id(event["happening"]["upload"]) in uploads
    ]
    decided = [
        event
        for event in office
        if event["happening"]["kind"] in DECISIONS
        and event["happening"]["upload"] in uploads
        and not any(uploader == event["by"] and at <= event["at"] for uploader, at in uploaded)
    ]
    last = max(decided, key=lambda event: (event["at"], event["sequence"]), default=None)
    return last is not None and DECISIONS[last["happening"]["kind"]]


def verify_agreements(summary, chains, catalogue, catalogues):
    lengths = {head["chain"]: head["length"] for head in summary["chains"]}

    def pinned(owner):
        chain = f"{summary['year']}/{owner}"
        return chains.get(chain, [])[: lengths.get(chain, 0)]

    office = pinned("office")
    adoptions = adoptions_in(office)

    def waits(row):
        events = pinned(row["department"])
        uploads = versions_of(events, row["period"]).get((row["uploadedAt"], row["uploader"]), set())
        asked = is_asked(row["uploadedAt"], catalogue, adoptions, catalogues)
        return asked and not is_agreed(uploads, events, office)

    for row in summary["returns"]:
        if row["standing"] == "counting" and waits(row):
            fault(f"return {row['department']} {row['period']}", "counts, and its reviewer did not agree")
    for row in summary["held"]:
        if ("awaits-agreement" in row["because"]) != waits(row):
            fault(f"held {row['department']} {row['period']}", "waits otherwise for its reviewer than the ledger says")
