"""questions flagged to be looked at again"""

import sqlalchemy as sa
from alembic import op

revision = '0016_flagged'
down_revision = '0015_by_level'
branch_labels = None
depends_on = None

TRIES = ('quiz_attempt', 'course_try')


def upgrade() -> None:
    for table in TRIES:
        op.add_column(table, sa.Column('flagged', sa.JSON(), server_default='[]', nullable=False))


def downgrade() -> None:
    for table in TRIES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('flagged')
