import type { ProviderName } from '../domain/draft/models';
import { fail, type Result, succeed } from '../domain/result';

/** The rep's keys. They live in this object and nowhere else, unless the rep opens the vault. */
export interface Keys {
  /** Empty where none was given. */
  get(provider: ProviderName): string;
  set(provider: ProviderName, key: string): void;
  /** Forgets every key held in memory; a vault stays as it is. */
  forget(): void;
  hasVault(): boolean;
  /** Encrypts the keys held now under a passphrase, in this browser. */
  saveVault(passphrase: string): Promise<Result<undefined>>;
  openVault(passphrase: string): Promise<Result<undefined>>;
  removeVault(): void;
}

/** What lies in the browser's storage: nothing of it helps without the passphrase. */
interface Vault {
  readonly version: 1;
  readonly salt: string;
  readonly iv: string;
  readonly sealed: string;
}

const place = 'touchstone-vault';
const shortest = 8;

/** `storage` is the page's localStorage; only the sealed vault is ever written to it. */
export function createKeys(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Keys {
  const held = new Map<ProviderName, string>();

  return {
    get: (provider) => held.get(provider) ?? '',
    set(provider, key) {
      const trimmed = key.trim();
      if (trimmed) held.set(provider, trimmed);
      else held.delete(provider);
    },
    forget: () => held.clear(),
    hasVault: () => storage.getItem(place) !== null,

    async saveVault(passphrase) {
      if (passphrase.length < shortest)
        return fail('vault-passphrase', `Choose a passphrase of at least ${shortest} characters.`);
      const salt = crypto.getRandomValues(new Uint8Array(16));
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify([...held]));
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv },
        await sealingKey(passphrase, salt),
        plain,
      );
      const vault: Vault = {
        version: 1,
        salt: toBase64(salt),
        iv: toBase64(iv),
        sealed: toBase64(new Uint8Array(sealed)),
      };
      storage.setItem(place, JSON.stringify(vault));
      return succeed(undefined);
    },

    async openVault(passphrase) {
      const vault = parseVault(storage.getItem(place));
      if (!vault) return fail('vault-missing', 'There is no vault in this browser. Enter the key once more.');
      try {
        const plain = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv: fromBase64(vault.iv) },
          await sealingKey(passphrase, fromBase64(vault.salt)),
          fromBase64(vault.sealed),
        );
        const entries = JSON.parse(new TextDecoder().decode(plain)) as [ProviderName, string][];
        for (const [provider, key] of entries) held.set(provider, key);
        return succeed(undefined);
      } catch {
        // AES-GCM says no more than that: a wrong passphrase and a damaged vault look the same.
        return fail(
          'vault-closed',
          'The vault did not open. Check the passphrase, or remove the vault and enter the key again.',
        );
      }
    },

    removeVault: () => storage.removeItem(place),
  };
}

/**
 * PBKDF2-SHA-256 with 600,000 rounds (OWASP's advice where Argon2 is not at hand): the browser derives it off the main
 * thread, which Argon2 in WebAssembly would hold up. Gives an AES key that can't be read out.
 */
async function sealingKey(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 600_000 },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

function parseVault(text: string | null): Vault | undefined {
  if (text === null) return undefined;
  try {
    const vault = JSON.parse(text) as Partial<Vault>;
    const isWhole = vault.version === 1 && vault.salt && vault.iv && vault.sealed;
    return isWhole ? (vault as Vault) : undefined;
  } catch {
    return undefined;
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** A failure that may quote the provider, without the key should the provider have quoted that. */
export function withoutKey<T>(result: Result<T>, key: string): Result<T> {
  if (result.ok || key === '' || !result.failure.sentence.includes(key)) return result;
  return fail(result.failure.code, result.failure.sentence.replaceAll(key, '(your key)'));
}
