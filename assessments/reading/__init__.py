"""Content files -> values of the maturity rules. The only place that knows pydantic and YAML."""

from assessments.reading.demo_teams import DemoTeam, read_demo_teams
from assessments.reading.documents import (
    Id,
    Strict,
    Text,
    Where,
    YamlFile,
    parse_yaml,
    read_yaml,
    validated,
)
from assessments.reading.improvements import read_improvements
from assessments.reading.questionnaires import (
    parse_questionnaire,
    read_questionnaire,
    read_questionnaires,
)
from assessments.reading.skills import read_skills

__all__ = [
    "DemoTeam",
    "Id",
    "Strict",
    "Text",
    "Where",
    "YamlFile",
    "parse_questionnaire",
    "parse_yaml",
    "read_demo_teams",
    "read_improvements",
    "read_questionnaire",
    "read_questionnaires",
    "read_skills",
    "read_yaml",
    "validated",
]
