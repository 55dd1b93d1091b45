import { expect, test } from 'vitest';
import type { Services } from '../../src/boundary/services';
import { type CompareInputs, compareKind } from '../../src/cells/compare/kind';
import { costsOf } from '../../src/cells/compare/words';
import { type DraftsParams, draftsKind } from '../../src/cells/drafts/kind';
import { scoresKind, scoresOf } from '../../src/cells/scores/kind';
import { listPrices } from '../../src/domain/draft/models';
import type { CellKind, CellOutput } from '../../src/notebook/kind';
import { openNodeWorkbench } from '../node-services';
import { startProvider } from '../provider/server.mjs';
import { importRows, value } from '../workers/db/workbench';

/** Six prospects, each with a live signal; a template, a model on this machine, and one at list price. */
async function workbench() {
  const bench = await openNodeWorkbench();
  const provider = await startProvider();
  const services = bench.services as unknown as Services;
  const { ids } = await importRows(
    bench.db,
    Array.from({ length: 6 }, (_, i) => ({
      email: `person${i}@firm${i}.example`,
      first_name: `Ada${i}`,
      company: `Firm ${i}`,
      industry: 'Logistics',
    })),
  );
  const signals = Array.from(ids, (prospectId, i) => ({
    prospectId,
    kind: 'post' as const,
    happenedOn: new Date().toISOString().slice(0, 10),
    source: 'a post',
    quote: `We open depot number ${i} and have nobody to plan its nights`,
    confidence: 1,
  }));
  value(await bench.db.addSignals(signals));
  async function run<P, I, O extends CellOutput>(
    kind: CellKind<P, I, O, Services>,
    params: Partial<P>,
    inputs: I,
  ) {
    return value(
      await kind.run({
        cellId: kind.kind,
        params: { ...kind.params.parse({}), ...params },
        inputs,
        services,
        signal: new AbortController().signal,
        progress() {},
      }),
    );
  }
  const local = { provider: 'compatible' as const, model: 'good', baseUrl: `${provider.url}/v1` };
  const draft = (params: Partial<DraftsParams> = {}) =>
    run(
      draftsKind,
      { offer: 'Shift planning.', sender: 'Ines', writers: ['template', local], ...params },
      { from: { type: 'prospects', ids } },
    );
  const compare = (inputs: CompareInputs) => run(compareKind, {}, inputs);
  const close = async () => {
    await provider.close();
    await bench.close();
  };
  return { ids, run, draft, compare, close };
}

test('the prices are those of the drafts cell, corrected or not, and no model on this machine costs anything', async () => {
  const { ids, draft, compare, close } = await workbench();
  const byModel = async (from: CompareInputs['from']) => {
    const { drafts, prices, hasCellPrices } = await compare({ from });
    const place = drafts.outputTokens.findIndex((tokens) => tokens > 0);
    const cost = costsOf(drafts, prices)(place);
    return { cost, asOf: prices.asOf, hasCellPrices, tokens: drafts.outputTokens[place] };
  };
  const { asOf } = listPrices;
  expect(await byModel(await draft())).toMatchObject({ cost: 0, asOf, hasCellPrices: true });
  expect(await byModel({ type: 'prospects', ids })).toMatchObject({ cost: 0, asOf, hasCellPrices: false });

  const perMillion = { 'compatible/good': { input: 0, output: 1_000_000 } };
  const corrected = await byModel(await draft({ prices: { asOf: '2026-11-22', perMillion } }));
  expect(corrected).toMatchObject({ cost: corrected.tokens, asOf: '2026-11-22', hasCellPrices: true });
  await close();
}, 120_000);

test('every draft has the number of the scores cell, by the weights there', async () => {
  const { run, draft, compare, close } = await workbench();
  const from = await draft({ writers: ['template'] });
  for (const weights of [
    { substitution: 0.5, voice: 0.3, sameness: 0.2 },
    { substitution: 0.1, voice: 0, sameness: 0.9 },
  ]) {
    const scores = await run(scoresKind, { weights }, { from });
    const compared = await compare({ from, scores });
    expect(compared.drafts.draftIds).toEqual(scores.draftIds);
    expect(compared.genericness).toEqual(scoresOf(scores, scores));
    expect(compared.genericness.some((score) => score > 0 && score < 100)).toBe(true);
  }
  await close();
}, 120_000);
