"""actions carried to an issue tracker"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0017_trackers'
down_revision = '0016_flagged'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tracker_project',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('site', sa.String(), nullable=False),
    sa.Column('project', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('mark', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('asked_at', base.UtcDateTime(), nullable=False),
    sa.Column('reached_at', base.UtcDateTime(), nullable=True),
    sa.Column('retry_at', base.UtcDateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_tracker_project_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tracker_project')),
    sa.UniqueConstraint('team_id', 'site', 'project', name=op.f('uq_tracker_project_team_id_site_project'))
    )
    is_on = sa.text("state = 'on'")
    op.create_index('one_tracker_of_team', 'tracker_project', ['team_id'], unique=True, sqlite_where=is_on, postgresql_where=is_on)
    op.create_table('tracked_issue',
    sa.Column('tracker_project_id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.String(), nullable=False),
    sa.Column('ref', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('href', sa.String(), nullable=False),
    sa.Column('our_state', sa.String(), nullable=False),
    sa.Column('their_state', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('pushed_due', sa.Date(), nullable=True),
    sa.Column('seen_version', sa.Integer(), nullable=False),
    sa.Column('compared_at', base.UtcDateTime(), nullable=True),
    sa.Column('due_at', base.UtcDateTime(), nullable=False),
    sa.Column('claimed_at', base.UtcDateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('failing_since', base.UtcDateTime(), nullable=True),
    sa.Column('is_stopped', sa.Boolean(), nullable=False),
    sa.Column('last_error', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['tracker_project_id'], ['tracker_project.id'], name=op.f('fk_tracked_issue_tracker_project_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tracked_issue')),
    sa.UniqueConstraint('tracker_project_id', 'action_id', name=op.f('uq_tracked_issue_tracker_project_id_action_id'))
    )
    op.create_index(op.f('ix_tracked_issue_due_at'), 'tracked_issue', ['due_at'], unique=False)
    op.add_column('planned_action', sa.Column('state_since', base.UtcDateTime(), nullable=True))
    with op.batch_alter_table('plan_change', schema=None) as batch_op:
        batch_op.alter_column('person_id', existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute(sa.text('DELETE FROM plan_change WHERE person_id IS NULL'))
    with op.batch_alter_table('plan_change', schema=None) as batch_op:
        batch_op.alter_column('person_id', existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table('planned_action', schema=None) as batch_op:
        batch_op.drop_column('state_since')
    op.drop_table('tracked_issue')
    op.drop_table('tracker_project')
