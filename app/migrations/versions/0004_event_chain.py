"""Chain the audit log; entries that are there already are chained in the order in which they were written."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from app.models import base

revision = '0004_event_chain'
down_revision = '0003_outbox'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('event_link',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('previous', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.Column('created_at', base.UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_link'))
    )
    with op.batch_alter_table('event_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_link_event_id'), ['event_id'], unique=False)

    _chain_what_is_there(op.get_bind())


EVENT = sa.table(
    'event', sa.column('id', sa.Integer), sa.column('created_at', base.UtcDateTime), sa.column('person_id', sa.Integer),
    sa.column('subject_id', sa.Integer), sa.column('what', sa.String), sa.column('thing', sa.String), sa.column('thing_id', sa.String),
    sa.column('detail', sa.JSON),
)
LINK = sa.table(
    'event_link', sa.column('id', sa.Integer), sa.column('event_id', sa.Integer), sa.column('previous', sa.String),
    sa.column('hash', sa.String), sa.column('created_at', base.UtcDateTime),
)


def _chain_what_is_there(connection: sa.Connection) -> None:
    """As the site did it at this revision; a later change of the site does not change this step."""
    if connection.dialect.name == 'postgresql':
        connection.execute(sa.text('LOCK TABLE event IN SHARE MODE'))
    place, previous, last_id = 0, '0' * 64, 0
    while rows := connection.execute(sa.select(EVENT).where(EVENT.c.id > last_id).order_by(EVENT.c.id).limit(1000)).all():
        links = []
        for row in rows:
            place += 1
            body = [
                place, previous, row.id, f'{row.created_at:%Y-%m-%dT%H:%M:%S.%f}', row.person_id, row.subject_id, row.what, row.thing,
                row.thing_id, row.detail,
            ]
            own = hashlib.sha256(json.dumps(body, sort_keys=True, separators=(',', ':')).encode()).hexdigest()
            links.append({'id': place, 'event_id': row.id, 'previous': previous, 'hash': own, 'created_at': row.created_at})
            previous, last_id = own, row.id
        connection.execute(LINK.insert(), links)


def downgrade() -> None:
    with op.batch_alter_table('event_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_link_event_id'))

    op.drop_table('event_link')
