"""A list of people as CSV: what is read, what is refused, and in which line (B78 to B93)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.admin.roster import Known, read_roster
from app.ui.sheets import NotATable, decoded

KNOWN = Known(
    accounts={"here@example.org": False, "closed@example.org": True}, teams={"north": "north", "north works": "north"},
    profiles={"npm": "NPM", "new project manager": "NPM"}, roles=frozenset({"learner", "lead", "mentor"}),
)
HEADER = "name,email,role,team,job_title,role_profile"


def rows(text, known=KNOWN):
    roster = read_roster(text, known)
    assert not roster.faults, roster.faults
    return roster.rows


def faults(text, known=KNOWN):
    return [str(fault) for fault in read_roster(text, known).faults]


def test_a_full_line_becomes_a_person_with_role_team_and_profile():
    (ann,) = rows(f"{HEADER}\nAnn Lee,Ann@Example.org,lead,North Works,Planner,New project manager\n")
    assert (ann.name, ann.email, ann.role, ann.team, ann.job_title, ann.role_profile, ann.state) == (
        "Ann Lee", "Ann@Example.org", "lead", "north", "Planner", "NPM", "new",
    )


def test_name_and_email_are_enough():
    (ann,) = rows("email,name\nann@example.org,Ann")
    assert (ann.role, ann.team, ann.line) == ("learner", "", 2)


@pytest.mark.parametrize(("separator", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
def test_the_separator_is_read_from_the_header(separator, word):
    text = f"name{separator}email\nAnn{separator}ann@example.org"
    assert read_roster(text, KNOWN).separator == word
    assert rows(text)[0].name == "Ann"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_count_and_blank_lines_do_not(end):
    assert [row.line for row in rows(end.join(["name,email", "Ann,ann@example.org", "", ",", "Ben,ben@example.org", ""]))] == [2, 5]


@pytest.mark.parametrize("raw", ["name,email\nÅsa,asa@example.org".encode("utf-8-sig"), "name,email\nÅsa,asa@example.org".encode(), "name,email\nÅsa,asa@example.org".encode("utf-16")])
def test_utf_8_with_and_without_a_mark_and_marked_utf_16_are_read(raw):
    assert rows(decoded(raw))[0].name == "Åsa"


@pytest.mark.parametrize("raw", ["name,email\nÅsa,asa@example.org".encode("latin-1"), "name,email\nÅsa,a@example.org".encode() + b"\xff", "name,email\n".encode("utf-16-le")])
def test_other_encodings_are_refused_and_never_guessed(raw):
    with pytest.raises(NotATable, match="UTF-8"):
        decoded(raw)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_a_picture_or_a_pdf_is_no_text_file(start):
    with pytest.raises(NotATable, match="not a text file"):
        decoded(start + b"name,email")


@pytest.mark.parametrize("text", ['name,email\n"Ann,ann@example.org\nBen,ben@example.org', 'name,email\n"Ann"x,ann@example.org'])
def test_a_quotation_mark_left_open_names_its_line_and_swallows_nobody(text):
    with pytest.raises(NotATable, match="Line 2: a quotation mark"):
        read_roster(text, KNOWN)


@pytest.mark.parametrize(("line", "said"), [
    ("Ann", "Line 2: has 1 values for 2 columns"), ("Ann,ann@example.org,", "Line 2: has 3 values for 2 columns"),
    ("Ann,ann", "Line 2, email: enter an e-mail address such as name@example.org"), (",ann@example.org", "Line 2, name: enter a name"),
    ("Ann,an\u200bn@example.org", "Line 2, email: holds characters nobody can see; type it again"),
    ("An\x00n,ann@example.org", "Line 2, name: use one line of plain text, without control characters"),
    ("Ann,ann@exam\x07ple.org", "Line 2, email: use one line of plain text, without control characters"),
    (f"{'n' * 121},ann@example.org", "Line 2, name: use at most 120 characters; this has 121"),
])
def test_a_bad_line_is_named_with_its_column(line, said):
    assert faults(f"name,email\n{line}\n") == [said]


def test_all_faults_of_a_line_are_told():
    assert faults(f"{HEADER}\n,ann,chief,West,{'x' * 121},Wizard\n,,admin,,,\na\x07b,c\u200bd,,,,\n") == [
        "Line 2, job_title: use at most 120 characters; this has 121", "Line 2, name: enter a name",
        "Line 2, email: enter an e-mail address such as name@example.org",
        "Line 2, role: there is no role chief; use admin, lead, learner, mentor, pmo-lead", "Line 2, team: there is no team West",
        "Line 2, role_profile: there is no role profile Wizard",
        "Line 3, name: enter a name", "Line 3, email: enter an e-mail address such as name@example.org",
        "Line 3, role: the role admin is not yours to give; an administrator can",
        "Line 4, name: use one line of plain text, without control characters", "Line 4, email: holds characters nobody can see; type it again",
    ]


@pytest.mark.parametrize(("cells", "said"), [
    ("chief,,,", "Line 2, role: there is no role chief; use admin, lead, learner, mentor, pmo-lead"),
    ("admin,,,", "Line 2, role: the role admin is not yours to give; an administrator can"), ("lead,,,", "Line 2, team: a lead needs a team"),
    (",West,,", "Line 2, team: there is no team West"), (",,,Wizard", "Line 2, role_profile: there is no role profile Wizard"),
])
def test_roles_teams_and_profiles_are_looked_up(cells, said):
    assert faults(f"{HEADER}\nAnn,ann@example.org,{cells}") == [said]


@pytest.mark.parametrize(("header", "said"), [
    ("name,role", "column email is missing"), ("email,role", "column name is missing"), ("name,email,Email", "column email stands twice"),
])
def test_a_header_without_a_needed_column_or_with_one_twice_is_refused(header, said):
    with pytest.raises(NotATable, match=said):
        read_roster(f"{header}\na,b,c", KNOWN)


def test_blank_lines_above_the_header_are_skipped():
    assert [row.line for row in rows(" \n,,\nname,email\nAnn,ann@example.org")] == [4]


def test_the_header_is_read_without_case_and_unknown_columns_are_listed():
    roster = read_roster("Name,E-Mail,Job title,Shoe size\nAnn,ann@example.org,Planner,38", KNOWN)
    assert roster.unknown == ("Shoe size",)
    assert roster.rows[0].job_title == "Planner"


def test_people_who_are_here_already_are_named_and_those_twice_in_the_file_are_faults():
    roster = read_roster("name,email\nA,HERE@example.org\nB,closed@example.org\nC,c@example.org\nD,C@Example.org", KNOWN)
    assert [row.state for row in roster.rows] == ["here", "closed", "new"]
    assert [str(fault) for fault in roster.faults] == ["Line 5, email: C@Example.org stands in line 4 already"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])
def test_a_formula_is_only_text_and_one_protecting_apostrophe_comes_off(cell):
    assert rows(f"name,email\n{cell},ann@example.org")[0].name == cell
    assert rows(f"name,email\n'{cell},ann@example.org")[0].name == cell
    assert rows("name,email\n'Ann',ann@example.org")[0].name == "'Ann'"


@pytest.mark.parametrize(("text", "said"), [
    ("", "nothing in it"), ("\n\n", "nothing in it"), ('""', "nothing in it"), (" \n,,\n", "nothing in it"), ("name,email\n", "nobody below it"), ("name,email\n,\n", "nobody below it"),
    ("name,email\n" + "Ann,a@example.org\n" * 5001, "5,001 people in it; at most 5,000"), (",".join(["name"] * 1000), "1,000 columns; at most 50"),
    ("name,email\n" + "x" * 200_000 + ",a@example.org", "longer than 1,000 characters"), ("name,email\n" + "x" * 1001 + ",a@example.org", "longer than 1,000 characters"),
    ("x" * 1_000_001, "more than 1,000,000 bytes"),
])
def test_too_little_and_too_much_are_refused_with_the_limit(text, said):
    with pytest.raises(NotATable, match=said):
        read_roster(text, KNOWN)


def test_a_file_one_byte_over_the_limit_is_refused_before_it_is_read():
    with pytest.raises(NotATable, match="1,000,001 bytes"):
        decoded(b"x" * 1_000_001)


def test_one_bad_line_in_five_thousand_is_found():
    lines = [f"Person {n},p{n}@example.org" for n in range(2, 5001)]
    roster = read_roster("\n".join(["name,email", *lines, "Last,last"]), KNOWN)
    assert [str(fault) for fault in roster.faults] == ["Line 5001, email: enter an e-mail address such as name@example.org"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words_and_nothing_else(text):
    try:
        roster = read_roster("name,email\n" + text, KNOWN)
    except NotATable:
        return
    assert all(row.name and "@" in row.email for row in roster.rows)
