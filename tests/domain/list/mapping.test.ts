import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prospectFields } from '../../../src/domain/list';
import { headerKey, headerMeaning } from '../../../src/domain/list/headers';
import { identifies, mapColumns, uniqueHeaders } from '../../../src/domain/list/mapping';

const none = (headers: readonly string[]) => headers.map(() => []);
const map = (headers: string) => {
  const names = headers.split(', ');
  const { mapping, unsure } = mapColumns(names, none(names));
  return { fields: Object.fromEntries(names.map((name, i) => [name, mapping[i]])), unsure };
};

/** The headers of each source as they are exported, and the field each fills. */
const sources: Record<string, Record<string, string | null>> = {
  Apollo: {
    'First Name': 'firstName',
    'Last Name': 'lastName',
    Title: 'title',
    Company: 'company',
    Email: 'email',
    'Email Status': 'emailStatus',
    '# Employees': 'employees',
    Industry: 'industry',
    Keywords: 'keywords',
    'Person Linkedin Url': 'linkedinUrl',
    Website: 'domain',
    'Company Linkedin Url': null,
    Technologies: null,
    'Annual Revenue': null,
    'Latest Funding': null,
    'Last Raised At': null,
    'Apollo Contact Id': null,
    'Primary Intent Topic': null,
  },
  'Apollo, the other company column': { 'Company Name': 'company', 'Company Name for Emails': null },
  'PhantomBuster (Sales Navigator)': {
    profileUrl: 'linkedinUrl',
    fullName: 'fullName',
    firstName: 'firstName',
    lastName: 'lastName',
    companyName: 'company',
    title: 'title',
    summary: null,
    titleDescription: null,
    industry: 'industry',
    location: 'location',
    durationInRole: null,
    linkedInProfileUrl: 'linkedinUrl',
    defaultProfileUrl: 'linkedinUrl',
    vmid: null,
    timestamp: null,
  },
  'LinkedIn connections': {
    'First Name': 'firstName',
    'Last Name': 'lastName',
    URL: 'linkedinUrl',
    'Email Address': 'email',
    Company: 'company',
    Position: 'title',
    'Connected On': null,
  },
  ZoomInfo: {
    'ZoomInfo Contact ID': null,
    'First Name': 'firstName',
    'Last Name': 'lastName',
    'Job Title': 'title',
    'Management Level': null,
    'Email Address': 'email',
    'Mobile phone': 'phone',
    'LinkedIn Contact Profile URL': 'linkedinUrl',
    'Last Job Change Date': null,
    'Company Name': 'company',
    Website: 'domain',
    'Revenue (in 000s USD)': null,
  },
  HubSpot: {
    'Record ID': null,
    'First Name': 'firstName',
    'Last Name': 'lastName',
    Email: 'email',
    'Job Title': 'title',
    'Contact owner': null,
    'Associated Company': 'company',
    'Associated Company IDs': null,
    'Website URL': 'domain',
  },
  Salesforce: {
    'First Name': 'firstName',
    'Last Name': 'lastName',
    Title: 'title',
    'Account Name': 'company',
    Email: 'email',
    Phone: 'phone',
    'Mailing City': 'location',
    'Mailing State/Province': 'location',
  },
  'Salesforce, by API': { FirstName: 'firstName', MailingCity: 'location' },
  Clay: {
    'First Name': 'firstName',
    'Last Name': 'lastName',
    'Job Title': 'title',
    'LinkedIn Profile': 'linkedinUrl',
    'Company Domain': 'domain',
    'Company Table Data': null,
  },
  Crunchbase: {
    'Organization Name': 'company',
    'Organization Name URL': null,
    Website: 'domain',
    Industries: 'industry',
    'Headquarters Location': 'location',
    'Total Funding Amount (in USD)': null,
    'Number of Funding Rounds': null,
  },
  'Crunchbase, rounds': { 'Funding Type': null, 'Money Raised': null, 'Announced Date': null },
};

