import { printRecord } from '../src/domain/list/csv';
import { type Industry, industries, type Niche } from './industries';

export interface GenerateOptions {
  readonly rows: number;
  /** The same seed makes the same list, on any machine. */
  readonly seed: number;
  /** Share of the rows that are spoilt the way real exports are, or repeat an earlier one: 0 (default) to 1. */
  readonly dirt?: number;
}

export const generatedHeaders = [
  'First Name',
  'Last Name',
  'Title',
  'Company',
  'Email',
  'Email Status',
  '# Employees',
  'Industry',
  'Keywords',
  'Person Linkedin Url',
  'Website',
  'City',
  'Country',
  'Company Description',
  'Annual Revenue',
] as const;

type Person = Record<(typeof generatedHeaders)[number], string>;

/**
 * A lifelike, wholly invented prospect list as CSV text (UTF-8, CRLF): people at companies of twenty industries and
 * sixty niches, whose descriptions share the words of their niche. Emails are unique and end in `.example`, which
 * belongs to nobody; with `dirt` some repeat on purpose.
 */
export function generateList({ rows, seed, dirt = 0 }: GenerateOptions): string {
  const random = createRandom(seed);
  const taken = new Set<string>();
  const lines = [printRecord(generatedHeaders)];
  const recent: Person[] = [];
  let company = inventCompany(random, taken);
  let colleagues = random.count(company.size > 80 ? 5 : 2);
  while (lines.length <= rows) {
    if (colleagues === 0) {
      company = inventCompany(random, taken);
      colleagues = random.count(company.size > 80 ? 5 : 2);
    }
    if (recent.length > 20 && random.chance(dirt)) {
      lines.push(spoiltLine(random, random.pick(recent)));
      continue;
    }
    const person = inventPerson(random, company, taken);
    colleagues--;
    recent.push(person);
    if (recent.length > 400) recent.shift();
    lines.push(printPerson(person));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Wholly invented accounts, the same for the same seed: names, and what they do in two to four sentences. */
export function generateAccounts(
  count: number,
  seed: number,
): { readonly name: string; readonly description: string }[] {
  const random = createRandom(seed);
  const taken = new Set<string>();
  return Array.from({ length: count }, () => {
    const { name, description } = inventCompany(random, taken);
    return { name, description };
  });
}

const printPerson = (person: Person) => printRecord(generatedHeaders.map((header) => person[header]));

// ---------------------------------------------------------------- chance

interface Random {
  /** 0 up to, not including, 1. */
  next(): number;
  pick<T>(from: readonly T[]): T;
  /** 1 to `most`, small numbers more often. */
  count(most: number): number;
  chance(share: number): boolean;
}

/** Mulberry32: 32 bits of state, the same on every machine. */
function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    pick: (from) => from[Math.floor(next() * from.length)]!,
    count: (most) => 1 + Math.floor(next() * next() * most),
    chance: (share) => next() < share,
  };
}

function pickSome<T>(random: Random, from: readonly T[], count: number): T[] {
  const left = [...from];
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(random.next() * left.length), 1)[0]!,
  );
}

// ---------------------------------------------------------------- companies

interface Company {
  readonly name: string;
  readonly domain: string;
  readonly industry: Industry;
  readonly keywords: string;
  readonly description: string;
  readonly size: number;
  readonly city: string;
  readonly country: string;
  readonly revenue: string;
}

const endings =
  'Works Labs Collective House Partners Union Systems Supply Brothers Company Bureau Atelier Cooperative Group Line Point Field Bridge Yard Office Circle Trade Exchange Hub Society Makers Networks Logic Craft Studio Station Union Hall Dynamics Service'.split(
    ' ',
  );
const beginnings =
  'North South East West Blue Red Green Silver Iron Copper Bright Quiet Swift Clear Old New First Upper Open Fair Tall Broad Little Grand Free Good True Salt River Harbour Hill Forest Stone Winter Summer Morning Evening Nordic Alpine Baltic Atlantic Coastal Central Royal Union Common Golden Amber Granite Cobalt Linden Maple Cedar Willow Aspen Heron Falcon Otter Badger Lynx Raven Swallow'.split(
    ' ',
  );
