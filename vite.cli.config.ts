import { defineConfig } from "vite";

/** The command line: src/cli bundled for Node, packages left in node_modules. */
export default defineConfig({
  build: {
    ssr: "src/cli/main.ts",
    outDir: "dist-cli",
    target: "node20",
    // public/ holds the models: the command line reads them where they are.
    copyPublicDir: false,
  },
});
