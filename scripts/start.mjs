// `npm start`: installs, builds, serves the production build and opens it. Options: --port, --host, --no-open, --help.
import { spawn } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureBuild } from "./ensure-build.mjs";
import { ensureDependencies } from "./ensure-dependencies.mjs";
import { ROOT, runMain, SetupError } from "./run.mjs";
import { closeOnSignal, parsePort, serve } from "./serve.mjs";

/** Not Vite's 5173 or 4173, so that the development server and the browser tests can run beside it. */
const DEFAULT_PORT = "4280";

/** Hosts that mean "this machine" to a browser, which gives WebGPU and threads to those and to https only. */
const LOCAL_HOSTS = new Set(["127.0.0.1", "localhost", "::1"]);

const USAGE = `Usage: npm start -- [--port N] [--host NAME] [--no-open]

  --port N      the port to serve at, or the next free one (default ${DEFAULT_PORT})
  --host NAME   the address to serve at (default 127.0.0.1: this machine only)
  --no-open     opens no browser
  -h, --help    prints this`;

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: DEFAULT_PORT },
        host: { type: "string", default: "127.0.0.1" },
        "no-open": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  }
}

/**
 * Opens the page in the user's browser. Failing is fine: the address is on the screen.
 * @param {string} url
 */
function openBrowser(url) {
  /** @type {Partial<Record<NodeJS.Platform, [string, string[]]>>} */
  const openers = { darwin: ["open", [url]], win32: ["cmd", ["/c", "start", "", url]] };
  const [program, args] = openers[process.platform] ?? ["xdg-open", [url]];
  const child = spawn(program, args, { detached: true, stdio: "ignore" });
  child.on("error", () => {});
  child.unref();
}

await runMain(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const port = parsePort(options.port);
  await ensureDependencies();
  await ensureBuild("page");
  const server = await serve({ root: path.join(ROOT, "dist"), port, host: options.host, nextFreePort: true });
  closeOnSignal(server);
  console.log(`Stepscope is at ${server.url} (Ctrl-C to stop)`);
  if (!LOCAL_HOSTS.has(options.host)) {
    console.log("From another machine, browsers allow WebGPU and threads over https only.");
  }
  const { CI } = process.env;
  if (process.stdout.isTTY && !CI && !options["no-open"]) {
    openBrowser(server.url);
  }
});
