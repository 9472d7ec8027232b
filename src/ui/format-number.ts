const BYTES_PER_MB = 1_000_000;
const MS_PER_S = 1000;
const S_PER_MIN = 60;

/**
 * A probability in two digits, or three where two would hide a difference that matters (close to 0 or
 * to 1). Never rounds up to 1 nor down to 0. A difference of two probabilities may be negative.
 */
export function formatProbability(value: number): string {
  if (value < 0) {
    // A difference of two probabilities.
    return value > -0.0005 ? ">−.001" : `−${formatProbability(-value)}`;
  }
  if (value === 0 || value === 1) {
    return value.toFixed(2);
  }
  if (value < 0.0005) {
    return "<.001";
  }
  if (value >= 0.995) {
    // Cut off, not rounded: 0.9998 must not read as certainty.
    return (Math.floor(value * 1000) / 1000).toFixed(3);
  }
  return value < 0.0095 ? value.toFixed(3) : value.toFixed(2);
}

/** A score of any range. A product of many steps may be tiny, yet not zero; one just below 1 is not 1. */
export function formatScore(value: number, digits: number): string {
  if (value < 1 && value >= 0.995) {
    return formatProbability(value);
  }
  // As in formatProbability, close to 0 one digit more.
  if (value > 0.0005 && value < 0.0095 && digits === 2) {
    return value.toFixed(3);
  }
  const isTiny = value !== 0 && Math.abs(value) < 0.5 * 10 ** -digits;
  const text = isTiny ? value.toExponential(0) : value.toFixed(digits);
  return text.replaceAll("-", "−");
}

/** A deviation to four decimals; one too small for them is still not nothing. */
export function formatSmall(value: number): string {
  return value > 0 && value < 0.0001 ? "<0.0001" : value.toFixed(4);
}

/** Half of the last decimal that is written. */
const LEAST_VISIBLE_DELTA = 0.005;

/** A signed difference, e.g. "+0.12", with a real minus sign. */
export function formatDelta(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  if (Number(digits) === 0) {
    return "±0.00";
  }
  return `${value < 0 ? "−" : "+"}${digits}`;
}

/** Whether a difference can be seen in what `formatDelta` writes. */
export function isVisibleDelta(value: number): boolean {
  return Math.abs(value) >= LEAST_VISIBLE_DELTA;
}

export function formatCount(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

export function formatMegabytes(bytes: number): string {
  return (bytes / BYTES_PER_MB).toFixed(bytes < BYTES_PER_MB ? 2 : 1);
}

/** A rough duration for an estimate: "8 s", "3 min", "1 h 20 min". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / MS_PER_S));
  if (seconds < S_PER_MIN) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / S_PER_MIN);
  if (minutes < S_PER_MIN) {
    return `${minutes} min`;
  }
  return `${Math.floor(minutes / S_PER_MIN)} h ${minutes % S_PER_MIN} min`;
}

export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < MS_PER_S
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / MS_PER_S).toFixed(milliseconds < 10 * MS_PER_S ? 2 : 1)} s`;
}

/** "1 step", "2 steps". */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const GIGABYTE = 1e9;

/** A size with its unit: "104.3 MB", "1.1 GB". */
export function formatBytes(bytes: number): string {
  return bytes < GIGABYTE ? `${formatMegabytes(bytes)} MB` : `${(bytes / GIGABYTE).toFixed(1)} GB`;
}
