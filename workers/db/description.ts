/** The fields of a prospect, and of their account, that say what they do. */
export interface Described {
  readonly title: string;
  readonly company: string;
  readonly industry: string;
  readonly keywords: string;
  readonly description: string;
}

/**
 * The text by which a prospect is compared with others: industry, title, description, keywords, in this order, for a
 * model reads the beginning best. The company's name is left out wherever it stands, so that prospects are grouped by
 * what they do and not by what they are called. Empty where nothing is known.
 */
export function descriptionOf({ title, company, industry, keywords, description }: Described): string {
  const parts = [industry, title, withoutName(description, company), withoutName(keywords, company)];
  return parts
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');
}

const legalForm =
  /[\s,]+(?:inc|incorporated|llc|llp|ltd|limited|plc|corp|corporation|co|company|gmbh|ag|kg|se|sa|s\.a|sas|sarl|srl|s\.r\.l|spa|s\.p\.a|bv|b\.v|nv|n\.v|ab|as|oy|oyj|aps|kft|pty ltd|pte ltd)\.?$/i;

/** The text without the company's name, with or without its legal form ("Acme Inc." in "Acme builds ..."). */
function withoutName(text: string, company: string): string {
  const full = company.trim();
  const short = full.replace(legalForm, '').trim();
  const lower = text.toLowerCase();
  return [full, short].reduce((left, name) => {
    // One letter or digit is more often a word than a name.
    if (name.length < 2 || !lower.includes(name.toLowerCase())) return left;
    const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return left.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?:['’]s)?(?![\\p{L}\\p{N}])`, 'giu'), ' ');
  }, text);
}
