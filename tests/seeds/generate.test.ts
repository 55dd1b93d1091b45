import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { generatedHeaders, generateList } from '../../seeds/generate';

const rowsOf = (csv: string) => Papa.parse<Record<string, string>>(csv.trimEnd(), { header: true }).data;

describe('a generated list', () => {
  const csv = generateList({ rows: 3000, seed: 1 });
  const rows = rowsOf(csv);

  test('is the same for the same seed, and another for another', () => {
    expect(generateList({ rows: 3000, seed: 1 })).toBe(csv);
    expect(generateList({ rows: 3000, seed: 2 })).not.toBe(csv);
  });

  test('has as many rows as asked for, each with an address of its own that belongs to nobody', () => {
    expect(rows).toHaveLength(3000);
    expect(Object.keys(rows[0]!)).toEqual([...generatedHeaders]);
    expect(new Set(rows.map(({ Email }) => Email)).size).toBe(3000);
    for (const { Email, Website } of rows) {
      expect(Email).toMatch(/^[a-z\d.]+@[a-z\d]+\.example$/);
      expect(Website).toMatch(/^https:\/\/www\.[a-z\d]+\.example$/);
    }
  });

  test('is of many industries, with descriptions that differ', () => {
    const industries = new Map<string, number>();
    for (const { Industry } of rows) industries.set(Industry!, (industries.get(Industry!) ?? 0) + 1);
    expect(industries.size).toBe(20);
    expect(Math.min(...industries.values())).toBeGreaterThan(50);
    const byCompany = new Map(rows.map((row) => [row.Company, row['Company Description']]));
    expect(byCompany.size).toBeGreaterThan(1000);
    expect(new Set(byCompany.values()).size / byCompany.size).toBeGreaterThan(0.99);
  });

  test('begins the same whatever its length', () => {
    expect(csv.startsWith(generateList({ rows: 100, seed: 1 }))).toBe(true);
  });
});

test('dirt spoils about the share asked for', () => {
  const dirty = rowsOf(generateList({ rows: 5000, seed: 3, dirt: 0.1 }));
  const seen = new Set<string>();
  let repeatedOrBlank = 0;
  for (const { Email = '' } of dirty) {
    const email = Email.toLowerCase();
    if (!email.includes('@') || seen.has(email)) repeatedOrBlank++;
    seen.add(email);
  }
  expect(repeatedOrBlank / 5000).toBeGreaterThan(0.05);
  expect(repeatedOrBlank / 5000).toBeLessThan(0.12);
});
