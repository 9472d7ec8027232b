/** Steps of a few long chains, or the distinct tokens of many. */
const MOST_REMEMBERED = 8192;

/**
 * A pure function that remembers its latest results: after an edit, only the steps that changed are tokenized again.
 */
export function remembered<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = compute(key);
      if (known.size >= MOST_REMEMBERED) {
        // Maps keep the order of insertion: the first is the oldest.
        for (const oldest of known.keys()) {
          known.delete(oldest);
          break;
        }
      }
      known.set(key, value);
    }
    return value;
  };
}
