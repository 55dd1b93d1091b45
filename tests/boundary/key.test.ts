import { expect, test } from 'vitest';
import { createKeys } from '../../src/boundary/key';

/** The parts of localStorage that are used, over a map. */
function memoryStorage(): Storage & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get length() {
      return entries.size;
    },
    clear: () => entries.clear(),
    getItem: (key) => entries.get(key) ?? null,
    key: (index) => [...entries.keys()][index] ?? null,
    removeItem: (key) => void entries.delete(key),
    setItem: (key, value) => void entries.set(key, value),
  };
}

test('a key is nowhere but in memory until the vault is asked for', () => {
  const storage = memoryStorage();
  const keys = createKeys(storage);
  keys.set('openai', '  canary-91  ');
  expect(keys.get('openai')).toBe('canary-91');
  expect(storage.entries.size).toBe(0);
  keys.forget();
  expect(keys.get('openai')).toBe('');
});

test('the vault gives keys back to the right passphrase alone, and shows none', async () => {
  const storage = memoryStorage();
  const keys = createKeys(storage);
  keys.set('anthropic', 'canary-92');
  expect(await keys.saveVault('short')).toMatchObject({ ok: false });
  expect(await keys.saveVault('gold on slate')).toMatchObject({ ok: true });
  const written = [...storage.entries.values()].join();
  expect(written).not.toContain('canary');
  expect(atob(JSON.parse(written).sealed)).not.toContain('canary');

  const later = createKeys(storage);
  expect(later.hasVault()).toBe(true);
  expect(await later.openVault('gold on slat')).toMatchObject({
    ok: false,
    failure: { code: 'vault-closed' },
  });
  expect(later.get('anthropic')).toBe('');
  expect(await later.openVault('gold on slate')).toMatchObject({ ok: true });
  expect(later.get('anthropic')).toBe('canary-92');
  later.removeVault();
  expect(later.hasVault()).toBe(false);
});

test('the same keys are sealed differently each time', async () => {
  const storage = memoryStorage();
  const keys = createKeys(storage);
  keys.set('google', 'canary-93');
  await keys.saveVault('gold on slate');
  const first = JSON.stringify([...storage.entries]);
  await keys.saveVault('gold on slate');
  expect(JSON.stringify([...storage.entries])).not.toBe(first);
});

test('a damaged vault is said, not thrown', async () => {
  const storage = memoryStorage();
  storage.setItem('touchstone-vault', '{"version":1');
  expect(await createKeys(storage).openVault('anything at all')).toMatchObject({
    ok: false,
    failure: { code: 'vault-missing' },
  });
});
