/** What names a model from outside: an address, a form or a folder. */

/** A segment of a name is never made of dots alone: it would mean another folder. */
const SEGMENT = String.raw`(?!\.+(?:\/|$))[\w.-]+`;
const MODEL_NAME = new RegExp(`^${SEGMENT}(?:/${SEGMENT})?$`);

/** A person's own folders have names with spaces, in any script; what cannot be shown is in none. */
const KEPT_SEGMENT = String.raw`(?!\.+(?:\/|$))[^\p{C}/\\]+`;
const KEPT_NAME = new RegExp(`^${KEPT_SEGMENT}(?:/${KEPT_SEGMENT})?$`, "u");

const MAX_KEPT_NAME = 200;

/** Whether a model may be kept under this name: a repository's, or a folder's on somebody's disk. */
export function isKeptName(name: string): boolean {
  return name.length <= MAX_KEPT_NAME && KEPT_NAME.test(name);
}

/** Whether this is the name of a folder or of a repository that an address can hold. */
export function isModelName(name: string): boolean {
  // What every object has already would be found where models are looked up by name.
  return MODEL_NAME.test(name) && !(name in Object.prototype);
}

/** Whether this is `owner/name`, as the Hugging Face Hub names a repository. */
export function isRepositoryName(name: string): boolean {
  return isModelName(name) && name.includes("/");
}
