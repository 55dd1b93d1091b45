import type { ProspectField } from '../../domain/list';

/** What the rep calls the fields, in the order in which a picker offers them. */
export const fieldLabels: Readonly<Record<ProspectField, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  fullName: 'Whole name',
  title: 'Title',
  email: 'Email',
  emailStatus: 'Email status',
  linkedinUrl: 'LinkedIn profile',
  phone: 'Phone',
  location: 'Location',
  company: 'Company',
  domain: 'Website',
  industry: 'Industry',
  keywords: 'Keywords',
  employees: 'Employees',
  description: 'Description',
};

/** "1 row", "2,916 rows". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** "UTF-8, separated by commas". */
export function format({
  encoding,
  delimiter,
}: {
  readonly encoding: string;
  readonly delimiter: string;
}): string {
  return `${encoding}, separated by ${delimiterNames[delimiter] ?? `“${delimiter}”`}`;
}
