/** A browser's Web Locks, as far as tabs ask for them: a lock is held until its tab is closed. */
export function createLocks() {
  const held = new Map<string, string>();
  let open = "";
  return {
    /** Whatever asks from now on does so from this tab. */
    enter: (tab: string) => {
      open = tab;
    },
    close: (tab: string) => {
      for (const [name] of [...held].filter(([, holder]) => holder === tab)) {
        held.delete(name);
      }
    },
    request: async (name: string, _: object, run: (lock: object | null) => unknown) => {
      if (held.has(name)) {
        return run(null);
      }
      held.set(name, open);
      return run({ name });
    },
    query: async () => ({ held: [...held.keys()].map((name) => ({ name })) }),
  };
}
