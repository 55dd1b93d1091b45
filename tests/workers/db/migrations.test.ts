import { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';
import { migrate } from '../../../workers/db/migrate';
import { migrations } from '../../../workers/db/migrations';
import { value } from './workbench';

test('drafts of a template that was alone keep their place under its name', async () => {
  const pg = await PGlite.create();
  value(await migrate(pg, migrations.slice(0, 4)));
  await pg.exec(`
    INSERT INTO account (name) VALUES ('Firm');
    INSERT INTO prospect (account_id, first_name, last_name, title, email, email_status, linkedin_url, phone,
        location, extra, email_key, profile_key, name_key)
      SELECT 1, 'Ada', '', '', '', '', '', '', '', '{}', i::text, '', '' FROM generate_series(1, 3) AS i;
    INSERT INTO draft (prospect_id, touch, variant, subject, body, origin) VALUES
      (1, 1, '', 's', 'alone', 'template, changed'), (2, 1, '', 's', 'by a model', 'gpt-5-mini'),
      (3, 1, '', 's', 'before', 'template'), (3, 1, 'template', 's', 'since', 'template');
    INSERT INTO draft_order (cell_id, prospect_id, touch, variant, settings, state, draft_id)
      SELECT 'mails', prospect_id, touch, variant, '', 'drafted', draft_id FROM draft ORDER BY draft_id;
  `);
  value(await migrate(pg, migrations));
  const { rows } = await pg.query<{ body: string; variant: string; known: string | null }>(
    `SELECT body, draft_order.variant, known_signals::text AS known
      FROM draft_order JOIN draft USING (draft_id) ORDER BY draft_id`,
  );
  expect(rows).toEqual([
    { body: 'alone', variant: 'template', known: null },
    { body: 'by a model', variant: '', known: null },
    { body: 'before', variant: '', known: null },
    { body: 'since', variant: 'template', known: null },
  ]);
  await pg.close();
});
