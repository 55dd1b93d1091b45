// Holds the direction of imports that Biome's folder rules can't say: the order within the domain, cells apart
// from one another, types alone across the worker border, no circles between folders. Run by `npm run check`.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Domain files in flow order: each imports only from those before it. A folder counts as its namesake file. */
const domainOrder = [
  'result',
  'text',
  'list',
  'prospect',
  'signal',
  'embedding',
  'cluster',
  'icp',
  'tier',
  'budget',
  'voice',
  'draft',
  'genericness',
  'compare',
  'export',
];

const sources = ['src', 'workers'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => `${root}/${name}`),
);

/** @returns {{ specifier: string; typesOnly: boolean }[]} the relative imports of a file */
function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  const pattern = /(?:^|\n)\s*(import|export)\s+(type\s+)?([^'";]*?from\s*)?['"](\.[^'"]+)['"]/g;
  const statics = [...text.matchAll(pattern)].map((match) => ({
    specifier: match[4],
    typesOnly: Boolean(match[2]),
  }));
  const dynamics = [...text.matchAll(/import\(\s*['"](\.[^'"]+)['"]\s*\)/g)].map((match) => ({
    specifier: match[1],
    typesOnly: false,
  }));
  return [...statics, ...dynamics];
}

const problems = [];
for (const file of sources)
  for (const { specifier, typesOnly } of importsOf(file)) {
    const target = normalize(join(dirname(file), specifier.replace(/\?.*$/, '')));
    const say = (why) => problems.push(`${file} imports ${target}: ${why}`);

    const from = /^src\/domain\/([^/.]+)/.exec(file)?.[1];
    const to = /^src\/domain\/([^/.]+)/.exec(target)?.[1];
    if (from && to && from !== to) {
      if (!domainOrder.includes(from) || !domainOrder.includes(to)) say('not in the list of domain files');
      else if (domainOrder.indexOf(to) > domainOrder.indexOf(from)) say('it stands later in the domain');
    }

    const cell = /^src\/cells\/([^/]+)\//.exec(file)?.[1];
    const otherCell = /^src\/cells\/([^/]+)\//.exec(target)?.[1];
    if (cell && otherCell && cell !== otherCell) say('a cell never imports another cell');
    if (cell && target.startsWith('src/boundary/') && !typesOnly)
      say('cells take types alone from the boundary');

    const intoWorkers = file.startsWith('src/') && target.startsWith('workers/');
    if (intoWorkers && !(typesOnly && /^workers\/[^/]+\/api$/.test(target)))
      say('the page takes types alone from a worker, and only from its api');
  }

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`imports: ${sources.length} files keep their direction`);
