import { describe, expect, test } from 'vitest';
import others from '../../seeds/voice/others.json';
import starter from '../../seeds/voice/starter.json';
import { sentences } from '../../src/domain/text';
import { isEnglish } from '../../src/domain/voice/language';
import { gatherSentences, nearestSentence } from '../../src/domain/voice/nearest';
import { voiceReasons } from '../../src/domain/voice/reasons';
import {
  describeVoice,
  type PreparedVoice,
  prepareVoice,
  readOthers,
  scoreVoices,
} from '../../src/domain/voice/score';

const known = readOthers(others);
const samples = starter.personal.map(({ text }, at) => ({ id: 100 + at, text }));
const brandSamples = starter.brand.map(({ text }, at) => ({ id: 500 + at, text }));

function prepare(texts: readonly { id: number; text: string }[]) {
  const steps = prepareVoice(known, 'personal', texts);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function prepared(texts: readonly { id: number; text: string }[]): PreparedVoice {
  const result = prepare(texts);
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

const voice = prepared(samples);
const brand = prepared(brandSamples);

function score(draft: string, of = voice): number {
  const result = scoreVoices(known, [of], draft);
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value[0]!.score;
}

// Written for this test, about the same product and people as the samples.
const inVoice = [
  'Hi Petra,\n\nYour ad says the night lead needs "nerves". I laughed, and then I wondered what happened to the last one.\n\nMy guess is they found out about late trailers when the trailers were late. We show the yard by noon. It’s not magic, it’s your own bookings.\n\nWorth ten minutes?\n\nAll the best,\nInes',
  'Hi Ger,\n\nThanks for talking to Marjan. She told me you showed her the argument as well as the numbers, which is more than I’d have dared.\n\nIf you’ve still got the old Sunday rota, could I borrow it? I’d like to see what you were up against.\n\nAll the best,\nInes',
  'Hi Lars,\n\nA supermarket that shuts its doors to restock is either very brave or very short of people. I read your interview and I think it’s the second.\n\nWe can’t find you people. We can tell you on Thursday which Saturday aisle will be short.\n\nWho does that plan today, you or the shop?\n\nAll the best,\nInes',
];
const stock =
  'Hi Judith,\n\nI hope this email finds you well. I came across your recent post about finding nine people by phone and wanted to reach out. At Shiftwright, we help depots streamline their shift planning by leveraging existing bookings to predict volume by noon the day before.\n\nWould you be open to a quick 15-minute call next week?\n\nBest regards,\nInes';
const outOfVoice = [
  stock,
  'Hello Paula,\n\nYour post about planning peak with drivers in the room really resonated with me. It’s inspiring to see leaders who put people first!\n\nOur platform makes it easy to share volume with your drivers, so everyone is aligned from day one. Companies like yours have cut phone calls by 80%.\n\nLooking forward to hearing your thoughts!\n\nWarm regards,\nInes Halloran',
  'Dear Ms Dahl,\n\nI am writing to introduce Shiftwright, a shift planning solution for hospitality groups with multiple locations. With 26 bars and a workforce of students, you are doubtless familiar with the difficulties that examination periods present.\n\nI should be glad to arrange a demonstration at your convenience.\n\nYours sincerely,\nInes Halloran',
  'Good morning Elodie,\n\npls find attached plan for thirteen sites. Tractor drivers are marked yellow. If ok pls confirm until Friday, then we can put it in system for season.\n\nBR\nInes',
];

describe('scoring a draft', () => {
  test('drafts in the voice score high, others on the same subject low', () => {
    for (const draft of inVoice) expect(score(draft)).toBeGreaterThan(75);
    for (const draft of outOfVoice) expect(score(draft)).toBeLessThan(45);
  });

  test('personal and brand are scored apart', () => {
    const result = scoreVoices(known, [voice, brand], brandSamples[3]!.text);
    if (!result.ok) throw new Error(result.failure.sentence);
    expect(result.value[1]!.score).toBeGreaterThan(result.value[0]!.score);
    expect(result.value.map(({ mails }) => mails)).toEqual([28, 13]);
  });

  test('the same draft gets the same score; HTML scores as its text does; line ends do not matter', () => {
    const draft = inVoice[0]!;
    expect(score(draft)).toBe(score(draft));
    expect(score(draft.replaceAll('\n', '\r\n'))).toBe(score(draft));
    const html = `<html><body>${draft
      .split('\n\n')
      .map((part) => `<p>${part.replaceAll('\n', '<br>')}</p>`)
      .join('')}</body></html>`;
    expect(score(html)).toBe(score(draft));
  });

  test('a prepared voice survives being cloned', () => {
    const clone = structuredClone(voice);
    expect(score(inVoice[1]!, clone)).toBe(score(inVoice[1]!));
    expect(voiceReasons(known, clone, stock)).toEqual(voiceReasons(known, voice, stock));
  });

  test('a voice prepared against other mails is refused', () => {
    const foreign = { ...voice, model: { ...voice.model, background: '1-0' } };
    expect(() => scoreVoices(known, [foreign], inVoice[0]!)).toThrow(/background/);
  });

  test.each<[string, string, RegExp]>([
    ['draft-empty', ' \n\t ', /no text/],
    ['draft-empty', '<html><body><p> </p></body></html>', /no text/],
    ['draft-short', 'Sounds good, thanks.', /3 words are too short/],
    ['draft-long', 'All work and no play makes a dull draft. '.repeat(25_000), /million characters|20,000/],
    ['draft-long', 'All work and no play makes a dull draft. '.repeat(600), /24,\d{3} characters/],
    [
      'draft-language',
      'Hallo Frau Weber, vielen Dank für das Gespräch gestern. Ich schicke Ihnen die Unterlagen bis Freitag zu und melde mich dann wieder.',
      /English/,
    ],
    [
      'draft-language',
      'Добрый день, высылаю вам документы по нашему вчерашнему разговору и жду вашего ответа до пятницы.',
      /English/,
    ],
    ['draft-short', '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15', /no words/],
  ])('%s: %j', (code, draft, sentence) => {
    const result = scoreVoices(known, [voice], draft);
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.failure.code).toBe(code);
      expect(result.failure.sentence).toMatch(sentence);
    }
  });
});

