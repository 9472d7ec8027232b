const RADIX = 36;
/** So many digits of that radix has the time until the year 5188. */
const DIGITS = 9;

/** The time as letters and digits: in the order of texts, keys that begin with it are in the order of time. */
export function timeKey(): string {
  return Date.now().toString(RADIX).padStart(DIGITS, "0");
}
