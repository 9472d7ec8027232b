/** Ctrl-C, and what would not let it through. */
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bundle, bundle, start } from "./testing/built-command.ts";

let command: Bundle;
const scratch = mkdtempSync(join(tmpdir(), "stepscope-interrupt-"));

beforeAll(async () => {
  command = await bundle();
});
afterAll(() => {
  command.remove();
  rmSync(scratch, { recursive: true });
});

it("ends a command that waits for a line", { timeout: 30_000 }, async () => {
  const { child, ended } = start([command.file, "score", "-"], { input: "open" });
  child.stdin?.write('{"problem":"What is 1 + 1?","steps":["It is 2."]}\n');
  child.stdout?.once("data", () => child.kill("SIGINT"));
  const { code, stdout, stderr } = await ended;
  expect(stdout).toContain('"firstError"');
  expect(stderr).toBe("stepscope: stopped\n");
  expect(code).toBe(130);
});

it("ends a command that waits for the Hub", { timeout: 30_000 }, async () => {
  const silent = createServer();
  const asked = once(silent, "request");
  await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
  const address = silent.address();
  const env = { HF_ENDPOINT: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}` };
  const { child, ended } = start([command.file, "convert", "owner/name", join(scratch, "waiting")], { env });
  await asked;
  child.kill("SIGINT");
  expect(await ended).toEqual({
    code: 130,
    signal: null,
    stdout: "",
    stderr: "asking the Hub\nstepscope: stopped\n",
  });
  silent.closeAllConnections();
  silent.close();
});

it("is not needed for a chat template that never ends", { timeout: 30_000 }, async () => {
  const folder = join(scratch, "hostile");
  cpSync("e2e/fixtures/checkpoints/tiny-qwen2.5-math-prm", folder, { recursive: true });
  writeFileSync(
    join(folder, "chat_template.jinja"),
    "{% for i in range(1000000000) %}{% endfor %}{% for message in messages %}{{ message.content }}{% endfor %}",
  );
  const out = join(scratch, "never");
  const { code, stdout, stderr } = await start([command.file, "convert", folder, out]).ended;
  expect(stderr).toBe(
    "stepscope: the chat template does not render the protocol's messages: it asks for 1,000,000,000 numbers\n",
  );
  expect(stdout).toBe("");
  expect(code).toBe(1);
  expect(existsSync(out)).toBe(false);
});
