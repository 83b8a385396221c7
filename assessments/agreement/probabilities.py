"""Tail probabilities of Student's t and of F, from the incomplete beta function."""

from __future__ import annotations

from functools import lru_cache

from mpmath import betainc


@lru_cache(maxsize=4096)
def t_two_sided(t: float, df: float) -> float:
    """P(|T| >= |t|) for Student's t with df degrees of freedom: t_two_sided(2.7764, 4) = 0.05."""
    return float(betainc(df / 2, 0.5, 0, df / (df + t * t), regularized=True))


@lru_cache(maxsize=512)
def t_975(df: float) -> float:
    """The 97.5 % point of Student's t: 2.3646 for 7 degrees of freedom, 12.7062 for 1."""
    low, high = 0.0, 16.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_two_sided(middle, df) > 0.05 else (low, middle)
    return (low + high) / 2


def f_upper(f: float, df1: float, df2: float) -> float:
    """P(F >= f): f_upper(15.8478, 2, 9) = 0.0011."""
    return float(betainc(df2 / 2, df1 / 2, 0, df2 / (df2 + df1 * f), regularized=True))
