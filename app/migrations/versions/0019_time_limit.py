"""time limits, extra time, answers checked on the way"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0019_time_limit'
down_revision = '0018_discussion'
branch_labels = None
depends_on = None

TRIES = ('quiz_attempt', 'course_try')


def upgrade() -> None:
    for table in TRIES:
        op.add_column(table, sa.Column('ends_at', base.UtcDateTime(), nullable=True))
        op.add_column(table, sa.Column('by_clock', sa.Boolean(), server_default=sa.false(), nullable=False))
        op.create_index(op.f(f'ix_{table}_ends_at'), table, ['ends_at'])
    op.add_column('attempt_answer', sa.Column('tried', sa.JSON(), server_default='[]', nullable=False))
    op.create_table('extra_time',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=True),
    sa.Column('given_by_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['given_by_id'], ['person.id'], name=op.f('fk_extra_time_given_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_extra_time_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extra_time'))
    )
    op.create_index(op.f('ix_extra_time_person_id'), 'extra_time', ['person_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_extra_time_person_id'), table_name='extra_time')
    op.drop_table('extra_time')
    with op.batch_alter_table('attempt_answer', schema=None) as batch_op:
        batch_op.drop_column('tried')
    for table in TRIES:
        op.drop_index(op.f(f'ix_{table}_ends_at'), table_name=table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('by_clock')
            batch_op.drop_column('ends_at')
