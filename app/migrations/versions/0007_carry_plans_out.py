"""carry plans out"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0007_carry_plans_out'
down_revision = '0006_anonymous_rounds'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('plan_change',
    sa.Column('roadmap_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('undone_at', base.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_plan_change_person_id')),
    sa.ForeignKeyConstraint(['roadmap_id'], ['saved_roadmap.id'], name=op.f('fk_plan_change_roadmap_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_change'))
    )
    op.create_index(op.f('ix_plan_change_roadmap_id'), 'plan_change', ['roadmap_id'], unique=False)
    # No batch here: it copies the table, and SQLite refuses to drop the old one while actions refer to its rows.
    op.add_column('saved_roadmap', sa.Column('label', sa.String(), server_default='', nullable=False))
    op.add_column('saved_roadmap', sa.Column('adopted_because', sa.String(), server_default='', nullable=False))
    op.execute("ALTER TABLE saved_roadmap ADD COLUMN adopted_by_id INTEGER CONSTRAINT fk_saved_roadmap_adopted_by_id REFERENCES person (id)")


def downgrade() -> None:
    with op.batch_alter_table('saved_roadmap', schema=None) as batch_op:
        batch_op.drop_column('adopted_because')
        batch_op.drop_column('adopted_by_id')
        batch_op.drop_column('label')
    op.drop_index(op.f('ix_plan_change_roadmap_id'), table_name='plan_change')
    op.drop_table('plan_change')
