import { execFileSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const { STEPSCOPE_E2E_PORT = "4173" } = process.env;
/** Two checkouts on one machine need ports of their own. */
const PORT = Number(STEPSCOPE_E2E_PORT);

/** The page as users get it: cross-origin isolated, so WebAssembly has threads. */
export const ISOLATED_URL = `http://127.0.0.1:${PORT}/`;
/** The same page from a server that cannot set headers. */
export const NOT_ISOLATED_URL = `http://127.0.0.1:${PORT + 1}/`;

/** Served to the tests only: a model of two layers that loads in a second. */
const TEST_MODEL = "/models/tiny-stepscope-prm=e2e/fixtures/models/tiny-stepscope-prm";

function findChromium() {
  const finder = path.join(ROOT, "scripts/find-chromium.mjs");
  return execFileSync(process.execPath, [finder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();
}

// The workers that load this file again inherit the variable, so the search happens once.
const { CI, STEPSCOPE_CHROMIUM = findChromium() } = process.env;
Object.assign(process.env, { STEPSCOPE_CHROMIUM });
const IS_CI = Boolean(CI);

/**
 * Pictures mostly wait for a still page, and what is in `light/` asks little of a model of two layers: these run
 * beside the others.
 */
const BESIDE = ["visual.spec.ts", /[\\/]e2e[\\/]light[\\/]/];

const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // WebGPU without a graphics card.
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  // Letters and colours that do not depend on the machine, for screenshots.
  "--font-render-hinting=none",
  "--disable-lcd-text",
  "--force-color-profile=srgb",
  "--force-device-scale-factor=1",
];

/** WebAssembly as it comes, which is ready sooner and computes slower: for tests that ask little of a model. */
const QUICK_START = "--js-flags=--liftoff-only";

function serverAt(url: string, ...flags: readonly string[]) {
  const port = new URL(url).port;
  return {
    command: ["node scripts/serve.mjs --root dist --port", port, "--mount", TEST_MODEL, ...flags].join(" "),
    cwd: ROOT,
    url,
    // Another checkout's server on this port would be tested instead of this page.
    reuseExistingServer: false,
  };
}

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  snapshotPathTemplate: "{testDir}/snapshots/{testFileName}/{arg}{ext}",
  forbidOnly: IS_CI,
  retries: IS_CI ? 1 : 0,
  workers: 2,
  // A software WebGPU adapter computes slowly; a missing element should still be told soon.
  timeout: 120_000,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: { maxDiffPixels: 60, threshold: 0.1, animations: "disabled", caret: "hide" },
  },
  use: {
    baseURL: ISOLATED_URL,
    headless: true,
    locale: "en-US",
    timezoneId: "UTC",
    colorScheme: "light",
    // A service worker would answer before a test can intercept; offline.spec.ts lets it in.
    serviceWorkers: "block",
    trace: "on-first-retry",
    launchOptions: {
      executablePath: STEPSCOPE_CHROMIUM,
      args: BROWSER_ARGS,
    },
  },
  // Two cores, and a model takes both: one test at a time, but for those that can go on beside.
  projects: [
    { name: "behaviour", testIgnore: BESIDE, workers: 1 },
    {
      name: "beside",
      testMatch: BESIDE,
      workers: 1,
      use: { launchOptions: { executablePath: STEPSCOPE_CHROMIUM, args: [...BROWSER_ARGS, QUICK_START] } },
    },
  ],
  webServer: [serverAt(ISOLATED_URL), serverAt(NOT_ISOLATED_URL, "--no-isolation")],
});
