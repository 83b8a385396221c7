"""credentials"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0014_credentials'
down_revision = '0013_review'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('certificate_renewal',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('renewed_on', sa.Date(), nullable=False),
    sa.Column('before', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['issued_certificate.id'], name=op.f('fk_certificate_renewal_certificate_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_certificate_renewal_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_renewal')),
    sa.UniqueConstraint('certificate_id', 'valid_until', name=op.f('uq_certificate_renewal_certificate_id_valid_until'))
    )
    op.create_table('course_try',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('submitted_at', base.UtcDateTime(), nullable=True),
    sa.Column('score', sa.Float(), nullable=True),
    sa.Column('max_score', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_course_try_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_try')),
    sa.UniqueConstraint('person_id', 'course_id', 'number', name=op.f('uq_course_try_person_id_course_id_number'))
    )
    op.add_column('issued_certificate', sa.Column('revoked_note', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('issued_certificate', schema=None) as batch_op:
        batch_op.drop_column('revoked_note')
    op.drop_table('course_try')
    op.drop_table('certificate_renewal')
