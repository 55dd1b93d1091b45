import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  companyKey,
  countEmails,
  emailDomain,
  emailKey,
  employeeCount,
  isMemberId,
  profileKey,
  websiteDomain,
} from '../../../src/domain/prospect/address';

test.each([
  ['Ann.Lee@Kiosk.example', 'ann.lee@kiosk.example'],
  ['  ann@kiosk.example ', 'ann@kiosk.example'],
  ['Ann Lee <ann@kiosk.example>', 'ann@kiosk.example'],
  ['mailto:ann@kiosk.example', 'ann@kiosk.example'],
  ['ann@kiosk.example; ann@home.example', 'ann@kiosk.example'],
  ['ann+list@mail.kiosk.co.uk.', 'ann+list@mail.kiosk.co.uk'],
  ['müller@käse.example', 'müller@käse.example'],
  ['ann@kiosk', ''],
  ['ann(at)kiosk.example', ''],
  ['ann@@kiosk.example', ''],
  ['ann@kiosk..example', ''],
  ['ann@.example', ''],
  ['@kiosk.example', ''],
  ['n/a', ''],
  ['', ''],
])('the address in %j', (text, key) => {
  expect(emailKey(text)).toBe(key);
});

test('the key of an address is its own key', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (email) => {
      const key = emailKey(email);
      expect(emailKey(key)).toBe(key);
      expect(emailKey(email.toUpperCase())).toBe(emailKey(email.toLowerCase()));
    }),
  );
  expect(countEmails('a@b.example, c@d.example')).toBe(2);
});

describe('LinkedIn profiles', () => {
  test('one person under many addresses', () => {
    const addresses = [
      'https://www.linkedin.com/in/ann-lee-42',
      'http://linkedin.com/in/Ann-Lee-42/',
      'linkedin.com/in/ann-lee-42?trk=people',
      'https://de.linkedin.com/in/ann-lee-42/en',
      'https://www.linkedin.com/mwlite/in/ann-lee-42#top',
    ];
    for (const address of addresses) expect(profileKey(address)).toBe('ann-lee-42');
  });

  test('the id of a member keeps its case, and is the same in the Sales Navigator', () => {
    const id = 'ACwAABbCcDdEe123456_-x';
    expect(profileKey(`https://www.linkedin.com/in/${id}`)).toBe(id);
    expect(profileKey(`https://www.linkedin.com/sales/lead/${id},NAME_SEARCH,abcd`)).toBe(id);
    expect(isMemberId(id)).toBe(true);
    expect(isMemberId('acwards')).toBe(false);
  });

  test('letters outside ASCII, escaped or not', () => {
    expect(profileKey('https://linkedin.com/in/zo%C3%AB-m')).toBe(
      profileKey('https://linkedin.com/in/zoë-m'),
    );
    expect(profileKey('https://linkedin.com/in/bad%E0%A4%A')).toBe('bad%e0%a4%a');
  });

  test('what is no profile', () => {
    for (const text of [
      'https://www.linkedin.com/company/acme',
      'https://kiosk.example/in/ann',
      'ann-lee',
      '',
    ])
      expect(profileKey(text)).toBe('');
  });
});

test.each([
  ['https://www.clarus.finance', 'clarus.finance'],
  ['http://blog.acme.example/about?x=1', 'acme.example'],
  ['ACME.EXAMPLE', 'acme.example'],
  ['eu.acme.co.uk', 'acme.co.uk'],
  ['https://acme.com.au:8080/', 'acme.com.au'],
  ['acme.github.io', 'acme.github.io'],
  ['https://www.facebook.com/acme', ''],
  ['https://sites.google.com/acme', ''],
  ['https://github.com', 'github.com'],
  ['münchen.example', 'münchen.example'],
  ['192.168.0.1', ''],
  ['acme', ''],
  ['see our page', ''],
  ['', ''],
])('the domain of %j', (text, domain) => {
  expect(websiteDomain(text)).toBe(domain);
  expect(websiteDomain(domain)).toBe(domain);
});

test('an address tells the company, unless it is free mail', () => {
  expect(emailDomain('ann@mail.acme.co.uk')).toBe('acme.co.uk');
  for (const host of ['gmail.com', 'yahoo.co.uk', 'gmx.de', 'web.de', 'proton.me', 'outlook.fr'])
    expect(emailDomain(`ann@${host}`)).toBe('');
  // Companies whose names begin like a provider's.
  expect(emailDomain('ann@web.agency')).toBe('web.agency');
  expect(emailDomain('ann@mail.studio')).toBe('mail.studio');
});

test('companies are compared without their legal form', () => {
  expect(companyKey('The Acme Co., Inc.')).toBe('acme');
  expect(companyKey('ACME')).toBe('acme');
  expect(companyKey('Café & Söhne GmbH')).toBe('cafe and sohne');
  expect(companyKey('Lot Sp. z o.o.')).toBe('lot');
  expect(companyKey('Company')).toBe('company');
  expect(companyKey('شركة الأفق')).not.toBe('');
});

test.each([
  ['250', 250],
  ['1,234', 1234],
  ['1.234', 1234],
  ['1 234', 1234],
  ['250.0', 250],
  ['11-50', 31],
  ['11 – 50 employees', 31],
  ['5,001-10,000', 7501],
  ['1,001+', 1001],
  ['10001+', 10001],
  ['2k', 2000],
  ['1.5K', 1500],
  ['10K - 50K', 30000],
  ['~40', 40],
  ['Self-employed', 1],
  // What Excel makes of 2-10, 11-50 and 1-10.
  ['10-Feb', 6],
  ['Nov-50', 31],
  ['10-Jan', 6],
  ['0', 0],
  ['', null],
  ['many', null],
  ['2024-01-31', null],
  ['99999999999', null],
])('employees from %j', (text, count) => {
  expect(employeeCount(text)).toBe(count);
});
