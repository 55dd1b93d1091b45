import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlToText, looksLikeHtml } from '../../src/domain/voice/html';
import { cleanMail, keptText } from '../../src/domain/voice/mail';
import {
  dayOf,
  mailColumns,
  mailOfRow,
  markReplies,
  type RawMail,
  splitMbox,
  splitPaste,
} from '../../src/domain/voice/mailfile';

function kinds(source: string): string[] {
  return cleanMail(source).removed.map(({ kind }) => kind);
}

describe('cleaning a mail', () => {
  test('a mail of one writer stays as it is', () => {
    const mail = 'Hi Ann,\n\nDid the samples arrive? I sent them on 3 March.\n\nBest,\nMaya';
    expect(cleanMail(mail)).toMatchObject({ text: mail, removed: [] });
  });

  test.each<[string, string, string, string[]]>([
    [
      'a reply above a marked quotation',
      'Tuesday works.\n\nMaya\n\nOn Mon, 2 Mar 2026 at 10:01, Ann Lee <ann@lee.example> wrote:\n> Is Tuesday good?\n> Ann',
      'Tuesday works.\n\nMaya',
      ['quoted reply'],
    ],
    [
      'an attribution broken over two lines',
      'Yes.\n\nOn Monday, 2 March 2026 at 10:01, Ann Lee\n<ann@lee.example> wrote:\n> Is Tuesday good?',
      'Yes.',
      ['quoted reply'],
    ],
    [
      'an attribution in a language that is none of ours, above what is marked',
      'Kiitos, sopii.\n\nma 2. maaliskuuta 2026 klo 9.12 Mika (mika@lee.example) kirjoitti:\n\n> Sopiiko tiistai?',
      'Kiitos, sopii.',
      ['quoted reply'],
    ],
    [
      'a line that the telephone adds in another language',
      'Bin unterwegs.\n\nGesendet mit der GMX iPhone App',
      'Bin unterwegs.',
      ['device line'],
    ],
    [
      'answers between the quotations',
      '> Is Tuesday good?\nYes, at ten.\n> And lunch?\nGladly.\nMaya',
      'Yes, at ten.\nGladly.\nMaya',
      ['quoted reply', 'quoted reply'],
    ],
    [
      'an attribution with an unmarked mail below',
      'No need.\n\nAm 03.03.2026 um 09:12 schrieb Ann Lee <ann@lee.example>:\n\nIst Dienstag gut?\nAnn',
      'No need.',
      ['quoted reply'],
    ],
    [
      'the block that Outlook puts above the mail answered',
      'Fine with me.\n\nMaya\n\n________________________________\nFrom: Ann Lee\nSent: Monday, March 2, 2026 10:01 AM\nTo: Maya Berg\nSubject: Tuesday\n\nIs Tuesday good?',
      'Fine with me.\n\nMaya',
      ['quoted reply'],
    ],
    [
      'an original message',
      'See below, all agreed.\nMaya\n\n -----Original Message-----\nFrom: Lee, Ann\nIs Tuesday good?',
      'See below, all agreed.\nMaya',
      ['quoted reply'],
    ],
    [
      'a forwarded mail',
      'Worth a read.\n\nMaya\n\n---------- Forwarded message ---------\nFrom: Ann Lee <ann@lee.example>\nSubject: Report\n\nDear all, here it is.',
      'Worth a read.\n\nMaya',
      ['forwarded mail'],
    ],
    [
      'headers pasted with the mail',
      'From: Maya Berg <maya@berg.example>\nTo: Ann Lee\nDate: Mon, 2 Mar 2026 10:01:00 +0100\nSubject: Tuesday\n\nHi Ann,\n\nTuesday it is.\n\nMaya',
      'Hi Ann,\n\nTuesday it is.\n\nMaya',
      ['headers'],
    ],
    [
      'a signature below its delimiter; the sign-off stays',
      'Hi Ann,\n\nTuesday it is.\n\nBest,\nMaya\n-- \nMaya Berg\nHead of Sales, Berg GmbH\n+49 30 1234567',
      'Hi Ann,\n\nTuesday it is.\n\nBest,\nMaya',
      ['signature'],
    ],
    [
      'a signature without a delimiter',
      'Hi Ann,\n\nTuesday it is, then. I will bring the drawings.\n\nBest,\nMaya\n\nMaya Berg\nHead of Sales\nTel. +49 30 1234567\nwww.berg.example',
      'Hi Ann,\n\nTuesday it is, then. I will bring the drawings.\n\nBest,\nMaya',
      ['signature'],
    ],
    ['a line that the telephone adds', 'On my way.\n\nSent from my iPhone', 'On my way.', ['device line']],
    [
      'a legal notice',
      'Please find the terms attached.\n\nMaya\n\nThis email and any attachments are confidential and intended for the addressee only.\nIf you are not the addressee, delete it.',
      'Please find the terms attached.\n\nMaya',
      ['legal notice'],
    ],
  ])('%s', (_, source, text, removed) => {
    expect(cleanMail(source).text).toBe(text);
    expect(kinds(source)).toEqual(removed);
  });

  test.each([
    'I wrote:\nthe plan is fine as it is, and nobody asked for another.',
    'Call me on +49 30 1234567 if the train is late.\n\nMaya',
    'From what I hear, the date holds.\nTo be sure I will ask again.',
    'Three points:\n\n-- the price\n-- the date\n-- the van\n\nMaya',
    'Please look at www.berg.example before Tuesday, and tell me what you think of page two.',
    'Subject to contract, we agree.',
    'You can reach us from 9:30, at yard@berg.example and here:\n\nBerg Street 4, second floor',
  ])('prose that looks like one of these stays: %j', (source) => {
    expect(cleanMail(source).text).toBe(source);
  });

  test('what was removed can be put back by dropping its part', () => {
    const source = 'Tuesday works.\n\nSent from my iPhone';
    const { removed } = cleanMail(source);
    expect(keptText(source, removed)).toBe('Tuesday works.');
    expect(keptText(source, [])).toBe(source);
  });

  const line = fc.constantFrom(
    'Hi Ann,',
    '',
    '> quoted',
    'On Mon, 2 Mar 2026 at 10:01, Ann <a@b.example> wrote:',
    'From: Ann',
    'To: Maya',
    'Subject: x',
    '-- ',
    '-----Original Message-----',
    'Best,',
    'Maya',
    'Tel. +49 30 1234567',
    'I think the plan is good. Shall we go?',
    'Sent from my iPhone',
    '____________',
  );

  test('removed parts are whole lines, in order and apart; cleaning again removes no more of the kept words', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const source = lines.join(end);
        const { removed, text } = cleanMail(source);
        let last = 0;
        for (const part of removed) {
          expect(part.start).toBeGreaterThanOrEqual(last);
          expect(part.end).toBeGreaterThan(part.start);
          expect(part.start === 0 || source[part.start - 1] === '\n').toBe(true);
          expect(part.end === source.length || source[part.end - 1] === '\n').toBe(true);
          last = part.end;
        }
        expect(text).not.toMatch(/\r|\n{3}|^\s|\s$/);
        // Every kept line is a line of the source.
        for (const kept of text.split('\n')) expect([...lines.map((l) => l.trimEnd()), '']).toContain(kept);
      }),
    );
  });

  test('a megabyte of anything is cleaned in linear time', () => {
    for (const piece of [
      '> a\n',
      'From: a\n',
      'On a b c d\n',
      '-- \n',
      'word ',
      'a@b.example\n',
      '\n',
      '123 '.repeat(20),
    ]) {
      const started = performance.now();
      cleanMail(piece.repeat(1_000_000 / piece.length));
      expect(performance.now() - started, piece).toBeLessThan(8000);
    }
  });
});

