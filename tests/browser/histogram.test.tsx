import '../../src/ui/base.css';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Histogram } from '../../src/ui/Histogram';
import { NumberField } from '../../src/ui/NumberField';
import { Slider } from '../../src/ui/Slider';
import { expectAccessible } from './accessible';

beforeEach(() => page.viewport(1000, 700));
afterEach(cleanup);

describe('the histogram', () => {
  function show() {
    const [values, setValues] = createSignal([30, 70]);
    const inputs: number[][] = [];
    const changes: number[][] = [];
    const set = (handle: number, value: number) =>
      setValues(values().map((one, i) => (i === handle ? value : one)));
    const { container } = render(() => (
      <Histogram
        label="Scores"
        from={0}
        to={100}
        counts={Uint32Array.of(10, 40, 3, 0, 1)}
        aside={Uint32Array.of(5, 0, 0, 0, 0)}
        handles={[
          { label: 'Where two begins', mark: '2', value: values()[0]!, min: 0, max: values()[1]! },
          { label: 'Where one begins', mark: '1', value: values()[1]!, min: values()[0]!, max: 100 },
        ]}
        colours={['--tier-3', '--tier-2', '--tier-1']}
        marker={undefined}
        format={(value) => value.toFixed(1)}
        onInput={(handle, value) => {
          inputs.push([handle, value]);
          set(handle, value);
        }}
        onChange={(handle, value) => changes.push([handle, value])}
      />
    ));
    return { container, values, inputs, changes };
  }
  const handle = (name: string) => screen.getByRole('slider', { name });
  const point = (type: string, target: Element, clientX: number) =>
    target.dispatchEvent(
      new PointerEvent(type, {
        clientX,
        clientY: 100,
        pointerId: 1,
        button: 0,
        isPrimary: true,
        bubbles: true,
        cancelable: true,
      }),
    );
  /** Pointer capture needs a pointer that the browser knows; one made here is not. */
  const press = (target: HTMLElement, clientX: number) => {
    target.setPointerCapture = () => {};
    point('pointerdown', target, clientX);
  };

  test('drags a threshold: each move at once, one change at the end', () => {
    const { values, inputs, changes } = show();
    const one = handle('Where one begins');
    const width = one.parentElement!.getBoundingClientRect().width;
    const x = one.getBoundingClientRect().left + one.getBoundingClientRect().width / 2;
    press(one, x);
    for (const share of [0.05, 0.1]) point('pointermove', one, x - share * width);
    expect(inputs).toEqual([
      [1, expect.closeTo(65, 0)],
      [1, expect.closeTo(60, 0)],
    ]);
    expect(changes).toEqual([]);
    point('pointerup', one, x - 0.1 * width);
    expect(changes).toEqual([[1, values()[1]]]);
    expect(one.getAttribute('aria-valuenow')).toBe(String(values()[1]));
  });

  test('does not let thresholds cross, and Escape puts one back', () => {
    const { values, changes } = show();
    const one = handle('Where one begins');
    press(one, 600);
    point('pointermove', one, 0);
    expect(values()[1]).toBe(30);
    one.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(values()[1]).toBe(70);
    point('pointerup', one, 0);
    expect(changes).toEqual([]);
  });

  test('moves by keys, small and large steps, to the ends', async () => {
    const { values, changes } = show();
    handle('Where two begins').focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(values()[0]).toBe(30.5);
    await userEvent.keyboard('{PageUp}{ArrowDown}');
    expect(values()[0]).toBe(35);
    await userEvent.keyboard('{End}');
    expect(values()[0]).toBe(70);
    await userEvent.keyboard('{Home}');
    expect(changes.at(-1)).toEqual([0, 0]);
  });

  test('colours the bars by the thresholds', () => {
    const { container, values } = show();
    const widths = () =>
      Array.from(container.querySelectorAll('clipPath rect'), (one) => Number(one.getAttribute('width')));
    expect(widths()).toEqual([expect.closeTo(1.5), expect.closeTo(2), expect.closeTo(1.5)]);
    const two = handle('Where two begins');
    two.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true, cancelable: true }));
    expect(values()[0]).toBe(0);
    expect(widths()).toEqual([0, expect.closeTo(3.5), expect.closeTo(1.5)]);
  });

  test('has nothing that axe finds wrong', async () => {
    await expectAccessible(show().container);
  });
});

describe('the slider', () => {
  test('tells each move and one change, and says its value', async () => {
    const inputs: number[] = [];
    const changes: number[] = [];
    const { container } = render(() => (
      <Slider
        label="Weight"
        value={0.3}
        min={0}
        max={1}
        step={0.05}
        format={(value) => `${Math.round(100 * value)} %`}
        onInput={(value) => inputs.push(value)}
        onChange={(value) => changes.push(value)}
      />
    ));
    screen.getByRole('slider', { name: 'Weight' }).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(inputs).toEqual([0.35]);
    expect(changes).toEqual([0.35]);
    expect(screen.getByText('35 %')).toBeInstanceOf(HTMLElement);
    await expectAccessible(container);
  });
});

describe('the number field', () => {
  function show(given: { value?: number | null; max?: number; onClear?: () => void } = {}) {
    const [value, setValue] = createSignal<number | null>(given.value === undefined ? 12_200 : given.value);
    const { container } = render(() => (
      <NumberField
        label="Hours"
        value={value()}
        {...(given.max === undefined ? {} : { max: given.max })}
        {...(given.onClear ? { onClear: given.onClear } : {})}
        placeholder="any"
        onChange={setValue}
      />
    ));
    return { container, value };
  }
  const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Hours' });

  test('reads and writes numbers as people do', async () => {
    const { value, container } = show();
    expect(field().value).toBe('12,200');
    await userEvent.fill(field(), '1,500.5');
    await userEvent.keyboard('{Enter}');
    expect(value()).toBe(1500.5);
    expect(field().value).toBe('1,500.5');
    await userEvent.keyboard('{ArrowUp}');
    expect(value()).toBe(1501.5);
    await expectAccessible(container);
  });

  test.each(['twelve', '-3', '101', ''])('goes back from %j to what it was', async (typed) => {
    const { value } = show({ value: 40, max: 100 });
    await userEvent.fill(field(), typed);
    await userEvent.keyboard('{Enter}');
    expect(value()).toBe(40);
    expect(field().value).toBe('40');
  });

  test('drops what was typed on Escape, and can be emptied where that means something', async () => {
    let cleared = 0;
    const { value } = show({ value: 40, onClear: () => cleared++ });
    await userEvent.fill(field(), '50');
    await userEvent.keyboard('{Escape}');
    expect(field().value).toBe('40');
    await userEvent.fill(field(), '');
    field().blur();
    expect([value(), cleared]).toEqual([40, 1]);
  });
});
