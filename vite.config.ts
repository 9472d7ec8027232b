import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import policy from "./scripts/content-security-policy.json" with { type: "json" };

/** Threads in WebAssembly need a cross-origin isolated page. */
const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** The built page names its own policy; `vite dev` needs inline scripts that it would forbid. */
const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      injectTo: "head-prepend",
      attrs: {
        "http-equiv": "Content-Security-Policy",
        content: Object.entries(policy)
          .map(([directive, sources]) => `${directive} ${sources}`)
          .join("; "),
      },
    },
  ],
};

/** Every browser that runs this page reads woff2; KaTeX's other two formats would triple what is kept offline. */
const woff2Only: Plugin = {
  name: "woff2-only",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("katex.min.css")
      ? { code: code.replaceAll(/,url\([^)]+\) format\("(?:woff|truetype)"\)/g, ""), map: null }
      : undefined,
};

export default defineConfig({
  plugins: [
    woff2Only,
    react(),
    tailwindcss(),
    contentSecurityPolicy,
    // Keeps the page itself for the next visit without a network. Models have a store of their own
    // (engine/web-files.ts), verified at every load.
    VitePWA({
      injectRegister: false,
      manifest: false,
      workbox: {
        globPatterns: ["index.html", "assets/**", "*.svg"],
        // ONNX Runtime's wasm is 27 MB.
        maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
        navigateFallback: "index.html",
        navigateFallbackDenylist: [/\/models\//],
      },
    }),
  ],
  base: "./",
  worker: { format: "es" },
  build: {
    target: "es2023",
    chunkSizeWarningLimit: 1500,
    // Nothing is inlined as a data: URL: the content security policy allows fonts from this origin only.
    assetsInlineLimit: 0,
  },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  optimizeDeps: { exclude: ["@huggingface/transformers"] },
  test: {
    include: ["src/**/*.test.ts", "scripts/**/*.test.ts"],
    environment: "node",
    // By itself it leaves one core to whoever watches; nobody does, and CI machines have two.
    maxWorkers: 2,
    // Two at once, a model among them, take their time; what hangs is still told.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
