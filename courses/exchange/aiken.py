"""Aiken -> items: a question, options `A) text` or `A. text`, then a line `ANSWER: B`. Nothing else exists in it."""

import re

from courses.exchange.items import MAX_LENGTH, Given, Import, Item, Note, NotUnderstood, choice, named

_OPTION = re.compile(r"([A-Z])[.)]\s+(\S.*)")
_ANSWER = re.compile(r"ANSWER:\s*([A-Z])")


def read_aiken(text: str) -> Import:
    """The single choices of an Aiken text, and a note for each thing that was not understood."""
    items: list[Item] = []
    notes: list[Note] = []
    stem: list[str] = []
    options: list[tuple[str, str]] = []
    start = 1
    for number, whole in enumerate(text.split("\n"), 1):
        line = whole.strip()[:MAX_LENGTH]
        if found := _ANSWER.fullmatch(line):
            try:
                items.append(_item(" ".join(stem), options, found[1], start))
            except NotUnderstood as reason:
                notes.append(Note(start, str(reason)))
            stem, options = [], []
        elif (option := _OPTION.fullmatch(line)) and stem:
            options.append((option[1], option[2]))
        elif line.strip():
            if options:
                notes.append(Note(start, "the question has no line ANSWER: with a letter"))
                stem, options = [], []
            start = start if stem else number
            stem.append(line.strip())
    if stem or options:
        notes.append(Note(start, "the question has no line ANSWER: with a letter"))
    return Import(named(items, [""] * len(items)), tuple(notes))


def _item(stem: str, options: list[tuple[str, str]], right: str, line: int) -> Item:
    if not stem:
        raise NotUnderstood("the question has no text")
    letters = [mark for mark, _ in options]
    if letters != [chr(ord("A") + place) for place in range(len(letters))]:
        raise NotUnderstood("the options must be lettered A, B, C and so on")
    if right not in letters:
        raise NotUnderstood(f"there is no option {right}")
    answers = [Given(words, None, "", mark == right) for mark, words in options]
    return Item(choice(stem, answers, True, ""), format="plain", line=line)
