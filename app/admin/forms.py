"""What administrators and PMO leads fill in."""

from __future__ import annotations

from app.ui.fields import Choice, Email, Hidden, Line, SeveralOf, Tick
from app.ui.forms import Form
from app.ui.uploads import Pasted, SheetForm, Upload

REASON = "It stands in the audit log, which administrators and the person read."


class PersonForm(Form):
    """Somebody new, as a learner."""

    name = Line("Name", "the name", 120)
    email = Email()
    job_title = Line("Job title", "the job title", 120, needed=False)
    role_profile = Choice("Role profile", "the role profile", needed=False, hint="What skills are measured against. It can be chosen later.")
    team = Choice("Team", "the team", needed=False)


class PowerfulPersonForm(PersonForm):
    """Somebody new, with the roles an administrator may give."""

    is_lead = Tick("Lead of this team", "Runs its rounds, plans its roadmap, reads its skills.")
    is_mentor = Tick("Mentor", "May offer to guide others.")
    is_pmo_lead = Tick("PMO lead", "Sees every team, approves mentors, appoints leads.")
    is_admin = Tick("Administrator", "Runs the installation; reads no answers, results or notes.")


class EditPersonForm(Form):
    """The details of somebody else, with a reason."""

    version = Hidden()
    name = Line("Name", "the name", 120)
    email = Email(hint="The person signs in with it. When it changes, links made before stop working and both addresses get a mail.")
    job_title = Line("Job title", "the job title", 120, needed=False)
    role_profile = Choice("Role profile", "the role profile", needed=False)
    time_zone = Choice("Time zone", "the time zone")
    reason = Line("Reason", "the reason", 200, readers=REASON)


class MentorRoleForm(Form):
    """The one role a PMO lead gives on a person's page; leads are appointed in their team."""

    version = Hidden()
    is_mentor = Tick("Mentor", "May offer to guide others.")


class RolesForm(MentorRoleForm):
    """All roles an administrator gives."""

    is_pmo_lead = Tick("PMO lead", "Sees every team, approves mentors, appoints leads.")
    is_admin = Tick("Administrator", "Runs the installation; reads no answers, results or notes.")


class CloseForm(Form):
    """Why an account is closed."""

    reason = Line("Reason", "the reason", 200, readers=REASON)


class RosterForm(SheetForm):
    """A list of people, as a file or as text; and whether columns with other names may be left out."""

    leave_out = Tick("Leave out columns that mean nothing here")


class TeamForm(Form):
    name = Line("Name of the team", "the name of the team", 80)
    pmo_type = Choice("Type of PMO", "the type of PMO", hint="It sets the targets. The team's profile says more, and it can be changed there.")


class RenameTeamForm(Form):
    version = Hidden()
    name = Line("Name of the team", "the name of the team", 80, hint="The address of the team stays.")


class NewProgrammeForm(Form):
    name = Line("Name of the programme", "the name of the programme", 80)


class ProgrammeForm(NewProgrammeForm):
    version = Hidden()
    teams = SeveralOf("Teams of the programme", "the teams")


class OrganisationForm(Form):
    version = Hidden()
    name = Line("Name of the organisation", "the name of the organisation", 120, hint="It stands on certificates as the issuer.")
    time_zone = Choice("Time zone", "the time zone", hint="For people who have not chosen their own.")
    leads_run_rounds = Tick("Leads run the rounds of their own team", "Otherwise the PMO lead alone opens and closes rounds.")


class PackageForm(Form):
    """A course to try out."""

    file = Upload("Zip of a course", "At most 1 MB: one folder with course.yaml, and two files for each lesson.")


class QuestionsForm(Form):
    """Questions of another system, as a file or as text."""

    file = Upload("File of questions", "GIFT, Aiken or Moodle XML, at most 1 MB.")
    text = Pasted("Or paste the questions", "the questions")
