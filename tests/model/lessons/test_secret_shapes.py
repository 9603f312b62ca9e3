from __future__ import annotations

import pytest

from model.lessons.secret_shapes import reason_to_leave_out


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("4111 1111 1111 " + "1111", "a card number"),
        ("4111.1111.1111." + "1111", "a card number"),
        ("de893704004405320" + "13000", "an account number"),
        ("de893704004405320" + "13001", None),
        ("4111 1111 1111 1112", None),  # the check digit is wrong
        ("GB82 WEST 1234 5698 7654 " + "33", None),
        ("978-0-306-40615-7", None),
        ("Meter 6000065 was read.", None),
    ],
)
def test_numbers_go_by_their_check_digits(sentence: str, reason: str | None) -> None:
    assert reason_to_leave_out(sentence) == reason


def test_a_megabyte_without_a_space_takes_no_time_to_speak_of() -> None:
    for text in ("a" * 200_000, "1 " * 100_000, "aB3" * 70_000, "password " * 20_000):
        reason_to_leave_out(text)
