"""Keep what was typed while a sign-in ended."""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0002_kept_text'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kept_text',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('query', sa.String(), nullable=False),
    sa.Column('came_from', sa.String(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('expires_at', base.UtcDateTime(), nullable=False),
    sa.Column('given_at', base.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_kept_text_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_text'))
    )
    with op.batch_alter_table('kept_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_text_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_kept_text_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('kept_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_text_person_id'))
        batch_op.drop_index(batch_op.f('ix_kept_text_expires_at'))

    op.drop_table('kept_text')
