import axe from 'axe-core';
import { expect } from 'vitest';

/** Fails with what axe finds wrong in a part of the page, in both themes. */
export async function expectAccessible(element: Element): Promise<void> {
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset.theme = theme;
    // Colours on their way from one theme to the other are neither's; what turns for ever is not waited for.
    const passing = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(passing.map((animation) => animation.finished));
    const { violations } = await axe.run(element, { resultTypes: ['violations'] });
    delete document.documentElement.dataset.theme;
    const found = violations.map(
      ({ id, nodes }) => `${theme}: ${id}: ${nodes.map((node) => node.html).join('\n')}`,
    );
    expect(found).toEqual([]);
  }
}
