"""review"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0013_review'
down_revision = '0012_kpis'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lesson_bookmark',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.String(), nullable=False),
    sa.Column('anchor', sa.String(), nullable=False),
    sa.Column('heading', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_lesson_bookmark_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_bookmark')),
    sa.UniqueConstraint('person_id', 'lesson_id', 'anchor', name=op.f('uq_lesson_bookmark_person_id_lesson_id_anchor'))
    )
    op.create_table('lesson_note',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.String(), nullable=False),
    sa.Column('anchor', sa.String(), nullable=False),
    sa.Column('heading', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('changed_at', base.UtcDateTime(), nullable=False),
    sa.Column('deleted_at', base.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_lesson_note_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_note'))
    )
    op.create_index(op.f('ix_lesson_note_person_id_lesson_id'), 'lesson_note', ['person_id', 'lesson_id'], unique=False)
    op.create_table('review_card',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.String(), nullable=False),
    sa.Column('question_id', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('stability', sa.Double(), nullable=True),
    sa.Column('difficulty', sa.Double(), nullable=True),
    sa.Column('last_on', sa.Date(), nullable=True),
    sa.Column('turns', sa.Integer(), nullable=False),
    sa.Column('suspended_at', base.UtcDateTime(), nullable=True),
    sa.Column('answer', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('mark', sa.Double(), nullable=True),
    sa.Column('told_at', base.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_review_card_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_card')),
    sa.UniqueConstraint('person_id', 'lesson_id', 'question_id', name=op.f('uq_review_card_person_id_lesson_id_question_id'))
    )
    op.create_index(op.f('ix_review_card_person_id_due_on'), 'review_card', ['person_id', 'due_on'], unique=False)
    op.create_table('review_rating',
    sa.Column('card_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('mark', sa.Double(), nullable=True),
    sa.Column('is_return', sa.Boolean(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['card_id'], ['review_card.id'], name=op.f('fk_review_rating_card_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_review_rating_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_rating'))
    )
    op.create_index(op.f('ix_review_rating_person_id_day'), 'review_rating', ['person_id', 'day'], unique=False)
    op.add_column('person', sa.Column('uses_keys', sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    # No batch here: it copies the table, and SQLite refuses to drop the old one while other rows refer to it.
    op.execute("ALTER TABLE person DROP COLUMN uses_keys")
    op.drop_index(op.f('ix_review_rating_person_id_day'), table_name='review_rating')
    op.drop_table('review_rating')
    op.drop_index(op.f('ix_review_card_person_id_due_on'), table_name='review_card')
    op.drop_table('review_card')
    op.drop_index(op.f('ix_lesson_note_person_id_lesson_id'), table_name='lesson_note')
    op.drop_table('lesson_note')
    op.drop_table('lesson_bookmark')
