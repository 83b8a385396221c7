"""invitations"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0010_invitations'
down_revision = '0007_carry_plans_out'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('invitation_letter',
    sa.Column('invitation_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last_at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_invitation_letter_invitation_id')),
    sa.PrimaryKeyConstraint('invitation_id', name=op.f('pk_invitation_letter'))
    )
    op.create_table('automatic_reminder',
    sa.Column('round_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['assessment_round.id'], name=op.f('fk_automatic_reminder_round_id')),
    sa.PrimaryKeyConstraint('round_id', 'closes_on', name=op.f('pk_automatic_reminder'))
    )


def downgrade() -> None:
    op.drop_table('automatic_reminder')
    op.drop_table('invitation_letter')
