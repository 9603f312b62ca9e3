"""The shapes of secrets: keys, cards, accounts, passwords, codes, phone numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from model.text.addresses import LINK, addresses

_BLANK = r"[^\S\n]"

_KEY = re.compile(
    r"\bA(?:KIA|SIA)[A-Z0-9]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}"
    r"|\bxox[a-z]-[\w-]{10,}|\b[srp]k_(?:live|test)_\w{10,}|\bwhsec_\w{10,}"
    r"|\bAIza[\w-]{30,}|\bya29\.[\w-]{20,}|\bSG\.[\w-]{16,}\.[\w-]{16,}"
    r"|\bsk-[\w-]{20,}|\bGOCSPX-[\w-]{10,}|\bhf_[A-Za-z0-9]{20,}|\bnpm_[A-Za-z0-9]{20,}|\bpypi-[\w-]{20,}"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?|\bssh-(?:rsa|ed25519) [A-Za-z0-9+/=]{30,}"
    r"|\b\d{6,12}:[\w-]{30,}|\b(?:Bearer|Basic) [\w.~+/-]{16,}=*"
)
_LOGIN = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/@:]{0,64}:[^\s/@]{1,64}@|\s-u \w+:\S+", re.IGNORECASE
)
_CARD = re.compile(r"(?<![\w.,])[2-6]\d{3}(?:[ .\u00a0\u202f-]?\d){8,15}(?![\w])")
_IBAN = re.compile(
    rf"\b[A-Z]{{2}}\d\d(?:{_BLANK}?[A-Z0-9]){{11,30}}|\b[a-z]{{2}}\d\d[a-z0-9]{{11,30}}\b", re.ASCII
)
_SOCIAL = re.compile(
    r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])"
    r"|\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b"
)
_PHONE = re.compile(
    r"(?<![\w.,])(?:\+\d{1,3}[ .\-()\u00a0]*(?:\d[ .\-()\u00a0]*){6,12}\d"
    r"|\(\d{2,5}\)[ .-]?\d{2,4}(?:[ .-]?\d{2,4}){1,3}"
    r"|\d{3}([-. ])\d{3}\1\d{4}"
    r"|0\d{2,4}[ /-]\d{3,4}[ -]?\d{3,4}|0\d(?:[ .-]\d\d){4}|00\d{2}(?:[ -]?\d){8,12})(?![\w-])"
)
_PHONE_CONTEXT = re.compile(
    r"\b(?:call|phone|tel|telephone|mobile|cell|fax|whatsapp|ring|text"
    r"|(?:my|your|his|her|our|their) (?:\w+ )?number|number(?:['’]s| is|:))(?!\w)"
    r"[^\n]{0,30}?(?<![\w.,$-])\d(?:[ .-]?\d){6,14}(?![\w,-])",
    re.IGNORECASE,
)

_NAME = (
    r"(?:pass(?:words?|code|phrase|wd)|pwd?|pw|pass|passwort|kennwort|secrets?|tokens?|credentials?"
    r"|(?:api|access|secret|private|auth|encryption|signing|licen[cs]e|product|account)"
    r"[ _-]?(?:key|token|secret)|keys?|login|wi-?fi)"
)
# "password: x", "api_key = x": anything that is not plainly a word of a sentence.
_ASSIGNED = re.compile(
    rf"(?<![a-z]){_NAME}\w*\"?{_BLANK}*(?::|=|->|=>){_BLANK}*[\"'`]?([^\s\"'`,]+)([^\n]*)",
    re.IGNORECASE,
)
# "the password is x", "pw x", "password for the door is now x".
_TOLD = re.compile(
    rf"\b(?:pass(?:word|code|phrase|wd)|pwd?|pw|pass|passwort|kennwort|login|secret|token|key)s?\b"
    rf"(?:{_BLANK}+[\w'’-]+){{0,6}}?{_BLANK}+[\"'`“‘]?([^\s\"'`“”‘’]{{4,}})",
    re.IGNORECASE,
)
# A line that ends in a name, or is little else: the secret stands in the next one.
_LABEL = rf"(?<![a-z])(?:{_NAME}|PINs?|code)"
_ENDS_IN_LABEL = re.compile(
    rf"{_LABEL}{_BLANK}*(?:[:=]|\bis\b:?)\s*\Z|\A\W*(?:\w+{_BLANK}+){{0,2}}?{_LABEL}\W*\Z",
    re.IGNORECASE,
)
_USER_NAME = re.compile(r"\buser ?names?\b", re.IGNORECASE)
_PASSWORD = re.compile(
    r"\b(?:pass(?:words?|codes?|phrases?|wd)|pwd?|pw|logins?|passwort|kennwort)\b", re.IGNORECASE
)
# "my password is swordfish", "the passphrase is correct horse".
_TOLD_WORD = re.compile(
    rf"\b(?:pass(?:word|code|phrase)|pwd|pw){_BLANK}+(?:is|was|will be){_BLANK}+(?:now{_BLANK}+)?"
    r"([\"'`“‘]?)([^\s\"'`”’.,;]+)",
    re.IGNORECASE,
)
# What is said about passwords in prose, beside past participles.
_NO_SECRET = frozenset(
    """
    a about all also always an any as at bad because being blank correct different easy empty
    enough for from good hard here how i if in incorrect insecure invalid it its just known long
    longer lost mandatory missing never new no not now of ok okay on one only optional our right
    safe same secret secure set short simple so still stolen strong stronger that the their
    there this to too unique unknown unsafe valid very weak weaker what when wrong your
    """.split()
)

_CODE = re.compile(
    r"(?:\bPIN\b|\bpin (?:is|was|code|number)\b|\bpin[:=]"
    r"|\b(?:my|your|his|her|our|their|the|card|door|phone|new|old|bank|sim) pin\b"
    r"|\b(?:verification|security|one[- ]time|login|log-in|sign-in|access|confirmation"
    r"|authentication|auth|authori[sz]ation|door|gate|alarm|entry|unlock|backup|recovery|reset|2fa"
    r"|two-factor|safe|lock|pass)[ -]?(?:code|number|combination|passcode)s?\b"
    r"|\b(?:OTP|CVV2?|CVC|TAN|cvv2?|cvc|otp)\b|\b(?:combination|passcode)\b)"
    r"[^\n]{0,40}?(?<![\w.,$£€#-])(?:\d{3,8}|\d{3}[ -]\d{3}|\d(?: \d){3,5})(?![\w%-]|[.,:]\d)",
)
_CODE_SAID = re.compile(
    r"(?<!zip )(?<!area )(?<!post )(?<!postal )(?<!country )(?<!status )(?<!error )(?<!exit )"
    rf"\b(?:code|password)(?:['’]s|{_BLANK}+is|{_BLANK}+was|:)?{_BLANK}*(?:now )?"
    r"(?:[A-Z]-)?\d{4,}\b"
    r"|\b(?:[A-Z]-)?(?:\d{4,8}|\d{3}[ -]\d{3}) is (?:your|my|the) [\w -]{0,30}"
    r"\b(?:code|pin|passcode|password)\b"
    r"|\b(?:enter|type|use) \d{4,8} (?:to|when) (?:you )?(?:confirm|verify|log|sign|unlock)"
    r"|\b(?:safe|locker|padlock|lock|combination)\b[^\n]{0,30}\b\d\d?-\d\d?-\d\d?\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:account|acct|routing|sort code|passport|licen[cs]e|insurance|tax|social security|ssn"
    r"|iban|swift|national id|identity card|id card|card)"
    r"(?: (?:number|no\.?|id|code|num))?\b[^\n]{0,30}?(?<![\w.,$£€-])"
    r"(?:[A-Z]{0,2}\d{6,}|\d\d-\d\d-\d\d)(?![\w,]*,\d)",
    re.IGNORECASE,
)
_SEED_PHRASE = re.compile(
    r"\b(?:seed|recovery|mnemonic)[ -]?(?:phrase|words)\b[^\n]{0,30}?"
    r"(?:[:\"“=]|\bis\b|\bare\b)(?:\s*[a-z]+){6,}",
    re.IGNORECASE,
)

_SIGN = re.compile(r"[!#$%&*?@^~+=\\|]")
_MARKUP = ".,;:()[]{}<>\"'`*_"
_RUN = re.compile(r"[A-Za-z0-9+/=_\-.~]{16,}")
_CHUNK = re.compile(r"[A-Za-z0-9]+")
_STRONG = re.compile(r"(?<!\S)[\"'`(]?([^\s\"'`]{10,64}?)[\"'`).,;:!?]*(?!\S)")
_ADDRESS = re.compile(rf"{LINK}|(?<!\S)[^\s@]+@\S*", re.IGNORECASE)


def reason_to_leave_out(sentence: str) -> str | None:
    """Why this sentence must not be learnt, None where it may."""
    for reason, holds in _RULES:
        if holds(sentence):
            return reason
    return None


def names_secret_below(line: str) -> bool:
    """Whether the next line is what this one gives a name to, as a password."""
    return _ENDS_IN_LABEL.search(line) is not None


def _has_card(sentence: str) -> bool:
    return any(_luhn(re.sub(r"\D", "", m.group())) for m in _CARD.finditer(sentence))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2
        total += digit if place % 2 == 0 else doubled - 9 * (doubled > 9)
    return total % 10 == 0 and len(set(digits)) > 1


def _has_iban(sentence: str) -> bool:
    for match in _IBAN.finditer(sentence):
        number = re.sub(r"\s", "", match.group())
        # What follows the number may look like a part of it: try each length.
        if any(_iban_checks(number[:length]) for length in range(15, len(number) + 1)):
            return True
    return False


def _iban_checks(number: str) -> bool:
    return int("".join(str(int(c, 36)) for c in number[4:] + number[:4])) % 97 == 1


def _has_password(sentence: str) -> bool:
    for match in _ASSIGNED.finditer(sentence):
        alone = len(match.group(2).split()) < 2 and len(match.group(1)) > 3
        if _unlike_word(match.group(1)) or (alone and _PASSWORD.match(match.group())):
            return True
    values = [match.group(1) for match in _TOLD.finditer(sentence)]
    if _PASSWORD.search(sentence):
        values += _ADDRESS.sub(" ", sentence).split()
    told = any(_is_told(*match.groups()) for match in _TOLD_WORD.finditer(sentence))
    return told or any(map(_unlike_word, values))


def _is_told(quote: str, word: str) -> bool:
    word = word.lower()
    return bool(quote) or not (word in _NO_SECRET or word.endswith(("ed", "ing")))


def _unlike_word(value: str) -> bool:
    """True for a mix of letters with digits or signs, as passwords are."""
    value = value.strip(".,;:!?()[]{}<>\"'`*")
    letters = any(c.isalpha() for c in value)
    digits = any(c.isdigit() for c in value)
    signs = bool(_SIGN.search(value))
    return len(value) >= 4 and letters and (digits or signs)


def _has_password_without_name(sentence: str) -> bool:
    """A word that is no word, alone in its line or beside the name of a user."""
    values = sentence.split()
    if len(values) > 1 and not _USER_NAME.search(sentence):
        return False
    return any(map(_mixes_all, values)) and not addresses(sentence)


def _mixes_all(value: str) -> bool:
    """True for six characters or more with small letters, digits and signs among them."""
    value = value.lstrip("@#").strip(_MARKUP)
    return len(value) >= 6 and bool(
        re.search(r"[a-z]", value) and re.search(r"\d", value) and _SIGN.search(value)
    )


def _has_random_run(sentence: str) -> bool:
    text = _ADDRESS.sub(" ", sentence)
    if any(_random(match.group().strip(".-=_/")) for match in _RUN.finditer(text)):
        return True
    return any(_strong(match.group(1)) for match in _STRONG.finditer(text))


def _random(run: str) -> bool:
    """Long, and changing between kinds of character all the time, as no word does."""
    length, digits = len(run), sum(c.isdigit() for c in run)
    if length < 16 or digits > 0.8 * length:
        return False
    chunks = _CHUNK.findall(run)
    # Paths, dates and hyphened words are long too, but made of plain chunks.
    if sum(len(chunk) for chunk in chunks if _is_mixed(chunk)) < 0.5 * length:
        return False
    if digits < 2:
        longest = max(chunks, key=len)
        return len(longest) >= 16 and _changes(longest) >= 0.36
    if length < 20:
        return {_kind(c) for c in run} >= {"a", "A", "0"} and _changes(run) >= 0.4
    return _changes(run) >= (0.25 if length >= 32 else 0.32)


def _is_mixed(chunk: str) -> bool:
    return len({c.isdigit() for c in chunk}) == 2 or (len(chunk) > 1 and _changes(chunk) >= 0.3)


def _strong(word: str) -> bool:
    """A password by its look: upper, lower, digit and sign, well mixed."""
    kinds = {_kind(c) for c in word}
    return kinds >= {"a", "A", "0", "!"} and _changes(word) >= 0.45


def _changes(run: str) -> float:
    kinds = [_kind(c) for c in run]
    return sum(a != b for a, b in pairwise(kinds)) / (len(run) - 1)


def _kind(character: str) -> str:
    if character.isdigit():
        return "0"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return "!"


_RULES: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("a key or token", _KEY.search),
    ("a login", _LOGIN.search),
    ("a card number", _has_card),
    ("an account number", _has_iban),
    ("an identity number", _SOCIAL.search),
    ("an account number", _ACCOUNT.search),
    ("a password", _has_password),
    ("a password", _has_password_without_name),
    ("a code", _CODE.search),
    ("a code", _CODE_SAID.search),
    ("a recovery phrase", _SEED_PHRASE.search),
    ("a phone number", _PHONE.search),
    ("a phone number", _PHONE_CONTEXT.search),
    ("a random string", _has_random_run),
)
