/** What names a model from outside: an address, a form or a folder. */

/** A segment of a name is never made of dots alone: it would mean another folder. */
const SEGMENT = String.raw`(?!\.+(?:\/|$))[\w.-]+`;
const MODEL_NAME = new RegExp(`^${SEGMENT}(?:/${SEGMENT})?$`);

/** Whether this is the name of a folder or of a repository. */
export function isModelName(name: string): boolean {
  return MODEL_NAME.test(name);
}

/** Whether this is `owner/name`, as the Hugging Face Hub names a repository. */
export function isRepositoryName(name: string): boolean {
  return isModelName(name) && name.includes("/");
}
