/** The command line as a person runs it: built, and in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

export interface Bundle {
  /** What Node is to run. */
  readonly file: string;
  remove(): void;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Bundles TypeScript, which this Node does not read, as the build does: below node_modules, where it finds its
 * packages, and with what the command line looks for beside itself.
 * @param code A module's text, which names what it imports from `src/cli`; absent: the command itself.
 */
export async function bundle(code = 'import "../../src/cli/main.ts";'): Promise<Bundle> {
  const folder = resolve(mkdtempSync(join("node_modules", ".stepscope-test-")));
  const entry = join(folder, "entry.ts");
  writeFileSync(entry, code);
  cpSync("package.json", join(folder, "package.json"));
  mkdirSync(join(folder, "public"));
  symlinkSync(resolve("public/models"), join(folder, "public/models"));
  const built = join(folder, "built");
  const options = [
    "--config",
    "vite.cli.config.ts",
    "--logLevel",
    "error",
    "--ssr",
    entry,
    "--outDir",
    built,
  ];
  const { code: failed, stderr } = await start(["node_modules/vite/bin/vite.js", "build", ...options]).ended;
  if (failed !== 0) {
    throw new Error(`the command line could not be built: ${stderr}`);
  }
  return { file: join(built, "entry.js"), remove: () => rmSync(folder, { recursive: true }) };
}

export interface StartOptions {
  /** Absent: nothing; `"open"`: standard input stays open. */
  readonly input?: "open";
  /** Besides this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs Node on a file, and tells how it ended. */
export function start(
  args: readonly string[],
  { input, env = {} }: StartOptions = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, args, { stdio: "pipe", env: { ...process.env, ...env } });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
  }
  if (input === undefined) {
    child.stdin.end();
  }
  const ended = new Promise<Ended>((done) => {
    child.on("close", (code, signal) => done({ code, signal, ...texts }));
  });
  return { child, ended };
}
