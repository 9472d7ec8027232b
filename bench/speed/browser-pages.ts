/** The bench's page, built as the app is, and a Chromium that opens it. */
import { join } from "node:path";
import { type Browser, chromium, type JSHandle } from "@playwright/test";
import { build } from "vite";
import { serve } from "../../scripts/serve.mjs";
import type { ModelRef } from "../../src/core/scorer.ts";
import type { BenchPage } from "../browser/bench-page.ts";
import { BUILT, MODEL_FOLDER, MODEL_ID, ROOT } from "./cpu-model.ts";

const PAGE = join(BUILT, "page");
const MODEL_PATH = `/models/${MODEL_ID}/`;

export interface BenchBrowser {
  readonly version: string;
  /** The embedded model, where its pages find it. */
  readonly model: ModelRef;
  /** Opens the page anew. Pages of one browser share what it stores. */
  open(): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenPage {
  readonly bench: JSHandle<BenchPage>;
  /** Makes it the page that is seen: the browser gives those behind it less of the processor. */
  show(): Promise<void>;
  close(): Promise<void>;
}

export async function openBrowser(executablePath: string): Promise<BenchBrowser> {
  await buildPage();
  const server = await serve({
    root: PAGE,
    port: 0,
    mounts: { [MODEL_PATH]: MODEL_FOLDER },
  });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({
      executablePath,
      args: [
        "--no-sandbox",
        // Linux offers its graphics card only when asked.
        "--enable-unsafe-webgpu",
        "--enable-features=Vulkan",
        // A page's memory is told at once, not after the next garbage collection.
        "--enable-blink-features=ForceEagerMeasureMemory",
      ],
    });
    const context = await browser.newContext();
    const close = async () => {
      await browser?.close();
      await server.close();
    };
    return {
      version: browser.version(),
      model: { id: MODEL_ID, location: new URL(MODEL_PATH, server.url).href },
      open: async () => {
        const page = await context.newPage();
        page.on("pageerror", (error) => console.error(error));
        await page.goto(server.url);
        await page.waitForFunction(() => globalThis.bench !== undefined);
        return {
          // Set by the page, as just waited for.
          bench: (await page.evaluateHandle(() => globalThis.bench)) as JSHandle<BenchPage>,
          show: () => page.bringToFront(),
          close: () => page.close(),
        };
      },
      close,
    };
  } catch (thrown) {
    await browser?.close();
    await server.close();
    throw thrown;
  }
}

function buildPage() {
  return build({
    configFile: false,
    root: join(ROOT, "bench/browser"),
    base: "./",
    logLevel: "warn",
    worker: { format: "es" },
    build: {
      outDir: PAGE,
      emptyOutDir: true,
      target: "es2023",
      chunkSizeWarningLimit: 1500,
      // The content security policy allows no data: URLs of code.
      assetsInlineLimit: 0,
    },
  });
}
