import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BINS } from "./diverging-scale.ts";

const css = readFileSync(new URL("./theme.css", import.meta.url), "utf8");
const THEMES = ["light", "dark"] as const;
/** WCAG 2.2, contrast (minimum), for text of normal size. */
const AA = 4.5;

function colour(name: string, theme: (typeof THEMES)[number]): string {
  const pair = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const hex = pair?.[theme === "light" ? 1 : 2];
  if (hex === undefined) {
    throw new Error(`no colour --${name}`);
  }
  return hex;
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

/** As CSS mixes in sRGB: so much of the second, the rest of the first. */
function mix(a: string, b: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [one, other] = [a, b].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number];
    return Math.round(one * (1 - share) + other * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

/** WCAG 2.2, non-text contrast. */
const AA_GRAPHICS = 3;

describe.each(THEMES)("%s theme", (theme) => {
  it.each(BINS)("prints the reward legibly on chip %s", (bin) => {
    expect(contrast(colour(bin, theme), colour(`${bin}-on`, theme))).toBeGreaterThanOrEqual(AA);
  });

  it.each(["surface", "sunken", "raised", "accent-soft"])("prints text legibly on %s", (ground) => {
    for (const text of ["ink", "ink-2", "ink-3"]) {
      expect(contrast(colour(text, theme), colour(ground, theme)), text).toBeGreaterThanOrEqual(AA);
    }
  });

  it("prints a failure legibly on its ground", () => {
    for (const text of ["ink", "bad"]) {
      expect(contrast(colour(text, theme), colour("bad-soft", theme)), text).toBeGreaterThanOrEqual(AA);
    }
  });

  it.each(["good", "bad", "accent", "thinking", "response"])("prints %s text legibly", (text) => {
    expect(contrast(colour(text, theme), colour("surface", theme))).toBeGreaterThanOrEqual(AA);
  });

  it.each(BINS)("draws the edge of a bar of %s so that it is seen on every ground of a chart", (bin) => {
    const percent = /--bin-edge: color-mix\(in srgb, var\(--bin-mark\), var\(--ink-2\) (\d+)%\)/.exec(
      css,
    )?.[1];
    const edge = mix(colour(`${bin}-mark`, theme), colour("ink-2", theme), Number(percent) / 100);
    for (const ground of ["surface", "thinking-band", "response-band"]) {
      expect(contrast(edge, colour(ground, theme)), ground).toBeGreaterThanOrEqual(AA_GRAPHICS);
    }
  });
});
