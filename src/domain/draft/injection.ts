import { sentenceSpans } from '../text';

/** Wordings by which a text gives orders to a language model instead of telling something. */
const orders: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|above|previous|prior|system|everything)\b/iu,
  /\b(?:new|updated|real|actual|additional|following) (?:system )?(?:instructions?|prompt)\b\s*[:-]/iu,
  /\byou are (?:now|no longer)\b|\b(?:act|behave|respond|reply|answer) as (?:if you (?:are|were)|an? (?:ai|assistant|model|chatbot|language))/iu,
  /\b(?:system|developer) (?:prompt|message|role|override)\b|^\s*(?:system|assistant|developer|user)\s*:/imu,
  /\b(?:ai|language) (?:model|assistant|agent)s?\b[^.!?\n]{0,60}\b(?:must|should|shall|please|reading|processing|instructed|write|send|include|output)\b|\b(?:if|when) you are an? (?:ai|llm|language model|assistant|bot)\b|\b(?:attention|note|message|hello|dear)\b[^.!?\n]{0,20}\b(?:ai|llms?|chatbots?|assistants?)\b\s*[:,]/iu,
  /\b(?:send|forward|cc|bcc|address|deliver|redirect)\b[^.!?\n]{0,40}\b(?:e-?mail|mail|message|reply|draft|answer|this|it|copy)\b[^.!?\n]{0,30}\bto\b[^.!?\n]{0,30}@/iu,
  /\b(?:respond|reply|answer|output|print|return|write|say|begin|start|end)\b[^.!?\n]{0,20}\b(?:only|exactly|verbatim|nothing but|instead)\b[^.!?\n]{0,60}(?:["'“:{<]|\b(?:json|words?|sentence|text|phrase)\b)/iu,
  /\b(?:reveal|print|repeat|leak|output|show)\b[^.!?\n]{0,30}\b(?:your|the) (?:system |hidden |secret )?(?:prompt|instructions|rules|key|api key)\b/iu,
  /\b(?:set|change|replace) (?:the )?(?:recipient|schema|subject|signal ?id|to field|claims?)\b/iu,
  /<\|[a-z_]+\|>|\[\/?INST\]|<\/?(?:system|assistant|signal|quote|research|recipient|sender|examples|task)\b|<<\/?SYS>>/iu,
];

/** A text without the sentences that give orders, and those sentences. */
export interface Sifted {
  readonly text: string;
  readonly orders: readonly string[];
}

/**
 * Takes out of research what gives orders to a language model: a sentence that does so is no news about anybody, so it
 * is not passed on, and the rep is shown it for what it is. A net with wide meshes; what slips through is still only
 * quoted data to a model that has no tools, and decides about neither the recipient, the rules nor the form.
 */
export function siftOrders(text: string): Sifted {
  // Nearly all research is innocent, and then need not be taken apart.
  if (!givesOrders(text)) return { text, orders: [] };
  const found: string[] = [];
  let kept = '';
  let at = 0;
  for (const { start, end } of sentenceSpans(text)) {
    const sentence = text.slice(start, end);
    if (givesOrders(sentence)) {
      found.push(sentence);
      kept += text.slice(at, start).trimEnd();
      at = end;
    }
  }
  return found.length === 0 ? { text, orders: [] } : { text: (kept + text.slice(at)).trim(), orders: found };
}

function givesOrders(text: string): boolean {
  return orders.some((pattern) => pattern.test(text));
}
