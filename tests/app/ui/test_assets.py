"""The one stylesheet."""

from app.ui.assets import STATIC, STYLES, joined_styles, squeezed


def test_the_stylesheet_stays_below_35_kilobytes():
    assert len(STYLES.encode()) < 35_000


def test_every_part_of_the_look_is_in_the_stylesheet():
    for path in sorted((STATIC / "css" / "components").glob("*.css")):
        first_rule = next(line for line in squeezed(path.read_text()).split("}") if "{" in line).split("{")[0]
        assert first_rule.split(",")[0] in STYLES, path.name


def test_squeezing_takes_comments_and_blanks_and_keeps_what_calc_needs():
    css = "/* note */ .a { width: calc(100% - 0.5rem); margin: 0 ; }\n\n.b > .c { color: red; }"
    assert squeezed(css) == ".a{width:calc(100% - .5rem);margin:0}.b>.c{color:red}"


def test_parts_stand_in_their_layers():
    assert joined_styles(STATIC / "css").startswith("@layer tokens,base,components,layout,print;@layer tokens{")
