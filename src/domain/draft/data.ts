/**
 * A text as data within a prompt: cut to `most` characters, without what can't be seen (control and format characters,
 * by which a text may say to a model what no reader sees), and with the marks that could close its element spelt out.
 */
export function asData(text: string, most: number): string {
  const visible = visibleText(text);
  const cut = visible.length > most ? `${wholeCharacters(visible, most)}…` : visible;
  return cut.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** What a reader sees of a text: line breaks stay, other control, format, private and broken characters go. */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]/gu, '')
    .trim();
}

/** The first `most` code units, not ending within a character. */
function wholeCharacters(text: string, most: number): string {
  const cut = text.slice(0, most);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** One element around a text, each value made data; attributes that are empty are left out. */
export function element(
  name: string,
  text: string,
  attributes: Readonly<Record<string, string | number>> = {},
  most = 2000,
): string {
  return `${opening(name, attributes)}${asData(text, most)}</${name}>`;
}

/** One element around others, a line each. Empty where there is nothing to hold. */
export function elements(
  name: string,
  inner: readonly string[],
  attributes: Readonly<Record<string, string | number>> = {},
): string {
  const lines = inner.filter(Boolean);
  return lines.length === 0 ? '' : `${opening(name, attributes)}\n${lines.join('\n')}\n</${name}>`;
}

function opening(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => ` ${key}="${asData(String(value), 200).replace(/\s+/g, ' ')}"`);
  return `<${name}${list.join('')}>`;
}
