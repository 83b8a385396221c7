"""files, exercises handed in, certificates from elsewhere"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0008_files'
down_revision = '0007_carry_plans_out'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('handed_in_exercise',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('remarks', sa.JSON(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('reviewed_at', base.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_handed_in_exercise_person_id')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['person.id'], name=op.f('fk_handed_in_exercise_reviewer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handed_in_exercise')),
    sa.UniqueConstraint('person_id', 'course_id', 'number', name=op.f('uq_handed_in_exercise_person_id_course_id_number'))
    )
    op.create_index(op.f('ix_handed_in_exercise_reviewer_id_state'), 'handed_in_exercise', ['reviewer_id', 'state'], unique=False)
    op.create_index(op.f('one_waiting_exercise'), 'handed_in_exercise', ['person_id', 'course_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_table('outside_certificate',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('issuer', sa.String(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('competences', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', base.UtcDateTime(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_outside_certificate_decided_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_outside_certificate_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_certificate'))
    )
    op.create_index(op.f('ix_outside_certificate_person_id'), 'outside_certificate', ['person_id'], unique=False)
    op.create_table('attachment',
    sa.Column('key', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('invitation_id', sa.Integer(), nullable=True),
    sa.Column('round_id', sa.Integer(), nullable=True),
    sa.Column('planned_action_id', sa.Integer(), nullable=True),
    sa.Column('exercise_id', sa.Integer(), nullable=True),
    sa.Column('outside_certificate_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.CheckConstraint("(key IS NULL) <> (link = '')", name=op.f('ck_attachment_file_or_link')),
    sa.CheckConstraint('CASE WHEN invitation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN round_id IS NULL THEN 0 ELSE 1 END + CASE WHEN planned_action_id IS NULL THEN 0 ELSE 1 END + CASE WHEN exercise_id IS NULL THEN 0 ELSE 1 END + CASE WHEN outside_certificate_id IS NULL THEN 0 ELSE 1 END = 1', name=op.f('ck_attachment_hangs_on_one')),
    sa.ForeignKeyConstraint(['exercise_id'], ['handed_in_exercise.id'], name=op.f('fk_attachment_exercise_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_attachment_invitation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['outside_certificate_id'], ['outside_certificate.id'], name=op.f('fk_attachment_outside_certificate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attachment_person_id')),
    sa.ForeignKeyConstraint(['planned_action_id'], ['planned_action.id'], name=op.f('fk_attachment_planned_action_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['assessment_round.id'], name=op.f('fk_attachment_round_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_attachment_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('key', name=op.f('uq_attachment_key'))
    )
    op.create_index(op.f('ix_attachment_exercise_id'), 'attachment', ['exercise_id'], unique=False)
    op.create_index(op.f('ix_attachment_invitation_id'), 'attachment', ['invitation_id'], unique=False)
    op.create_index(op.f('ix_attachment_outside_certificate_id'), 'attachment', ['outside_certificate_id'], unique=False)
    op.create_index(op.f('ix_attachment_person_id'), 'attachment', ['person_id'], unique=False)
    op.create_index(op.f('ix_attachment_planned_action_id'), 'attachment', ['planned_action_id'], unique=False)
    op.create_index(op.f('ix_attachment_round_id'), 'attachment', ['round_id'], unique=False)
    op.create_index(op.f('ix_attachment_team_id'), 'attachment', ['team_id'], unique=False)


def downgrade() -> None:
    for table in ('attachment', 'outside_certificate', 'handed_in_exercise'):
        op.drop_table(table)
