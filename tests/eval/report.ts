import { writeFileSync } from 'node:fs';
import type { Figure } from './figure';

/** A set of figures that are measured together. */
export interface Measurement {
  readonly name: string;
  measure(): Promise<Figure[]>;
}

/**
 * Measures what the command line names (all without a name), prints each figure beside its target, writes them to
 * the file after `--json`, and ends with code 1 where one is missed.
 */
export async function report(measurements: readonly Measurement[], args: readonly string[]): Promise<void> {
  const json = args.includes('--json') ? args[args.indexOf('--json') + 1] : undefined;
  const names = args.filter((arg) => arg !== '--json' && arg !== json);
  const unknown = names.filter((name) => !measurements.some((measurement) => measurement.name === name));
  if (unknown.length > 0) {
    console.error(
      `No such measurement: ${unknown.join(', ')}. There are ${measurements.map((m) => m.name).join(', ')}.`,
    );
    process.exitCode = 2;
    return;
  }
  const figures: Figure[] = [];
  for (const measurement of measurements) {
    if (names.length > 0 && !names.includes(measurement.name)) continue;
    console.log(`\n${measurement.name}`);
    for (const figure of await measurement.measure()) {
      figures.push(figure);
      const target = figure.target === null ? '' : `  (target ${figure.target})`;
      const value = Number.isInteger(figure.value) ? figure.value : figure.value.toPrecision(4);
      console.log(`  ${figure.ok ? 'ok    ' : 'MISSED'}  ${figure.name}: ${value} ${figure.unit}${target}`);
    }
  }
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
  if (figures.some((figure) => !figure.ok)) process.exitCode = 1;
}
