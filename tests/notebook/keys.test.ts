import { describe, expect, it } from 'vitest';
import { keyLabel, keyName, mayAct } from '../../src/notebook/keys';
import { timeLeft } from '../../src/notebook/timeLeft';

const key = (name: string, held: Partial<KeyboardEvent> = {}) =>
  keyName({
    key: name,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...held,
  } as KeyboardEvent);

describe('keyName', () => {
  it('names keys as the commands list them', () => {
    expect(key('z')).toBe('z');
    expect(key('Z', { shiftKey: true })).toBe('Shift-z');
    expect(key('z', { ctrlKey: true })).toBe('Mod-z');
    expect(key('Z', { ctrlKey: true, shiftKey: true })).toBe('Mod-Shift-z');
    expect(key('Enter', { shiftKey: true })).toBe('Shift-Enter');
    expect(key('ArrowUp', { altKey: true })).toBe('Alt-ArrowUp');
  });

  it('takes a sign for itself, however it is typed', () => {
    expect(key('?', { shiftKey: true })).toBe('?');
    expect(key('?')).toBe('?');
  });

  it('does not hear a copy as the command c', () => {
    expect(key('c', { ctrlKey: true })).not.toBe('c');
  });
});

it('labels read as on the keyboard', () => {
  expect(keyLabel('Mod-Shift-z')).toBe('Ctrl Shift Z');
  expect(keyLabel('d d')).toBe('d d');
  expect(keyLabel('Alt-ArrowUp')).toBe('Alt ↑');
});

describe('mayAct', () => {
  it('leaves fields their letters, their Enter and their undo', () => {
    expect(['d', 'Enter', 'Mod-z', 'Mod-y'].filter((one) => mayAct(one, 'text'))).toEqual([]);
    expect(['Mod-k', 'Escape', 'Shift-Enter'].every((one) => mayAct(one, 'text'))).toBe(true);
  });

  it('leaves the rest of the page everything but keys with Ctrl or Cmd', () => {
    expect(['d', 'Escape', 'Shift-Enter', 'Mod-Enter'].filter((one) => mayAct(one, 'beside'))).toEqual([]);
    expect(mayAct('Mod-z', 'beside')).toBe(true);
    expect(mayAct('Mod-z', 'text beside')).toBe(false);
    expect(mayAct('Mod-k', 'elsewhere')).toBe(false);
  });
});

describe('timeLeft', () => {
  const progress = (done: number, total: number) => ({ done, total, what: 'prospects' });

  it('goes by the speed so far', () => {
    expect(timeLeft(2000, progress(100, 400))).toBe('6 s left');
    expect(timeLeft(60_000, progress(100, 400))).toBe('3 min left');
    expect(timeLeft(2000, progress(399, 400))).toBe('less than 1 s left');
  });

  it('says nothing while it would be a guess', () => {
    expect(timeLeft(500, progress(100, 400))).toBe('');
    expect(timeLeft(5000, progress(1, 400))).toBe('');
    expect(timeLeft(5000, progress(10, 0))).toBe('');
  });
});
