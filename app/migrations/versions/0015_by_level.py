"""rounds asked level by level"""

import sqlalchemy as sa
from alembic import op

revision = '0015_by_level'
down_revision = '0014_credentials'
branch_labels = None
depends_on = None

ROUNDS = ('assessment_round', 'joint_round')


def upgrade() -> None:
    for table in ROUNDS:
        op.add_column(table, sa.Column('by_level', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    for table in ROUNDS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('by_level')
