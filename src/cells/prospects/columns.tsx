import type { ProspectColumn, ProspectRow } from '../../boundary/services';
import { TierBadge } from '../../ui/TierBadge';
import type { TableColumn } from '../../ui/tableProps';
import { today } from '../today';
import { ago } from './ago';

interface ColumnLook {
  readonly label: string;
  /** Pixels. */
  readonly width: number;
  /** Numbers are filtered by an interval, everything else by what it contains. */
  readonly isNumber?: boolean;
}

const looks: Readonly<Record<Exclude<ProspectColumn, `extra:${string}`>, ColumnLook>> = {
  name: { label: 'Name', width: 220 },
  title: { label: 'Title', width: 220 },
  company: { label: 'Company', width: 180 },
  email: { label: 'Email', width: 240 },
  industry: { label: 'Industry', width: 170 },
  employees: { label: 'Employees', width: 110, isNumber: true },
  location: { label: 'Location', width: 170 },
  keywords: { label: 'Keywords', width: 260 },
  description: { label: 'Description', width: 340 },
  linkedinUrl: { label: 'Profile', width: 220 },
  phone: { label: 'Phone', width: 150 },
  domain: { label: 'Website', width: 170 },
  list: { label: 'List', width: 150 },
  signals: { label: 'Signals', width: 90, isNumber: true },
  lastSignal: { label: 'Last signal', width: 130 },
  lastEngagement: { label: 'Last engagement', width: 150 },
  tier: { label: 'Tier', width: 72, isNumber: true },
  score: { label: 'Score', width: 80, isNumber: true },
};

/** The large and the late are what one looks for first. */
const descendsFirst: ReadonlySet<string> = new Set([
  'employees',
  'score',
  'signals',
  'lastSignal',
  'lastEngagement',
] satisfies ProspectColumn[]);

const extraPrefix = 'extra:';

/** How a column is called, how wide it begins, and whether it holds numbers. A column of the list's own keeps its header. */
export function lookOf(column: ProspectColumn): ColumnLook {
  return isExtra(column) ? { label: column.slice(extraPrefix.length), width: 160 } : looks[column];
}

function isExtra(column: ProspectColumn): column is `extra:${string}` {
  return column.startsWith(extraPrefix);
}

/** What a new table shows; tiers only where the prospects come from a cell that gave them. */
export function usualColumns(areTiered: boolean): readonly ProspectColumn[] {
  return [
    'name',
    'title',
    'company',
    ...(areTiered ? (['tier', 'score'] as const) : []),
    'industry',
    'employees',
    'location',
    'lastSignal',
    'email',
  ];
}

export function tableColumn(column: ProspectColumn): TableColumn<ProspectRow> {
  const look = lookOf(column);
  return {
    key: column,
    label: look.label,
    width: look.width,
    // A badge is read as a word.
    isNumber: column !== 'tier' && (look.isNumber ?? false),
    isSortable: true,
    descendsFirst: descendsFirst.has(column),
    cell: (row) => show(column, row.values[column] ?? null),
  };
}

function show(column: ProspectColumn, value: string | number | null) {
  if (value === null || value === '') return null;
  switch (column) {
    case 'tier':
      return value === 0 ? null : <TierBadge tier={Number(value)} />;
    case 'score':
      return Math.round(Number(value));
    case 'signals':
      return value === 0 ? null : value;
    case 'lastSignal':
    case 'lastEngagement':
      return <span title={String(value)}>{ago(String(value), today())}</span>;
    default:
      return typeof value === 'number' ? value.toLocaleString('en') : value;
  }
}
