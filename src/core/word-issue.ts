/** Words for what valibot found wrong with a row: a sentence that goes on after "row 17: " or "line 17: ". */
import type * as v from "valibot";

/** What is used of an issue. */
type Issue = Pick<v.BaseIssue<unknown>, "path" | "message" | "received">;

/**
 * E.g. `its "steps" is not a list`, `entry 3 of its "steps" is empty`, `its "label.steps" is missing`. The schema's
 * own messages are the predicates.
 */
export function wordIssue({ path, message, received }: Issue): string {
  const keys = (path ?? []).map(({ key }) => key);
  if (keys.length === 0) {
    return "it is not a JSON object";
  }
  const last = keys.at(-1);
  const isEntry = typeof last === "number";
  const name = wordPath(isEntry ? keys.slice(0, -1) : keys);
  const where = isEntry ? `entry ${last + 1} of its` : "its";
  return `${where} "${name}" ${received === "undefined" ? "is missing" : message}`;
}

function wordPath(keys: readonly unknown[]): string {
  return keys
    .map((key, at) => (typeof key === "number" ? `[${key}]` : `${at === 0 ? "" : "."}${String(key)}`))
    .join("");
}
