import type { IcpCriterion } from '../../domain/icp';
import type { FactorName } from '../../domain/tier';

export const factorWords: Readonly<Record<FactorName, { readonly label: string; readonly about: string }>> = {
  fit: { label: 'Fit', about: 'how much of your ideal customer the account meets' },
  cluster: { label: 'Group', about: 'how often prospects like this one were won' },
  signals: { label: 'Signals', about: 'how much happened there lately that is worth a mail' },
  engagement: { label: 'Engagement', about: 'what came back from them lately' },
};

export const tierWords = ['by hand', 'drafted', 'by segment'] as const;

export const fieldWords: Readonly<Record<IcpCriterion['field'], string>> = {
  industry: 'Industry',
  keywords: 'Keywords',
  employees: 'Employees',
  location: 'Location',
  title: 'Title',
  description: 'Description',
};

/** What a criterion asks, as one would say it: "Industry mentions fintech or payments", "50 to 500 employees". */
export function criterionWords({ field, anyOf, min, max }: IcpCriterion): string {
  if (field === 'employees') {
    if (min !== null && max !== null) return `${count(min)} to ${count(max)} employees`;
    if (min !== null) return `${count(min)} employees or more`;
    if (max !== null) return `${count(max)} employees or fewer`;
    return 'Any number of employees';
  }
  if (anyOf.length === 0) return `${fieldWords[field]}: nothing asked yet`;
  const last = anyOf.at(-1);
  const words = anyOf.length === 1 ? last : `${anyOf.slice(0, -1).join(', ')} or ${last}`;
  return `${fieldWords[field]} mentions ${words}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
