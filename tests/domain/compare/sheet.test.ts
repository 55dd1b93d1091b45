import { describe, expect, test } from 'vitest';
import {
  csvHead,
  csvLine,
  htmlEnd,
  htmlHead,
  htmlRow,
  type SheetDraft,
} from '../../../src/domain/compare/sheet';
import { scoreboard } from '../../../src/domain/compare/wins';

const draft: SheetDraft = {
  prospectId: 7,
  name: 'Ada "The Count" Lovelace',
  company: 'Harrow & Sons',
  touch: 1,
  variant: 'small, short',
  origin: 'small',
  subject: '=HYPERLINK("http://evil.example","win")',
  body: 'Hi Ada,\n\nYour <b>rota</b>, 9 % up.',
  isChosen: true,
  wins: 2,
  losses: 1,
  even: 0,
  genericness: 42.6,
  parts: [
    { key: 'substitution', label: 'About this prospect', value: 61.7, share: 0.7 },
    { key: 'voice', label: 'In the voice', value: null, share: 0 },
    { key: 'sameness', label: 'Unlike the other drafts', value: 40, share: 0.3 },
  ],
  obstacle: '',
  sentences: [
    {
      start: 9,
      end: 33,
      fit: 'specific',
      describes: null,
      reasons: [{ kind: 'specific', sentence: 'Fits 1 of 120 prospects.', span: { start: 9, end: 33 } }],
    },
  ],
  scoredText: 'Hi Ada,\n\nYour <b>rota</b>, 9 % up.',
  cost: 0.00412,
  tokens: 812,
  milliseconds: 3140,
  isCached: true,
  failure: '',
};

const failed: SheetDraft = {
  ...draft,
  variant: 'template',
  origin: '',
  subject: '',
  body: '',
  isChosen: false,
  wins: 0,
  losses: 0,
  genericness: null,
  parts: [],
  sentences: [],
  scoredText: '',
  cost: null,
  tokens: 0,
  milliseconds: 0,
  isCached: false,
  failure: '@nobody has a live signal',
};

describe('as CSV', () => {
  test('every figure has its column', () => {
    expect(`${csvHead}${csvLine(draft)}${csvLine(failed)}`).toBe(
      [
        '\ufeffProspect,Name,Company,Touch,Variant,Written by,Subject,Body,Chosen,Wins,Losses,Even,Generic (0 to 100),About this prospect,In the voice,Unlike the other drafts,Must not be sent,Sentences and reasons,Cost (USD),Tokens,Seconds,Cached,Why there is no draft',
        `7,"Ada ""The Count"" Lovelace",Harrow & Sons,1,"small, short",small,"'=HYPERLINK(""http://evil.example"",""win"")","Hi Ada,\n\nYour <b>rota</b>, 9 % up.",yes,2,1,0,43,62,,40,,"“Your <b>rota</b>, 9 % up” Fits 1 of 120 prospects.",0.004120,812,3.1,yes,`,
        `7,"Ada ""The Count"" Lovelace",Harrow & Sons,1,template,,,,,0,0,0,,,,,,,,,,,'@nobody has a live signal`,
        '',
      ].join('\r\n'),
    );
  });

  test.each(['=1+1', '+cmd', '-cmd', '@sum', '\tx', '\r=x'])('%j is no formula', (body) => {
    expect(csvLine({ ...failed, failure: '', body })).toMatch(/,"?'/);
  });
});

describe('as one page', () => {
  const board = scoreboard([{ one: 1, other: 2, winner: 1 }], ['<i>a</i>', 'b'], (id) => [
    id === 1 ? '<i>a</i>' : 'b',
  ]);
  const page = [
    htmlHead(
      'Ours & <theirs>',
      '5 May 2026',
      [{ title: 'By variant', standings: board }],
      ['small, short', 'template', 'third'],
    ),
    htmlRow({ name: draft.name, company: draft.company }, [draft, failed, undefined]),
    htmlEnd,
  ].join('');

  test('nothing of a text is read as HTML', () => {
    expect(page).toContain('<title>Ours &amp; &lt;theirs&gt;</title>');
    expect(page).toContain('<th scope="row">&lt;i&gt;a&lt;/i&gt;</th>');
    expect(page).toContain('<div class="mail">Hi Ada,\n\nYour &lt;b&gt;rota&lt;/b&gt;, 9 % up.</div>');
    expect(page).not.toMatch(/<(b|i|script)>/);
  });

  test('says what the table says', () => {
    expect(page).toContain(
      '<td>1</td><td>0</td><td>0</td><td>100 % (3 % to 100 %)</td><td>Can’t tell yet</td>',
    );
    expect(page).toContain(
      'small · 43 of 100 generic (about this prospect 62, unlike the other drafts 40) · 2 won, 1 lost, 0 even · $0.0041 · 812 tokens · 3.1 s · cached',
    );
    expect(page).toContain('<td class="failed">No draft: @nobody has a live signal</td>');
    expect(page).toContain('<td class="muted">No draft</td></tr>');
  });

  test('marks what must not be sent', () => {
    const stopped = htmlRow({ name: '', company: '' }, [{ ...draft, obstacle: 'Not filled in: “<x>”.' }]);
    expect(stopped).toContain('<p class="failed">Must not be sent. Not filled in: “&lt;x&gt;”.</p>');
    expect(stopped).toContain('<li class="specific">');
  });

  test('may load and run nothing', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<(script|img|link|iframe|form|a)\b|\s(on\w+|src|href|action)=|url\(/);
  });
});
