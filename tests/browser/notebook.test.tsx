import '../../src/ui/base.css';
import { cleanup, configure, render, screen, waitFor, within } from '@solidjs/testing-library';
import { type JSX, lazy } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { noteKind } from '../../src/cells/note/kind';
import type { Command } from '../../src/notebook/command';
import type { DocumentCell, NotebookDocument } from '../../src/notebook/document';
import { cellEntry } from '../../src/notebook/entry';
import { type HistoryStore, openHistory, type Revision } from '../../src/notebook/history';
import type { CellViewProps } from '../../src/notebook/kind';
import { Notebook } from '../../src/notebook/Notebook';
import { Runtime } from '../../src/notebook/runtime';
import {
  cell,
  dearKind,
  notebook,
  numberKind,
  slowKind,
  sumKind,
  type ToyServices,
  wordKind,
} from '../notebook/toy';
import { expectAccessible } from './accessible';

type NumberView = CellViewProps<
  { readonly value: number; readonly shade: string },
  Record<never, never>,
  { readonly type: 'number'; readonly value: number },
  ToyServices
>;

function ShowNumber(props: NumberView): JSX.Element {
  return (
    <label>
      {`Value of ${props.name}`}
      <input
        type="number"
        value={props.params.value}
        onChange={(event) =>
          props.setParams(
            { ...props.params, value: Number(event.currentTarget.value) },
            `Value of ${props.name}`,
          )
        }
      />
    </label>
  );
}

const ShowOutput = (props: { readonly output: { readonly value: number } | undefined }): JSX.Element => (
  <p>{props.output === undefined ? 'Nothing yet.' : `Result ${props.output.value}`}</p>
);

function ShowWord(props: { readonly output: { readonly word: string } | undefined }): JSX.Element {
  return (
    <p>
      {(() => {
        if (props.output?.word === 'unshowable') throw new Error('no letters for it');
        return props.output?.word;
      })()}
    </p>
  );
}

const entries = [
  cellEntry(
    noteKind,
    lazy(() => import('../../src/cells/note/View')),
  ),
  cellEntry(numberKind, ShowNumber),
  cellEntry(sumKind, ShowOutput),
  cellEntry(slowKind, ShowOutput),
  cellEntry(dearKind, ShowOutput, { wide: true }),
  cellEntry(wordKind, ShowWord),
];
const kinds = entries.map(({ kind }) => kind);

/** The store's contract over an array, kept from one opening to the next. */
function arrayStore() {
  let revisions: Revision[] = [];
  let cursor = 0;
  const done = { ok: true, value: undefined } as const;
  const store: HistoryStore = {
    load: async () => ({ ok: true, value: revisions.length > 0 ? { revisions, cursor } : undefined }),
    append: async (revision) => {
      revisions = [...revisions.filter(({ seq }) => seq < revision.seq), revision];
      cursor = revision.seq;
      return done;
    },
    moveCursor: async (seq) => {
      cursor = seq;
      return done;
    },
    prune: async () => done,
  };
  return store;
}

