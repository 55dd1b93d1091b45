import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsOf, fillFields } from '../../../src/domain/draft/merge';
import { costOf, estimateTokens, isWhole, listPrices, priceOf } from '../../../src/domain/draft/models';
import { mailFinder, ruleSentence, speakVoice } from '../../../src/domain/draft/spokenVoice';
import { segmentFault, segmentMail } from '../../../src/domain/draft/template';

describe('merge fields', () => {
  test('are filled, or stood in for, or said to be missing', () => {
    const values = { 'first name': 'Ada', company: '' };
    expect(fillFields('Hello {First Name}, {company|your firm}', values)).toEqual({
      text: 'Hello Ada, your firm',
      missing: [],
    });
    expect(fillFields('{company} and {nothing}', values)).toEqual({
      text: '{company} and {nothing}',
      missing: ['company', 'nothing'],
    });
    expect(fillFields('{constructor}', values).missing).toEqual(['constructor']);
  });

  test('a value that looks like a field stays what it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => text.trim() !== '' && !text.includes('\n')),
        (name) => {
          const filled = fillFields('Hello {first name}.', { 'first name': name, offer: 'never' });
          expect(filled.text).toBe(`Hello ${name.trim()}.`);
        },
      ),
    );
    expect(fillFields('{first name}', { 'first name': '{offer}', offer: 'never' }).text).toBe('{offer}');
  });
});

describe('a segment’s mail', () => {
  const mail = segmentMail(
    'payments, lending',
    { phrases: [{ phrase: 'payments', inside: 1, outside: 0 }] },
    { offer: 'We check invoices.', sender: '' },
  );

  test('says that it is for several, claims nothing, and asks for the first name alone', () => {
    expect(mail.body).toContain('to several people who work with payments');
    expect(fieldsOf(mail.subject + mail.body)).toEqual(['first name']);
    expect(segmentFault(mail)).toBeUndefined();
  });

  test('no other field may stand in it', () => {
    expect(segmentFault({ ...mail, body: `${mail.body} {company}` })).toContain('{company}');
    expect(segmentFault({ subject: '', body: ' ' })).toBe('There is no text yet.');
  });
});

describe('prices', () => {
  test('the longest name that begins a model’s name is its price', () => {
    const price = (provider: 'openai' | 'openrouter' | 'anthropic', model: string) =>
      priceOf({ provider, model }, listPrices);
    expect(price('openai', 'gpt-5.4-mini-2026-03-01')).toBe(listPrices.perMillion['openai/gpt-5.4-mini']);
    expect(price('openai', 'gpt-5.4')).toBe(listPrices.perMillion['openai/gpt-5.4']);
    expect(price('openrouter', 'anthropic/claude-sonnet-5')).toEqual({ input: 2, output: 10 });
    expect(price('openai', 'gpt-5.40')).toBeNull();
  });

  test('a model on this machine is free; one elsewhere that nobody knows is not said to be', () => {
    const at = (baseUrl: string) => priceOf({ provider: 'compatible', model: 'm', baseUrl }, listPrices);
    expect(at('http://localhost:11434/v1')).toEqual({ input: 0, output: 0 });
    expect(at('https://localhost.evil.example/v1')).toBeNull();
    expect(isWhole({ provider: 'compatible', model: 'm', baseUrl: '' })).toBe(false);
  });

  test('cost grows with both kinds of tokens; the estimate with the text', () => {
    expect(costOf({ input: 1_000_000, output: 500_000 }, { input: 2, output: 10 })).toBe(7);
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(estimateTokens(a + b)).toBeGreaterThanOrEqual(estimateTokens(a) - 1);
      }),
    );
  });
});

describe('a voice, told', () => {
  const samples = [
    'Hi Ruth,\n\nThe depot in Turku opens. Shall we talk?\n\nBest,\nAda',
    'Hi Tom,\n\nInvoices again. Did you see the invoice run?\n\nBest,\nAda',
    'Hi Eve,\n\nYour trucks wait at the border. How long?\n\nBest,\nAda',
  ].map((text, id) => ({ id, text }));

  test('says greeting and sign-off as they are usual, and the rules as they stand', () => {
    const rule = { of: 'brand', kind: 'never say', phrase: 'synergy' } as const;
    const voice = speakVoice('personal', samples, [rule]);
    expect(voice.habits.join('\n')).toContain('Hi {name},');
    expect(voice.habits.join('\n')).toContain('Best,');
    expect(voice.rules.map(ruleSentence)).toEqual(['Never write “synergy”.']);
    expect(speakVoice('personal', samples.slice(1), [rule]).habits).toEqual([]);
  });

  test('finds the mails that speak of the same things', () => {
    const find = mailFinder(samples);
    expect(find('They open a depot', 2).map(({ id }) => id)).toEqual([0]);
    expect(
      find('our invoices and trucks', 2)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([1, 2]);
    expect(find('', 2)).toEqual([]);
  });
});
