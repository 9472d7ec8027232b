/** PyTorch and transformers on the same CPU, in a process of its own that is asked pass by pass: see peer.py. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as v from "valibot";
import type { Milliseconds } from "../../src/core/units.ts";
import { GRAPH_FILE, MODEL_FOLDER, ROOT } from "./cpu-model.ts";

const VENV = join(ROOT, "bench/.venv");
const PACKAGES = ["torch==2.13.0", "transformers", "numpy", "onnx"];
/** Written last: says that everything was installed. */
const STAMP = join(VENV, "installed.txt");
const PYTHON = process.platform === "win32" ? join(VENV, "Scripts/python.exe") : join(VENV, "bin/python");
const INSTALL_MS = 30 * 60_000;

export type PeerDtype = "float32" | "bfloat16";

const Started = v.object({ torch: v.string(), transformers: v.string(), threads: v.number() });
const Answered = v.object({ seconds: v.number(), logits: v.optional(v.array(v.array(v.number()))) });

export interface Peer {
  readonly label: string;
  /** Time of one pass. */
  time(dtype: PeerDtype, ids: readonly number[]): Promise<Milliseconds>;
  /** Logits of every position in float32. */
  logits(ids: readonly number[], nextIds: readonly number[]): Promise<readonly (readonly number[])[]>;
  close(): void;
}

/** @returns The peer, or one sentence on why there is none. */
export async function openPeer(threads: number): Promise<Peer | string> {
  const problem = installPackages();
  if (problem !== undefined) {
    return problem;
  }
  const script = join(ROOT, "bench/speed/peer.py");
  const child = spawn(PYTHON, [script, MODEL_FOLDER, GRAPH_FILE, String(threads)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ask = questions(child);
  try {
    const started = v.parse(Started, await ask(undefined));
    const pass = async (question: object) => v.parse(Answered, await ask(question));
    return {
      label: `PyTorch ${started.torch}, transformers ${started.transformers}, ${started.threads} threads`,
      time: async (dtype, ids) => (await pass({ dtype, ids })).seconds * 1e3,
      logits: async (ids, nextIds) => (await pass({ dtype: "float32", ids, nextIds })).logits ?? [],
      close: () => child.stdin.end(),
    };
  } catch (thrown) {
    child.kill();
    return `PyTorch could not run the model: ${thrown instanceof Error ? thrown.message : thrown}.`;
  }
}

/** Makes the virtual environment. @returns Why there is none. */
function installPackages(): string | undefined {
  if (existsSync(STAMP)) {
    return undefined;
  }
  const python = ["python3", "python"].find(
    (name) => spawnSync(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]).status === 0,
  );
  if (python === undefined) {
    return "PyTorch is left out: there is no Python 3.10 or newer here.";
  }
  console.error(`Installing ${PACKAGES.join(", ")} into bench/.venv…`);
  for (const [program, args] of [
    [python, ["-m", "venv", VENV]],
    [PYTHON, ["-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check", ...PACKAGES]],
  ] as const) {
    const { status } = spawnSync(program, args, {
      stdio: ["ignore", "ignore", "inherit"],
      timeout: INSTALL_MS,
    });
    if (status !== 0) {
      return `PyTorch is left out: "${[program, ...args].join(" ")}" failed.`;
    }
  }
  writeFileSync(STAMP, `${PACKAGES.join("\n")}\n`);
  return undefined;
}

/** One question at a time; `undefined` asks nothing and waits for the greeting. */
function questions({ stdin, stdout }: ChildProcess): (question: object | undefined) => Promise<unknown> {
  if (stdin === null || stdout === null) {
    throw new Error("the child has no pipes");
  }
  const lines = createInterface({ input: stdout });
  const ended = once(lines, "close").then(() => {
    throw new Error("it ended early");
  });
  ended.catch(() => undefined);
  return async (question) => {
    const answer = once(lines, "line");
    if (question !== undefined) {
      stdin.write(`${JSON.stringify(question)}\n`);
    }
    const [line] = await Promise.race([answer, ended]);
    return JSON.parse(String(line));
  };
}
