"""Scores of checks may hold parts of a mark

A new column takes the place of the old one: SQLite would have to rebuild the table to change a type, and answers refer to it."""

import sqlalchemy as sa
from alembic import op

revision = '0005_part_marks'
down_revision = '0004_event_chain'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('quiz_attempt', sa.Column('score_new', sa.Float(), nullable=True))
    op.execute('UPDATE quiz_attempt SET score_new = score')
    op.drop_column('quiz_attempt', 'score')
    op.execute('ALTER TABLE quiz_attempt RENAME COLUMN score_new TO score')


def downgrade() -> None:
    # whole marks only: a part of a mark is given up
    op.add_column('quiz_attempt', sa.Column('score_old', sa.Integer(), nullable=True))
    op.execute('UPDATE quiz_attempt SET score_old = round(score - 0.4999)')
    op.drop_column('quiz_attempt', 'score')
    op.execute('ALTER TABLE quiz_attempt RENAME COLUMN score_old TO score')
