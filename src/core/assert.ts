/** Marks a branch the types say cannot be reached. A call is a bug, so it throws plainly. */
export function assertNever(value: never, what: string): never {
  throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}

/** Returns `value`, or throws when it is missing. For invariants, never for input. */
export function assertDefined<T>(value: T | null | undefined, what: string): T {
  if (value === undefined || value === null) {
    throw new Error(`missing ${what}`);
  }
  return value;
}
