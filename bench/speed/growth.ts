/** How the time of a pass grows with its length. */

export interface Point {
  readonly tokens: number;
  readonly seconds: number;
}

export interface Growth {
  /** `T(N) = a N + b N^2`, in seconds a token and seconds a token squared. */
  readonly a: number;
  readonly b: number;
  /** Slope of log T over log N from 1k up; absent with fewer than two such lengths. */
  readonly exponent?: number;
}

/** Lengths below are dominated by fixed costs. */
const EXPONENT_FROM = 1000;

/** Least squares on the relative error: the longest chain would otherwise decide alone. */
export function fitGrowth(points: readonly Point[]): Growth {
  let [nn, nm, mm, nt, mt] = [0, 0, 0, 0, 0];
  for (const { tokens, seconds } of points) {
    const [n, m] = [tokens / seconds, tokens ** 2 / seconds];
    nn += n * n;
    nm += n * m;
    mm += m * m;
    nt += n;
    mt += m;
  }
  const determinant = nn * mm - nm * nm;
  const long = points.filter(({ tokens }) => tokens >= EXPONENT_FROM);
  return {
    a: (nt * mm - mt * nm) / determinant,
    b: (nn * mt - nm * nt) / determinant,
    ...(long.length < 2 ? {} : { exponent: slope(long) }),
  };
}

function slope(points: readonly Point[]): number {
  const logs = points.map(({ tokens, seconds }) => [Math.log(tokens), Math.log(seconds)] as const);
  const mean = (at: 0 | 1) => logs.reduce((sum, pair) => sum + pair[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [n, t]) => sum + (n - x) * (t - y), 0);
  return covariance / logs.reduce((sum, [n]) => sum + (n - x) ** 2, 0);
}