describe('HTML', () => {
  test('blocks become lines, quotations are marked, entities decoded, scripts and styles dropped', () => {
    const html = `<html><head><style>p{}</style><title>x</title></head><body><p>Hi&nbsp;Ann,</p>
      <div>Tea &amp; cake?<br>Maya &#8211; <b>B</b></div><script>alert("<p>")</script>
      <ul><li>one</li><li>two</li></ul>
      <div class="gmail_quote">On Mon, 2 Mar 2026 at 10:01, Ann &lt;a@b.example&gt; wrote:<blockquote><div>Cake.</div></blockquote></div></body></html>`;
    const text = htmlToText(html);
    expect(text).toContain('Hi Ann,');
    expect(text).toContain('Tea & cake?\nMaya – B');
    expect(text).toContain('- one\n- two');
    expect(text).toContain('> Cake.');
    expect(text).not.toMatch(/alert|p\{\}|<b>/);
    expect(cleanMail(text).text).not.toContain('Cake.');
  });

  test('a signature that the mail program marked is removed', () => {
    const text = htmlToText(
      '<div>See you.<br><br>Maya</div><div class="gmail_signature">Maya Berg<br>Berg GmbH</div>',
    );
    expect(cleanMail(text).text).toBe('See you.\n\nMaya');
  });

  test('tells HTML from a mail that mentions a tag', () => {
    expect(looksLikeHtml('<p>Hi</p><p>there</p>')).toBe(true);
    expect(looksLikeHtml('a < b and b > c, as <b> says')).toBe(false);
    expect(looksLikeHtml('Hi <first name>, welcome to <company>')).toBe(false);
  });

  test('never throws, and leaves text without markup alone', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void htmlToText(text)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<div>', '</div>', '<p', '>', '<!--', '-->', '&amp;', 'x', '<blockquote>'), {
          maxLength: 40,
        }),
        (parts) => void htmlToText(parts.join('')),
      ),
    );
    expect(htmlToText('Just words & more.')).toBe('Just words & more.');
  });

  test('broken markup of a megabyte is read in linear time', () => {
    for (const piece of ['<div>', '<', '&', '<!--', '<a href="', '</p>', '<blockquote>x']) {
      const started = performance.now();
      htmlToText(piece.repeat(1_000_000 / piece.length));
      expect(performance.now() - started, piece).toBeLessThan(8000);
    }
  });
});

