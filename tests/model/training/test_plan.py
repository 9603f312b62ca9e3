from __future__ import annotations

import pytest

from model.training.plan import Schedule, TrainingPlan

PLAN = TrainingPlan()


def test_the_rate_warms_up_stays_and_falls() -> None:
    schedule = Schedule(steps=1000)
    rates = [schedule.rate(PLAN, step, schedule.share(step, 0.0)) for step in range(1000)]
    assert rates[0] == pytest.approx(PLAN.rate / PLAN.warm_up)
    assert rates[:200] == sorted(rates[:200])
    assert set(rates[200:650]) == {PLAN.rate}
    assert rates[825] == pytest.approx(PLAN.rate * 0.51)
    assert rates[-1] == pytest.approx(PLAN.rate * PLAN.final_rate, rel=0.2)
    assert schedule.rate(PLAN, 1000, 1.0) == pytest.approx(PLAN.rate * PLAN.final_rate)


def test_a_later_schedule_counts_from_its_start() -> None:
    later = Schedule(steps=1000, minutes=10, first_step=5000, first_second=600, again=True)
    assert later.share(5000, 600.0) == 0.0
    assert later.share(5100, 900.0) == 0.5  # time is further than steps
    assert later.share(6000, 700.0) == 1.0
    assert later.rate(PLAN, 5000, 0.0) == pytest.approx(PLAN.rate / PLAN.warm_again)
    assert later.rate(PLAN, 5100, 0.1) == PLAN.rate


def test_it_tells_when_the_rate_begins_to_fall() -> None:
    schedule = Schedule(steps=1000)
    assert [schedule.falls(PLAN, share) for share in (0.0, 0.64, 0.66, 1.0)] == [
        *(False, False),
        *(True, True),
    ]


def test_a_short_schedule_warms_up_in_a_fifth_of_it() -> None:
    schedule = Schedule(steps=50)
    assert schedule.rate(PLAN, 9, 0.2) == PLAN.rate
    assert schedule.rate(PLAN, 4, 0.1) == PLAN.rate / 2
