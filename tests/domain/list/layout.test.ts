import { describe, expect, test } from 'vitest';
import { findLayout } from '../../../src/domain/list/layout';

/** The layout, its start as the text that stands there. */
function layoutOf(text: string) {
  const { start, ...layout } = findLayout(text);
  return { ...layout, first: text.slice(start).split(/[\r\n]/)[0] };
}

describe('delimiter', () => {
  test.each([
    [',', 'First Name,Email\nAnn,ann@kiosk.example\n'],
    [';', 'First Name;Email\nAnn;ann@kiosk.example\n'],
    ['\t', 'First Name\tEmail\nAnn\tann@kiosk.example\n'],
    ['|', 'First Name|Email\nAnn|ann@kiosk.example\n'],
    // Prose full of commas does not make a semicolon file a comma file.
    [';', `Company;Notes;Who\n${'Acme;one, two, three, four;Ann\n'.repeat(20)}`],
    // Nor does a decimal comma.
    [';', `Firma;Umsatz;Ort\n${'Acme;1,5;Köln\n'.repeat(20)}`],
    // Unknown headers: the rows decide.
    ['\t', `alpha\tbeta\tgamma\n${'a, b\tc, d\te\n'.repeat(10)}`],
  ])('%j', (delimiter, text) => {
    expect(findLayout(text).delimiter).toBe(delimiter);
  });

  test('a first line sep= decides, and is no row', () => {
    expect(layoutOf('sep=;\r\nName;Email\r\nAnn, Lee;ann@kiosk.example')).toEqual({
      delimiter: ';',
      line: 2,
      hasHeader: true,
      first: 'Name;Email',
    });
    expect(layoutOf('"sep=|"\nName|Email\nAnn|ann@kiosk.example').delimiter).toBe('|');
  });
});

describe('header', () => {
  test('stands below the notes of a LinkedIn export', () => {
    const notes =
      'Notes:\n"When exporting your connection data, you may notice that some of the emails are missing.\nSee ""settings"", please."\n\n';
    const header = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On';
    const text = `${notes}${header}\nAda,Byron,https://www.linkedin.com/in/ada,,Engines,Analyst,10 Dec 2025\n`;
    expect(layoutOf(text)).toEqual({ delimiter: ',', line: 5, hasHeader: true, first: header });
  });

  test('stands below a title and a blank line', () => {
    const text = 'Leads of October\n\nwho,firm,where,how\nAnn,Acme,Köln,phone\nBob,Bolt,Lyon,mail\n';
    expect(layoutOf(text)).toMatchObject({ line: 3, hasHeader: true, first: 'who,firm,where,how' });
  });

  test('is missing where the first row holds an address, a link or a number', () => {
    for (const row of [
      'Ann,ann@kiosk.example',
      'Ann,https://kiosk.example',
      'Ann,+49 30 1234567',
      'Ann,2024-01-31',
    ])
      expect(layoutOf(`${row}\n${row}\n`)).toMatchObject({ line: 1, hasHeader: false, first: row });
  });

  test('of one column', () => {
    expect(layoutOf('email\nann@kiosk.example\n')).toMatchObject({ line: 1, hasHeader: true });
    expect(layoutOf('ann@kiosk.example\nbob@kiosk.example\n')).toMatchObject({ line: 1, hasHeader: false });
  });

  test('is not taken from data that happens to hold a word of ours', () => {
    const text = 'Name,Company,Notes\nAnn,Acme,Title\nBob,Company,Lead\n';
    expect(layoutOf(text)).toMatchObject({ line: 1, hasHeader: true });
  });
});