describe('preparing a voice', () => {
  test.each<[string, string, { id: number; text: string }[], RegExp]>([
    ['no mail', 'voice-empty', [], /no mails yet/],
    ['mails without a word', 'voice-empty', [{ id: 1, text: '\n--\n' }], /no mails yet/],
    ['one mail', 'voice-few-mails', samples.slice(0, 1), /one mail, a score needs 10/],
    ['nine mails', 'voice-few-mails', samples.slice(0, 9), /9 different mails/],
    [
      'one mail 500 times',
      'voice-few-mails',
      Array.from({ length: 500 }, (_, id) => ({ id, text: samples[0]!.text })),
      /one mail, a score needs 10\. All 500 are copies of one\./,
    ],
    [
      'one template 40 times',
      'voice-few-mails',
      Array.from({ length: 40 }, (_, id) => ({
        id,
        text: `Hi ${['Ann', 'Ben', 'Cleo', 'Dan'][id % 4]},\n\nI saw that ${['Acme', 'Borealis', 'Corvane'][id % 3]} is hiring ${id + 2} people. We help teams plan their shifts from the bookings they already have.\n\nIs Tuesday at ${(id % 9) + 8} good?\n\nInes`,
      })),
      /one mail.*40.*(copies|template)/,
    ],
    [
      'mails in German',
      'voice-language',
      Array.from({ length: 12 }, (_, id) => ({
        id,
        text: `Hallo Frau Weber,\n\nanbei die Unterlagen zu Punkt ${'abcdefghijkl'[id]} aus unserem Gespräch. ${['Der Preis gilt bis Ende Mai.', 'Die Ware kommt morgen.', 'Wir melden uns am Freitag.', 'Das Angebot liegt bei.', 'Ihr Kollege war sehr freundlich.', 'Wann passt es Ihnen?', 'Die Rechnung folgt.', 'Leider ist das Lager leer.', 'Bitte rufen Sie kurz an.', 'Es freut mich sehr.', 'Danke für die Geduld.', 'Der Termin steht.'][id]}\n\nViele Grüße\nJan`.replace(
          'anbei die Unterlagen zu',
          ['anbei die Unterlagen zu', 'hier noch etwas zu', 'kurz eine Frage zu', 'gern antworte ich zu'][
            id % 4
          ]!,
        ),
      })),
      /English/,
    ],
  ])('%s fails with a sentence', (_, code, texts, sentence) => {
    const result = prepare(texts);
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.failure.code).toBe(code);
      expect(result.failure.sentence).toMatch(sentence);
    }
  });

  test('copies do not change a voice', () => {
    const doubled = prepared([...samples, ...samples.map(({ id, text }) => ({ id: id + 1000, text }))]);
    expect(doubled.model.mails).toBe(28);
    expect(doubled.profile.alike).toHaveLength(28);
    expect(score(inVoice[2]!, doubled)).toBe(score(inVoice[2]!));
  });

  test('the words for few mails still come with a profile', () => {
    const described = describeVoice(known, 'personal', samples.slice(0, 4));
    expect(described.ok && described.value.greetings[0]!.text).toBe('Hi {name},');
  });
});

