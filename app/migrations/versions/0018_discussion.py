"""questions and answers in a lesson"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0018_discussion'
down_revision = '0017_trackers'
branch_labels = None
depends_on = None

HELPED = sa.text('helped_at IS NOT NULL')


def upgrade() -> None:
    op.create_table('lesson_post',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('lesson_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('changed_at', base.UtcDateTime(), nullable=True),
    sa.Column('removed_at', base.UtcDateTime(), nullable=True),
    sa.Column('hidden_at', base.UtcDateTime(), nullable=True),
    sa.Column('hidden_reason', sa.String(), nullable=False),
    sa.Column('settled_at', base.UtcDateTime(), nullable=True),
    sa.Column('helped_at', base.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_lesson_post_person_id')),
    sa.ForeignKeyConstraint(['question_id'], ['lesson_post.id'], name=op.f('fk_lesson_post_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_post'))
    )
    op.create_index(op.f('ix_lesson_post_lesson_id_kind'), 'lesson_post', ['lesson_id', 'kind'], unique=False)
    op.create_index(op.f('ix_lesson_post_question_id'), 'lesson_post', ['question_id'], unique=False)
    op.create_index(op.f('ix_lesson_post_person_id_created_at'), 'lesson_post', ['person_id', 'created_at'], unique=False)
    op.create_index('one_answer_that_helped', 'lesson_post', ['question_id'], unique=True, sqlite_where=HELPED, postgresql_where=HELPED)
    op.create_table('helped_too',
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_helped_too_person_id')),
    sa.ForeignKeyConstraint(['post_id'], ['lesson_post.id'], name=op.f('fk_helped_too_post_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_helped_too')),
    sa.UniqueConstraint('post_id', 'person_id', name=op.f('uq_helped_too_post_id_person_id'))
    )
    op.create_index(op.f('ix_helped_too_person_id'), 'helped_too', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_helped_too_person_id'), table_name='helped_too')
    op.drop_table('helped_too')
    op.drop_index('one_answer_that_helped', table_name='lesson_post', sqlite_where=HELPED, postgresql_where=HELPED)
    op.drop_index(op.f('ix_lesson_post_person_id_created_at'), table_name='lesson_post')
    op.drop_index(op.f('ix_lesson_post_question_id'), table_name='lesson_post')
    op.drop_index(op.f('ix_lesson_post_lesson_id_kind'), table_name='lesson_post')
    op.drop_table('lesson_post')
