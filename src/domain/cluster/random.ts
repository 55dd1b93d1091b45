/** Numbers that look random, each 0 to 1 (exclusive), and are the same for the same seed. */
export type Random = () => number;

/** xorshift32 after a scramble of the seed. Source: Marsaglia, "Xorshift RNGs", 2003. */
export function seeded(seed: number): Random {
  let state = scramble(seed) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

/** Spreads whole numbers over 32 bits, so that near numbers come out far apart. Source: the finaliser of MurmurHash3. */
export function scramble(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A standard normal number. Source: Box and Muller, 1958. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
