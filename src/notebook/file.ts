import type { DocumentCell, NotebookDocument } from './document';
import type { AnyCellKind, RunResult } from './kind';

/*
 * A notebook as text, one fact a line, so that a diff shows what was changed:
 *
 *     touchstone notebook 1
 *     title = Who to write to first
 *
 *     [prospects-k3fd]
 *     kind = prospects
 *     name = People
 *     collapsed = true
 *     input.from = list-x2ma
 *     param.columns = ["name","company"]
 *     text.query =
 *     | select *
 *     | from prospects
 *
 * A parameter is JSON; where that is long, one element a line, indented. Long text stands behind bars, whatever is in
 * it. A name or title that would not survive as it stands is written as a JSON string.
 */

/** What the file needs to know of the kinds: which parameter is long text. */
export type TextParams = readonly Pick<AnyCellKind<never>, 'kind' | 'textParam'>[];

/** `upgrades[n]` turns the text of version n + 1 into that of version n + 2. */
const upgrades: readonly ((text: string) => string)[] = [];

const version = upgrades.length + 1;
const longestLine = 100;

/** Prints a document; the same document always gives the same text. Parameters must be JSON values. */
export function printNotebook(document: NotebookDocument, kinds: TextParams): string {
  const textParams = new Map(kinds.map(({ kind, textParam }) => [kind, textParam]));
  const lines = [`touchstone notebook ${version}`, `title = ${printWord(document.title)}`];
  for (const cell of document.cells) lines.push('', ...printCell(cell, textParams.get(cell.kind)));
  return `${lines.join('\n')}\n`;
}

function printCell(cell: DocumentCell, textParam: string | undefined): string[] {
  const lines = [`[${cell.id}]`, `kind = ${printWord(cell.kind)}`, `name = ${printWord(cell.name)}`];
  if (cell.collapsed) lines.push('collapsed = true');
  for (const [input, reference] of sorted(cell.inputs))
    lines.push(`input.${printKey(input)} = ${printWord(reference)}`);

  const texts: string[] = [];
  for (const [param, value] of sorted(cell.params)) {
    if (value === undefined) continue;
    const isText = typeof value === 'string' && (param === textParam || value.includes('\n'));
    if (isText && isPlain(value)) texts.push(`text.${printKey(param)} =`, ...printBlock(value));
    else lines.push(`param.${printKey(param)} = ${printJson(value, '  ')}`);
  }
  return [...lines, ...texts];
}

function printBlock(text: string): string[] {
  return text.split('\n').map((line) => (line === '' ? '|' : `| ${line}`));
}

