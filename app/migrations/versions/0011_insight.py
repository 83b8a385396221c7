"""days an action took, targets of single teams, how dimensions moved and people spread"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0011_insight'
down_revision = '0010_invitations'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('target_change',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('dimension', sa.String(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('before', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_target_change_person_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_target_change_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target_change'))
    )
    op.create_index(op.f('ix_target_change_team_id'), 'target_change', ['team_id'], unique=False)
    op.add_column('planned_action', sa.Column('actual_days', sa.Integer(), nullable=True))
    op.add_column('dimension_result', sa.Column('moved', sa.String(), server_default='', nullable=False))
    op.add_column('published_result', sa.Column('people_counted', sa.Integer(), nullable=True))
    op.add_column('published_result', sa.Column('people_mean', sa.Double(), nullable=True))
    op.add_column('published_result', sa.Column('people_variance', sa.Double(), nullable=True))


def downgrade() -> None:
    for column in ('people_variance', 'people_mean', 'people_counted'):
        op.drop_column('published_result', column)
    op.drop_column('dimension_result', 'moved')
    op.drop_column('planned_action', 'actual_days')
    op.drop_index(op.f('ix_target_change_team_id'), table_name='target_change')
    op.drop_table('target_change')
