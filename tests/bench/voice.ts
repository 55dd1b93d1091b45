import { readFileSync } from 'node:fs';
import type { Writer } from '../../src/domain/voice/background';
import { maskSubjects } from '../../src/domain/voice/mask';
import { voiceReasons } from '../../src/domain/voice/reasons';
import { prepareVoice, readOthers, scoreVoices } from '../../src/domain/voice/score';
import type { Figure } from '../eval/figure';

interface Starter {
  readonly personal: readonly { readonly text: string }[];
}

/** Words of the draft that is scored while typing. */
const draftWords = 150;
const batchSize = 2000;

/**
 * Times of the voice on the shipped mails: reading the background, preparing the starter's profile, scoring a draft
 * of 150 words with its reasons, and a batch of 2,000 drafts without. The plain baseline is the same language score
 * (the largest part) over JavaScript maps keyed by substrings, for the writer and every impostor, on the same draft.
 */
export async function benchVoice(): Promise<Figure[]> {
  const writers: Writer[] = JSON.parse(readFileSync('seeds/voice/others.json', 'utf8'));
  const starter: Starter = JSON.parse(readFileSync('seeds/voice/starter.json', 'utf8'));
  const samples = starter.personal.map(({ text }, id) => ({ id, text }));

  const [others, othersTime] = timed(() => readOthers(writers));
  const [prepared, prepareTime] = timed(() => {
    const steps = prepareVoice(others, 'personal', samples);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  });
  if (!prepared.ok) throw new Error(prepared.failure.sentence);
  const voice = prepared.value;

  const draft = longDraft(samples.map(({ text }) => text));
  const scoreOnce = () => {
    const scored = scoreVoices(others, [voice], draft);
    if (!scored.ok) throw new Error(scored.failure.sentence);
    return scored.value[0]!;
  };
  const score = median(() => scoreOnce());
  const typing = median(() => voiceReasons(others, voice, scoreOnce().text));
  const plain = plainLanguageScorer(writers, samples, (text) => maskSubjects(text, others.background.common));
  const baseline = median(() => plain(draft));

  const [, batchTime] = timed(() => {
    for (let at = 0; at < batchSize; at++) scoreVoices(others, [voice], samples[at % samples.length]!.text);
  });

  return [
    judged('voice: score and reasons of a 150-word draft', typing, 'ms', 50),
    judged('voice: score of a 150-word draft', score, 'ms', null),
    judged('voice: plain maps for the language part alone, times as long', baseline / score, 'x', null),
    judged('voice: 2,000 drafts', batchTime / 1000, 's', null),
    judged('voice: preparing a profile of 28 mails', prepareTime / 1000, 's', null),
    judged('voice: reading the mails of the others, once', othersTime / 1000, 's', null),
  ];
}

function judged(name: string, value: number, unit: string, atMost: number | null): Figure {
  return { name, value, unit, target: atMost, ok: atMost === null || value <= atMost };
}

function timed<T>(work: () => T): [T, number] {
  const started = performance.now();
  const value = work();
  return [value, performance.now() - started];
}

/** Milliseconds of the middle one of 31 runs, after 10 that warm up. */
function median(work: () => unknown): number {
  for (let run = 0; run < 10; run++) work();
  const times = Array.from({ length: 31 }, () => timed(work)[1]).sort((a, b) => a - b);
  return times[15]!;
}

function longDraft(texts: readonly string[]): string {
  return texts
    .join('\n\n')
    .split(/(?<=\s)/)
    .slice(0, draftWords)
    .join('');
}

/** Witten-Bell over maps of substrings, one pair of maps a writer: what one would write first. */
function plainLanguageScorer(
  writers: readonly Writer[],
  samples: readonly { readonly text: string }[],
  mask: (text: string) => string,
): (draft: string) => number[] {
  type Counts = Map<string, Map<string, number>>;
  const count = (mails: readonly string[], weight: number, counts: Counts): Counts => {
    for (const mail of mails) {
      const text = `${'\u0002'.repeat(4)}${mask(mail)}\u0003`;
      for (let at = 4; at < text.length; at++)
        for (let k = 0; k <= 4; k++) {
          const context = text.slice(at - k, at);
          const followers = counts.get(context) ?? new Map<string, number>();
          followers.set(text[at]!, (followers.get(text[at]!) ?? 0) + weight);
          counts.set(context, followers);
        }
    }
    return counts;
  };
  const all = writers.flatMap(({ mails }) => mails);
  const background = count(all, 1, new Map());
  const people = [...writers.map(({ mails }) => mails), samples.map(({ text }) => text)];
  const merged = people.map((mails) => count(mails, 10, count(all, 1, new Map())));
  const chanceOf = (counts: Counts, context: string, next: string) => {
    let p = 1 / 100;
    for (let k = 0; k <= 4; k++) {
      const followers = counts.get(context.slice(context.length - k));
      if (!followers) break;
      let total = 0;
      for (const times of followers.values()) total += times;
      p = ((followers.get(next) ?? 0) + followers.size * p) / (total + followers.size);
    }
    return p;
  };
  return (draft) => {
    const text = `${'\u0002'.repeat(4)}${mask(draft)}\u0003`;
    return merged.map((counts) => {
      let score = 0;
      for (let at = 4; at < text.length; at++) {
        const context = text.slice(at - 4, at);
        score += Math.log2(chanceOf(counts, context, text[at]!) / chanceOf(background, context, text[at]!));
      }
      return score / (text.length - 4);
    });
  };
}
