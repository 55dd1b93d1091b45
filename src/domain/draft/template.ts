import type { Cluster } from '../cluster';
import { fail, type Result, succeed } from '../result';
import type { Signal } from '../signal';
import type { DraftAnswer } from './answer';
import type { Brief, BriefMaterial, BriefSettings } from './brief';
import { fieldsOf, fillFields } from './merge';

/** A mail with fields. */
export interface MailTemplate {
  readonly subject: string;
  readonly body: string;
}

/** What a new cell begins with; the rep rewrites it. */
export const defaultTemplate: MailTemplate = {
  subject: '{topic}',
  body: `Hello {first name|there},

{hook}

{offer}

Is that on your table at the moment?

{sender|}`,
};

/** The fields that {@link templateDraft} fills, in the order they are offered. */
export const templateFields = [
  'first name',
  'last name',
  'company',
  'title',
  'industry',
  'location',
  'hook',
  'quote',
  'topic',
  'offer',
  'sender',
] as const;

/** Fills a template from a brief: no model, no key, the same words for everyone around the slots. */
export function templateDraft(
  template: MailTemplate,
  material: BriefMaterial,
  brief: Brief,
  settings: Pick<BriefSettings, 'offer' | 'sender'>,
): Result<DraftAnswer> {
  const hook = brief.signals[0];
  const values = {
    'first name': material.firstName,
    'last name': material.lastName,
    company: material.account.name,
    title: material.title,
    industry: material.account.industry,
    location: material.location,
    hook: hook ? hookLine(hook, material.account.name) : '',
    quote: hook ? shortQuote(hook) : '',
    topic: hook ? topicOf(hook) : '',
    offer: settings.offer,
    sender: settings.sender,
  } satisfies Record<(typeof templateFields)[number], string>;
  const subject = fillFields(template.subject, values);
  const body = fillFields(template.body, values);
  const missing = [...new Set([...subject.missing, ...body.missing])];
  if (missing.length > 0)
    return fail(
      'template-field',
      `The template wants ${missing.map((name) => `{${name}}`).join(', ')}, which is not known here. Write {${missing[0]}|something} to say what stands in for it.`,
    );
  const usesHook =
    hook &&
    fieldsOf(`${template.subject}\n${template.body}`).some((name) => name === 'hook' || name === 'quote');
  return succeed({
    subject: subject.text,
    body: body.text,
    claims: usesHook ? [{ text: shortQuote(hook), signalId: hook.id }] : [],
  });
}

/** How a signal is brought up, by its kind; `{who}` is the person, or the company where it is about that. */
const hookLines: Partial<Record<Signal['kind'], string>> = {
  post: '{You} wrote: “{quote}”.',
  talk: '{You} said: “{quote}”.',
  hiring: 'I saw what {company} is looking for: “{quote}”.',
  funding: 'I read about the round at {company}: “{quote}”.',
  launch: 'I read about the launch at {company}: “{quote}”.',
};

function hookLine(signal: Signal, company: string): string {
  const line = hookLines[signal.kind] ?? 'I read this about {company}: “{quote}”.';
  const firm = company || 'your company';
  return line
    .replace('{You}', () => (signal.prospectId === null ? firm : 'You'))
    .replace('{company}', () => firm)
    .replace('{quote}', () => shortQuote(signal));
}

/** The quote in one line, without quotation marks around it, cut at a word where it is long. */
function shortQuote({ quote }: Signal): string {
  const line = quote
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^["“”']+|["“”']+$/g, '')
    .replace(/[.,;]+$/, '');
  return line.length <= 160 ? line : `${line.slice(0, 160).replace(/\s+\S*$/, '')} …`;
}

/** The first words of the quote, as a subject line. */
function topicOf(signal: Signal): string {
  const first = shortQuote(signal).split(' ').slice(0, 6).join(' ');
  return first.replace(/[,;:.–—-]+$/, '');
}

/** A mail to a whole group that says so: it names what they share and claims nothing about anyone. */
export function segmentMail(
  name: string,
  cluster: Pick<Cluster, 'phrases'>,
  settings: Pick<BriefSettings, 'offer' | 'sender'>,
): MailTemplate {
  const shared = cluster.phrases.slice(0, 2).map(({ phrase }) => phrase);
  const work = shared.length > 0 ? shared.join(' and ') : name;
  return {
    subject: `A question to people in ${work}`,
    body: `Hello {first name|there},

I am writing to several people who work with ${work}, so this is no personal letter.

${settings.offer.trim()}

If that is of no use to you, a word is enough and I will not write again. If it is, what would you want to know first?

${settings.sender.trim()}`.trim(),
  };
}

/** What keeps a segment's mail from being sent: a segment is addressed by first name and knows no more. */
export function segmentFault({ subject, body }: MailTemplate): string | undefined {
  if (body.trim() === '') return 'There is no text yet.';
  const others = fieldsOf(`${subject}\n${body}`).filter((name) => name !== 'first name');
  if (others.length === 0) return undefined;
  return `A mail to a whole group uses the first name alone; take out ${others.map((name) => `{${name}}`).join(', ')}.`;
}
