from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.lessons.filters import Screened, screen

BEFORE, AFTER = "We walked to the sea.", "The gulls were loud."


@pytest.mark.parametrize(
    "sentence",
    [
        "The password must be at least 8 characters long.",
        "Never share a password with anyone.",
        "My password is wrong and the key was 3 inches long.",
        "The secret to good bread is time, and the token of our esteem was a bell.",
        "We met on 12-03-2026 at 10:45, room 1107, and again on 2026-03-12.",
        "In 1984 there were 1,204,500 people and $3,500,000 in the bank.",
        "Call the office at 10 in the morning on 12 May 2026.",
        "The code has 4000 lines, and the zip code is 90210.",
        "ISBN 978-0-306-40615-7 and order 48213 arrived.",
        "Antidisestablishmentarianism and Donaudampfschifffahrt are long words.",
        "Commit 4f2a91c fixed the header, and #FF8800 is the new orange.",
        "Login: see below.",
        "LAMP is an acronym for Linux-Apache-MySQL-PHP.",
        "Write to <email> or look at <url>.",
        "",
    ],
)
def test_prose_is_learnt_as_it_is(sentence: str) -> None:
    assert screen(sentence) == Screened(sentence)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Use AK" + "IAABCDEFGH12345678 for the bucket.", "key"),
        ("I made gh" + "p_" + "a1B2" * 9 + " today.", "key"),
        ("It was ey" + "J" + "a1B2" * 8 + ".ey" + "J" + "c3D4" * 8 + "." + "e5F6" * 8, "key"),
        ("Connect to https://anna:tiger1" + "@db.example.org/main now.", "login"),
        ("My card is 4111 1111 1111 " + "1111 until June.", "card"),
        ("They charged 5500-0000-0000-" + "0004 twice.", "card"),
        ("Send it to GB82 WEST 1234 5698 7654 32 I said.", "account"),
        ("Send it to DE893704004405320" + "13000.", "account"),
        ("Her number is 123-45-" + "6789 on the form.", "identity"),
        ("Send it to de893704004405320" + "13000 now.", "account"),
        ("My bank account number is 12345678.", "account"),
        ("The password is Marble#3kd if you need it.", "password"),
        ("Wifi password: swordfish", "password"),
        ("Log in as guest, pw tiger&44x and look.", "password"),
        ("Use hunter2 as the password.", "password"),
        ("My password is swordfish.", "password"),
        ("DB_PASSWORD=sup3rs3cret", "password"),
        ("Kennwort: Blumentopf7!", "password"),
        ("The username is anna / Blumentopf7! there.", "password"),
        ("Aws_secret_access_key = " + "aB3/" * 10, "password"),
        ("The PIN for the door is 4821 at night.", "code"),
        ("My card PIN is 4821.", "code"),
        ("Your verification code is 483920 today.", "code"),
        ("483 920 is your sign-in code.", "code"),
        ("The seed phrase is apple banana cherry dog elephant fox grape.", "phrase"),
        ("Call me on +44 20 7946 0958 after lunch.", "phone"),
        ("It is (555) 0123-4567 from Monday.", "phone"),
        ("Ring 07700 900123.", "phone"),
        ("Her mobile is 555 0142.", "phone"),
        ("Api_key: " + "0123456789abcdef" * 2, "password"),
        ("It said 4c0883a69102937d6231471b5dbb6204 on both sides.", "random"),
        ("Try xK9#mP2$vL5q then.", "random"),
    ],
)
def test_a_sentence_with_a_secret_is_left_out_alone(sentence: str, reason: str) -> None:
    screened = screen(f"{BEFORE} {sentence}\n{AFTER}")
    assert screened.text == f"{BEFORE} \n{AFTER}"
    assert len(screened.reasons) == 1
    assert reason in screened.reasons[0]