describe('reasons', () => {
  test('name what is off, where it is, and show a real sentence beside it', () => {
    const reasons = voiceReasons(known, voice, stock);
    const kinds = new Set(reasons.map(({ kind }) => kind));
    expect(kinds).toContain('sign-off');
    expect(kinds).toContain('sentence');
    for (const { sentence, spans, nearest } of reasons) {
      expect(sentence).toMatch(/^[“\p{Lu}].*\.$/u);
      for (const { start, end } of spans) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(stock.length);
      }
      if (nearest) {
        const sample = samples.find(({ id }) => id === nearest.sampleId)!;
        const plain = (text: string) => text.replace(/\s+/g, ' ').replaceAll('{name}', '').toLowerCase();
        expect(plain(sample.text)).toContain(plain(nearest.text).split(' ')[0]!);
      }
    }
    const signOff = reasons.find(({ kind }) => kind === 'sign-off')!;
    expect(stock.slice(signOff.spans[0]!.start, signOff.spans[0]!.end)).toBe('Best regards,');
    expect(signOff.nearest?.text).toBe('All the best,');
  });

  test('one of the own mails has no greeting, sign-off or phrase against it', () => {
    for (const { text } of samples.slice(0, 6)) {
      const kinds = voiceReasons(known, voice, text).map(({ kind }) => kind);
      expect(kinds).not.toContain('greeting');
      expect(kinds).not.toContain('sign-off');
      expect(kinds).not.toContain('phrase');
      expect(kinds).not.toContain('sentence');
    }
  });
});

describe('the nearest own sentence', () => {
  const own = gatherSentences(samples);

  test('of an own sentence is that sentence, traced to its mail', () => {
    for (const sentence of ['Worth ten minutes to see if I’m right?', 'They need the plan.'])
      expect(nearestSentence(own, sentence, 'question')?.text ?? '').toMatch(/\?$/);
    expect(nearestSentence(own, 'Does Thursday work?', 'question')).toEqual({
      text: 'Does Thursday work?',
      sampleId: 105,
    });
  });

  test('is null where nothing is shared', () => {
    expect(nearestSentence(own, '日本語', 'question')).toBeNull();
    expect(nearestSentence(gatherSentences([]), 'Hello there', 'statement')).toBeNull();
  });

  test('every gathered sentence stands in its sample', () => {
    for (const [at, text] of own.text.entries()) {
      const sample = samples.find(({ id }) => id === own.sampleId[at])!;
      expect(sample.text.replace(/\s+/g, ' ')).toContain(text);
    }
    expect(own.text.length).toBeGreaterThan(samples.flatMap(({ text }) => sentences(text)).length / 2);
  });
});

test('English is told from other languages by its small words', () => {
  expect(
    isEnglish('Please send the plan to me before the end of the week, and bring it to the meeting.'),
  ).toBe(true);
  expect(isEnglish('Por favor envíeme el plan antes de que termine la semana y tráigalo a la reunión.')).toBe(
    false,
  );
  expect(
    isEnglish(
      'Stuur me het plan alsjeblieft voor het einde van de week en neem het mee naar de vergadering.',
    ),
  ).toBe(false);
  expect(
    isEnglish('Merci de m’envoyer le plan avant la fin de la semaine et de l’apporter à la réunion.'),
  ).toBe(false);
  for (const { text } of samples) expect(isEnglish(text)).toBe(true);
  const all = others.flatMap(({ mails }) => mails);
  expect(all.filter((mail) => !isEnglish(mail)).length / all.length).toBeLessThan(0.03);
});

test('of mails in another language nothing is said that only English words could tell', () => {
  const german = Array.from({ length: 4 }, (_, id) => ({
    id,
    text: `Hallo Frau Weber,\n\n${['Der Preis gilt bis Ende Mai, danach steigt er wieder.', 'Die Ware kommt morgen mit dem ersten Wagen an.', 'Wir melden uns am Freitag wegen der Lieferung?', 'Das Angebot liegt bei und gilt noch vier Wochen.'][id]}\n\nViele Grüße\nJan`,
  }));
  const described = describeVoice(known, 'personal', german);
  if (!described.ok) throw new Error(described.failure.sentence);
  expect(described.value.traits.map(({ key }) => key)).toEqual([
    'length',
    'sentence length',
    'questions',
    'exclamation marks',
    'dashes',
  ]);
  expect(described.value.avoided).toEqual([]);
});
