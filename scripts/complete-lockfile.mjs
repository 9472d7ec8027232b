// Adds to package-lock.json the optional packages of other platforms that npm leaves out when the registry
// in use has no copy of them; `npm ci` refuses a lock file without them. Run it after changing dependencies:
// node scripts/complete-lockfile.mjs
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./run.mjs";

const OPERATING_SYSTEMS = new Set(["android", "darwin", "freebsd", "linux", "openharmony", "win32"]);
const PROCESSORS = new Set(["arm64", "x64", "arm", "ia32", "ppc64", "riscv64", "s390x", "wasm32"]);

/**
 * Whether a package is found by Node's look-up from the folder of another one.
 * @param {Record<string, unknown>} packages
 * @param {string} from key of the package that asks
 * @param {string} name
 */
function isLocked(packages, from, name) {
  for (let scope = from; ; scope = scope.slice(0, Math.max(0, scope.lastIndexOf("node_modules/") - 1))) {
    if (packages[`${scope === "" ? "" : `${scope}/`}node_modules/${name}`] !== undefined) {
      return true;
    }
    if (scope === "") {
      return false;
    }
  }
}

/**
 * The platform a binding's name speaks of: `@oxc-parser/binding-linux-arm64-musl`.
 * @param {string} name
 */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => OPERATING_SYSTEMS.has(word));
  const cpu = words.filter((word) => PROCESSORS.has(word));
  const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
  return {
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(libc.length > 0 && os.includes("linux") ? { libc } : {}),
    ...(os.length > 0 ? { os } : {}),
  };
}

const file = path.join(ROOT, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
let added = 0;
for (const [from, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!isLocked(lock.packages, from, name)) {
      const marks = {
        ...(entry.dev ? { dev: true } : {}),
        ...(entry.devOptional ? { devOptional: true } : {}),
      };
      lock.packages[`node_modules/${name}`] = { version, ...marks, optional: true, ...platformOf(name) };
      added += 1;
    }
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added to package-lock.json`);
