"""Questions in and out: GIFT both ways, Aiken and Moodle XML in.

Reading never fails: what is understood becomes an `Item`, what is not becomes a `Note` with its line, so that a
file of two hundred questions with three odd ones gives one hundred and ninety-seven questions and three notes.
Reading order: `items` (what comes in), `gift`, `gift_answers`, `gift_writing`, `aiken`, `moodle_xml`, `embedded` and
`calculated` (gaps and random numbers of Moodle XML), `encoding` (bytes to text), `writing` (items -> quiz file).
"""
