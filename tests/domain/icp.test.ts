import { describe, expect, it } from 'vitest';
import { criterionTest, fitFactor, type IcpCriterion, neutral } from '../../src/domain/icp';

function words(
  field: Exclude<IcpCriterion['field'], 'employees'>,
  anyOf: string[],
  weight = 1,
): IcpCriterion {
  return { field, anyOf, min: null, max: null, weight };
}

function employees(min: number | null, max: number | null, weight = 1): IcpCriterion {
  return { field: 'employees', anyOf: [], min, max, weight };
}

describe('a criterion', () => {
  it('finds whole words and phrases, regardless of case', () => {
    const meets = criterionTest(words('keywords', ['AI', 'machine learning']));
    expect(meets('Fintech, ai, B2B')).toBe(true);
    expect(meets('Machine  Learning for lawyers')).toBe(true);
    expect(meets('email, retail')).toBe(false);
    expect(meets(null)).toBe(false);
    expect(meets('')).toBe(false);
  });

  it('takes a star for any ending, and everything else as it is written', () => {
    expect(criterionTest(words('industry', ['bank*']))('Investment banking')).toBe(true);
    expect(criterionTest(words('industry', ['bank']))('Investment banking')).toBe(false);
    expect(criterionTest(words('keywords', ['C++']))('Rust, C++')).toBe(true);
    expect(criterionTest(words('keywords', ['C++']))('C, Rust')).toBe(false);
    expect(criterionTest(words('location', ['Zürich']))('Zürich, CH')).toBe(true);
  });

  it('that asks nothing is met by nobody', () => {
    expect(criterionTest(words('title', ['', ' ', '*']))('anything')).toBe(false);
    expect(criterionTest(employees(null, null))(50)).toBe(false);
  });

  it('counts employees from and to, both included; unknown is not met', () => {
    const meets = criterionTest(employees(50, 500));
    expect([49, 50, 500, 501].map(meets)).toEqual([false, true, true, false]);
    expect(meets(null)).toBe(false);
    expect(criterionTest(employees(null, 10))(3)).toBe(true);
  });
});

describe('the fit factor', () => {
  const columns = { industry: ['Fintech', 'Retail', null], employees: [100, 100, 5] };

  it('is the weight met over the weight of all', () => {
    const fit = fitFactor(3, columns, [words('industry', ['fintech'], 3), employees(50, 500, 1)]);
    expect([...fit]).toEqual([1, 0.25, 0]);
  });

  it('is neutral where nothing is asked', () => {
    expect([...fitFactor(2, {}, [])]).toEqual([neutral, neutral]);
    expect([...fitFactor(2, {}, [words('title', ['CTO'], 0)])]).toEqual([neutral, neutral]);
  });

  it('refuses to judge by a column it was not given', () => {
    expect(() => fitFactor(3, columns, [words('title', ['CTO'])])).toThrow('title');
  });
});