@pytest.mark.parametrize(
    ("label", "secret"),
    [
        ("My password:", "swordfish"),
        ("Password", "swordfish"),
        ("PIN:\n", "4711"),
        ("The PIN is", "4711"),
        ("The new Wi-Fi:", "blue-Giraffe-77"),
        ("We walked to the sea.", "Sommer2024!"),
    ],
)
def test_a_secret_in_a_line_of_its_own_is_left_out(label: str, secret: str) -> None:
    screened = screen(f"{label}\n{secret}\n{AFTER}\n")
    assert screened.text == f"{label}\n\n{AFTER}\n"
    assert len(screened.reasons) == 1


@pytest.mark.parametrize(
    "text",
    [
        "My password:\nI forgot it.",
        "The keys are here.\nYes.",
        "He gave me the code.\nYes.",
        "@anna_77",
        "#winter2026",
        "**Chapter12**",
    ],
)
def test_what_is_no_secret_in_a_line_of_its_own_is_learnt(text: str) -> None:
    assert screen(text) == Screened(text)


@pytest.mark.parametrize("seed", range(20))
def test_random_keys_are_noticed_without_any_name(seed: int) -> None:
    rng = random.Random(seed)
    for alphabet in (string.ascii_letters + string.digits, string.hexdigits[:16]):
        secret = "".join(rng.choice(alphabet) for _ in range(32))
        assert secret not in screen(f"{BEFORE} Then {secret} came. {AFTER}").text


def test_a_key_block_goes_whole_and_its_neighbours_stay() -> None:
    rule = "-----"
    block = f"{rule}BEGIN PRIVATE KEY{rule}\nabc\ndef\n{rule}END PRIVATE KEY{rule}\n"
    assert screen(f"{BEFORE}\n{block}{AFTER}").text == f"{BEFORE}\n{AFTER}"
    unended = f"{rule}BEGIN PRIVATE KEY{rule}\nabc\ndef"
    assert screen(f"{BEFORE}\n{unended}").text == f"{BEFORE}\n"


def test_addresses_become_placeholders() -> None:
    text = "See https://example.org/a?b=c. Or www.example.com, or a.b@mail.example.org!"
    assert screen(text).text == "See <url>. Or <url>, or <email>!"


def test_accepted_spans_move_with_the_text() -> None:
    text = "Ask a@example.org now. My card PIN is 4821. Go home."
    place = text.index("now"), text.index("now") + 3
    gone = text.index("card"), text.index("card") + 4
    home = text.index("home"), text.index("home") + 4
    over = text.index("4821"), text.index("Go") + 2
    screened = screen(text, (place, gone, over, home))
    assert screened.text == "Ask <email> now. Go home."
    assert [screened.text[a:b] for a, b in screened.accepted] == ["now", "Go", "home"]


def test_what_nobody_wrote_is_left_out_alone() -> None:
    screened = screen(f"{BEFORE} Pix \x00\x17 lar \x02 mo \x01\x08 to\ufffd\n{AFTER}")
    assert screened == Screened(f"{BEFORE} \n{AFTER}", (), ("no text",))
    screened = screen(f"{BEFORE}\n{'lamp ' * 40}\n{'To be or not to be. ' * 9}\n{AFTER}")
    assert screened.text == f"{BEFORE}\n\n{'To be or not to be. ' * 9}\n{AFTER}"
    assert screened.reasons == ("the same words over and over",)


def test_what_somebody_wrote_in_few_words_is_learnt() -> None:
    for text in (
        "No, no, no, no, no, no, and no again!",
        "It was a good day, it was a bad day, it was an age, it was a year, it was the end",
        "Tom\tand\x0bAnn\x0cwent \x07home.",
    ):
        assert screen(text) == Screened(text)


@given(st.text(), st.tuples(st.integers(0, 50), st.integers(0, 50)))
def test_any_text_and_span_pass(text: str, span: tuple[int, int]) -> None:
    screened = screen(text, (span,))
    assert screened == screen(text, (span,))
    assert all(0 <= a < b for a, b in screened.accepted)
