#!/usr/bin/env node
// The `stepscope` command. In a source checkout it first installs and builds what is missing, saying so on
// stderr only: stdout belongs to the command.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

if (existsSync(fileURLToPath(new URL("../src/cli/main.ts", import.meta.url)))) {
  const { runMain } = await import("../scripts/run.mjs");
  await runMain(async () => {
    const { ensureDependencies } = await import("../scripts/ensure-dependencies.mjs");
    const { ensureBuild } = await import("../scripts/ensure-build.mjs");
    await ensureDependencies({ quiet: true });
    await ensureBuild("cli", { quiet: true });
  });
}
if (!process.exitCode) {
  // Not a literal: the file exists only after the build.
  await import(new URL("../dist-cli/main.js", import.meta.url).href);
}
