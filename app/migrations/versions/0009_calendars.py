"""calendars, reminders, courses with a due date"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0009_calendars'
down_revision = '0008_files'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('course_assignment',
    sa.Column('course_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('assigned_by_id', sa.Integer(), nullable=True),
    sa.Column('by_office', sa.Boolean(), nullable=False),
    sa.Column('withdrawn_at', base.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.CheckConstraint('person_id IS NULL OR team_id IS NULL', name=op.f('ck_course_assignment_audience')),
    sa.ForeignKeyConstraint(['assigned_by_id'], ['person.id'], name=op.f('fk_course_assignment_assigned_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_course_assignment_person_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_course_assignment_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_assignment'))
    )
    stands, for_all = sa.text('withdrawn_at IS NULL'), sa.text('withdrawn_at IS NULL AND team_id IS NULL AND person_id IS NULL')
    op.create_index('one_assignment_a_person', 'course_assignment', ['course_id', 'person_id'], unique=True, sqlite_where=stands, postgresql_where=stands)
    op.create_index('one_assignment_a_team', 'course_assignment', ['course_id', 'team_id'], unique=True, sqlite_where=stands, postgresql_where=stands)
    op.create_index('one_assignment_for_all', 'course_assignment', ['course_id'], unique=True, sqlite_where=for_all, postgresql_where=for_all)
    op.create_index(op.f('ix_course_assignment_person_id'), 'course_assignment', ['person_id'], unique=False)
    op.create_index(op.f('ix_course_assignment_team_id'), 'course_assignment', ['team_id'], unique=False)
    op.create_table('calendar_feed',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('secret_hash', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_calendar_feed_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feed')),
    sa.UniqueConstraint('person_id', name=op.f('uq_calendar_feed_person_id')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_calendar_feed_secret_hash'))
    )
    op.create_table('reminder_choice',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('muted', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_choice_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_choice')),
    sa.UniqueConstraint('person_id', name=op.f('uq_reminder_choice_person_id'))
    )
    op.create_table('reminder',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('thing', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('person_id', 'kind', 'thing', 'day', name=op.f('uq_reminder_person_id_kind_thing_day'))
    )


def downgrade() -> None:
    for name in ('reminder', 'reminder_choice', 'calendar_feed', 'course_assignment'):
        op.drop_table(name)
