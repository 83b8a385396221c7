"""figures of measures"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0012_kpis'
down_revision = '0011_insight'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kpi_target',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('kpi_id', sa.String(), nullable=False),
    sa.Column('target', sa.Double(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['set_by_id'], ['person.id'], name=op.f('fk_kpi_target_set_by_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_kpi_target_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kpi_target'))
    )
    op.create_index('one_current_kpi_target', 'kpi_target', ['team_id', 'kpi_id'], unique=True, sqlite_where=sa.text('is_current'), postgresql_where=sa.text('is_current'))
    op.create_table('kpi_value',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('kpi_id', sa.String(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('value', sa.Double(), nullable=True),
    sa.Column('cases', sa.Double(), nullable=True),
    sa.Column('inputs', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('comment', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.Column('is_withdrawn', sa.Boolean(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_kpi_value_recorded_by_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_kpi_value_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kpi_value'))
    )
    op.create_index(op.f('ix_kpi_value_team_id_quarter'), 'kpi_value', ['team_id', 'quarter'], unique=False)
    op.create_index('one_current_kpi_value', 'kpi_value', ['team_id', 'kpi_id', 'quarter'], unique=True, sqlite_where=sa.text('is_current'), postgresql_where=sa.text('is_current'))


def downgrade() -> None:
    op.drop_table('kpi_value')
    op.drop_table('kpi_target')
