// `npm run gallery`: scores the gallery's chains again with the command line built from this checkout.
import path from "node:path";
import { ensureBuild } from "./ensure-build.mjs";
import { ensureDependencies } from "./ensure-dependencies.mjs";
import { ROOT, run, runMain } from "./run.mjs";

await runMain(async () => {
  await ensureDependencies();
  await ensureBuild("cli");
  const cli = path.join(ROOT, "dist-cli/main.js");
  process.exitCode = await run(process.execPath, [cli, "gallery", "src/gallery", ...process.argv.slice(2)]);
});
