"""A question of each newer kind, as a quiz file and as a value, that the tests of this folder share."""

from courses.quiz import Quiz
from courses.reading import read_quiz

RICH_YAML = """\
pass_mark: 4
questions:
- id: m
  type: multiple
  text: Which belong in a brief?
  credit: each
  options:
  - {id: a, text: Purpose, correct: true, feedback: It says why.}
  - {id: b, text: Colour, feedback: Nobody decides by it.}
  - {id: c, text: Sponsor, correct: true, feedback: Somebody has to want it.}
  - {id: d, text: Weather, feedback: It changes.}
- id: u
  type: numeric
  text: How long is the task?
  answer: 12.5
  tolerance: 2
  tolerance_in: percent
  unit: days
  units:
  - {name: hours, factor: 0.125}
  - {name: euro}
  near:
  - {answer: 25, share: 50, feedback: You left out the second tester.}
  - {answer: 50, share: 0, feedback: That is the whole team.}
  feedback: {right: Two testers share it., wrong: Share it between two.}
- id: s
  type: short
  text: What is the approved plan called?
  accept:
  - baseline
  - {text: "base line*", share: 50, feedback: One word.}
  - {text: "r\\u00e9sum\\u00e9 \\\\*", share: 0, feedback: No.}
  ignore: [case, space, accents]
  feedback: {right: Yes., wrong: It starts with b.}
  general: It changes by decision alone.
- id: c
  type: cloze
  text: The CPI is [[i]], so the project is [[w]] budget; the money spent is called [[n]].
  gaps:
  - {id: i, type: numeric, answer: 0.875, tolerance: 0.005, feedback: {right: 84 / 96., wrong: EV over AC.}, weight: 2}
  - id: w
    type: single
    options:
    - {id: o, text: over, correct: true, feedback: Below 1 is dear.}
    - {id: u, text: under, feedback: Below 1 is dear.}
  - {id: n, type: short, accept: [actual cost, AC], feedback: {right: Yes., wrong: It was spent.}}
- id: ev
  type: bank
  pick: 2
  questions:
  - id: f1
    type: formula
    text: "BAC is {BAC}, EV {EV} and AC {AC}. What is the EAC if efficiency goes on?"
    parameters:
      BAC: {from: 150000, to: 250000, step: 10000}
      EV: {from: 60000, to: 100000, step: 1000}
      AC: {from: 60000, to: 120000, step: 1000}
    constraints: ["AC > EV", "EV < BAC / 2"]
    answer: BAC / (EV / AC)
    tolerance: 0.5
    tolerance_in: percent
    unit: pounds
    places: 0
    near:
    - {answer: AC + (BAC - EV), share: 50, feedback: "You took the variance {EV - AC} for a one-off: {AC + BAC - EV : 0}."}
    feedback: {right: "CPI {EV / AC : 4}; {BAC} / {EV / AC : 4} = {BAC * AC / EV : 0}.", wrong: "CPI is {EV} / {AC} = {EV / AC : 4}."}
  - {id: f2, type: true-false, text: It is so., answer: true, feedback: {"true": Yes., "false": It is.}}
  - {id: f3, type: true-false, text: It is not so., answer: false, feedback: {"true": No., "false": Yes.}}
"""


def rich_quiz() -> Quiz:
    """The quiz of RICH_YAML, which has no fault."""
    read = read_quiz(RICH_YAML, "rich.yaml")
    assert read.quiz is not None, read.faults
    return read.quiz
