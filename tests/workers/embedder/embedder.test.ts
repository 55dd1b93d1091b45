import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownModel } from '../../../src/domain/embedding/models';
import { buildModel } from '../../../workers/embedder/build-model';
import { createEmbedder, planBatches } from '../../../workers/embedder/embedder';
import { loadModel } from '../../../workers/embedder/model';
import { column } from './texts';

const goOn = async () => true;

/** An embedder with the real model on Node's runtime. */
function openEmbedder() {
  return createEmbedder(async (model) => loadModel(model, `${await buildModel('int8')}/`));
}

async function embed(texts: readonly string[], report: (done: number) => Promise<boolean> = goOn) {
  return openEmbedder().embed({ model: ownModel, site: '', texts: column(texts) }, report);
}

async function vectorsOf(texts: readonly string[]): Promise<Float32Array[]> {
  const result = await embed(texts);
  if (!result.ok) throw new Error(result.failure.sentence);
  const { vectors } = result.value;
  return texts.map((_, index) => vectors.subarray(index * 512, (index + 1) * 512));
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

describe('embedding', () => {
  it('answers one vector a text, in the order given whatever their lengths', async () => {
    const texts = Array.from({ length: 150 }, (_, index) =>
      index % 3 === 0 ? `Bakery number ${index}` : `Bakery number ${index} `.repeat((index * 37) % 30),
    ).map((text) => text.trim() || 'Bakery');
    const together = await vectorsOf(texts);
    for (const index of [0, 1, 2, 77, 148, 149]) {
      const [alone] = await vectorsOf([texts[index]!]);
      expect(dot(together[index]!, alone!)).toBeGreaterThan(0.995);
    }
  });

  it('puts like near like', async () => {
    const [a, b, c] = await vectorsOf([
      'We sell payment terminals to restaurants.',
      'Card readers and checkout for cafés and bars.',
      'Satellites that watch forests for fires.',
    ]);
    expect(dot(a!, b!)).toBeGreaterThan(dot(a!, c!) + 0.1);
  });

  it('gives zeros for a text without a character, and leaves its neighbours alone', async () => {
    const [empty, blank, text] = await vectorsOf(['', ' \n\t\u00a0', 'Pumps for breweries']);
    expect(dot(empty!, empty!)).toBe(0);
    expect(dot(blank!, blank!)).toBe(0);
    expect(dot(text!, text!)).toBeCloseTo(1, 5);
  });

  it('answers no vectors for no texts', async () => {
    const result = await embed([]);
    expect(result).toMatchObject({ ok: true, value: { bytesPerSecond: 0 } });
    expect(result.ok && result.value.vectors.length).toBe(0);
  });

  it('reads the beginning of a text of a megabyte, in no more time than a text takes', async () => {
    const beginning = 'Cold-chain freight for pharmacies. '.repeat(60);
    const [short, long, blank] = await vectorsOf([
      beginning,
      beginning + 'x'.repeat(1_000_000),
      `${' '.repeat(5000)}${beginning}`,
    ]);
    expect(dot(short!, long!)).toBeGreaterThan(0.995);
    expect(dot(short!, blank!)).toBeGreaterThan(0.995);
    const started = performance.now();
    await vectorsOf(['😀'.repeat(300_000)]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('reports how many are done after every batch, from none to all', async () => {
    const seen: number[] = [];
    const texts = Array.from({ length: 200 }, (_, index) => `Company ${index} sells software`);
    await embed(texts, async (done) => {
      seen.push(done);
      return true;
    });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(200);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(3);
  });

  it('stops after the batch it is at', async () => {
    const seen: number[] = [];
    const texts = Array.from({ length: 200 }, (_, index) => `Company ${index} sells software`);
    const result = await embed(texts, async (done) => {
      seen.push(done);
      return done === 0;
    });
    expect(result).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBeLessThan(200);
  });

  it('runs one call after another', async () => {
    const embedder = openEmbedder();
    const order: string[] = [];
    const run = (name: string) =>
      embedder.embed(
        { model: ownModel, site: '', texts: column(Array(100).fill(`Some ${name} text`)) },
        async () => {
          order.push(name);
          return true;
        },
      );
    await Promise.all([run('first'), run('second')]);
    expect(order.lastIndexOf('first')).toBeLessThan(order.indexOf('second'));
  });

  it('says which folder is missing where the model’s files are', async () => {
    const result = await createEmbedder((model) => loadModel(model, '/nowhere/')).embed(
      { model: ownModel, site: '', texts: column(['text']) },
      goOn,
    );
    expect(result).toMatchObject({ ok: false, failure: { code: 'embedder-files' } });
    expect(!result.ok && result.failure.sentence).toContain('models/use-lite-en-1');
  });

  it('says that memory ran out, and can be asked again', async () => {
    let fails = true;
    const embedder = createEmbedder(async () => ({
      ok: true,
      value: {
        encode: async (texts) => {
          if (fails) throw new RangeError('Array buffer allocation failed');
          return new Float32Array(texts.length * 512).fill(1);
        },
        release: async () => {},
      },
    }));
    const request = { model: ownModel, site: '', texts: column(['text']) };
    expect(await embedder.embed(request, goOn)).toMatchObject({
      ok: false,
      failure: { code: 'embedder-memory' },
    });
    fails = false;
    expect(await embedder.embed(request, goOn)).toMatchObject({ ok: true });
  });
});

describe('batches', () => {
  const lengths = fc.array(fc.oneof(fc.nat(40), fc.nat(3000)), { maxLength: 400 });
  const columnOf = (sizes: readonly number[]) => {
    const offsets = new Uint32Array(sizes.length + 1);
    sizes.forEach((size, index) => {
      offsets[index + 1] = offsets[index]! + size;
    });
    return { bytes: new Uint8Array(0), offsets };
  };

  it('hold every text once', () => {
    fc.assert(
      fc.property(lengths, (sizes) => {
        const all = planBatches(columnOf(sizes), 128).flat();
        expect(all.sort((a, b) => a - b)).toEqual([...sizes.keys()]);
      }),
    );
  });

  it('hold texts of like length: no text of one is longer than the longest of the next shorter', () => {
    fc.assert(
      fc.property(lengths, (sizes) => {
        const ranges = planBatches(columnOf(sizes), 128)
          .map((batch) => batch.map((index) => Math.min(128 * 4, sizes[index]!)))
          .sort((a, b) => Math.max(...b) - Math.max(...a) || Math.min(...b) - Math.min(...a));
        for (const [index, batch] of ranges.entries())
          if (index > 0) expect(Math.max(...batch)).toBeLessThanOrEqual(Math.min(...ranges[index - 1]!));
      }),
    );
  });

  it('come so that a tenth of the texts takes about a tenth of the work', () => {
    const sizes = Array.from({ length: 5000 }, (_, index) => (index * 7919) % 600);
    const batches = planBatches(columnOf(sizes), 128);
    const cost = (batch: number[]) => batch.length * Math.max(...batch.map((index) => sizes[index]!));
    const whole = batches.reduce((sum, batch) => sum + cost(batch), 0);
    let [done, spent] = [0, 0];
    for (const batch of batches) {
      done += batch.length;
      spent += cost(batch);
      expect(Math.abs(spent / whole - done / sizes.length)).toBeLessThan(0.05);
    }
  });
});
