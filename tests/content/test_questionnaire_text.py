"""The shipped questionnaire as a text: short enough to answer in a quarter of an hour, plain enough to answer aloud, no item twice."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain

import pytest

from app.content import library

WORD = re.compile(r"[A-Za-z'’-]+")
# The words in which the rubric says that level 3 holds everywhere.
RUBRIC = "used by all projects in scope"
A_QUARTER_OF_AN_HOUR = 15 * 300  # words a practised reader takes in; most stop at the level above their own


@pytest.fixture(scope="module")
def items():
    """Of each item: its id, its question, and its five statements."""
    model = library().questionnaires["pmo-maturity"]
    return [(item.id, item.question, [choice.text for choice in item.choices], item.evidence) for item in model.items]


def syllables(word: str) -> int:
    """Groups of vowels, less a silent ending: within a tenth of a dictionary's count over a text."""
    low = re.sub("[^a-z]", "", word.lower())
    count = len(re.findall("[aeiouy]+", low))
    silent = (low.endswith("e") and not low.endswith("le")) or (low.endswith("ed") and not low.endswith(("ted", "ded")))
    return max(count - (silent and count > 1), 1)


def reading_ease(text: str) -> float:
    """Flesch: 206.835 - 1.015 words a sentence - 84.6 syllables a word; 60 is plain English, 30 a scientific paper."""
    sentences = [part for part in re.split(r"[.!?;:](?:\s|$)", text) if part.strip()]
    words = WORD.findall(text)
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * sum(map(syllables, words)) / len(words)


def test_reading_ease_is_that_of_worked_sentences():
    assert reading_ease("The cat sat on the mat.") == pytest.approx(206.835 - 1.015 * 6 - 84.6, abs=1e-9)
    assert reading_ease("Nobody knows; nobody asks.") == pytest.approx(206.835 - 1.015 * 2 - 84.6 * 8 / 4, abs=1e-9)


def test_all_of_it_is_read_in_a_quarter_of_an_hour(items):
    words = [len(WORD.findall(text)) for _, question, choices, _ in items for text in (question, *choices)]
    assert len(words) == 45 * 6
    assert sum(words) <= A_QUARTER_OF_AN_HOUR
    assert max(words) <= 40


def test_it_is_plain_english_on_the_whole_and_no_item_is_hard(items):
    ease = {key: reading_ease(" ".join([question, *choices])) for key, question, choices, _ in items}
    assert sum(ease.values()) / len(ease) >= 55
    assert {key: round(value) for key, value in ease.items() if value < 38} == {}


def test_no_two_items_say_the_same_in_the_same_words(items):
    seen = defaultdict(set)
    for key, question, choices, evidence in items:
        for text in chain([question, evidence], choices):
            words = WORD.findall(text.lower().replace(RUBRIC, "-"))
            for start in range(len(words) - 5):
                seen[" ".join(words[start:start + 6])].add(key)
    assert {run: keys for run, keys in seen.items() if len(keys) > 1} == {}


def test_each_item_says_what_evidence_to_look_at(items):
    evidence = [text for *_, text in items]
    assert all(len(WORD.findall(text)) >= 8 for text in evidence)
    assert len(set(evidence)) == 45