const legalForms = ['', '', '', '', ' Inc.', ' Ltd', ' GmbH', ' BV', ' SAS', ' AB', ' LLC', ' Sp. z o.o.'];

const cities: readonly (readonly [string, string])[] = (
  'Rotterdam:Netherlands Utrecht:Netherlands Hamburg:Germany Leipzig:Germany München:Germany Wien:Austria Zürich:Switzerland ' +
  'Lyon:France Nantes:France Torino:Italy Bologna:Italy Valencia:Spain Bilbao:Spain Porto:Portugal Kraków:Poland Gdańsk:Poland ' +
  'Brno:Czechia Aarhus:Denmark Malmö:Sweden Göteborg:Sweden Bergen:Norway Tampere:Finland Tallinn:Estonia Leeds:England ' +
  'Bristol:England Glasgow:Scotland Cork:Ireland Boston:USA Austin:USA Denver:USA Portland:USA Chicago:USA Toronto:Canada ' +
  'Montréal:Canada Bogotá:Colombia Recife:Brazil Medellín:Colombia Nairobi:Kenya Accra:Ghana Lagos:Nigeria Pune:India ' +
  'Bengaluru:India Osaka:Japan Busan:Korea Melbourne:Australia Auckland:New·Zealand'
)
  .split(' ')
  .map((place) => place.replace('·', ' ').split(':') as [string, string]);

const sizes = [3, 6, 9, 14, 22, 35, 48, 70, 110, 170, 260, 420, 700, 1200, 2600, 5400] as const;

function inventCompany(random: Random, taken: Set<string>): Company {
  const industry = random.pick(industries);
  const niche = random.pick(industry.niches);
  let name = '';
  let domain = '';
  do {
    const core = random.pick(industry.names);
    const shape = random.next();
    if (shape < 0.35) name = `${core} ${random.pick(endings)}`;
    else if (shape < 0.7) name = `${random.pick(beginnings)} ${core}`;
    else name = `${random.pick(beginnings)} ${core} ${random.pick(endings)}`;
    domain = `${slug(name)}.example`;
  } while (taken.has(domain));
  taken.add(domain);
  const [city, country] = random.pick(cities);
  const size = Math.round(random.pick(sizes) * (0.8 + random.next() * 0.5));
  return {
    name: name + random.pick(legalForms),
    domain,
    industry,
    keywords: pickSome(random, niche.keywords, 2 + random.count(3)).join(', '),
    description: describeCompany(random, name, niche, city, size),
    size,
    city,
    country,
    revenue: String(Math.round((size * (60 + random.next() * 140)) / 10) * 10_000),
  };
}

/** Two to four sentences; the first says what the company does, the others in any order. */
function describeCompany(random: Random, name: string, niche: Niche, city: string, size: number): string {
  const [action, secondAction] = pickSome(random, niche.actions, 2) as [string, string];
  const [customers, otherCustomers] = pickSome(random, niche.customers, 2) as [string, string];
  const product = random.pick(niche.products);
  const [keyword, otherKeyword] = pickSome(random, niche.keywords, 2) as [string, string];
  const opening = random.pick([
    `${name} makes ${product} for ${customers}.`,
    `${capital(product)} for ${customers} and ${otherCustomers}.`,
    `${name} helps ${customers} ${action}.`,
    `We make ${product}, so that ${customers} can ${action}.`,
    `From ${city}, ${name} builds ${product} that lets ${customers} ${action}.`,
    `${capital(customers)} use ${name} to ${action}.`,
    `${capital(keyword)} without the usual trouble: ${product} for ${customers}.`,
  ]);
  const more = pickSome(
    random,
    [
      random.pick(niche.details),
      random.pick(niche.details),
      `It lets ${otherCustomers} ${secondAction}.`,
      `Our field: ${keyword}, ${otherKeyword}.`,
      `Most of our ${customers} come to us to ${secondAction}.`,
      `A team of ${size} in ${city} looks after ${customers} in ${1 + random.count(12)} countries.`,
      `Founded in ${2004 + random.count(20)}, it knows all about ${keyword}.`,
      `Today ${20 * random.count(60)} ${otherCustomers} rely on it.`,
    ],
    random.count(4),
  );
  return [opening, ...new Set(more)].join(' ');
}

