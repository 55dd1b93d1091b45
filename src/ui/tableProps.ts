import type { JSX } from 'solid-js';
import type { RowSource } from './rowWindows';

export interface TableColumn<Row> {
  /** Stable; what sort and width events speak of. */
  readonly key: string;
  readonly label: string;
  /** Pixels, until the reader chooses another width. */
  readonly width: number;
  readonly isNumber?: boolean;
  readonly isSortable?: boolean;
  /** Whether the first click sorts the largest first: numbers, dates. */
  readonly descendsFirst?: boolean;
  cell(row: Row): JSX.Element;
}

export interface TableSort {
  readonly key: string;
  readonly descending: boolean;
}

export interface TableProps<Row> {
  /** What the table holds, for screen readers: "Prospects". */
  readonly label: string;
  /** All rows, in order, by id; rows are fetched as they come into view. */
  readonly ids: Int32Array;
  readonly rowsOf: RowSource<Row>['rowsOf'];
  /** The first one stays in place when scrolling sideways. */
  readonly columns: readonly TableColumn<Row>[];
  readonly sort?: TableSort | undefined;
  /** Asked for by a header; undefined is the order the rows came in. */
  onSort?(sort: TableSort | undefined): void;
  /** Widths the reader chose, by key. */
  readonly widths?: Readonly<Record<string, number>> | undefined;
  onWidth?(key: string, width: number): void;
  /** Rows can be selected where `onSelect` is given. Read reactively, for rows in view only. */
  isSelected?(id: number): boolean;
  readonly hasSelection?: boolean;
  onSelect?(ids: Int32Array, how: 'replace' | 'toggle'): void;
  /** Pointed at, here or elsewhere. */
  isLit?(id: number): boolean;
  onHover?(id: number | undefined): void;
  /** The row shown in full elsewhere: marked, and brought into view when it changes. */
  readonly openId?: number | undefined;
  onOpen?(id: number): void;
  /** Shown where there are no rows. */
  readonly empty?: JSX.Element;
}