async function show(
  document: NotebookDocument,
  options: { readonly store?: HistoryStore; readonly commands?: readonly Command[] } = {},
) {
  const opened = await openHistory({ store: options.store ?? arrayStore(), kinds, fresh: document });
  if (!opened.ok) throw new Error(opened.failure.sentence);
  const history = opened.value;
  const gates: (() => void)[] = [];
  const services: ToyServices = {
    log: [],
    gate: (_, signal) =>
      new Promise((resolve) => {
        gates.push(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
  };
  const runtime = new Runtime({ kinds, services, document: history.document() });
  const { unmount } = render(() => (
    <Notebook
      runtime={runtime}
      history={history}
      entries={entries}
      services={services}
      header={<b>Touchstone</b>}
      {...(options.commands ? { commands: options.commands } : {})}
    />
  ));
  runtime.start();
  const open = history.document().cells.filter(({ collapsed }) => !collapsed).length;
  await waitFor(() => expect(views()).toHaveLength(open));
  const names = () => history.document().cells.map(({ name }) => name);
  return { history, runtime, services, gates, names, unmount };
}

const views = () => document.querySelectorAll('[data-cell-body]');
const article = (name: string) => screen.getByRole('article', { name });
const outline = () => screen.getByRole('navigation', { name: 'Outline' });
const live = () => document.querySelector('[aria-live="polite"]')?.textContent;
const press = (keys: string) => userEvent.keyboard(keys);

/** Puts the focus on a cell as a click beside its controls does. */
function goTo(name: string): void {
  article(name).focus();
}

const chain = notebook(
  cell('a', 'number', { value: 1 }),
  cell('b', 'sum', { plus: 10 }, { a: 'a' }),
  cell('c', 'sum', { plus: 100 }, { a: 'b' }),
);

configure({ asyncUtilTimeout: 5000, getElementError: (message) => new Error(message ?? '') });
beforeEach(async () => {
  localStorage.clear();
  await page.viewport(1280, 800);
});
afterEach(cleanup);

describe('cells', () => {
  test('show name, result and state, and follow a change through the notebook in place', async () => {
    await show(chain);
    expect(await within(article('c')).findByText('Result 111')).toBeVisible();
    expect(within(article('c')).getByText('makes 111')).toBeVisible();
    expect(within(article('c')).getByText('done')).toBeVisible();
    const field = screen.getByRole('spinbutton', { name: 'Value of a' });
    await userEvent.fill(field, '5');
    await press('{Tab}');
    expect(await within(article('c')).findByText('Result 115')).toBeVisible();
  });

  test('point to where they come from; only cells that fit and make no circle are offered', async () => {
    const { history } = await show({ ...chain, cells: [...chain.cells, cell('w', 'word', { word: 'x' })] });
    const from = within(article('b')).getByRole('combobox', { name: 'from' });
    expect([...(from as HTMLSelectElement).options].map(({ text }) => text)).toEqual(['choose a cell', 'a']);
    const other = within(article('c')).getByRole('combobox', { name: 'and' });
    expect([...(other as HTMLSelectElement).options].map(({ text }) => text)).toEqual(['nothing', 'a', 'b']);
    await userEvent.selectOptions(other, 'a');
    expect(await within(article('c')).findByText('Result 112')).toBeVisible();
    expect(history.undoStep()).toBe('Choose where c comes from');
  });

  test('say what they wait for and lead there', async () => {
    await show(notebook(cell('w', 'word', { word: 'fail' }), cell('s', 'sum', {}, { a: 'w' })));
    expect(await screen.findByText('Waits for “w”, which failed.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Go to w' }));
    expect(article('w')).toHaveFocus();
    expect(within(article('w')).getByText('No such word.')).toBeVisible();
    expect(live()).toContain('w failed: No such word.');
  });

  test('ask before they cost something', async () => {
    const { services } = await show(
      notebook(cell('a', 'number', { value: 1 }), cell('d', 'dear', { plus: 7 }, { a: 'a' })),
    );
    expect(await screen.findByText('This costs 7.')).toBeVisible();
    expect(within(article('d')).getByText('asks first')).toBeVisible();
    await userEvent.click(within(article('d')).getByRole('button', { name: 'Run' }));
    expect(await within(article('d')).findByText('Result 8')).toBeVisible();
    expect(services.log.filter(({ id }) => id === 'd')).toHaveLength(1);
  });

  test('show a long run with its count and stop it; show nothing of a short one', async () => {
    const { services } = await show(
      notebook(cell('a', 'number', { value: 1 }), cell('s', 'slow', {}, { a: 'a' })),
    );
    await vi.waitUntil(() => services.log.some(({ id }) => id === 's'));
    expect(within(article('s')).queryByText('running')).toBeNull();
    expect(await within(article('s')).findByText('1 of 2 steps')).toBeVisible();
    expect(within(article('s')).getByRole('progressbar')).toHaveAttribute('max', '2');
    await userEvent.click(within(article('s')).getByRole('button', { name: 'Stop' }));
    expect(await screen.findByText('Stopped before it was done.')).toBeVisible();
    expect(services.log.find(({ id }) => id === 's')?.signal.aborted).toBe(true);
  });

  test('of an unknown kind are shown with what they hold, and kept', async () => {
    const { history } = await show(notebook(cell('h', 'hologram', { depth: 3 })));
    expect(screen.getByText(/This version knows no cell of the kind “hologram”/)).toBeVisible();
    await userEvent.click(screen.getByText('Show them'));
    expect(screen.getByText(/"depth": 3/)).toBeVisible();
    expect(history.document().cells[0]?.params).toEqual({ depth: 3 });
  });

  test('with settings that do not fit offer to reset them', async () => {
    await show(notebook(cell('a', 'number', { value: 'many' })));
    expect(screen.getByText(/“value” \(expected number/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Reset the settings' }));
    expect(await within(article('a')).findByText('it is 0')).toBeVisible();
  });

  test('whose view breaks leave the others alone', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    await show(notebook(cell('w', 'word', { word: 'unshowable' }), cell('a', 'number', { value: 1 })));
    expect(await screen.findByText(/can't be shown: no letters for it/)).toBeVisible();
    expect(within(article('a')).getByText('it is 1')).toBeVisible();
    expect(error).toHaveBeenCalled();
    error.mockRestore();
  });

  test('get their views one a task, from the first', async () => {
    const counts: number[] = [];
    const watch = new MutationObserver(() => counts.push(views().length));
    watch.observe(document.body, { childList: true, subtree: true });
    await show(chain);
    watch.disconnect();
    expect([...new Set(counts)]).toEqual([0, 1, 2, 3]);
  });

  test('that could build on what there is are offered at the end, while none of their kind is there', async () => {
    const { names } = await show(notebook(cell('a', 'number', { value: 1 })));
    const offer = await screen.findByRole('button', { name: 'Add sum' });
    await userEvent.click(offer);
    expect(names()).toEqual(['a', 'sum']);
    expect(article('sum')).toHaveFocus();
    expect(await within(article('sum')).findByText('makes 1')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Add sum' })).toBeNull();
  });

  test('collapse to their headline and open again with their view as it was', async () => {
    await show(chain);
    const field = screen.getByRole('spinbutton', { name: 'Value of a' });
    goTo('a');
    await press('o');
    expect(field).not.toBeVisible();
    expect(await within(article('a')).findByText('it is 1')).toBeVisible();
    await press('o');
    expect(screen.getByRole('spinbutton', { name: 'Value of a' })).toBe(field);
    expect(field).toBeVisible();
  });
});

describe('keys', () => {
  test('move between cells, into them and out', async () => {
    await show(chain);
    await press('j');
    expect(article('a')).toHaveFocus();
    await press('jj{ArrowUp}k');
    expect(article('a')).toHaveFocus();
    await press('{Enter}');
    expect(screen.getByRole('spinbutton', { name: 'Value of a' })).toHaveFocus();
    await press('j');
    expect(screen.getByRole('spinbutton', { name: 'Value of a' })).toHaveFocus();
    await press('{Escape}');
    expect(article('a')).toHaveFocus();
  });

  test('run: Shift-Enter goes on, Ctrl-Enter stays', async () => {
    const { services } = await show(chain);
    await within(article('c')).findByText('Result 111');
    const runs = () => services.log.filter(({ id }) => id === 'a').length;
    goTo('a');
    await press('{Control>}{Enter}{/Control}');
    await vi.waitUntil(() => runs() === 2);
    expect(article('a')).toHaveFocus();
    await press('{Shift>}{Enter}{/Shift}');
    await vi.waitUntil(() => runs() === 3);
    expect(article('b')).toHaveFocus();
  });

  test('add above and below, wired to what fits, ready to be worked in', async () => {
    const { names, history } = await show(chain);
    goTo('b');
    await press('b');
    await press('sum{Enter}');
    expect(names()).toEqual(['a', 'b', 'sum', 'c']);
    expect(article('sum')).toHaveFocus();
    expect(history.document().cells[2]?.inputs).toEqual({ a: 'b', b: 'a' });
    expect(await within(article('sum')).findByText('Result 12')).toBeVisible();
    goTo('a');
    await press('a');
    await press('note{Enter}');
    expect(names()).toEqual(['note', 'a', 'b', 'sum', 'c']);
    await vi.waitUntil(() => document.activeElement?.tagName === 'TEXTAREA');
  });

  test('delete with d d only, and the focus goes to the next cell', async () => {
    const { names } = await show(chain);
    goTo('b');
    await press('dj');
    expect(names()).toEqual(['a', 'b', 'c']);
    goTo('b');
    await press('dd');
    expect(names()).toEqual(['a', 'c']);
    expect(article('c')).toHaveFocus();
    await press('dd');
    expect(article('a')).toHaveFocus();
    await press('dd');
    expect(screen.getByRole('button', { name: 'Add a cell' })).toHaveFocus();
    await press('zzz');
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(article('b')).toHaveFocus();
  });

  test('copy, cut and paste; a cut cell comes back as itself', async () => {
    const { names, history } = await show(chain);
    goTo('a');
    await press('cjv');
    expect(names()).toEqual(['a', 'b', 'a 2', 'c']);
    goTo('a');
    await press('x');
    await press('jv');
    expect(names()).toEqual(['b', 'a 2', 'a', 'c']);
    expect(history.document().cells[2]?.id).toBe('a');
    expect(await within(article('c')).findByText('Result 111')).toBeVisible();
  });

  test('duplicate, move and turn into a note', async () => {
    const { names, history } = await show(chain);
    goTo('a');
    await press('{Shift>}D{/Shift}');
    expect(names()).toEqual(['a', 'a 2', 'b', 'c']);
    await press('{Alt>}{ArrowUp}{/Alt}');
    expect(names()).toEqual(['a 2', 'a', 'b', 'c']);
    expect(article('a 2')).toHaveFocus();
    await press('m');
    expect(history.document().cells[0]).toMatchObject({ kind: 'note', name: 'a 2' });
    expect(article('a 2')).toHaveFocus();
  });

  test('leave typing alone, undo in text fields included', async () => {
    const { names, history } = await show(chain);
    const field = screen.getByRole('spinbutton', { name: 'Value of a' });
    await userEvent.click(field);
    await press('dd{Control>}z{/Control}');
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(history.redoStep()).toBeUndefined();
  });

  test('can be turned off where they are single letters', async () => {
    const { names } = await show(chain);
    goTo('a');
    await press('?');
    await userEvent.click(screen.getByRole('checkbox', { name: /Single letters are commands/ }));
    await press('{Escape}');
    expect(article('a')).toHaveFocus();
    await press('dd');
    expect(names()).toEqual(['a', 'b', 'c']);
    await press('{ArrowDown}');
    expect(article('b')).toHaveFocus();
  });

  test('are listed on ?, the application’s own among them', async () => {
    const save = vi.fn();
    await show(chain, {
      commands: [{ id: 'save', label: 'Save to a file', group: 'File', keys: ['Mod-s'], run: save }],
    });
    await press('?');
    const dialog = screen.getByRole('dialog', { name: 'Keys' });
    expect(within(dialog).getByText('Save to a file')).toBeVisible();
    expect(within(dialog).getByText('Ctrl S')).toBeVisible();
    await press('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await press('{Control>}s{/Control}');
    expect(save).toHaveBeenCalledOnce();
  });
});

describe('undo', () => {
  test('takes back every kind of edit by button and key, named, and survives a reload', async () => {
    const store = arrayStore();
    const { unmount, names, history } = await show(chain, { store });
    await userEvent.fill(screen.getByRole('spinbutton', { name: 'Value of a' }), '5');
    await press('{Tab}');
    goTo('c');
    await press('dd');
    await userEvent.click(screen.getByRole('button', { name: 'Undo: Delete c' }));
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(article('c')).toHaveFocus();
    unmount();
    await history.flush();

    const again = await show(notebook(), { store });
    expect(await within(article('c')).findByText('Result 115')).toBeVisible();
    await press('{Control>}z{/Control}');
    expect(await within(article('c')).findByText('Result 111')).toBeVisible();
    await press('{Control>}{Shift>}z{/Shift}{/Control}{Shift>}Z{/Shift}');
    expect(again.names()).toEqual(['a', 'b']);
    expect(live()).toBe('Redid: Delete c.');
  });

  test('of a deletion stands there until it is wanted or closed, whatever else is done', async () => {
    const { names } = await show(chain);
    goTo('b');
    await press('dd');
    const notice = screen.getByText('Deleted “b”.').parentElement as HTMLElement;
    await userEvent.fill(screen.getByRole('spinbutton', { name: 'Value of a' }), '7');
    await press('{Tab}');
    await userEvent.click(within(notice).getByRole('button', { name: 'Undo' }));
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(article('b')).toHaveFocus();
    expect(await within(article('c')).findByText('Result 117')).toBeVisible();
    expect(screen.queryByText('Deleted “b”.')).toBeNull();
  });

  test('is offered by the cells that a deletion broke', async () => {
    await show(chain);
    goTo('a');
    await press('dd');
    expect(await within(article('b')).findByText(/came from “a”, which was deleted/)).toBeVisible();
    await userEvent.click(within(article('b')).getByRole('button', { name: 'Undo: Delete a' }));
    expect(await within(article('c')).findByText('Result 111')).toBeVisible();
  });

  test('is one step for a spell of typing', async () => {
    const { history } = await show(notebook(cell('n', 'note', { text: 'Old.' })));
    await within(article('n')).findByText('Old.');
    goTo('n');
    await press('{Enter}');
    await press('{Control>}a{/Control}New words.{Escape}');
    expect(await within(article('n')).findByText('New words.')).toBeVisible();
    expect(history.undoStep()).toBe('Write n');
    await press('z');
    expect(await within(article('n')).findByText('Old.')).toBeVisible();
    expect(history.undoStep()).toBeUndefined();
  });
});

describe('names', () => {
  test('are edited where they stand; references follow', async () => {
    await show(chain);
    await userEvent.click(within(article('a')).getByRole('button', { name: 'a' }));
    await press('people{Enter}');
    expect(article('people')).toBeInTheDocument();
    expect(
      (within(article('b')).getByRole('combobox', { name: 'from' }) as HTMLSelectElement).selectedOptions[0]
        ?.text,
    ).toBe('people');
    expect(within(outline()).getByText('people')).toBeVisible();
    expect(await within(article('c')).findByText('Result 111')).toBeVisible();
  });

  test('that are taken are refused with a sentence; Esc drops them', async () => {
    const { names } = await show(chain);
    goTo('a');
    await press('{F2}b{Enter}');
    expect(screen.getByText('Another cell is called “b” already.')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Name of the cell' })).toHaveFocus();
    await press('{Escape}');
    expect(names()).toEqual(['a', 'b', 'c']);
  });

  test('the notebook has one too', async () => {
    const { history } = await show(chain);
    await userEvent.click(screen.getByRole('button', { name: 'Toy' }));
    await press('Spring fair{Enter}');
    expect(screen.getByRole('heading', { level: 1, name: 'Spring fair' })).toBeVisible();
    expect(history.undoStep()).toBe('Rename the notebook');
  });
});

describe('the palette', () => {
  test('finds commands, kinds and cells by a few letters and acts on the cell it was opened from', async () => {
    const { names } = await show(chain);
    goTo('b');
    await press('{Control>}k{/Control}');
    await press('duc');
    const first = within(screen.getByRole('listbox')).getAllByRole('option')[0];
    expect(first).toHaveTextContent('Duplicate the cell');
    expect(first).toHaveAttribute('aria-selected', 'true');
    await press('{Enter}');
    expect(names()).toEqual(['a', 'b', 'b 2', 'c']);
    await press('p');
    await press('add w{Enter}');
    expect(names()).toEqual(['a', 'b', 'b 2', 'word', 'c']);
    await press('{Escape}{Control>}k{/Control}');
    await press('c');
    await userEvent.click(screen.getByRole('option', { name: /^c makes/ }));
    expect(article('c')).toHaveFocus();
  });

  test('opens another dialog, says when nothing is found, and Esc gives the focus back', async () => {
    await show(chain);
    goTo('b');
    await press('p');
    await press('show the k{Enter}');
    expect(await screen.findByRole('dialog', { name: 'Keys' })).toBeVisible();
    await press('{Escape}');
    await press('p');
    await press('zzzz');
    expect(screen.getByText('Nothing is called that.')).toBeVisible();
    await press('{Escape}');
    expect(article('b')).toHaveFocus();
  });
});

describe('the outline', () => {
  test('says each state in a word and leads to the cell; notes are known by their heading', async () => {
    const note: DocumentCell = cell('n', 'note', { text: '# First things\n\nText.' });
    await show(notebook(note, ...chain.cells, cell('w', 'word', { word: 'fail' })));
    expect(await within(outline()).findByText('First things')).toBeVisible();
    const failed = within(outline()).getByRole('button', { name: 'w failed' });
    await userEvent.click(failed);
    expect(article('w')).toHaveFocus();
    expect(failed).toHaveAttribute('aria-current', 'true');
    expect(await within(outline()).findByRole('button', { name: 'c done' })).toBeVisible();
  });

  test('is a sheet on a phone', async () => {
    await page.viewport(390, 844);
    await show(chain);
    expect(screen.queryByRole('navigation', { name: 'Outline' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Outline' }));
    await userEvent.click(
      await within(screen.getByRole('dialog', { name: 'Outline' })).findByRole('button', { name: /^c / }),
    );
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(article('c')).toHaveFocus();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});

describe('a note', () => {
  test('is edited by a click or Enter and rendered safely', async () => {
    const text =
      '# Hello\n\n<img src=x onerror="alert(1)"> [out](https://example.org) [bad](javascript:alert(1))\n\n![a picture](https://example.org/x.png)';
    await show(notebook(cell('n', 'note', { text })));
    const link = await screen.findByRole('link', { name: 'out' });
    expect(link).toHaveAttribute('target', '_blank');
    expect(link.getAttribute('rel')).toContain('noopener');
    expect(article('n').querySelector('img')).toBeNull();
    expect(screen.getByText(/<img src=x/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'a picture' })).toBeVisible();
    expect(screen.getByText('bad').getAttribute('href')).toBe('');
    await userEvent.click(screen.getByRole('heading', { name: 'Hello' }));
    await press('{Control>}a{/Control}Changed.{Shift>}{Enter}{/Shift}');
    expect(await within(article('n')).findByText('Changed.')).toBeVisible();
    expect(article('n')).toHaveFocus();
  });
});

describe('for everyone', () => {
  const all = notebook(
    cell('n', 'note', {
      text: '# Note\n\n- [x] done\n- [ ] open\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n`code` and [link](https://example.org)',
    }),
    ...chain.cells,
    cell('d', 'dear', { plus: 7 }, { a: 'a' }),
    cell('s', 'slow', {}, { a: 'a' }),
    cell('w', 'word', { word: 'fail' }),
    cell('x', 'sum', {}, { a: 'w' }),
    cell('h', 'hologram', { depth: 3 }),
    { ...cell('y', 'sum', {}, { a: 'gone' }), collapsed: true },
  );

  test.each([1280, 390])('axe finds nothing at %i px, in any state', async (width) => {
    await page.viewport(width, 800);
    await show(all);
    await screen.findByText('1 of 2 steps');
    await expectAccessible(document.body);
    goTo('b');
    await press('dd');
    await expectAccessible(document.body);
    for (const open of ['?', 'p', 'b']) {
      goTo('a');
      await press(open);
      await screen.findByRole('dialog');
      await expectAccessible(document.body);
      await press('{Escape}');
    }
    await press('{F2}');
    await expectAccessible(document.body);
  });

  test('what takes long or fails is read out, what passes is not', async () => {
    const { gates, services } = await show(
      notebook(cell('a', 'number', { value: 1 }), cell('s', 'slow', {}, { a: 'a' })),
    );
    await vi.waitUntil(() => services.log.some(({ id }) => id === 's'));
    expect(live()).toBe('');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    for (const open of gates) open();
    await vi.waitUntil(() => live() === 's is done: makes 1');
  });
});
