"""Statements of a witness: their signatures (Ed25519, RFC 8032), and what of them is not in the ledger. See verify.py."""

import base64
import hashlib
import json

from ledger import canonical, fault, notes, sha256, verify_heads

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
SPKI = bytes.fromhex("302a300506032b6570032100")  # what stands before the 32 bytes of an Ed25519 key in DER


def add(one, other):
    """The sum of two points, in extended homogeneous coordinates."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def point_at(encoded):
    """The point of 32 bytes; None if there is none."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if len(encoded) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def encoded(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point_at((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed_by(key, message, signature):
    point = point_at(key)
    scalar = int.from_bytes(signature[32:], "little")
    if point is None or len(signature) != 64 or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    minus = (P - point[0], point[1], 1, P - point[3])
    return encoded(add(times(scalar, BASE), times(challenge, minus))) == signature[:32]


def verify_witness(path, chains, expected_key):
    """Holds a signed statement against the chains of the years that are here."""
    statement = json.loads(path.read_text("utf-8"))
    if statement.get("format") != "indicators-witness/1":
        return fault(path.name, "is no witness statement")
    unsigned = {key: value for key, value in statement.items() if key != "signature"}
    spki = base64.b64decode(statement["publicKey"], validate=True)
    signature = base64.b64decode(statement["signature"], validate=True)
    line = f"indicators-witness/1 {sha256(canonical(unsigned))}\n".encode()
    if not spki.startswith(SPKI) or not is_signed_by(spki[len(SPKI) :], line, signature):
        return fault(path.name, "has a signature that is not by its key")
    if expected_key not in (None, sha256(spki)):
        return fault(path.name, f"is signed by another key than was told: {sha256(spki)}")
    years = {chain[:5] for chain in chains}
    here = [head for head in statement["heads"] if head["chain"][:5] in years]
    if not here:
        return fault(path.name, "tells of none of the years that are here")
    verify_heads(here, chains)
    notes.append(f"{path.name}: {len(here)} heads of statement {statement['number']} of {statement['at']}, signed by {sha256(spki)}")
