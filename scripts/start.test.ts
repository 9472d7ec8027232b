import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it.each(["--help", "-h"])("%s prints every option and serves nothing", (flag) => {
  const script = fileURLToPath(new URL("./start.mjs", import.meta.url));
  const said = execFileSync(process.execPath, [script, flag], { encoding: "utf8" });
  for (const option of ["--port", "--host", "--no-open", "--help"]) {
    expect(said).toContain(`  ${option === "--help" ? "-h, " : ""}${option}`);
  }
});
