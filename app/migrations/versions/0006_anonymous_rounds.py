"""Anonymous rounds: answers without names, programmes, joint rounds"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0006_anonymous_rounds'
down_revision = '0005_part_marks'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'anonymous_sheet',
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('respondent_group', sa.String(), nullable=False),
        sa.Column('answers', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['round_id'], ['assessment_round.id'], name=op.f('fk_anonymous_sheet_round_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_anonymous_sheet')),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_anonymous_sheet_round_id'), 'anonymous_sheet', ['round_id'])
    op.create_table(
        'anonymous_comment',
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.String(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('shown_at', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['round_id'], ['assessment_round.id'], name=op.f('fk_anonymous_comment_round_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_anonymous_comment')),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_anonymous_comment_round_id'), 'anonymous_comment', ['round_id'])
    op.create_table(
        'programme',
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_key', sa.String(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('created_at', base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
        sa.UniqueConstraint('name_key', name=op.f('uq_programme_name_key')),
    )
    op.create_table(
        'programme_team',
        sa.Column('team_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_team_programme_id')),
        sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_programme_team_team_id')),
        sa.PrimaryKeyConstraint('team_id', name=op.f('pk_programme_team')),
    )
    op.create_index(op.f('ix_programme_team_programme_id'), 'programme_team', ['programme_id'])
    op.create_table(
        'joint_round',
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(), nullable=False),
        sa.Column('purpose', sa.String(), nullable=False),
        sa.Column('model_id', sa.String(), nullable=False),
        sa.Column('model_version', sa.Integer(), nullable=False),
        sa.Column('min_group', sa.Integer(), nullable=False),
        sa.Column('shared_with_participants', sa.Boolean(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('closes_on', sa.Date(), nullable=False),
        sa.Column('opened_at', base.UtcDateTime(), nullable=True),
        sa.Column('closed_at', base.UtcDateTime(), nullable=True),
        sa.Column('scores', sa.JSON(), nullable=False),
        sa.Column('created_by_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('created_at', base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_joint_round_created_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_joint_round')),
        sa.UniqueConstraint('number', name=op.f('uq_joint_round_number')),
    )
    op.create_table(
        'joint_team',
        sa.Column('joint_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('team_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=True),
        sa.Column('programme_id', sa.Integer(), nullable=True),
        sa.Column('programme', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['joint_id'], ['joint_round.id'], name=op.f('fk_joint_team_joint_id')),
        sa.ForeignKeyConstraint(['round_id'], ['assessment_round.id'], name=op.f('fk_joint_team_round_id')),
        sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_joint_team_team_id')),
        sa.PrimaryKeyConstraint('joint_id', 'team_id', name=op.f('pk_joint_team')),
    )
    op.create_index(op.f('ix_joint_team_team_id'), 'joint_team', ['team_id'])
    op.create_index(op.f('ix_joint_team_round_id'), 'joint_team', ['round_id'], unique=True)
    # Plain columns with a default, so that SQLite adds them in place and copies no table others refer to.
    op.add_column('assessment_round', sa.Column('min_group', sa.Integer(), server_default='5', nullable=False))
    op.add_column('assessment_round', sa.Column('response', sa.String(), server_default='', nullable=False))
    op.add_column('assessment_round', sa.Column('response_on', sa.Date(), nullable=True))
    op.add_column('invitation', sa.Column('accepted', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('invitation', 'accepted')
    for name in ('response_on', 'response', 'min_group'):
        op.drop_column('assessment_round', name)
    for table in ('joint_team', 'joint_round', 'programme_team', 'programme', 'anonymous_comment', 'anonymous_sheet'):
        op.drop_table(table)
