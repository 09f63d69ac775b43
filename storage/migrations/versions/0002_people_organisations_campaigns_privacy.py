"""people organisations campaigns privacy

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == 'sqlite'
    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('action', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_action'), ['action'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_person_id'), ['person_id'], unique=False)

    op.create_table('instrument_files',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('instrument', sa.String(length=32), nullable=False),
    sa.Column('version', sa.String(length=16), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('added_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instrument_files')),
    sa.UniqueConstraint('instrument', 'version', name=op.f('uq_instrument_files_instrument_version'))
    )
    op.create_table('campaigns',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('instrument', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('words', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('audience', sa.JSON(), nullable=False),
    sa.Column('anonymous', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('repeat_of', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('launched_at', UtcDateTime(), nullable=True),
    sa.Column('closed_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("state IN ('draft', 'running', 'closed')", name=op.f('ck_campaigns_state')),
    sa.ForeignKeyConstraint(['created_by'], ['people.id'], name=op.f('fk_campaigns_created_by')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_campaigns_organisation_id')),
    sa.ForeignKeyConstraint(['repeat_of'], ['campaigns.id'], name=op.f('fk_campaigns_repeat_of')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaigns'))
    )
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaigns_organisation_id'), ['organisation_id'], unique=False)

    with op.batch_alter_table('survey_sessions', table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('alphabet', sa.String(length=32), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('anonymous', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.drop_index(batch_op.f('uq_survey_sessions_open'), sqlite_where=sa.text("state = 'in_progress'"))
        batch_op.create_index('uq_survey_sessions_open', ['person_id', 'instrument', 'anonymous'], unique=True, sqlite_where=sa.text("state = 'in_progress'"), postgresql_where=sa.text("state = 'in_progress'"))
        batch_op.create_index(batch_op.f('ix_survey_sessions_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_survey_sessions_campaign_id'), 'campaigns', ['campaign_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_survey_sessions_organisation_id'), 'organisations', ['organisation_id'], ['id'])

    op.execute("UPDATE survey_sessions SET alphabet = 'yn' WHERE instrument = 'boyko'")

    op.create_table('portions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('instrument', sa.String(length=32), nullable=False),
    sa.Column('version', sa.String(length=16), nullable=False),
    sa.Column('wave', sa.String(length=32), nullable=False),
    sa.Column('school_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['school_id'], ['organisations.id'], name=op.f('fk_portions_school_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_portions'))
    )
    with op.batch_alter_table('portions', schema=None) as batch_op:
        batch_op.create_index('ix_portions_instrument_wave_school_id', ['instrument', 'version', 'wave', 'school_id'], unique=False)

    op.create_table('uploads',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), server_default=sa.text("''"), nullable=False),
    sa.Column('uploaded_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_uploads_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_uploads_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_uploads')),
    sa.UniqueConstraint('person_id', 'kind', name=op.f('uq_uploads_person_id_kind'))
    )
    op.create_table('anonymous_sheets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('instrument', sa.String(length=32), nullable=False),
    sa.Column('version', sa.String(length=16), nullable=False),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('portion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_anonymous_sheets_campaign_id')),
    sa.ForeignKeyConstraint(['portion_id'], ['portions.id'], name=op.f('fk_anonymous_sheets_portion_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_anonymous_sheets'))
    )
    with op.batch_alter_table('anonymous_sheets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_anonymous_sheets_campaign_id'), ['campaign_id'], unique=False)

    op.create_table('campaign_people',
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('school_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opened_at', UtcDateTime(), nullable=True),
    sa.Column('finished', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_people_campaign_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_campaign_people_person_id')),
    sa.ForeignKeyConstraint(['school_id'], ['organisations.id'], name=op.f('fk_campaign_people_school_id')),
    sa.PrimaryKeyConstraint('campaign_id', 'person_id', name=op.f('pk_campaign_people'))
    )
    with op.batch_alter_table('campaign_people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_people_person_id'), ['person_id'], unique=False)

    op.create_table('portion_members',
    sa.Column('instrument', sa.String(length=32), nullable=False),
    sa.Column('version', sa.String(length=16), nullable=False),
    sa.Column('wave', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('portion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_portion_members_person_id')),
    sa.ForeignKeyConstraint(['portion_id'], ['portions.id'], name=op.f('fk_portion_members_portion_id')),
    sa.PrimaryKeyConstraint('instrument', 'version', 'wave', 'person_id', name=op.f('pk_portion_members'))
    )
    with op.batch_alter_table('portion_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_portion_members_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_portion_members_portion_id'), ['portion_id'], unique=False)

    op.create_table('shares',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('viewer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('shared_at', UtcDateTime(), nullable=False),
    sa.Column('opened_at', UtcDateTime(), nullable=True),
    sa.Column('revoked_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_shares_owner_id')),
    sa.ForeignKeyConstraint(['session_id'], ['survey_sessions.id'], name=op.f('fk_shares_session_id')),
    sa.ForeignKeyConstraint(['viewer_id'], ['people.id'], name=op.f('fk_shares_viewer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shares')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('shares', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shares_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_shares_viewer_id'), ['viewer_id'], unique=False)
        batch_op.create_index('uq_shares_in_force', ['session_id'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))

    op.create_table('survey_values',
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('item', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['survey_sessions.id'], name=op.f('fk_survey_values_session_id')),
    sa.PrimaryKeyConstraint('session_id', 'item', name=op.f('pk_survey_values'))
    )
    with op.batch_alter_table('invites', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('issued_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('revoked_at', UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_invites_issued_by'), ['issued_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_invites_person_id'), ['person_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_invites_issued_by'), 'people', ['issued_by'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_invites_person_id'), 'people', ['person_id'], ['id'])

    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.create_index('uq_organisations_top', ['kind', 'name'], unique=True, sqlite_where=sa.text('parent_id IS NULL'), postgresql_where=sa.text('parent_id IS NULL'))

    with op.batch_alter_table('roles', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_roles_role'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_roles_role'), "role IN ('teacher', 'mentor', 'curator', 'methodist', 'admin')")

    # Made anew, for SQLite gives a number once only where a table says so from the beginning.
    with op.batch_alter_table(
        'people', recreate='always' if on_sqlite else 'auto', table_kwargs={'sqlite_autoincrement': True}
    ) as batch_op:
        batch_op.add_column(sa.Column('name_key', sa.String(length=200), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('category', sa.String(length=32), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('profile_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('origin', sa.String(length=16), server_default='chat', nullable=False))
        batch_op.create_index('ix_people_name_key', ['name_key'])

    people = sa.table('people', sa.column('id'), sa.column('full_name'), sa.column('name_key'))
    bind = op.get_bind()
    for row in bind.execute(sa.select(people.c.id, people.c.full_name)).all():
        key = ' '.join(row.full_name.casefold().replace('ё', 'е').split())
        bind.execute(people.update().where(people.c.id == row.id).values(name_key=key))
    op.execute('UPDATE people SET profile_on = date(registered_at) WHERE registered_at IS NOT NULL')



def downgrade() -> None:
    op.drop_index('ix_people_name_key', 'people')
    for name in ('origin', 'profile_on', 'category', 'name_key'):
        op.drop_column('people', name)

    op.execute("DELETE FROM roles WHERE role = 'admin'")
    with op.batch_alter_table('roles', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_roles_role'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_roles_role'), "role IN ('teacher', 'mentor', 'curator', 'methodist')")

    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_index('uq_organisations_top', sqlite_where=sa.text('parent_id IS NULL'), postgresql_where=sa.text('parent_id IS NULL'))

    with op.batch_alter_table('invites', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_invites_person_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_invites_issued_by'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_invites_person_id'))
        batch_op.drop_index(batch_op.f('ix_invites_issued_by'))
        batch_op.drop_column('revoked_at')
        batch_op.drop_column('issued_by')
        batch_op.drop_column('person_id')

    op.drop_table('survey_values')
    with op.batch_alter_table('shares', schema=None) as batch_op:
        batch_op.drop_index('uq_shares_in_force', sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_shares_viewer_id'))
        batch_op.drop_index(batch_op.f('ix_shares_owner_id'))

    op.drop_table('shares')
    with op.batch_alter_table('portion_members', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_portion_members_portion_id'))
        batch_op.drop_index(batch_op.f('ix_portion_members_person_id'))

    op.drop_table('portion_members')
    with op.batch_alter_table('campaign_people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaign_people_person_id'))

    op.drop_table('campaign_people')
    with op.batch_alter_table('anonymous_sheets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_anonymous_sheets_campaign_id'))

    op.drop_table('anonymous_sheets')
    op.drop_table('uploads')
    with op.batch_alter_table('portions', schema=None) as batch_op:
        batch_op.drop_index('ix_portions_instrument_wave_school_id')

    op.drop_table('portions')
    op.execute('DELETE FROM survey_sessions WHERE anonymous')
    with op.batch_alter_table('survey_sessions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_survey_sessions_organisation_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_survey_sessions_campaign_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_survey_sessions_campaign_id'))
        batch_op.drop_index('uq_survey_sessions_open', sqlite_where=sa.text("state = 'in_progress'"), postgresql_where=sa.text("state = 'in_progress'"))
        batch_op.create_index(batch_op.f('uq_survey_sessions_open'), ['person_id', 'instrument'], unique=True, sqlite_where=sa.text("state = 'in_progress'"))
        batch_op.drop_column('organisation_id')
        batch_op.drop_column('anonymous')
        batch_op.drop_column('campaign_id')
        batch_op.drop_column('alphabet')

    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaigns_organisation_id'))

    op.drop_table('campaigns')
    op.drop_table('instrument_files')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_person_id'))
        batch_op.drop_index(batch_op.f('ix_audit_at'))
        batch_op.drop_index(batch_op.f('ix_audit_actor_id'))
        batch_op.drop_index(batch_op.f('ix_audit_action'))

    op.drop_table('audit')
