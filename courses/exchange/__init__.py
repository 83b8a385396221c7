"""Questions in and out: GIFT and Moodle XML both ways, Aiken in.

Reading never fails: what is understood becomes an `Item`, what is not becomes a `Note` with its line, so that a
file of two hundred questions with three odd ones gives one hundred and ninety-seven questions and three notes.
Reading order: `items` (what comes in), `gift`, `gift_answers`, `gift_writing`, `aiken`, `moodle_xml`, `moodle_xml_writing`, `embedded` and
`calculated` (gaps and random numbers of Moodle XML), `encoding` (bytes to text), `writing` (items -> quiz file).
"""