/** JSON with sorted keys, on one line where it fits, else one element a line. */
function printJson(value: unknown, indent: string): string {
  const flat = JSON.stringify(value, (_, part) => (isRecord(part) ? Object.fromEntries(sorted(part)) : part));
  if (flat.length <= longestLine || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Array.isArray(value)
    ? value.map((part) => printJson(part ?? null, inner))
    : sorted(value as Record<string, unknown>)
        .filter(([, part]) => part !== undefined)
        .map(([key, part]) => `${JSON.stringify(key)}: ${printJson(part, inner)}`);
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

/** As it stands, or as a JSON string where reading it back would give something else. */
function printWord(word: string): string {
  const survives =
    word !== '' && word.trim() === word && !word.startsWith('"') && !/[\n\u2028\u2029]/.test(word);
  return survives && isPlain(word) ? word : JSON.stringify(word);
}

function printKey(key: string): string {
  return bareKey.test(key) ? key : JSON.stringify(key);
}

const bareKey = /^[A-Za-z_][\w-]*$/;

/** Whether text comes back unchanged from a file: no control characters but tab and line feed, no half characters. */
function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return !/[\u0000-\u0008\u000b-\u001f\u007f\ufeff\p{Surrogate}]/u.test(text);
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with a file, and where; thrown inside this file only. */
class BadLine extends Error {
  constructor(
    /** 0-based. */
    readonly line: number,
    readonly why: string,
  ) {
    super(why);
  }
}

/**
 * Reads a notebook back. Kinds and parameters that this version doesn't know are kept. Fails with a sentence that names
 * the line for anything that is not of the format, and for files of a later version.
 */
export function parseNotebook(text: string): RunResult<NotebookDocument> {
  const content = text.replace(/^\ufeff/, '');
  const header = /^touchstone notebook (\d{1,9})[ \t]*\r?(?:\n|$)/.exec(content);
  if (!header)
    return bad(
      'notebook-unknown',
      'This is not a notebook of Touchstone: its first line should be “touchstone notebook” and a number.',
    );
  const found = Number(header[1]);
  if (found > version)
    return bad(
      'notebook-newer',
      `This notebook was saved by a later version (format ${found}; this version reads up to ${version}). Reload the page to get the latest version, then open it again.`,
    );
  if (found < 1) return bad('notebook-unknown', 'There is no notebook format 0. The first line is damaged.');
  const current = upgrades.slice(found - 1).reduce((older, upgrade) => upgrade(older), content);
  try {
    return { ok: true, value: new Reader(current).document() };
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    return bad('notebook-damaged', `Line ${error.line + 1} of the notebook: ${error.why}`);
  }
}

function bad(code: string, sentence: string): RunResult<never> {
  return { ok: false, failure: { code, sentence } };
}

/** Walks the lines of the current version. */
class Reader {
  readonly #lines: readonly string[];
  /** The header is checked already. */
  #at = 1;

  constructor(text: string) {
    this.#lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  document(): NotebookDocument {
    let title: string | undefined;
    const cells: DocumentCell[] = [];
    while (this.#skipBlank()) {
      const line = this.#line();
      const mark = /^\[([A-Za-z0-9_-]+)\]\s*$/.exec(line);
      if (mark?.[1]) {
        if (cells.some((cell) => cell.id === mark[1]))
          this.#fail(`a second cell with the id “${mark[1]}”. Give one of them another id.`);
        cells.push(this.#cell(mark[1]));
        continue;
      }
      if (cells.length > 0 || title !== undefined || !/^title\s*=/.test(line))
        this.#fail(
          `expected a cell, which begins with its id in brackets like [people-a1b2], but found “${short(line)}”.`,
        );
      title = this.#word(line.slice(line.indexOf('=') + 1));
    }
    return { title: title ?? 'Untitled', cells };
  }

  /** Reads from the id line to the next cell's. */
  #cell(id: string): DocumentCell {
    const start = this.#at++;
    const words = new Map<string, string>();
    const inputs = new Map<string, string>();
    const params = new Map<string, unknown>();
    while (this.#skipBlank() && !this.#line().startsWith('[')) this.#fact(words, inputs, params);

    const kind = words.get('kind');
    if (!kind) throw new BadLine(start, `the cell “${id}” has no line “kind = ...”.`);
    return {
      id,
      kind,
      name: words.get('name') ?? id,
      inputs: Object.fromEntries(inputs),
      params: Object.fromEntries(params),
      collapsed: words.get('collapsed') === 'true',
    };
  }

  #fact(words: Map<string, string>, inputs: Map<string, string>, params: Map<string, unknown>): void {
    const line = this.#line();
    const fact =
      /^(?:(kind|name|collapsed)|(input|param|text)\.([A-Za-z_][\w-]*|"(?:[^"\\]|\\.)*"))\s*=(.*)$/s.exec(
        line,
      );
    if (!fact)
      this.#fail(
        `expected kind, name, collapsed, input., param. or text. with “=”, but found “${short(line)}”.`,
      );
    const [, word, group, key = '', rest = ''] = fact;
    const target = word ? words : group === 'input' ? inputs : params;
    const name = word ?? (key.startsWith('"') ? this.#quoted(key) : key);
    if (target.has(name)) this.#fail(`“${word ?? `${group}.${key}`}” is given twice in this cell.`);

    if (group === 'param') params.set(name, this.#json(rest));
    else if (group === 'text') params.set(name, this.#block(rest));
    else (word ? words : inputs).set(name, this.#word(rest));
  }

  /** JSON that may go on over indented lines. */
  #json(first: string): unknown {
    const start = this.#at++;
    const lines = [first];
    while (this.#at < this.#lines.length && /^\s+\S/.test(this.#line()))
      lines.push(this.#lines[this.#at++] ?? '');
    try {
      return JSON.parse(lines.join('\n'));
    } catch {
      throw new BadLine(
        start,
        `the value after “=” can't be read; it must be JSON: a number, true, false, null, a text in double quotes, [...] or {...}.`,
      );
    }
  }

  #block(rest: string): string {
    if (rest.trim() !== '') this.#fail('a text begins on the next line, each of its lines with “| ”.');
    const start = this.#at++;
    const lines: string[] = [];
    for (; this.#at < this.#lines.length && this.#line().startsWith('|'); this.#at++)
      lines.push(this.#line().replace(/^\| ?/, ''));
    if (lines.length === 0) throw new BadLine(start, 'a text is announced, but no line with “|” follows.');
    return lines.join('\n');
  }

  #word(rest: string): string {
    const trimmed = rest.trim();
    const word = trimmed.startsWith('"') ? this.#quoted(trimmed) : trimmed;
    this.#at++;
    return word;
  }

  #quoted(text: string): string {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'string') return value;
    } catch {
      // Falls through: the sentence is the same.
    }
    return this.#fail(`${short(text)} is not a complete text in double quotes.`);
  }

  /** Moves to the next line with something on it; false at the end. */
  #skipBlank(): boolean {
    while (this.#at < this.#lines.length && this.#line().trim() === '') this.#at++;
    return this.#at < this.#lines.length;
  }

  #line(): string {
    return this.#lines[this.#at] ?? '';
  }

  #fail(why: string): never {
    throw new BadLine(this.#at, why);
  }
}

function short(line: string): string {
  return line.length > 60 ? `${line.slice(0, 60)}...` : line;
}