describe('files of mails', () => {
  test('an mbox is cut at its From lines, and escaped ones are taken back', () => {
    const mbox =
      'From maya@berg.example Mon Mar  2 10:01:00 2026\nSubject: a\n\nOne.\n>From here on.\n\nFrom maya@berg.example Tue Mar  3 10:01:00 2026\nSubject: b\n\nTwo.\nFrom what I hear, yes.\n';
    expect(splitMbox(mbox)).toEqual([
      'Subject: a\n\nOne.\nFrom here on.',
      'Subject: b\n\nTwo.\nFrom what I hear, yes.',
    ]);
  });

  test('a paste is cut at rules, or before header blocks, or not at all', () => {
    expect(splitPaste('Hi A\n\nOne\n---\nHi B\n\nTwo\n')).toEqual(['Hi A\n\nOne', 'Hi B\n\nTwo']);
    expect(splitPaste('From: a\nSubject: x\n\nOne\n\nFrom: a\nSubject: y\n\nTwo')).toHaveLength(2);
    expect(splitPaste('Hi A\n\nOne\n\n\nMaya')).toEqual(['Hi A\n\nOne\n\n\nMaya']);
    expect(splitPaste(' \n ')).toEqual([]);
  });

  const mail = (over: Partial<RawMail>): RawMail => ({
    source: 'x',
    subject: '',
    sender: 'maya@berg.example',
    sentOn: null,
    gotReply: null,
    messageId: '',
    answers: [],
    ...over,
  });

  test('a mail got a reply where another sender answers it; one’s own follow-up is none', () => {
    const marked = markReplies([
      mail({ messageId: '1' }),
      mail({ messageId: '2', answers: ['1'] }),
      mail({ messageId: '3', answers: ['1', '2'], sender: 'ann@lee.example' }),
    ]);
    expect(marked.map(({ gotReply }) => gotReply)).toEqual([false, true, false]);
  });

  test('a file of sent mail alone says nothing about replies', () => {
    expect(
      markReplies([mail({ messageId: '1' }), mail({ messageId: '2', answers: ['1'] })]).map(
        (m) => m.gotReply,
      ),
    ).toEqual([null, null]);
  });

  test.each([
    ['Mon, 2 Mar 2026 23:50:00 -0800', '2026-03-02'],
    ['2026-03-02T23:50:00Z', '2026-03-02'],
    ['March 2, 2026', '2026-03-02'],
    ['2.3.2026', '2026-03-02'],
    ['14/3/2026', '2026-03-14'],
    ['3/14/2026', '2026-03-14'],
    ['3/4/2026', null],
    ['2026-02-31', null],
    ['soon', null],
  ])('the day of %j is %j', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });

  test('a CSV’s columns are found by name, or the text by its length', () => {
    const columns = mailColumns(['Sent At', 'Subject', 'Body', 'Replied'], []);
    expect(mailOfRow(['2026-03-02 10:00', 'Hi', 'Hello there', 'yes'], columns)).toMatchObject({
      source: 'Hello there',
      subject: 'Hi',
      sentOn: '2026-03-02',
      gotReply: true,
    });
    expect(
      mailColumns(['a', 'b'], [['1', 'A long text that is plainly a mail, with many words in it, to Ann.']])
        .text,
    ).toBe(1);
    expect(mailColumns(['a', 'b'], [['1', '2']]).text).toBeNull();
  });
});
