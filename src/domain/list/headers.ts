import type { ProspectField } from '../list';

/** What is known of a header: the field it fills, or `keep` for columns that tools export and no field of ours takes. */
export type HeaderMeaning =
  /** Of several columns for one field, those of the lowest rank are taken. */
  | { readonly kind: 'field'; readonly field: ProspectField; readonly rank: number }
  /** An address: of a profile or of a website, as its values show. */
  | { readonly kind: 'address' }
  | { readonly kind: 'keep' };

/**
 * Headers by field, the usual name first, then those that only stand in where it is missing. Compared without regard
 * to case, spaces and punctuation, so `firstName`, `First Name` and `first_name` are one.
 */
const fieldHeaders: Readonly<Record<ProspectField, readonly string[][]>> = {
  firstName: [
    ['First Name', 'First', 'Given Name', 'Forename', 'FName', 'Contact First Name', 'Lead First Name'],
    ['Vorname', 'Prénom', 'Nombre', 'Nome', 'Imię'],
  ],
  lastName: [
    ['Last Name', 'Last', 'Surname', 'Family Name', 'LName', 'Contact Last Name', 'Lead Last Name'],
    ['Nachname', 'Nom', 'Nom de famille', 'Apellido', 'Apellidos', 'Cognome', 'Nazwisko'],
  ],
  fullName: [
    ['Full Name', 'Name', 'Contact Name', 'Lead Name', 'Person Name', 'Prospect Name'],
    ['Contact', 'Person', 'Prospect', 'Lead', 'Kontakt', 'Nom complet'],
  ],
  title: [
    ['Title', 'Job Title', 'Position', 'Current Title', 'Current Position', 'Contact Title', 'Person Title'],
    ['Role', 'Job Role', 'Designation', 'Funktion', 'Poste', 'Cargo', 'Stanowisko'],
    ['Headline'],
  ],
  email: [
    ['Email', 'Email Address', 'E-mail', 'E-mail Address', 'Work Email', 'Business Email', 'Contact Email'],
    [
      'Primary Email',
      'Corporate Email',
      'Professional Email',
      'Person Email',
      'Mail',
      'E-Mail-Adresse',
      'Correo',
    ],
    ['Secondary Email', 'Email 2', 'Supplemental Email', 'Personal Email', 'Tertiary Email', 'Email 3'],
  ],
  emailStatus: [['Email Status', 'Email Verification Status', 'Email Validation', 'Verification Status']],
  linkedinUrl: [
    ['Person Linkedin Url', 'LinkedIn Profile', 'LinkedIn Profile URL', 'LinkedIn URL', 'LinkedIn'],
    [
      'LinkedIn Contact Profile URL',
      'defaultProfileUrl',
      'Contact LinkedIn',
      'Person LinkedIn',
      'LinkedIn Link',
    ],
    ['profileUrl', 'Sales Navigator URL'],
  ],
  phone: [
    ['Mobile Phone', 'Phone', 'Phone Number', 'Mobile', 'Direct Phone', 'Work Direct Phone', 'Cell Phone'],
    [
      'Direct Phone Number',
      'Mobile Phone Number',
      'Work Phone',
      'Telephone',
      'Telefon',
      'Téléphone',
      'Teléfono',
    ],
    ['Corporate Phone', 'Company Phone', 'Home Phone', 'Other Phone', 'Company HQ Phone'],
  ],
  location: [
    ['Location', 'Person Location', 'Contact Location', 'Standort', 'Ort'],
    [
      'City',
      'State',
      'Country',
      'Region',
      'State/Region',
      'Province',
      'Country/Region',
      'Stadt',
      'Land',
      'Ville',
    ],
    ['Person City', 'Person State', 'Person Country', 'Contact City', 'Contact State', 'Contact Country'],
    ['Mailing City', 'Mailing State/Province', 'Mailing State', 'Mailing Country'],
    ['Headquarters Location', 'Company Location', 'HQ Location'],
    ['Company City', 'Company State', 'Company Country'],
  ],
  company: [
    ['Company', 'Company Name', 'Account Name', 'Organization Name', 'Associated Company', 'Organization'],
    ['Account', 'Organisation', 'Organisation Name', 'Employer', 'Current Company', 'Business Name'],
    ['Firma', 'Unternehmen', 'Société', 'Entreprise', 'Empresa', 'Azienda'],
    ['Company Name for Emails', 'Cleaned Company Name', 'Parent Account'],
  ],
  domain: [
    ['Website', 'Company Website', 'Company Domain', 'Website URL', 'Domain', 'Company Domain Name'],
    [
      'Web Site',
      'Homepage',
      'Organization Website',
      'Account Website',
      'Company Homepage',
      'Webseite',
      'Site web',
    ],
    ['Email Domain'],
  ],
  industry: [
    ['Industry', 'Industries', 'Company Industry', 'Primary Industry', 'Sector', 'Vertical'],
    ['Branche', 'Industrie', 'Secteur', 'Industry Group', 'Industry Groups'],
  ],
  keywords: [
    ['Keywords', 'Company Keywords'],
    ['Tags', 'Specialties', 'Specialities', 'Company Tags'],
  ],
  employees: [
    [
      '# Employees',
      'Employees',
      'Number of Employees',
      'Employee Count',
      'No. of Employees',
      'Num Employees',
    ],
    [
      'Company Size',
      'Company Headcount',
      'Headcount',
      'Employee Range',
      'Employees Range',
      'Team Size',
      'Size',
    ],
    ['Company Employee Count', 'Staff Count', 'Mitarbeiter', 'Mitarbeiterzahl', 'Effectif'],
  ],
  description: [
    ['Company Description', 'Short Description', 'Company Short Description', 'Organization Description'],
    ['Description', 'Company Summary', 'Company Overview', 'About', 'About Company', 'Full Description'],
    ['SEO Description', 'Beschreibung', 'One-liner', 'Tagline'],
  ],
};

