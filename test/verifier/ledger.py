"""An exported ledger by itself: its chains, heads and adopted catalogues. See verify.py."""

import hashlib
import json

from tables import expanded

NO_HASH = "0" * 64
faults = []
notes = []


def fault(where, explanation):
    faults.append(f"FAULT {where}: {explanation}")


def canonical(value):
    """RFC 8785, for values without floating-point numbers; keys are sorted by their UTF-16 units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def sha256(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def read_ledger(path):
    text = path.read_bytes().decode("utf-8", "replace")
    lines = [line for line in text.split("\n") if line]
    header = json.loads(lines[0])
    if "\n".join(lines) + "\n" != text or canonical(header) != lines[0]:
        fault(path.name, "is not as an export writes it")
    chains = {head["chain"]: [] for head in header["heads"]}
    for number, line in enumerate(lines[1:], 2):
        try:
            event = json.loads(line)
            if canonical(event) != line:
                fault(f"line {number}", "is not as an export writes it")
            chains.setdefault(event["chain"], []).append(event)
        except (ValueError, KeyError, TypeError):
            fault(f"line {number}", "is not a ledger event")
    return header, chains


def counted_by(office, number):
    """What the publication of that number counted, by department and period: each says what it counts otherwise than the one before."""
    counted = {}
    for event in office:
        if event["happening"]["kind"] == "published" and event["happening"]["number"] <= number:
            for department, periods in event["happening"]["counts"].items():
                counted.setdefault(department, {}).update(periods)
    return {name: {period: upload for period, upload in own.items() if upload} for name, own in counted.items()}


def verify_chain(chain, events):
    previous = NO_HASH
    for index, event in enumerate(events, 1):
        where = f"{chain}#{index}"
        unsealed = {key: value for key, value in event.items() if key != "hash"}
        if event.get("sequence") != index:
            fault(where, "one was removed, inserted or moved")
        if sha256(canonical(unsealed)) != event.get("hash"):
            fault(where, "was edited")
        if event.get("previous") != previous:
            fault(where, "does not follow the event before it")
        previous = event.get("hash")


def verify_heads(heads, chains):
    for head in heads:
        if head["length"] == 0:
            continue
        events = chains.get(head["chain"], [])
        if len(events) < head["length"]:
            fault(head["chain"], "its tail was cut off")
        elif events[head["length"] - 1].get("hash") != head["hash"]:
            fault(head["chain"], "is another chain than the one known to have been there")


def adoptions_in(office):
    return [event for event in office if event["happening"]["kind"] == "catalogue-adopted"]


def needed(catalogue, before):
    """The units that changed, each since the last catalogue that had the indicator."""
    for indicator in catalogue["indicators"]:
        for old in reversed(before):
            was = [one for one in old["indicators"] if one["id"] == indicator["id"]]
            if was:
                if was[0]["unit"] != indicator["unit"]:
                    yield indicator["id"], was[0]["unit"], indicator["unit"]
                break


def verify_adoptions(year, chains, catalogues):
    """Every catalogue that was adopted is in the file, follows the one before, and states how its units convert."""
    by_hash = {sha256(canonical(one)): expanded(one) for one in catalogues}
    office = chains.get(f"{year}/office", [])
    in_force, before, adopted = None, [], set()
    for event in office:
        where, happening = f"{event['chain']}#{event['sequence']}", event["happening"]
        if happening["kind"] != "catalogue-adopted":
            if event["catalogue"] != in_force:
                fault(where, "is recorded under another catalogue than was in force")
            continue
        catalogue = by_hash.get(happening["catalogue"])
        if happening["replaces"] != in_force or event["catalogue"] != happening["catalogue"]:
            fault(where, "does not replace the catalogue that was in force")
        in_force = happening["catalogue"]
        adopted.add(in_force)
        if catalogue is None or catalogue["year"] != year:
            fault(where, "adopts a catalogue that is not in the file, or was edited")
            continue
        stated = [(one["indicator"], one["from"], one["to"]) for one in happening["conversions"]]
        if sorted(stated) != sorted(needed(catalogue, before)):
            fault(where, "does not state the conversions that its units need")
        before.append(catalogue)
    if in_force is None and office:
        fault(f"{year}/office", "adopts no catalogue")
    for chain, events in chains.items():
        for event in events if chain.startswith(f"{year}/") else []:
            if event["happening"]["kind"].startswith("return-") and "upload" in event["happening"]:
                if event["happening"]["kind"] != "return-admitted" and event["catalogue"] not in adopted:
                    fault(f"{chain}#{event['sequence']}", "was read by a catalogue that was never adopted")