// ---------------------------------------------------------------- people

const firstNames =
  'Ada Adriana Agnieszka Aiko Alejandra Amara Amélie Ana Anders Andrea Anja Anton Arjun Astrid Ayşe Beatriz Ben Bruno Camille Carlos Chiara Chloé Clara Daniel Deepa Diego Dmitri Ebba Elena Elif Emeka Emil Emma Enzo Eva Fatima Felix Femke Filip Finn Francesca Freya Gabriel Giulia Grace Greta Hana Hannah Hans Haruto Helena Henrik Hugo Ines Ingrid Isabel Ivan Jakob Jan Jana Javier Joana Johan Jonas José Julia Kaia Karin Kasper Katarzyna Kenji Kofi Lars Laura Lea Leif Lena Leon Liam Linnea Lotte Louis Lucía Luis Maja Malik Marco Maren Margot Maria Marta Mateo Mathilde Maya Mehmet Mette Miguel Mila Min-ji Mohammed Naomi Nadia Nia Nikolai Nina Noah Nora Ola Oliver Olivia Omar Oskar Pablo Paolo Pavel Pedro Petra Priya Rafael Ravi Renata Rosa Ruben Ruth Saga Samir Sanne Sara Siân Sofía Stefan Sven Tariq Thandi Thomas Tomás Ulrike Valentina Vera Viktor Wanjiru Wei Willem Yara Yusuf Zainab Zofia Zoë'.split(
    ' ',
  );
const lastNames =
  'Abara Acosta Adeyemi Agarwal Ahlström Almeida Andersen Arslan Asante Baker Barbieri Bauer Becker Bell Berg Bianchi Björk Blanc Bonnet Borg Bos Brandt Brennan Calloway Cardoso Castillo Cermak Chandra Chen Conti Costa Cruz Dahl Dalgaard Das Demir Diallo Dubois Duarte Eklund Eriksen Espinoza Evans Farkas Ferrari Fischer Fontaine Forsberg Fournier Fraser Gallo García Gauthier Giordano Gonzalez Graf Greco Green Grünwald Gupta Haas Hagen Hale Halvorsen Hansen Hartmann Hashimoto Hoffmann Holm Horváth Hughes Ibrahim Iyer Jansen Jensen Johansson Kamau Kaplan Kaur Keller Kelly Kılıç Kim Klein Koch Kowalska Kozłowski Krüger Kumar Lange Larsen Laurent Lefèvre Lehmann Lind Lindqvist Lopes Lund Maier Mancini Marchetti Marín Martin Mbeki Mehta Mendes Meyer Moen Molina Moreau Moretti Morgan Mori Müller Murphy Nakamura Navarro Neumann Nguyen Nielsen Nilsson Novák Nowak Nyman O’Brien O’Connor Oduya Okafor Olsen Ortega Osei Ozturk Palmer Park Patel Pereira Perez Petrov Pham Pinto Popescu Quinn Quispe Rahman Ramos Rao Reyes Ricci Richter Rivera Romano Rossi Roux Ruiz Saar Saito Salazar Sánchez Santos Sato Schmid Schneider Schröder Schulz Sharma Silva Smit Smith Sørensen Sousa Stein Strand Suzuki Szabó Tanaka Taylor Thomsen Torres Turner Ueda Vargas Varga Vasquez Verma Vinther Visser Vogel Walsh Wang Weber Weiss Wójcik Wolff Wood Yamamoto Yıldız Young Zeman Zhang Ziegler Zimmermann'.split(
    ' ',
  );