/** Columns of the tools' exports that stay under their own header without a question. */
const keptHeaders: readonly string[] = [
  // Apollo
  'Apollo Contact Id',
  'Apollo Account Id',
  'Company Linkedin Url',
  'Facebook Url',
  'Twitter Url',
  'Technologies',
  'Annual Revenue',
  'Total Funding',
  'Latest Funding',
  'Latest Funding Amount',
  'Last Raised At',
  'Primary Intent Topic',
  'Primary Intent Score',
  'Secondary Intent Topic',
  'Secondary Intent Score',
  'Seniority',
  'Departments',
  'Stage',
  'Lists',
  'Last Contacted',
  'Account Owner',
  'Subsidiary of',
  'Company Address',
  'SIC Codes',
  'NAICS Codes',
  'Email Sent',
  'Email Open',
  'Email Bounced',
  'Replied',
  'Demoed',
  'Number of Retail Locations',
  'Email Source',
  'Email Confidence',
  'Email Last Verified At',
  'Primary Email Source',
  // PhantomBuster
  'summary',
  'titleDescription',
  'durationInRole',
  'durationInCompany',
  'vmid',
  'timestamp',
  'query',
  'connectionDegree',
  'profileImageUrl',
  'sharedConnectionsCount',
  'companyId',
  'regularCompanyUrl',
  'companyLocation',
  'isPremium',
  'isOpenLink',
  'searchAccountProfileId',
  'searchAccountProfileName',
  'error',
  // LinkedIn
  'Connected On',
  // ZoomInfo
  'ZoomInfo Contact ID',
  'ZoomInfo Company ID',
  'Management Level',
  'Last Job Change Date',
  'Revenue (in 000s USD)',
  'Revenue Range (in USD)',
  'Job Title Hierarchy Level',
  'Job Function',
  'Department',
  'Contact Accuracy Score',
  'Salutation',
  'Middle Name',
  'Suffix',
  'Founded Year',
  // HubSpot
  'Record ID',
  'Contact owner',
  'Associated Company IDs',
  'Lead Status',
  'Lifecycle Stage',
  'Create Date',
  'Last Activity Date',
  // Salesforce
  'Mailing Street',
  'Mailing Zip/Postal Code',
  'Mailing Postal Code',
  'Lead Source',
  'Account Owner Alias',
  'Contact ID',
  'Account ID',
  // Clay
  'Company Table Data',
  // Crunchbase
  'Organization Name URL',
  'Total Funding Amount (in USD)',
  'Total Funding Amount',
  'Number of Funding Rounds',
  'Funding Type',
  'Money Raised',
  'Money Raised (in USD)',
  'Announced Date',
  'Last Funding Date',
  'Last Funding Type',
  'Founded Date',
  'CB Rank (Company)',
];

const addressHeaders = ['URL', 'Link', 'Profile', 'Profile Link', 'Company URL'];

/** A header as it is compared: lower-case letters and digits alone. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

const meanings: ReadonlyMap<string, HeaderMeaning> = buildMeanings();

function buildMeanings(): Map<string, HeaderMeaning> {
  const known = new Map<string, HeaderMeaning>();
  for (const header of keptHeaders) known.set(headerKey(header), { kind: 'keep' });
  for (const header of addressHeaders) known.set(headerKey(header), { kind: 'address' });
  for (const [field, ranks] of Object.entries(fieldHeaders))
    for (const [rank, headers] of ranks.entries())
      for (const header of [field, ...headers]) {
        const key = headerKey(header);
        if (!known.has(key)) known.set(key, { kind: 'field', field: field as ProspectField, rank });
      }
  return known;
}

/** What a header means; undefined where it is none we know. */
export function headerMeaning(header: string): HeaderMeaning | undefined {
  return header.length > 60 ? undefined : meanings.get(headerKey(header));
}

/** How many of the cells are headers we know, each once. */
export function countKnownHeaders(cells: readonly string[]): number {
  const found = new Set<string>();
  for (const cell of cells) if (headerMeaning(cell)) found.add(headerKey(cell));
  return found.size;
}
