import type { OutdatedDraft } from '../../boundary/services';
import type { HookChoice } from '../../domain/draft/brief';
import type { ProviderName } from '../../domain/draft/models';
import type { VoiceChoice } from '../../domain/draft/variant';

export const providerWords: Readonly<Record<ProviderName, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google Gemini',
  openrouter: 'OpenRouter',
  compatible: 'another endpoint (Ollama, LM Studio, vLLM)',
};

export const voiceWords: Readonly<Record<VoiceChoice, string>> = {
  none: 'No voice',
  personal: 'Your voice',
  brand: 'The brand’s voice',
};

export const hookWords: Readonly<Record<HookChoice, string>> = {
  strongest: 'The strongest signal',
  freshest: 'The freshest signal',
  second: 'The second strongest',
};

export function count(number: number): string {
  return number.toLocaleString('en');
}

/** "1 person", "1,200 people". */
export function peopleWords(number: number): string {
  return `${count(number)} ${number === 1 ? 'person' : 'people'}`;
}

/** "$0.004", "$0.93", "$12.40". */
export function dollars(amount: number): string {
  if (amount === 0) return '$0';
  if (amount < 0.01) return `$${amount.toPrecision(1)}`;
  return `$${amount.toFixed(2)}`;
}

/** "under a minute", "about 9 minutes", "about 3 hours". */
export function briefly(minutes: number): string {
  if (minutes < 1) return 'under a minute';
  if (minutes < 90) {
    const whole = Math.round(minutes);
    return `about ${whole} ${whole === 1 ? 'minute' : 'minutes'}`;
  }
  return `about ${(minutes / 60).toFixed(1)} hours`;
}

/** "0:07", "12:40". */
export function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Why a draft is out of date. */
export function outdatedWords({ news, lost }: OutdatedDraft): string {
  return [
    news && `Written before the ${news.kind} of ${news.happenedOn} was known.`,
    lost === 'gone' && 'It rests on a signal that is no longer in the workbench.',
    lost === 'old' && 'It rests on a signal that is out of date by now.',
  ]
    .filter(Boolean)
    .join(' ');
}
