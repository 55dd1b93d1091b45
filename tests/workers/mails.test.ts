import { describe, expect, test } from 'vitest';
import { readMails, readPaste } from '../../workers/analysis/mails';

const go = async () => true;

function file(name: string, text: string) {
  return { name, bytes: new TextEncoder().encode(text) };
}

async function read(files: Parameters<typeof readMails>[0], sender?: string) {
  const result = await readMails(files, sender, go);
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

const eml = `Return-Path: <maya@berg.example>
Message-ID: <1@berg.example>
Date: Mon, 2 Mar 2026 23:50:00 -0800
From: Maya Berg <Maya@berg.example>
To: Ann Lee <ann@lee.example>
Subject: =?utf-8?Q?T=C3=BCren?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Hi Ann,

the caf=E9 is closed on Tuesday. Shall we meet at the yard instead? I will bri=
ng the plans.

Best,
Maya

On Mon, 2 Mar 2026 at 10:01, Ann Lee <ann@lee.example> wrote:
> Where do we meet?
--b
Content-Type: text/html; charset=utf-8

<p>Hi Ann,</p><p>the café is closed</p>
--b--
`;

function mbox(...mails: string[]): string {
  return mails.map((mail) => `From x@y.example Mon Mar  2 10:01:00 2026\n${mail}\n`).join('\n');
}

function message(id: string, from: string, body: string, more = ''): string {
  return `Message-ID: <${id}>\nDate: Tue, 3 Mar 2026 09:00:00 +0000\nFrom: ${from}\nSubject: s\n${more}Content-Type: text/plain; charset=utf-8\n\n${body}\n`;
}

describe('reading mails', () => {
  test('an .eml: charset, quoted-printable, quoted reply, day by the sender’s clock', async () => {
    const { mails, sender } = await read([file('one.eml', eml)]);
    expect(sender).toBe('maya@berg.example');
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      subject: 'Türen',
      sentOn: '2026-03-02',
      gotReply: null,
      text: 'Hi Ann,\n\nthe café is closed on Tuesday. Shall we meet at the yard instead? I will bring the plans.\n\nBest,\nMaya',
    });
    expect(mails[0]!.removed.map(({ kind }) => kind)).toEqual(['quoted reply']);
  });

  test('an .eml with HTML only', async () => {
    const html = eml
      .replace(/--b\nContent-Type: text\/plain[\s\S]*?(?=--b\nContent-Type: text\/html)/, '')
      .replace(
        '<p>Hi Ann,</p><p>the café is closed</p>',
        '<p>Hi Ann,</p><p>Tea &amp; cake?</p><blockquote>old</blockquote>',
      );
    const { mails } = await read([file('one.eml', html)]);
    expect(mails[0]!.text).toBe('Hi Ann,\n\nTea & cake?');
  });

  const thread = mbox(
    message('1', 'maya@berg.example', 'Hi Ann,\n\nIs Tuesday good?\n\nMaya'),
    message('2', 'ann@lee.example', 'Yes.\n\nAnn', 'In-Reply-To: <1>\n'),
    message(
      '3',
      'maya@berg.example',
      'See you then.\n\n>From the yard we walk.\n\nMaya',
      'References: <1> <2>\n',
    ),
    message('3', 'maya@berg.example', 'See you then.', ''),
    message('4', 'maya@berg.example', 'I am away until Monday.', 'Auto-Submitted: auto-replied\n'),
  );

  test('an mbox: the sender with most mails, replies found by thread, copies and automatic replies left out', async () => {
    const { mails, senders, sender, passedOver } = await read([file('all.mbox', thread)]);
    expect(sender).toBe('maya@berg.example');
    expect(senders).toEqual([
      { sender: 'maya@berg.example', mails: 2 },
      { sender: 'ann@lee.example', mails: 1 },
    ]);
    expect(mails.map(({ gotReply, where }) => [where, gotReply])).toEqual([
      ['all.mbox, mail 1', true],
      ['all.mbox, mail 3', false],
    ]);
    expect(mails[1]!.text).toContain('From the yard we walk.');
    expect(passedOver).toEqual([{ where: 'all.mbox, mail 5', reason: 'An automatic reply.' }]);
  });

  test('another sender can be asked for; one who wrote nothing is a failure that says who did', async () => {
    expect((await read([file('all.mbox', thread)], 'Ann@lee.example')).mails.map(({ text }) => text)).toEqual(
      ['Yes.\n\nAnn'],
    );
    const result = await readMails([file('all.mbox', thread)], 'zoe@x.example', go);
    expect(result).toMatchObject({ ok: false, failure: { code: 'mails-sender' } });
    if (!result.ok) expect(result.failure.sentence).toContain('maya@berg.example');
  });

  test('mails under the label Sent tell whose mailbox it is, even where another wrote more', async () => {
    const text = mbox(
      message('1', 'news@shop.example', 'Buy our shoes today, they are cheap.'),
      message('2', 'news@shop.example', 'Buy our hats today, they are cheap.'),
      message('3', 'maya@berg.example', 'Please stop.', 'X-Gmail-Labels: Sent,Archived\n'),
    );
    expect((await read([file('all.mbox', text)])).sender).toBe('maya@berg.example');
  });

  test('a CSV: semicolons, quoted line breaks, dates, replies, lines', async () => {
    const csv =
      'Sent at;Subject;Body;Replied\n2026-03-02;a;"Hi Ann,\n\nTuesday; or not?\n\nMaya";yes\n2026-03-03;b;"Hi Ben, the plan is done.";no\n;;;\n';
    const { mails } = await read([file('mails.csv', csv)]);
    expect(mails.map(({ text, sentOn, gotReply, where }) => ({ text, sentOn, gotReply, where }))).toEqual([
      {
        text: 'Hi Ann,\n\nTuesday; or not?\n\nMaya',
        sentOn: '2026-03-02',
        gotReply: true,
        where: 'mails.csv, line 2',
      },
      {
        text: 'Hi Ben, the plan is done.',
        sentOn: '2026-03-03',
        gotReply: false,
        where: 'mails.csv, line 7',
      },
    ]);
  });

  test('a text file in windows-1252, several mails apart by rules', async () => {
    const bytes = Uint8Array.from('Hi Ann, caf\xe9 at ten?\n---\nHi Ben, fine by me.\n', (c) =>
      c.charCodeAt(0),
    );
    const { mails } = await read([{ name: 'mails.txt', bytes }]);
    expect(mails.map(({ text }) => text)).toEqual(['Hi Ann, café at ten?', 'Hi Ben, fine by me.']);
  });

  test('a paste', async () => {
    const result = await readPaste('Subject: Tuesday\n\nHi Ann, is Tuesday good?\n\nMaya', undefined);
    expect(result).toMatchObject({
      ok: true,
      value: { sender: null, mails: [{ subject: 'Tuesday', text: 'Hi Ann, is Tuesday good?\n\nMaya' }] },
    });
    expect(await readPaste(' \n ', undefined)).toMatchObject({ ok: false, failure: { code: 'mails-none' } });
  });

  test('a paste of several writers with their headers, in any language: one writer’s', async () => {
    const paste =
      'From: Maya Berg <Maya@berg.example>\nSent: Tuesday, March 3, 2026 10:12 AM\nSubject: yard\n\nSee you at the yard, Ann.\n\nVon: Ann Lee <ann@lee.example>\nGesendet: 2. März 2026\nAn: Maya\nBetreff: Ort\n\nWhere do we meet, Maya?\n';
    const all = await readPaste(paste, undefined);
    expect(all.ok && all.value.senders.map(({ sender }) => sender)).toEqual([
      'maya@berg.example',
      'ann@lee.example',
    ]);
    expect(await readPaste(paste, 'ann@lee.example')).toMatchObject({
      ok: true,
      value: { mails: [{ subject: 'Ort', sentOn: '2026-03-02', text: 'Where do we meet, Maya?' }] },
    });
  });

  test('a CSV with German headers and a column of replies', async () => {
    const { mails } = await read([
      file(
        'mails.csv',
        'Betreff;Gesendet am;Geantwortet;Nachricht\nPlan;10.03.2026;ja;The plan is on page two.\nPlan;11.03.2026;nein;The plan is on page three.\n',
      ),
    ]);
    expect(mails).toMatchObject([
      { subject: 'Plan', sentOn: '2026-03-10', gotReply: true },
      { subject: 'Plan', sentOn: '2026-03-11', gotReply: false },
    ]);
  });

  test('of a mailbox in another language, whoever wrote what lies in the sent mail', async () => {
    const label = (name: string) => `X-Gmail-Labels: ${name}\n`;
    const { sender } = await read([
      file(
        'All mail.mbox',
        mbox(
          message('1', 'shop@news.example', 'Buy two lamps and get one more.', label('Posteingang')),
          message('2', 'shop@news.example', 'Buy three lamps and get two more.', label('Posteingang')),
          message('3', 'maya@berg.example', 'See you at the yard.', label('=?UTF-8?Q?Archiviert,Gesendet?=')),
        ),
      ),
    ]);
    expect(sender).toBe('maya@berg.example');
  });

  test('says why the only mail of a file is of no use', async () => {
    const reason = async (text: string, name = 'one.txt') => {
      const result = await readMails([file(name, text)], undefined, go);
      return result.ok ? '' : result.failure.sentence;
    };
    expect(await reason('word '.repeat(20_000))).toMatch(/^one\.txt: It has 99,999 characters/);
    expect(await reason('{{first_name}} {Hi|Hello}')).toBe('one.txt: It is nothing but merge fields.');
    expect(await reason('\0\x01\x02 not a mail', 'one.eml')).toMatch(/isn’t text/);
    expect(await reason('> a\n---\n> b')).toMatch(
      /^None of 2 mails can be used\. The first, one\.txt, mail 1: /,
    );
  });

  test.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
    ['empty.eml', new Uint8Array(), /empty/],
    ['mails.csv', new TextEncoder().encode('a,b\n1,2\n'), /No column holds the text/],
    ['scan.pdf', new TextEncoder().encode('%PDF-1.7 x'), /PDF/],
    ['box.pst', new TextEncoder().encode('!BDN'), /Outlook/],
    ['photo.txt', Uint8Array.from({ length: 400 }, (_, at) => (at * 37) % 256), /isn’t text/],
    ['mails.zip', new TextEncoder().encode('PK\x03\x04abc'), /compressed/],
    ['only-quoted.txt', new TextEncoder().encode('> a\n> b\n'), /own/],
  ])('%s is refused with a sentence', async (name, bytes, sentence) => {
    const result = await readMails([{ name, bytes }], undefined, go);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.failure.sentence).toMatch(sentence);
  });

  test('stopping answers that nothing was changed; progress counts to the end', async () => {
    const many = mbox(
      ...Array.from({ length: 120 }, (_, at) =>
        message(String(at), 'maya@berg.example', `Mail ${at} it is.`),
      ),
    );
    const seen: number[] = [];
    const stopped = await readMails([file('sent.mbox', many)], undefined, async ({ done, total }) => {
      seen.push(done);
      expect(total).toBe(120);
      return done < 100;
    });
    expect(seen).toEqual([0, 50, 100]);
    expect(stopped).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  test('a damaged mail is passed over, the others are read', async () => {
    const broken = `From: a@b.example\nMIME-Version: 1.0\n${'Content-Type: multipart/mixed; boundary="x"\n\n--x\n'.repeat(400)}`;
    const { mails, passedOver } = await read([file('broken.eml', broken), file('one.eml', eml)]);
    expect(mails).toHaveLength(1);
    expect(passedOver.map(({ where }) => where)).toEqual(['broken.eml']);
  });
});
