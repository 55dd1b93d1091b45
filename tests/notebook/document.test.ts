import { describe, expect, it } from 'vitest';
import {
  convertCell,
  copyCell,
  insertCell,
  moveCell,
  nameProblem,
  newCell,
  removeCell,
  renameCell,
  sameJson,
  setInput,
} from '../../src/notebook/document';
import { buildGraph } from '../../src/notebook/graph';
import { cell, notebook, numberKind, sumKind, wordKind } from './toy';

const kinds = new Map([numberKind, sumKind, wordKind].map((kind) => [kind.kind, kind as never]));

describe('a new cell', () => {
  it('is wired to the nearest cells above that fit, each input to another', () => {
    const page = notebook(cell('x', 'number'), cell('w', 'word'), cell('y', 'number'), cell('z', 'number'));
    expect(newCell(page, sumKind as never, 3, kinds).inputs).toEqual({ a: 'y', b: 'x' });
    expect(newCell(page, sumKind as never, 1, kinds).inputs).toEqual({ a: 'x' });
    expect(newCell(page, sumKind as never, 0, kinds).inputs).toEqual({});
  });

  it('leaves to an input what that alone takes', () => {
    const any = { accepts: ['number', 'word'], label: 'from' };
    const kind = { ...sumKind, inputs: { any, only: { accepts: ['word'], label: 'and', optional: true } } };
    const page = notebook(cell('x', 'number'), cell('w', 'word'));
    expect(newCell(page, kind as never, 2, kinds).inputs).toEqual({ any: 'x', only: 'w' });
  });

  it('has defaults, an id that reads well, and a free name', () => {
    const first = newCell(notebook(), numberKind as never, 0, kinds);
    expect(first.params).toEqual({ value: 0, shade: 'none' });
    expect(first.id).toMatch(/^number-[a-z0-9]{4}$/);
    const second = newCell(insertCell(notebook(), 0, first), numberKind as never, 1, kinds);
    expect(second.name).toBe('number 2');
    expect(copyCell(notebook(first, second), second).name).toBe('number 3');
  });
});

describe('edits', () => {
  it('move as far as there are places', () => {
    const page = notebook(cell('a', 'word'), cell('b', 'word'), cell('c', 'word'));
    const ids = (document: typeof page) => document.cells.map(({ id }) => id).join('');
    expect(ids(moveCell(page, 'a', 1))).toBe('bac');
    expect(ids(moveCell(page, 'c', -9))).toBe('cab');
    expect(moveCell(page, 'a', -1)).toBe(page);
  });

  it('keep references through a rename, by id and by name', () => {
    const people = { ...cell('p', 'number'), name: 'people' };
    const page = notebook(people, cell('s', 'sum', {}, { a: 'people' }), cell('t', 'sum', {}, { a: 'p' }));
    const renamed = renameCell(page, 'p', 'leads');
    const graph = buildGraph(renamed.cells);
    expect(graph.problems.size).toBe(0);
    expect(graph.sources.get('s')?.get('a')).toBe('p');
    expect(graph.sources.get('t')?.get('a')).toBe('p');
  });

  it('leave references to a removed cell in place, so that undoing mends them', () => {
    const page = notebook(cell('p', 'number'), cell('s', 'sum', {}, { a: 'p' }));
    expect(removeCell(page, 'p').cells[0]?.inputs).toEqual({ a: 'p' });
    expect(setInput(page, 's', 'a', undefined).cells[1]?.inputs).toEqual({});
  });

  it('keep the text when a cell becomes one of another kind', () => {
    const textKind = { ...wordKind, kind: 'text' };
    const more = new Map([...kinds, ['text', textKind as never]]);
    const converted = convertCell(notebook(cell('w', 'word', { word: 'so' })), 'w', textKind as never, more);
    expect(converted.cells[0]).toMatchObject({ kind: 'text', params: { word: 'so' } });
  });

  it('say why a name will not do', () => {
    const page = notebook(cell('a', 'word'), cell('b', 'word'));
    expect(nameProblem(page, 'a', ' ')).toMatch(/needs a name/);
    expect(nameProblem(page, 'a', 'b')).toMatch(/“b” already/);
    expect(nameProblem(page, 'a', 'a')).toBeUndefined();
  });
});

describe('sameJson', () => {
  it('looks at values, not at the order of keys', () => {
    expect(sameJson({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] })).toBe(true);
    expect(sameJson({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameJson([], {})).toBe(false);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson(null, {})).toBe(false);
  });
});
