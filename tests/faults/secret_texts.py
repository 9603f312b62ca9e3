"""Made-up secrets in made-up sentences, and ordinary prose between them; all belong to nobody."""

from __future__ import annotations

import base64
import random
import string
from collections.abc import Callable

_LETTERS_AND_DIGITS = string.ascii_letters + string.digits
_ORDINARY = (
    "The {0} came home in {1} with {2} apples and a book.",
    "We counted {2} gulls on the wall, and the {0} laughed.",
    "In {1} the {0} of the village painted {2} doors.",
    "Nobody knew why the {0} left the town in {1}.",
)
_PEOPLE = ("baker", "keeper", "sailor", "teacher", "painter", "doctor")
_MONTHS = ("January", "March", "May", "August", "October", "December")


def _some(dice: random.Random, count: int, alphabet: str = _LETTERS_AND_DIGITS) -> str:
    return "".join(dice.choices(alphabet, k=count))


def _card(dice: random.Random) -> str:
    digits = [4, *(dice.randrange(10) for _ in range(14))]
    doubled = [sum(divmod(2 * d, 10)) if k % 2 == 0 else d for k, d in enumerate(digits)]
    number = "".join(map(str, digits)) + str(-sum(doubled) % 10)
    return dice.choice((number, " ".join(number[i : i + 4] for i in range(0, 16, 4))))


def _iban(dice: random.Random) -> str:
    bban = _some(dice, 18, string.digits)
    check = 98 - int(f"{bban}131400") % 97  # D and E are 13 and 14
    return f"DE{check:02d}{bban}"


def _jwt(dice: random.Random) -> str:
    parts = (b'{"alg":"HS256"}', b'{"sub":"%d"}' % dice.randrange(10**9), dice.randbytes(32))
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def _pem(dice: random.Random) -> str:
    body = "\n".join(_some(dice, 64) for _ in range(3))
    return f"-----BEGIN {'PRIVATE'} KEY-----\n{body}\n-----END {'PRIVATE'} KEY-----"


def _password(dice: random.Random) -> str:
    return dice.choice(("Heron", "stove", "Anchor")) + dice.choice("!#$%&") + _some(dice, 5)


_KINDS: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    (
        "The key of the bucket is {}.",
        lambda dice: "AK" + "IA" + _some(dice, 16, "ABCDEFGHJK234567"),
    ),
    ("I made {} for the build.", lambda dice: "gh" + "p_" + _some(dice, 36)),
    ("The bot signs in with {} now.", lambda dice: "xo" + "xb-" + _some(dice, 24)),
    ("Put {} into the shop's settings.", lambda dice: "sk_" + "live_" + _some(dice, 24)),
    ("The header was {} at that time.", _jwt),
    ("{}", _pem),
    ("Charge {} for the tickets.", _card),
    ("Send the rent to {} please.", _iban),
    ("The password is {} for now.", _password),
    ("Password: {}", _password),
    ("My PIN is {}.", lambda dice: _some(dice, 4, string.digits)),
    ("api_key = {}", lambda dice: _some(dice, 32, string.hexdigits.lower())),
    ("Call me on {} tonight.", lambda dice: f"+44 7700 {_some(dice, 6, string.digits)}"),
    ("Write to {} about it.", lambda dice: f"{_some(dice, 9, string.ascii_lowercase)}@example.org"),
    ("My code is {} until noon.", lambda dice: _some(dice, 6, string.digits)),
    ("Use {} to log in.", lambda dice: f"https://anna:{_some(dice, 10)}@db.example.org/main"),
)


def planted(count: int, seed: int) -> tuple[list[str], list[str], list[str]]:
    """Lines of text, the secrets in them, and the lines that are ordinary; as many of each."""
    dice = random.Random(seed)
    lines, secrets, ordinary = [], [], []
    for number in range(count):
        sentence, make = _KINDS[number % len(_KINDS)]
        secret = make(dice)
        secrets.append(secret)
        plain = dice.choice(_ORDINARY).format(
            dice.choice(_PEOPLE), dice.choice(_MONTHS), dice.randint(2, 40)
        )
        ordinary.append(plain)
        lines += [sentence.format(secret), plain]
    return lines, secrets, ordinary
