import fc from 'fast-check';
import { expect, test } from 'vitest';
import { descriptionOf } from '../../../workers/db/description';

const nothing = { title: '', company: '', industry: '', keywords: '', description: '' };

test.each([
  [
    { company: 'Acme Inc.', description: 'Acme builds rockets. ACME Inc. ships them, as Acme’s people say.' },
    'builds rockets. ships them, as people say.',
  ],
  [
    { company: 'Go', description: 'Go makes Google-like things for Gophers' },
    'makes Google-like things for Gophers.',
  ],
  [{ company: 'A', description: 'A bakery' }, 'A bakery.'],
  [{ company: 'C++ (Labs)', description: 'At C++ (Labs) we compile' }, 'At we compile.'],
  [{ company: 'Clarus', description: 'Clarus' }, ''],
  [{ title: '  Head of\nOps ', industry: '-', keywords: '' }, 'Head of Ops.'],
  [{}, ''],
])('%j', (fields, text) => {
  expect(descriptionOf({ ...nothing, ...fields })).toBe(text);
});

test('never holds the name of the company as a word of its own', () => {
  const word = fc.stringMatching(/^[a-z]{2,8}$/);
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 20 }), (company, words) => {
      const text = descriptionOf({
        ...nothing,
        company,
        description: [...words, company, ...words].join(' '),
      });
      expect(text.split(/[\s.]+/)).not.toContain(company);
    }),
  );
});
