import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { generateList } from '../../seeds/generate';

/*
 * The whole job on the built site in a real Chromium: the example of a first visit, a list of one's own from file to
 * clusters to tiers, a threshold dragged, undo, reload, a second tab, bad files. One page for all of it, as a rep has.
 */

const cell = (page: Page, name: string): Locator =>
  page.getByRole('region', { name }).or(page.getByRole('article', { name })).first();

/** A list as a browser hands it over. */
const csv = (name: string, text: string | Buffer) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.isBuffer(text) ? text : Buffer.from(text),
});

async function dropFile(page: Page, file: ReturnType<typeof csv>): Promise<void> {
  const people = cell(page, 'people');
  await people.getByRole('button', { name: 'Replace with another file' }).click();
  await people.locator('input[type=file]').setInputFiles(file);
}

test.describe.configure({ mode: 'serial' });

let page: Page;
const foreign: string[] = [];

test.beforeAll(async ({ browser, baseURL }) => {
  const context = await browser.newContext();
  page = await context.newPage();
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !baseURL?.startsWith(origin)) foreign.push(request.url());
  });
});

test.afterAll(() => page.context().close());

test('a first visit shows the finished example at once, and brings it to life', async () => {
  await page.goto('/');
  await expect(page.getByText(/by hand, .* drafted, .* by segment/)).toBeVisible();
  await expect(page.getByText('12 groups').first()).toBeVisible();
  await expect(page.getByText('example-prospects.csv')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('gridcell').first()).toBeVisible({ timeout: 60_000 });
  for (const scheme of ['light', 'dark'] as const) {
    // Colours on their way to others are none that anybody reads.
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(page.locator(`html[data-theme=${scheme}]`)).toBeAttached();
    const found = await new AxeBuilder({ page }).analyze();
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
});

test('nothing hangs over the edge of a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const overhang = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overhang).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('bad files end in a sentence, and the list stays', async () => {
  const bad: [name: string, content: string | Buffer, says: RegExp][] = [
    ['empty.csv', '', /empty/i],
    ['only-headers.csv', 'First Name,Last Name,Email\n', /no rows|header/i],
    ['photo.csv', readFileSync('src/public/favicon.svg').subarray(0, 20), /./],
    [
      'workbook.csv',
      Buffer.concat([
        Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]),
        Buffer.from('xl/workbook.xml'),
        Buffer.alloc(40),
      ]),
      /Excel|zip/i,
    ],
    ['open-quote.csv', 'First Name,Email\nAda,"ada@a.example\nBo,bo@b.example\n', /quot/i],
  ];
  for (const [name, content, says] of bad) {
    await dropFile(page, csv(name, content));
    await expect(page.getByText(says).first()).toBeVisible();
    await page
      .getByRole('button', { name: /Keep the present list|Keep the list/ })
      .first()
      .click();
  }
  await expect(page.getByText('example-prospects.csv')).toBeVisible();
});

test('a list of one’s own goes from file to clusters to tiers', async () => {
  await dropFile(page, csv('spring.csv', generateList({ rows: 400, seed: 3 })));
  await page.getByRole('button', { name: /^Import/ }).click();
  await expect(page.getByText('spring.csv')).toBeVisible();
  const run = cell(page, 'kinds of business').getByRole('button', { name: 'Run', exact: true });
  const headline = cell(page, 'who deserves what').getByText(/by hand, .* drafted, .* by segment/);
  const tiered = async () => {
    // Whether it asks first depends on how fast this machine was a moment ago.
    if (await run.isVisible()) await run.click();
    if (!(await headline.isVisible())) return 0;
    const counts = (await headline.innerText()).match(/[\d,]+/g) ?? [];
    return counts.reduce((sum, count) => sum + Number(count.replace(',', '')), 0);
  };
  await expect.poll(tiered, { timeout: 150_000, intervals: [1000] }).toBe(400);
});

test('a threshold is dragged: counts follow at once, undo brings them back, a reload keeps them', async () => {
  const tiers = cell(page, 'who deserves what');
  const headline = tiers.getByText(/by hand, .* drafted, .* by segment/);
  const before = await headline.innerText();
  const handle = tiers.getByRole('slider', { name: /tier 2/i });
  await handle.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('PageDown');
  await expect(headline).not.toHaveText(before);
  const after = await headline.innerText();

  await page.getByText('Saved').waitFor();
  await page.reload();
  await expect(headline).toHaveText(after, { timeout: 60_000 });

  await page.locator('body').press('Control+z');
  for (let i = 0; i < 4 && (await headline.innerText()) !== before; i++) {
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.waitForTimeout(500);
  }
  await expect(headline).toHaveText(before);
});

test('a signal that is written down lifts its prospect, and stays', async () => {
  await cell(page, 'write to these first').getByRole('gridcell').first().click();
  const panel = page.getByRole('complementary', { name: 'Prospect' });
  const score = async () => Number((await panel.getByText(/^score \d+$/).innerText()).slice('score '.length));
  const before = await score();
  await panel.getByRole('button', { name: 'Add a signal' }).click();
  await panel.getByRole('textbox', { name: /own words/ }).fill('We moved the night shift to Lund.');
  await panel.getByLabel('On which day').fill(new Date().toLocaleDateString('sv'));
  await panel.getByRole('textbox', { name: 'Where it can be read' }).fill('https://news.example/lund');
  await panel.getByRole('button', { name: 'Add the signal' }).click();
  await expect(panel.getByText('We moved the night shift to Lund.')).toBeVisible();
  await expect.poll(score).toBeGreaterThan(before);
  const after = await score();

  await page.reload();
  await cell(page, 'write to these first').getByRole('gridcell').first().click();
  await expect(panel.getByText('news.example')).toBeVisible();
  expect(await score()).toBe(after);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
});

test('a second run compares nothing anew', async () => {
  await page.reload();
  const clusters = cell(page, 'kinds of business');
  await expect(clusters.getByText(/\d+ groups/).first()).toBeVisible({ timeout: 30_000 });
  await expect(clusters.getByRole('button', { name: 'Run', exact: true })).toBeHidden();
});

test('a second tab is told, and can take over', async () => {
  const second = await page.context().newPage();
  await second.goto('/');
  await expect(second.getByText('Touchstone is open in another tab')).toBeVisible({ timeout: 30_000 });
  await second.getByRole('button', { name: 'Use it here' }).click();
  await expect(second.getByText('spring.csv')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Another tab has taken over')).toBeVisible();
  await second.close();
  await page.getByRole('button', { name: 'Use it here again' }).click();
  await expect(page.getByText('spring.csv')).toBeVisible({ timeout: 60_000 });
});

test('the workbench goes into a file and comes back', async () => {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Workbench' }).click();
  await page.getByRole('button', { name: /whole workbench/ }).click();
  const file = await (await download).path();

  await page.getByRole('button', { name: 'Workbench' }).click();
  await page.getByRole('button', { name: 'Start empty' }).click();
  await page.getByRole('button', { name: 'Remove everything and start empty' }).click();
  await expect(page.getByText('Untitled notebook')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('spring.csv')).toBeHidden();

  const restored = {
    name: 'mine.workbench',
    mimeType: 'application/octet-stream',
    buffer: readFileSync(file),
  };
  await page.locator('input[type=file][accept*=".workbench"]').setInputFiles(restored);
  await expect(page.getByText('spring.csv')).toBeVisible({ timeout: 60_000 });
});

test('no request left the site', () => {
  expect(foreign).toEqual([]);
});
