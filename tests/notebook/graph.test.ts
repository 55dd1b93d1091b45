import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, withDependents } from '../../src/notebook/graph';
import { cell } from './toy';

describe('order', () => {
  it('follows the data, not the page', () => {
    const graph = buildGraph([
      cell('c', 'sum', {}, { a: 'b' }),
      cell('b', 'sum', {}, { a: 'a' }),
      cell('a', 'number'),
    ]);
    expect(graph.order).toEqual(['a', 'b', 'c']);
    expect(graph.problems.size).toBe(0);
  });

  it('keeps the page order where the data leaves it open', () => {
    expect(buildGraph([cell('x', 'number'), cell('y', 'number'), cell('z', 'number')]).order).toEqual([
      'x',
      'y',
      'z',
    ]);
  });

  it('holds every cell once, sources first, whatever refers to whatever', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const reference = fc.constantFrom(...ids, 'nowhere');
    const page = fc.tuple(...ids.map(() => fc.dictionary(fc.constantFrom('a', 'b'), reference)));
    fc.assert(
      fc.property(page, (inputs) => {
        const cells = ids.map((id, i) => cell(id, 'sum', {}, inputs[i]));
        const graph = buildGraph(cells);
        expect([...graph.order].sort()).toEqual(ids);
        for (const id of ids) {
          if (graph.problems.get(id)?.code === 'circular') continue;
          const downstreamOfCircle = [...ids].some(
            (other) => graph.problems.get(other)?.code === 'circular' && withDependents(graph, other).has(id),
          );
          if (downstreamOfCircle) continue;
          for (const source of graph.sources.get(id)?.values() ?? [])
            expect(graph.order.indexOf(source)).toBeLessThan(graph.order.indexOf(id));
        }
        // A cell is on a circle exactly if it depends on itself through some other.
        for (const id of ids) {
          const feedsItself = [...(graph.sources.get(id)?.values() ?? [])].some((source) =>
            withDependents(graph, id).has(source),
          );
          expect(graph.problems.get(id)?.code === 'circular').toBe(feedsItself);
        }
      }),
    );
  });
});

describe('problems', () => {
  it('names what an input points to in vain', () => {
    const graph = buildGraph([cell('b', 'sum', {}, { a: 'gone' }), cell('c', 'number')]);
    expect(graph.problems.get('b')?.code).toBe('input-missing');
    expect(graph.problems.get('b')?.sentence).toContain('“gone”');
    expect(graph.problems.has('c')).toBe(false);
  });

  it('shows a circle in both cells and in no other', () => {
    const graph = buildGraph([
      cell('a', 'sum', {}, { a: 'b' }),
      cell('b', 'sum', {}, { a: 'a' }),
      cell('c', 'sum', {}, { a: 'b' }),
    ]);
    expect(graph.problems.get('a')?.sentence).toContain('“a” to “b” to “a”');
    expect(graph.problems.get('b')?.sentence).toContain('“b” to “a” to “b”');
    expect(graph.problems.has('c')).toBe(false);
  });

  it('says it plainly of a cell that feeds itself', () => {
    expect(buildGraph([cell('a', 'sum', {}, { a: 'a' })]).problems.get('a')?.sentence).toMatch(
      /its own result/,
    );
  });

  it('is the same for both cells of one name, and a reference by that name is ambiguous', () => {
    const people = { ...cell('p1', 'number'), name: 'people' };
    const others = { ...cell('p2', 'number'), name: 'people' };
    const graph = buildGraph([
      people,
      others,
      cell('s', 'sum', {}, { a: 'people' }),
      cell('t', 'sum', {}, { a: 'p1' }),
    ]);
    expect(graph.problems.get('p1')?.code).toBe('name-taken');
    expect(graph.problems.get('p2')?.code).toBe('name-taken');
    expect(graph.problems.get('s')?.code).toBe('input-ambiguous');
    expect(graph.problems.has('t')).toBe(false);
  });

  it('takes a name for a reference, as a file written by hand has it', () => {
    const people = { ...cell('p1', 'number'), name: 'people' };
    const graph = buildGraph([cell('s', 'sum', {}, { a: 'people' }), people]);
    expect(graph.sources.get('s')?.get('a')).toBe('p1');
    expect(graph.order).toEqual(['p1', 's']);
  });
});
