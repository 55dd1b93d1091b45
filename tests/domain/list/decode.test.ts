import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeList } from '../../../src/domain/list/decode';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** UTF-16 bytes, with or without the mark at the beginning. */
function utf16(text: string, isBig: boolean, hasMark: boolean): Uint8Array {
  const units = [...(hasMark ? '\ufeff' : ''), ...text].join('');
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < units.length; i++) view.setUint16(i * 2, units.charCodeAt(i), !isBig);
  return bytes;
}

const list = 'Name,Email\r\nZoë Müller,zoe@kiosk.example\r\n';

describe('encodings', () => {
  test.each([
    ['UTF-8', utf8(list)],
    ['UTF-8', utf8(`\ufeff${list}`)],
    ['UTF-16LE', utf16(list, false, true)],
    ['UTF-16BE', utf16(list, true, true)],
    ['UTF-16LE', utf16(list, false, false)],
    ['UTF-16BE', utf16(list, true, false)],
    ['windows-1252', Uint8Array.from(list, (letter) => letter.charCodeAt(0))],
  ])('reads %s', (encoding, bytes) => {
    const decoded = decodeList(bytes, 'list.csv');
    expect(decoded).toMatchObject({ ok: true, value: { text: list, encoding } });
  });

  test('any text in UTF-8 or marked UTF-16 comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('8', 'le', 'be'), (written, kind) => {
        const text = `name,${written.replaceAll('\0', '')}`;
        const bytes = kind === '8' ? utf8(text) : utf16(text, kind === 'be', true);
        const decoded = decodeList(bytes, 'list.csv');
        expect(decoded.ok && decoded.value.text).toBe(text.replace(/^\ufeff/, ''));
      }),
    );
  });

  test('a spoilt byte does not turn a UTF-8 file into another encoding', () => {
    const bytes = utf8(`Name,City\n${'Zoë,Kraków\n'.repeat(50)}`);
    bytes[bytes.length - 2] = 0xff;
    const decoded = decodeList(bytes, 'list.csv');
    expect(decoded).toMatchObject({ ok: true, value: { encoding: 'UTF-8' } });
    expect(decoded.ok && decoded.value.text).toContain('Zoë,Kraków');
    expect(decoded.ok && decoded.value.notes[0]).toMatch(/^One character could not be read .* line 51\./);
  });

  test('windows-1252 is said to be a guess', () => {
    const decoded = decodeList(
      Uint8Array.from('Name\nMüller\n', (letter) => letter.charCodeAt(0)),
      'a.csv',
    );
    expect(decoded.ok && decoded.value.notes[0]).toContain('save it as “CSV UTF-8”');
  });

  test('characters that the database cannot hold are gone', () => {
    const decoded = decodeList(utf8('Name,Email\nA\0nn,ann@kiosk.example\n'), 'a.csv');
    expect(decoded.ok && decoded.value.text).toBe('Name,Email\nAnn,ann@kiosk.example\n');
  });
});

describe('files that are no lists', () => {
  const noise = Uint8Array.from({ length: 20_000 }, (_, i) => (Math.imul(i + 7, 2654435761) >>> 13) & 255);
  const join = (...parts: (string | Uint8Array | number[])[]) =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...utf8(part)] : [...part])));

  test.each([
    ['nothing at all', 'list.csv', new Uint8Array(), '“list.csv” is empty.'],
    ['blanks', 'list.csv', utf8(' \r\n\r\n'), '“list.csv” is empty.'],
    ['delimiters alone', 'list.csv', utf8(',,,\n,,,\n'), 'holds no words'],
    [
      'a workbook',
      'leads.csv',
      join([0x50, 0x4b, 3, 4], '[Content_Types].xml', noise),
      '“leads.csv” is an Excel file renamed to .csv. Open it, save it as “CSV UTF-8”',
    ],
    [
      'a workbook by its name',
      'leads.xlsx',
      join([0x50, 0x4b, 3, 4], 'xl/workbook.xml'),
      'is an Excel file. Open',
    ],
    ['an old workbook', 'a.xls', join([0xd0, 0xcf, 0x11, 0xe0], noise), 'is an old Excel or Word file'],
    ['a document', 'a.csv', join([0x50, 0x4b, 3, 4], 'word/document.xml'), 'is a Word document renamed'],
    ['an archive', 'a.zip', join([0x50, 0x4b, 3, 4], 'list.csv'), 'Unpack it'],
    ['a PDF', 'a.csv', utf8('%PDF-1.7'), 'is a PDF renamed to .csv'],
    ['a picture', 'a.png', join([0x89, 0x50, 0x4e, 0x47], noise), 'is a picture'],
    ['noise', 'a.csv', noise, 'isn’t text'],
    ['a web page', 'a.csv', utf8('\n<!DOCTYPE html><html></html>'), 'is a web page'],
    ['XML', 'a.txt', utf8('<?xml version="1.0"?><a/>'), 'is an XML file renamed to .txt'],
    ['JSON', 'a.csv', utf8('[\n  {"name": "Ann"}]'), 'is a JSON file'],
    ['cards', 'a.vcf', utf8('BEGIN:VCARD\nFN:Ann\n'), 'is an address book'],
  ])('%s', (_, name, bytes, sentence) => {
    const decoded = decodeList(bytes, name);
    expect(decoded.ok).toBe(false);
    expect(!decoded.ok && decoded.failure.sentence).toContain(sentence);
  });

  test('a list that begins like JSON or XML but is none', () => {
    expect(decodeList(utf8('[Name],Email\nAnn,ann@kiosk.example'), 'a.csv').ok).toBe(true);
    expect(decodeList(utf8('<3 Name,Email\nAnn,ann@kiosk.example'), 'a.csv').ok).toBe(true);
  });
});
