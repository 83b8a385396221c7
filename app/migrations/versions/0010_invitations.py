"""invitations"""

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0010_invitations'
down_revision = '0009_calendars'
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
    op.create_table('guest',
    sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=True),
    sa.Column('revoked_at', base.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_guest_person_id')),
    sa.ForeignKeyConstraint(['round_id'], ['assessment_round.id'], name=op.f('fk_guest_round_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_guest')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_guest_token_hash'))
    )
    op.create_index(op.f('ix_guest_round_id'), 'guest', ['round_id'], unique=False)
    op.create_table('handed_on',
    sa.Column('invitation_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=False),
    sa.Column('at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['from_id'], ['person.id'], name=op.f('fk_handed_on_from_id')),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_handed_on_invitation_id')),
    sa.PrimaryKeyConstraint('invitation_id', name=op.f('pk_handed_on'))
    )
    op.create_table('workshop_place',
    sa.Column('round_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('since', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['assessment_round.id'], name=op.f('fk_workshop_place_round_id')),
    sa.PrimaryKeyConstraint('round_id', name=op.f('pk_workshop_place'))
    )
    op.create_table('revealed_item',
    sa.Column('round_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('item_id', sa.String(), nullable=False),
    sa.Column('at', base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['assessment_round.id'], name=op.f('fk_revealed_item_round_id')),
    sa.PrimaryKeyConstraint('round_id', 'item_id', name=op.f('pk_revealed_item'))
    )
    op.add_column('assessment_round', sa.Column('is_workshop', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.execute("ALTER TABLE assessment_round DROP COLUMN is_workshop")
    op.drop_table('revealed_item')
    op.drop_table('workshop_place')
    op.drop_table('handed_on')
    op.drop_index(op.f('ix_guest_round_id'), table_name='guest')
    op.drop_table('guest')
    op.drop_table('automatic_reminder')
    op.drop_table('invitation_letter')
