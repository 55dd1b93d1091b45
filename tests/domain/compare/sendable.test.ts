import { describe, expect, test } from 'vitest';
import { obstacleOf } from '../../../src/domain/compare/sendable';
import type { DraftReport, ReportedSentence } from '../../../src/domain/genericness/report';

const body = 'Hi Ada,\n\nYou run eleven depots at night.\n\nInes';

function reportWith(part: Partial<DraftReport>): DraftReport {
  return {
    text: body,
    unscored: null,
    notes: [],
    sentences: [],
    identification: 62,
    unresolved: [],
    gate: { signal: null, passes: true, sentence: '' },
    voices: [],
    rules: [],
    advice: [],
    ...part,
  };
}

describe('why a draft must not be sent', () => {
  test('a field of the subject or the body is not filled in, scored or not', () => {
    const fields = { subject: 'for {{company}}', body: 'Hi {{first_name}},\n\nStill {{company}} at night?' };
    const sentence = 'Not filled in: “{{company}}”, “{{first_name}}”. Mend it first.';
    expect(obstacleOf({ ...fields, report: undefined })).toBe(sentence);
    expect(obstacleOf({ subject: '', body, report: undefined })).toBeUndefined();
    expect(obstacleOf({ subject: 'for {{company}}', body, report: reportWith({}) })).toBe(
      'Not filled in: “{{company}}”. Mend it first.',
    );
    expect(
      obstacleOf({ subject: '', body: '<p>Hi {{first_name}},</p><p>Eleven depots.</p>', report: undefined }),
    ).toBe('Not filled in: “{{first_name}}”. Mend it first.');
  });

  test('it names at most three fields', () => {
    const many = obstacleOf({ subject: '', body: '{{a}} {{b}} {{c}} {{d}}', report: undefined });
    expect(many).toBe('Not filled in: “{{a}}”, “{{b}}”, “{{c}}” and more. Mend it first.');
  });

  test('it describes somebody else', () => {
    const sentence: ReportedSentence = {
      start: 9,
      end: 40,
      fit: 'specific',
      identification: 80,
      rank: 1,
      of: 120,
      words: [],
      others: [],
      describes: { id: 7, name: 'Harrow' },
      evidence: null,
      reasons: [],
    };
    expect(obstacleOf({ subject: '', body, report: reportWith({ sentences: [sentence] }) })).toBe(
      'It describes Harrow, not the one it is written to. Mend it first.',
    );
  });
});
