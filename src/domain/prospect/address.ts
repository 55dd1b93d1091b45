import { plain } from './name';

/** An address a mail could go to, in lower case; empty where the text holds none. */
export function emailKey(text: string): string {
  const found = /[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[\p{L}\d-]{2,}/u.exec(text)?.[0];
  if (!found) return '';
  const email = found.toLowerCase().replace(/^['.]+|\.+$/g, '');
  const [local, host] = email.split('@') as [string, string];
  return local !== '' && local.length <= 64 && /^[\p{L}\p{N}]/u.test(host) && !host.includes('..')
    ? email
    : '';
}

/** How many addresses a text holds. */
export function countEmails(text: string): number {
  return text.match(/[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]{2,}/g)?.length ?? 0;
}

/**
 * What a LinkedIn profile is known by: the name in its address in lower case, or the member id (`ACw...`) as it
 * stands, which the Sales Navigator and the plain form of an address share. Empty where the text is no profile's.
 */
export function profileKey(text: string): string {
  const match =
    /\blinkedin\.[a-z]{2,}\/(?:mwlite\/|m\/)?(?:in|sales\/(?:lead|people)|talent\/profile)\/([^/?#,\s]+)/i.exec(
      text,
    ) ?? /\blinkedin\.[a-z]{2,}\/(pub\/[^?#\s]+)/i.exec(text);
  if (!match) return '';
  const slug = decoded(match[1]!).replace(/\/+$/, '');
  return /^AC[owr][A-Za-z0-9_-]{15,}$/.test(slug) ? slug : slug.normalize('NFC').toLowerCase();
}

/** Whether a profile key is a member's id, which stands for the same person as the name in another address may. */
export function isMemberId(key: string): boolean {
  return /^AC[owr][A-Za-z0-9_-]{15,}$/.test(key);
}

function decoded(slug: string): string {
  if (!slug.includes('%')) return slug;
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}

/** A profile's address with its scheme, as a browser opens it. */
export function profileUrl(text: string): string {
  const trimmed = text.trim();
  return /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
}

/** Providers of free mail: by name under any ending, or as a whole where the name alone could be a company's. */
const freeMailNames = new Set(
  'gmail googlemail yahoo ymail rocketmail hotmail outlook live msn aol icloud gmx protonmail yandex'.split(
    ' ',
  ),
);
const freeMailHosts = new Set(
  (
    'me.com mac.com web.de t-online.de freenet.de proton.me pm.me mail.com mail.ru bk.ru inbox.ru list.ru ya.ru ' +
    'qq.com 163.com 126.com sina.com foxmail.com naver.com daum.net hanmail.net orange.fr free.fr laposte.net ' +
    'wanadoo.fr sfr.fr libero.it virgilio.it alice.it tiscali.it wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz ' +
    'comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net fastmail.com ' +
    'zoho.com hey.com tutanota.com tuta.io rediffmail.com bigpond.com btinternet.com virginmedia.com sky.com ' +
    'talktalk.net telenet.be skynet.be bluewin.ch uol.com.br bol.com.br terra.com.br ziggo.nl kpnmail.nl telia.com'
  ).split(' '),
);

/** Hosts where anybody has a page, so that they say nothing of who the company is. */
const sharedHosts = new Set([
  'linkedin.com',
  'facebook.com',
  'instagram.com',
  'twitter.com',
  'x.com',
  'youtube.com',
  'tiktok.com',
  'linktr.ee',
  'crunchbase.com',
  'github.com',
  'medium.com',
  'google.com',
  'goo.gl',
  'bit.ly',
  'angel.co',
  'wellfound.com',
]);

/** Hosts that give each customer a name before their own. */
const hostsOfOthers = new Set(
  'github.io vercel.app netlify.app herokuapp.com wordpress.com wixsite.com myshopify.com blogspot.com notion.site webflow.io substack.com carrd.co square.site weebly.com godaddysites.com azurewebsites.net web.app firebaseapp.com pages.dev'.split(
    ' ',
  ),
);

const secondLevels = new Set('co com org net gov edu ac or ne go gob nom ltd plc sch gouv'.split(' '));

/**
 * The registrable host of a website: `https://www.clarus.finance/about` is `clarus.finance`, `eu.acme.co.uk` is
 * `acme.co.uk` (by the usual second levels, not by the whole public suffix list). Empty where the text is no website,
 * or a page on a host that many share.
 */
export function websiteDomain(text: string): string {
  const match =
    /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/)?(?:[^/?#@\s]*@)?((?:[\p{L}\p{N}][\p{L}\p{N}_-]*\.)+[\p{L}\d-]{2,})\.?(?::\d+)?([/?#]\S*)?$/iu.exec(
      text.trim(),
    );
  if (!match || /^[\d.]+$/.test(match[1]!)) return '';
  const host = match[1]!.toLowerCase().replace(/^www\./, '');
  const domain = registrable(host);
  const isWholeSite = host === domain && (match[2] ?? '/') === '/';
  return sharedHosts.has(domain) && !isWholeSite ? '' : domain;
}

/** The company's domain as an address tells it; empty for a free-mail address. */
export function emailDomain(email: string): string {
  const host = email.slice(email.lastIndexOf('@') + 1);
  const domain = registrable(host);
  return freeMailNames.has(domain.split('.')[0]!) || freeMailHosts.has(domain) ? '' : domain;
}

function registrable(host: string): string {
  const labels = host.split('.');
  const isCountrys = labels.length > 2 && labels.at(-1)!.length === 2 && secondLevels.has(labels.at(-2)!);
  const isOthers = labels.length > 2 && hostsOfOthers.has(labels.slice(-2).join('.'));
  return labels.slice(isCountrys || isOthers ? -3 : -2).join('.');
}

const legalForms = new Set(
  'inc incorporated llc llp lp ltd limited gmbh mbh ag kg kgaa ug se sa sas sarl sasu srl spa sl slu nv bv cv oy oyj ab as asa aps plc corp corporation co company pty pte pvt private kk sro holding holdings group'.split(
    ' ',
  ),
);

/** A company's name as names are compared: plain, without its legal form. */
export function companyKey(name: string): string {
  const words = plain(name)
    .replace(/&/g, ' and ')
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/ (sp z ?oo?|sa de cv)$/, '')
    .split(' ');
  let end = words.length;
  while (end > 1 && legalForms.has(words[end - 1]!)) end--;
  const from = end > 1 && words[0] === 'the' ? 1 : 0;
  return words.slice(from, end).join(' ');
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A number of employees from how lists write it: "250", "11-50" (its middle), "1,001+", "2k", "10K - 50K employees";
 * also "10-Feb" and "Nov-50", which Excel makes of 2-10 and 11-50. Null where the text says none.
 */
export function employeeCount(text: string): number | null {
  const spoilt = /^(\d{1,2})[-. ]([a-z]{3})[a-z]*\.?$|^([a-z]{3})[a-z]*\.?[-. ](\d{1,2})$/i.exec(text.trim());
  const month = spoilt ? months.indexOf((spoilt[2] ?? spoilt[3])!.toLowerCase()) + 1 : 0;
  if (spoilt && month > 0) {
    const other = Number(spoilt[1] ?? spoilt[4]);
    return Math.round((month + other) / 2);
  }
  if (/^(self[- ]employed|myself only|freelance|solo)$/i.test(text.trim())) return 1;
  const range =
    /^[~≈<>≥]?\s*(\d[\d,.' ]*)\s*([km])?\s*(?:(?:-|–|—|to|bis|à)\s*(\d[\d,.' ]*)\s*([km])?|\+|plus)?\s*(?:employees|people|staff|mitarbeiter)?$/i.exec(
      text.trim(),
    );
  if (!range) return null;
  const low = quantity(range[1]!, range[2]);
  if (low === null) return null;
  if (range[3] === undefined) return low;
  const high = quantity(range[3], range[4]);
  return high === null ? null : Math.round((low + high) / 2);
}

/** "1,001", "1.001", "1 001" and "1.5" with a "k"; null past what a company can have. */
function quantity(digits: string, unit: string | undefined): number | null {
  const grouped = /^\d{1,3}([,.' ]\d{3})+$/.test(digits.trim());
  const number = grouped ? digits.replace(/\D/g, '') : digits.replace(/[' ]/g, '').replace(',', '.');
  const factor = unit === undefined ? 1 : unit.toLowerCase() === 'k' ? 1000 : 1_000_000;
  const value = Math.round(Number(number) * factor);
  return Number.isFinite(value) && value >= 0 && value <= 10_000_000 ? value : null;
}
