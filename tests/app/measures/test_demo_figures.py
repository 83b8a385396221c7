"""The figures of the demo could have been typed: every raw number passes the rules of its measure, and all say that they are invented."""

from app.content import library
from app.demo.reading import read_demo
from assessments.measures import faults_in


def test_every_demo_figure_passes_the_rules_and_three_teams_have_four_quarters():
    told = read_demo().figures
    kpis = library().kpis
    assert [team.code for team in told.teams] == ["HAR", "KES", "MER"]
    assert "invented" in told.source
    for team in told.teams:
        assert all(target.kpi in team.figures for target in team.targets)
        for kpi_id, rows in team.figures.items():
            assert len(rows) == 4
            for row in rows:
                assert row == "none" or faults_in(kpis[kpi_id], row) == (), (team.code, kpi_id)
