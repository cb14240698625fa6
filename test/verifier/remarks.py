"""What departments wrote beside their figures, and which warnings that answers. See verify.py."""

from ledger import fault
from texts import counted_returns

# What weighs least first: each is enough where it or less is needed.
ANSWERS = ["remark", "department", "legal-office"]


def remarks_in(happening):
    """By indicator, the text beside its figure; one at the end of a row is beside each of the row's."""
    columns = {grid["table"]: grid["columns"] for grid in happening.get("grids", [])}
    texts = {}
    for one in happening.get("remarks", []):
        if one["kind"] == "figure":
            texts[one["indicator"]] = one["text"]
        else:
            for column in columns.get(one["table"], []):
                texts[f"{one['table']}-{one['row']}-{column['column']}"] = one["text"]
    return texts


def given_answers(summary, chains):
    """By warning, what was answered to it, up to the head of the office's chain."""
    office = f"{summary['year']}/office"
    length = next((head["length"] for head in summary["chains"] if head["chain"] == office), 0)
    answers = {}
    for event in chains.get(office, [])[:length]:
        happening = event["happening"]
        if happening["kind"] == "warning-acknowledged":
            one = {"as": happening["as"], "at": event["at"], "by": event["by"], "reason": happening["reason"]}
            answers.setdefault(happening["warning"], []).append(one)
    return answers


def remark_answers(summary, chains):
    """By department, period and indicator, what the return that counts says beside the figure, as an answer."""
    answers = {}
    for event in counted_returns(summary, chains):
        happening = event["happening"]
        upload = happening["upload"]
        for indicator, text in remarks_in(happening).items():
            one = {"as": "remark", "at": upload["uploadedAt"], "by": upload["uploader"], "reason": text}
            answers.setdefault((happening["department"], happening["period"], indicator), []).append(one)
    return answers


def verify_answers(summary, chains):
    """What is said to settle a warning, or to explain it, is in the ledger, and weighs as much as it must."""
    given, beside = given_answers(summary, chains), remark_answers(summary, chains)
    for warning in summary["warnings"]:
        where = f"warning {warning['id']}"
        at = (warning["department"], warning["period"], warning["finding"].get("indicator"))
        answers = given.get(warning["id"], [])
        enough = [one for one in answers if ANSWERS.index(one["as"]) >= ANSWERS.index(warning["settledBy"])]
        settled = warning["acknowledged"]
        for one in (settled, warning["explained"]):
            if one is not None and one not in answers and one not in beside.get(at, []):
                fault(where, "is answered as the ledger does not have it")
        if enough and settled != enough[-1]:
            fault(where, "is not settled by the last answer that is enough")
        if settled and ANSWERS.index(settled["as"]) < ANSWERS.index(warning["settledBy"]):
            fault(where, "is settled by less than it takes")
