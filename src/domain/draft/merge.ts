const field = /\{([a-z][a-z -]*)(?:\|([^{}]*))?\}/gi;

export interface Filled {
  readonly text: string;
  /** Fields that had neither a value nor a word to stand in, each once. */
  readonly missing: readonly string[];
}

/**
 * Fills `{first name}` and the like. `{first name|there}` says what stands in where there is no value. In one pass, so
 * that a value which looks like a field stays what it is.
 */
export function fillFields(template: string, values: Readonly<Record<string, string>>): Filled {
  const missing = new Set<string>();
  const text = template.replace(field, (whole, name: string, instead: string | undefined) => {
    const key = name.toLowerCase().trim();
    const value = (Object.hasOwn(values, key) ? values[key] : undefined)?.trim();
    if (value) return value;
    if (instead !== undefined) return instead.trim();
    missing.add(key);
    return whole;
  });
  return { text: text.replace(/\n{3,}/g, '\n\n').trim(), missing: [...missing] };
}

/** The fields that a template names, each once. */
export function fieldsOf(template: string): string[] {
  return [...new Set(Array.from(template.matchAll(field), (match) => (match[1] ?? '').toLowerCase().trim()))];
}
