import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import starter from '../../seeds/voice/starter.json';
import { checkRules, combineRules, findPhrase, voiceRules } from '../../src/domain/voice/rules';

const none = voiceRules.parse({});
const draft = 'Hi Ann,\n\nI hope this email finds you well. The schedule is attached.\n\nBest regards,\nMaya';

function broken(brand: unknown, personal: unknown, text = draft): string[] {
  const { rules } = combineRules(voiceRules.parse(brand), voiceRules.parse(personal));
  return checkRules(text, rules).map(
    ({ span, rule }) => `${rule.of}: ${span ? text.slice(span.start, span.end) : '-'}`,
  );
}

describe('checking a draft', () => {
  test('marks what must not be said, what is said otherwise, and the wrong sign-off, in the order of the text', () => {
    expect(
      broken(
        { say: [{ phrase: 'rota', insteadOf: 'schedule' }] },
        { neverSay: ['I hope this email finds you well'], signOff: 'All the best,' },
      ),
    ).toEqual(['personal: I hope this email finds you well', 'brand: schedule', 'personal: Best regards,']);
  });

  test('a wording asked for in every mail is missed once, for the whole draft', () => {
    expect(broken({ say: [{ phrase: 'no slides', insteadOf: null }] }, {})).toEqual(['brand: -']);
    expect(broken({ say: [{ phrase: 'attached', insteadOf: null }] }, {})).toEqual([]);
  });

  test('the right sign-off passes whatever its comma and capitals', () => {
    expect(broken({ signOff: 'best regards' }, {})).toEqual([]);
  });

  test('no rules, nothing broken', () => {
    fc.assert(
      fc.property(fc.string(), (text) => checkRules(text, combineRules(none, none).rules).length === 0),
    );
  });

  test('the starter’s rules are rules, and hold for the starter’s own mails', () => {
    const { rules } = combineRules(
      voiceRules.parse(starter.rules.brand),
      voiceRules.parse(starter.rules.personal),
    );
    for (const { text } of starter.personal) expect(checkRules(text, rules)).toEqual([]);
  });
});

describe('brand over personal', () => {
  test.each<[string, unknown, unknown]>([
    [
      'a phrase the brand forbids can’t be asked for',
      { neverSay: ['circle back'] },
      { say: [{ phrase: 'let me circle back', insteadOf: null }] },
    ],
    [
      'a phrase the brand asks for can’t be forbidden',
      { say: [{ phrase: 'rota', insteadOf: 'schedule' }] },
      { neverSay: ['rota'] },
    ],
    ['one sign-off', { signOff: 'Kind regards,' }, { signOff: 'Cheers,' }],
    [
      'the word replaced can’t be the replacement',
      { say: [{ phrase: 'rota', insteadOf: 'schedule' }] },
      { say: [{ phrase: 'schedule', insteadOf: 'plan' }] },
    ],
    ['a forbidden sign-off', { neverSay: ['cheers'] }, { signOff: 'Cheers,' }],
  ])('%s', (_, brand, personal) => {
    const { rules, overruled } = combineRules(voiceRules.parse(brand), voiceRules.parse(personal));
    expect(rules.every(({ of }) => of === 'brand')).toBe(true);
    expect(overruled).toHaveLength(1);
    expect(overruled[0]!.by.of).toBe('brand');
  });

  const phrase = fc.constantFrom('rota', 'schedule', 'circle back', 'plan', 'let me circle back', 'Cheers,');
  const rules = fc.record({
    say: fc.array(fc.record({ phrase, insteadOf: fc.option(phrase) }), { maxLength: 3 }),
    neverSay: fc.array(phrase, { maxLength: 3 }),
    signOff: fc.constantFrom('', 'Cheers,', 'Best,'),
  });

  test('every rule of the brand is in force; every personal one is in force, overruled, or said already', () => {
    fc.assert(
      fc.property(rules, rules, (brand, personal) => {
        const combined = combineRules(brand, personal);
        const ofBrand = combineRules(brand, none).rules;
        expect(combined.rules.slice(0, ofBrand.length)).toEqual(ofBrand);
        expect(combined.rules.slice(ofBrand.length).every(({ of }) => of === 'personal')).toBe(true);
        const all = personal.say.length + personal.neverSay.length + (personal.signOff === '' ? 0 : 1);
        expect(combined.rules.length - ofBrand.length + combined.overruled.length).toBeLessThanOrEqual(all);
      }),
    );
  });

  test('a brand’s rules combined with themselves stay as they are', () => {
    fc.assert(
      fc.property(rules, (brand) => {
        const combined = combineRules(brand, brand);
        expect(combined.rules.every(({ of }) => of === 'brand')).toBe(true);
      }),
    );
  });
});

describe('finding a phrase', () => {
  test.each<[string, string, number]>([
    ['We schedule it. Reschedule? SCHEDULE!', 'schedule', 2],
    ['I don’t know', "don't", 1],
    ['circle\n back', 'circle back', 1],
    ['AI-powered and (AI-powered)', 'AI-powered', 2],
    ['a+b', 'a+b', 1],
    ['anything', '', 0],
    ['50 % off, 50 %', '50 %', 2],
  ])('in %j, %j: %d', (text, phrase, count) => {
    expect(findPhrase(text, phrase)).toHaveLength(count);
  });

  test('finds a phrase wherever it stands alone, and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.string({ maxLength: 60 }),
        (phrase, text) => {
          findPhrase(text, phrase);
          if (/^[a-z]+$/.test(phrase))
            expect(findPhrase(`a. ${phrase} b`, phrase).length).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});