describe('headers of the sources are mapped without asking', () => {
  test.each(Object.entries(sources))('%s', (_, expected) => {
    expect(map(Object.keys(expected).join(', '))).toEqual({ fields: expected, unsure: [] });
    for (const header of Object.keys(expected)) expect(headerMeaning(header)).toBeDefined();
  });

  test('however they are written', () => {
    for (const header of Object.values(sources).flatMap(Object.keys)) {
      const spellings = [header.toUpperCase(), header.replaceAll(' ', '_'), ` ${header} `, `\ufeff${header}`];
      for (const spelling of spellings) expect(headerMeaning(spelling)).toEqual(headerMeaning(header));
    }
  });
});

describe('the rest is guessed from what it holds', () => {
  const guess = (values: readonly string[], others: readonly string[] = []) => {
    const headers = ['Mystery', ...others];
    return mapColumns(headers, [values, ...others.map(() => [])]);
  };

  test.each([
    ['email', ['ann@kiosk.example', 'bob@kiosk.example', 'n/a', 'eve@kiosk.example']],
    ['linkedinUrl', ['https://www.linkedin.com/in/ann', 'linkedin.com/in/bob/']],
    ['domain', ['https://kiosk.example', 'www.bolt.example', 'acme.co.uk']],
    ['employees', ['11-50', '51-200', '1,001+', '2 - 10']],
    ['phone', ['+48 601 234 567', '(030) 123 4567-8']],
    ['title', ['Head of Sales', 'CEO', 'Account Executive']],
    ['company', ['Acme Inc.', 'Bolt GmbH', 'Kiosk']],
    ['fullName', ['Ann Lee', 'Jean-Luc van Dyke', 'Zoë O’Brien', 'Bob Bolt', 'Eva Green']],
    ['description', ['x '.repeat(60), 'y '.repeat(80)]],
  ])('%s', (field, values) => {
    expect(guess(values)).toEqual({ mapping: [field], unsure: [0] });
  });

  test('only for a field that nothing fills yet', () => {
    expect(guess(['ann@kiosk.example', 'bob@kiosk.example'], ['Email'])).toEqual({
      mapping: [null, 'email'],
      unsure: [],
    });
  });

  test('and never from too little', () => {
    expect(guess(['Blue', '7', 'yes', ''])).toEqual({ mapping: [null], unsure: [] });
    expect(guess([])).toEqual({ mapping: [null], unsure: [] });
  });

  test('“URL” is what its values say', () => {
    const of = (...values: string[]) => mapColumns(['URL'], [values]).mapping[0];
    expect(of('https://www.linkedin.com/in/ann')).toBe('linkedinUrl');
    expect(of('https://kiosk.example')).toBe('domain');
    expect(of('https://www.linkedin.com/company/kiosk')).toBe(null);
  });
});

test('mapping what was mapped changes nothing', () => {
  // Columns named after our own fields are those fields, whatever they hold.
  fc.assert(
    fc.property(fc.shuffledSubarray([...prospectFields]), (fields) => {
      expect(mapColumns(fields, none(fields))).toEqual({ mapping: fields, unsure: [] });
    }),
  );
});

test('a mapping identifies by an address, a profile, or a name with a company', () => {
  expect(identifies(['email'])).toBe(true);
  expect(identifies([null, 'linkedinUrl'])).toBe(true);
  expect(identifies(['fullName', 'company'])).toBe(true);
  expect(identifies(['lastName', 'domain'])).toBe(true);
  expect(identifies(['fullName', 'title'])).toBe(false);
  expect(identifies(['company', null])).toBe(false);
});

test('headers become names of their own', () => {
  expect(uniqueHeaders(['Notes', ' Notes ', '', 'Notes', 'Two\nlines'])).toEqual([
    'Notes',
    'Notes (2)',
    'Column 3',
    'Notes (3)',
    'Two lines',
  ]);
  fc.assert(
    fc.property(fc.array(fc.string()), (headers) => {
      const names = uniqueHeaders(headers);
      expect(new Set(names).size).toBe(headers.length);
      expect(uniqueHeaders(names)).toEqual(names);
    }),
  );
});

test('a header key has letters and digits alone', () => {
  expect(headerKey('# Employees')).toBe('employees');
  expect(headerKey('Prénom')).toBe('prénom');
});