const seniorTitles = [
  'CEO',
  'Founder & CEO',
  'Managing Director',
  'COO',
  'Head of Operations',
  'Head of Sales',
];

function inventPerson(random: Random, company: Company, taken: Set<string>): Person {
  const firstName = random.pick(firstNames);
  const lastName = random.pick(lastNames);
  const local = `${slug(firstName)}.${slug(lastName)}`;
  let email = `${local}@${company.domain}`;
  for (let namesake = 2; taken.has(email); namesake++) email = `${local}${namesake}@${company.domain}`;
  taken.add(email);
  const member = Math.floor(random.next() * 0xfffff).toString(16);
  return {
    'First Name': firstName,
    'Last Name': lastName,
    Title: random.chance(0.3) ? random.pick(seniorTitles) : random.pick(company.industry.titles),
    Company: company.name,
    Email: email,
    'Email Status': random.chance(0.8) ? 'Verified' : 'Guessed',
    '# Employees': String(company.size),
    Industry: company.industry.name,
    Keywords: company.keywords,
    'Person Linkedin Url': random.chance(0.85)
      ? `https://linkedin.example/in/${slug(firstName)}-${slug(lastName)}-${member}${taken.size.toString(36)}`
      : '',
    Website: `https://www.${company.domain}`,
    City: company.city,
    Country: company.country,
    'Company Description': company.description,
    'Annual Revenue': company.revenue,
  };
}

// ---------------------------------------------------------------- dirt

/** What real exports contain beside good rows, each made from a person of the list. */
const spoilers: readonly ((random: Random, person: Person) => string)[] = [
  // The same person again, written a little differently.
  (_, person) => printPerson({ ...person, Email: person.Email.toUpperCase(), Title: '' }),
  (_, person) => printPerson({ ...person, Email: '', 'Email Status': '', Keywords: '' }),
  (_, person) => printPerson({ ...person, Company: `${person.Company} Holding`, 'Company Description': '' }),
  // A slip of the pen, without the address that would tell.
  (_, person) =>
    printPerson({
      ...person,
      'Last Name': `${person['Last Name']}${person['Last Name'].at(-1)}`,
      Email: '',
      'Person Linkedin Url': '',
    }),
  // Nobody to write to.
  (_, person) => printPerson({ ...blank, Company: person.Company, Industry: person.Industry }),
  (_, person) => printPerson({ ...blank, 'First Name': person['First Name'], City: person.City }),
  () => printPerson({ ...blank, Email: 'n/a', Title: 'Total' }),
  () => ','.repeat(generatedHeaders.length - 1),
  // Usable, though odd: their own company, so that they repeat nobody.
  (random, person) =>
    printPerson({
      ...elsewhere(random, person),
      'Company Description': `${person['Company Description']}\r\n\r\n“${person.Keywords}”`,
    }),
  (random, person) => printPerson({ ...elsewhere(random, person), '# Employees': '11-50' }),
  (random, person) => `${printPerson(elsewhere(random, person))},surplus`,
  (random, person) => {
    const other = elsewhere(random, person);
    return printPerson({ ...other, Email: `${other['First Name']} at home` });
  },
];

const blank = Object.fromEntries(generatedHeaders.map((header) => [header, ''])) as Person;

function spoiltLine(random: Random, person: Person): string {
  return random.pick(spoilers)(random, person);
}

function elsewhere(random: Random, person: Person): Person {
  const tag = Math.floor(random.next() * 2 ** 32).toString(36);
  const firstName = random.pick(firstNames);
  return {
    ...person,
    'First Name': firstName,
    'Last Name': random.pick(lastNames),
    Company: `${person.Company} ${tag}`,
    Email: `${slug(firstName)}@${tag}.example`,
    'Person Linkedin Url': '',
    Website: `https://${tag}.example`,
  };
}

// ---------------------------------------------------------------- words

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ı/g, 'i')
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
