"""The recipe of a training, and how its learning rate goes: warm-up, constant, decay.

Hu et al. 2024 (arXiv 2404.06395): while the rate is constant nothing depends on when the
training will end, so the weights of that time can be trained on whenever there is time again;
the fall of the rate at the end is what makes them a good base.
"""

from __future__ import annotations

from dataclasses import dataclass

_MOST_WARM_UP = 0.2  # of a schedule's steps: a small text has few


@dataclass(frozen=True)
class TrainingPlan:
    """The recipe.

    The model card has measured what `rate`, `falling` and a sampled softmax are worth; for the
    other figures it has none.
    """

    streams: int = 64
    steps: int = 64
    rate: float = 1e-2
    final_rate: float = 0.02  # share of `rate` left at the end
    warm_up: int = 200  # steps
    warm_again: int = 100  # the same, where trained weights go on under a new schedule
    falling: float = 0.35  # the last share of the schedule, in which the rate falls
    clip: float = 1.0
    decay: float = 0.01
    samples: int = 2048
    full_share: float = 0.04  # the last part of the schedule sees the full softmax
    teacher_share: float = 0.5  # of the loss, where there is a teacher
    cold_start: float = 1 / 24  # a stream's state is dropped this often, as in real use
    checkpoint_minutes: float = 10.0
    part: int = 16  # streams that one worker takes at a time
    precision: str = "auto"  # of the products: "float32", "bfloat16", or what is faster here
    passes: float = 1.0  # how long a schedule is: passes over the text,
    minutes: float | None = None  # or minutes of training, if those are over first
    seed: int = 1


@dataclass(frozen=True)
class Schedule:
    """From a step at which training began, or began again, to the end of the decay."""

    steps: float
    minutes: float | None = None
    first_step: int = 0
    first_second: float = 0.0
    again: bool = False  # it goes on from trained weights

    def share(self, step: int, seconds: float) -> float:
        """How much of it is done, from 0 to 1: by steps or by time, whichever is further."""
        by_steps = (step - self.first_step) / max(1.0, self.steps)
        by_time = (seconds - self.first_second) / (60 * self.minutes) if self.minutes else 0.0
        return min(1.0, max(by_steps, by_time))

    def rate(self, plan: TrainingPlan, step: int, share: float) -> float:
        """The learning rate of a step."""
        warm_up = min(plan.warm_again if self.again else plan.warm_up, _MOST_WARM_UP * self.steps)
        warm = min(1.0, (step - self.first_step + 1) / max(1.0, warm_up))
        left = min(1.0, (1.0 - share) / plan.falling)
        return plan.rate * warm * (plan.final_rate + (1 - plan.final_rate) * left)

    def falls(self, plan: TrainingPlan, share: float) -> bool:
        """Whether the rate has begun to fall."""
        return share > 1.0 - plan.falling
