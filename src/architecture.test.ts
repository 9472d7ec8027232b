/**
 * The boundaries of README.md, tested. The import rules are read from its table, so the map and the
 * truth cannot part; the rest is what keeps files easy to find and short enough to read.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "vite";
import { describe, expect, it } from "vitest";

const SRC = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(SRC);

/** Longest file, and what half and nine in ten of all files keep to. Measured on the projects this one learns from. */
const MAX_LINES = 400;
const MEDIAN_LINES = 120;
const P90_LINES = 300;

/** Files above the cap, with their length when they were added. May only shrink: nothing is added, no number grows. */
const OVERSIZED: Readonly<Record<string, number>> = {};

/** What tests may use besides their folder's own rules; the runtimes to run what a folder makes. */
const TEST_PACKAGES = ["vitest", "fast-check", "wabt", "node:*", "onnxruntime-web", "onnxruntime-node"];

/** Folders in which a file's name is the id of the entry it holds. */
const REGISTRIES = [
  "core/protocols",
  "core/segment",
  "core/aggregate",
  "formats",
  "cli/commands",
  "kernels",
  "views/candidates/groupings",
];

const VAGUE_NAMES = /^(utils?|helpers?|types?|common)\b/;

const FORBIDDEN_TEXT: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a folder outside of this repository", /\.\.\/shared\b/],
  [
    "a CDN",
    /\b(?:jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|esm\.sh|esm\.run|skypack\.dev|jspm\.io|fonts\.(?:googleapis|gstatic)\.com)\b/,
  ],
  ["somebody's home folder", /(?<![\w.:/])\/(?:home|Users|root)\/|\b[A-Z]:\\+Users\\/],
  ["import.meta.glob, which hides the list it makes", /import\.meta\.glob\(/],
];

type Names = readonly string[] | "anything";
interface Rule {
  readonly folders: Names;
  readonly packages: Names;
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file);

/** What only tests use: servers, builders of files. */
const isTesting = (file: string) => file.includes("/testing/");

/** Files below a folder of the repository, as paths from it with forward slashes; none when it is missing. */
function listFiles(folder: string): string[] {
  const top = path.join(ROOT, folder);
  return (existsSync(top) ? readdirSync(top, { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(top, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .sort();
}

const FILES = listFiles("src");
const CODE = FILES.filter((file) => /\.tsx?$/.test(file));
const read = (file: string) => readFileSync(path.join(SRC, file), "utf8");

/** The rows of README.md's table: folder (or root file) -> what it may import. */
function readRules(): Map<string, Rule> {
  const names = (cell: string): Names => {
    const list = cell.split(",").map((name) => name.replaceAll("`", "").trim());
    return list[0] === "anything" ? "anything" : list.filter((name) => name !== "none");
  };
  const rows = read("README.md").split(/\r?\n/);
  const first = rows.findIndex((row) => /^\| folder\s*\|/.test(row)) + 2;
  const rules = new Map<string, Rule>();
  for (const row of rows.slice(first, rows.indexOf("", first))) {
    const [, owners = "", , folders = "", packages = ""] = row.split("|");
    for (const owner of names(owners)) {
      rules.set(owner, { folders: names(folders), packages: names(packages) });
    }
  }
  return rules;
}

const RULES = readRules();

/** What the syntax tree gives of a literal; undefined for anything computed. */
function textOf(
  node: { readonly type: string; readonly value?: unknown } | null | undefined,
): string | undefined {
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

/** Every module a file names: imports, re-exports, `import()`, types' `import()`, `new URL(…, import.meta.url)`. */
function listImports(file: string, code: string): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  const { program, errors } = parseSync(file, code);
  expect(errors, `${file} cannot be parsed`).toEqual([]);
  const addSource = ({ source }: { readonly source: Parameters<typeof textOf>[0] }) => {
    // `export const x = …` has no source.
    if (source) {
      found.push(textOf(source));
    }
  };
  new Visitor({
    ImportDeclaration: addSource,
    ExportAllDeclaration: addSource,
    ExportNamedDeclaration: addSource,
    ImportExpression: addSource,
    TSImportType: addSource,
    NewExpression(node) {
      const [target, base] = node.arguments;
      const isUrl = node.callee.type === "Identifier" && node.callee.name === "URL";
      const specifier = textOf(target);
      // Code only: other URLs are read at run time, relative to the built file.
      if (
        isUrl &&
        base?.type === "MemberExpression" &&
        specifier !== undefined &&
        /\.[jt]sx?$/.test(specifier)
      ) {
        found.push(specifier.startsWith(".") ? specifier : `./${specifier}`);
      }
    },
  }).visit(program);
  return found;
}

/** The row of the table a path belongs to: its folder, or the file itself at the top of src. */
const ownerOf = (file: string) => file.split("/", 1)[0] ?? file;

/** The view a path belongs to; undefined for what all views share and for other folders. */
const viewOf = (file: string) => /^views\/([^/]+)\//.exec(file)?.[1];

const packageOf = (specifier: string) =>
  specifier.startsWith("node:")
    ? "node:*"
    : specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

/** Why `file` may not name `specifier`; undefined when it may. */
function objection(file: string, specifier: string | undefined): string | undefined {
  const rule = RULES.get(ownerOf(file));
  if (specifier === undefined) {
    return "imports something computed, which cannot be checked";
  }
  if (rule === undefined) {
    return isTest(file) && !file.includes("/") ? undefined : "is in no row of README.md's table";
  }
  if (!specifier.startsWith(".")) {
    const name = packageOf(specifier);
    const isAllowed = rule.packages === "anything" || rule.packages.includes(name);
    const isForTests = (isTest(file) || isTesting(file)) && TEST_PACKAGES.includes(name);
    return isAllowed || isForTests ? undefined : `may not use ${name}`;
  }
  const target = path.posix.join(path.posix.dirname(file), specifier.split("?", 1)[0] ?? specifier);
  if (target.startsWith("..")) {
    // Fixtures live outside of src.
    return isTest(file) ? undefined : `may not leave src for ${target}`;
  }
  if (isTesting(target) && !isTest(file) && !isTesting(file)) {
    return `may not use what is for tests alone (${target})`;
  }
  const [from, to] = [ownerOf(file), ownerOf(target)];
  if (from !== to && rule.folders !== "anything" && !rule.folders.includes(to)) {
    return `may not import ${to}/ (${target})`;
  }
  const [view, otherView] = [viewOf(file), viewOf(target)];
  return view !== undefined && otherView !== undefined && view !== otherView
    ? `is one view and may not import another (${target})`
    : undefined;
}

function objections(file: string, code: string): string[] {
  const found = listImports(file, code).map((specifier) => objection(file, specifier));
  return found.filter((reason) => reason !== undefined).map((reason) => `${file} ${reason}`);
}

/** Ids of the objects a file exports: `export const x = { id: "…" }`, with or without `as const satisfies X`. */
function listIds(file: string, code: string): string[] {
  const ids: string[] = [];
  new Visitor({
    ExportNamedDeclaration({ declaration }) {
      for (const { init } of declaration?.type === "VariableDeclaration" ? declaration.declarations : []) {
        let value = init;
        while (value?.type === "TSAsExpression" || value?.type === "TSSatisfiesExpression") {
          value = value.expression;
        }
        for (const property of value?.type === "ObjectExpression" ? value.properties : []) {
          if (
            property.type === "Property" &&
            property.key.type === "Identifier" &&
            property.key.name === "id"
          ) {
            ids.push(textOf(property.value) ?? "(computed)");
          }
        }
      }
    },
  }).visit(parseSync(file, code).program);
  return ids;
}

/** Where a file writes to a store: every `….setState`, called or handed on, however it is spelled. */
function listWrites(file: string, code: string): string[] {
  const writes: string[] = [];
  const add = (start: number) => writes.push(`${file}:${code.slice(0, start).split("\n").length}`);
  new Visitor({
    MemberExpression({ property, start }) {
      if ((property.type === "Identifier" ? property.name : textOf(property)) === "setState") {
        add(start);
      }
    },
    // `const { setState } = store`, and what is passed around under that name.
    Property({ key, start }) {
      if (key.type === "Identifier" && key.name === "setState") {
        add(start);
      }
    },
  }).visit(parseSync(file, code).program);
  return writes;
}

describe("the map", () => {
  it("names exactly the folders there are", () => {
    const folders = new Set(FILES.filter((file) => file.includes("/")).map(ownerOf));
    const listed = [...RULES.keys()].filter((name) => !name.includes("."));
    expect(listed.sort()).toEqual([...folders].sort());
  });
});

describe("imports", () => {
  it("follow the table of README.md", () => {
    expect(CODE.flatMap((file) => objections(file, read(file)))).toEqual([]);
  });

  it.each([
    ["core/a.ts", 'import { x } from "../engine/x.ts";'],
    ["core/a.ts", 'import type { X } from "react";'],
    ["core/a.ts", 'export * from "node:fs";'],
    ["core/a.ts", 'const x = await import("../ui/x.tsx");'],
    ["core/a.ts", 'type X = import("../ui/x.tsx").X;'],
    ["core/a.ts", "const x = await import(name);"],
    ["core/a.ts", 'import x from "../../package.json";'],
    ["core/a.test.ts", 'import { x } from "../engine/x.ts";'],
    ["hub/a.ts", 'import { createServer } from "node:http";'],
    ["hub/a.ts", 'import { x } from "./testing/x.ts";'],
    ["views/a/a.tsx", 'new Worker(new URL("../../worker/x.worker.ts", import.meta.url));'],
    ["views/a/a.tsx", 'import { B } from "../b/b.tsx";'],
    ["extra.ts", 'import { x } from "./core/x.ts";'],
  ])("objects in %s to %s", (file, code) => {
    expect(objections(file, code)).toHaveLength(1);
  });

  it.each([
    ["core/protocols/a.ts", 'import { x } from "../x.ts"; import * as v from "valibot";'],
    ["core/a.test.ts", 'import { it } from "vitest"; import { readFileSync } from "node:fs";'],
    ["hub/testing/a.ts", 'import { createServer } from "node:http"; import { x } from "./x.ts";'],
    ["hub/a.test.ts", 'import { x } from "./testing/x.ts";'],
    ["worker/a.ts", 'new Worker(new URL("./x.worker.ts", import.meta.url), { type: "module" });'],
    [
      "views/a/a.tsx",
      'import { x } from "./x.ts"; import { View } from "../view.ts"; import "../../ui/x.css";',
    ],
    ["views/index.ts", 'const load = () => import("./a/a-view.tsx");'],
    ["main.tsx", 'import { createRoot } from "react-dom/client"; import { open } from "./worker/open.ts";'],
  ])("has nothing against %s with %s", (file, code) => {
    expect(objections(file, code)).toEqual([]);
  });
});

describe("views", () => {
  const isView = (file: string) => ownerOf(file) === "views" && !isTest(file);

  it("act through actions: none writes to a store", () => {
    expect(CODE.filter(isView).flatMap((file) => listWrites(file, read(file)))).toEqual([]);
  });

  it.each([
    "const f = () => store.setState({ a: 1 });",
    'store["setState"]({ a: 1 });',
    "const { setState: write } = store;",
    "list.map(store.setState);",
  ])("are caught at %s", (code) => {
    expect(listWrites("views/a.tsx", code)).toEqual(["views/a.tsx:1"]);
  });

  it("may read", () => {
    expect(listWrites("views/a.tsx", "const [state, setState] = useState(store.getState());")).toEqual([]);
  });
});

describe("file sizes", () => {
  const lengths = new Map(
    [...CODE, ...FILES.filter((file) => file.endsWith(".css"))]
      .filter((file) => !isTest(file) && !/\.generated\.\w+$/.test(file))
      .map((file) => [file, read(file).trimEnd().split("\n").length]),
  );
  const sorted = [...lengths.values()].sort((a, b) => a - b);
  const quantile = (q: number) => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;

  it(`are at most ${MAX_LINES} lines, or a debt that shrinks`, () => {
    const tooLong = [...lengths].filter(([file, lines]) => lines > (OVERSIZED[file] ?? MAX_LINES));
    expect(tooLong).toEqual([]);
    const paid = Object.keys(OVERSIZED).filter((file) => (lengths.get(file) ?? 0) <= MAX_LINES);
    expect(paid, "no longer too long: take it off the list").toEqual([]);
  });

  it(`have a median of at most ${MEDIAN_LINES} and a 90th percentile of at most ${P90_LINES} lines`, () => {
    expect(quantile(0.5)).toBeLessThanOrEqual(MEDIAN_LINES);
    expect(quantile(0.9)).toBeLessThanOrEqual(P90_LINES);
  });
});

describe("names", () => {
  it.each(REGISTRIES)("in %s are the ids of the entries", (folder) => {
    const entries = CODE.filter((file) => path.posix.dirname(file) === folder && !isTest(file));
    const wrong = entries.flatMap((file) =>
      listIds(file, read(file))
        .filter((id) => `${id}.ts` !== path.posix.basename(file))
        .map((id) => `${file} exports the id ${id}`),
    );
    expect(wrong).toEqual([]);
  });

  it("are seen through `as const satisfies`", () => {
    expect(listIds("a.ts", 'export const a = { label: "A", id: "a" } as const satisfies Entry;')).toEqual([
      "a",
    ]);
    expect(listIds("a.ts", 'const hidden = { id: "a" }; export function f() {}')).toEqual([]);
  });

  it("say what a file holds", () => {
    const all = ["src", "e2e", "scripts"].flatMap((folder) =>
      listFiles(folder).map((file) => `${folder}/${file}`),
    );
    expect(all.filter((file) => file.split("/").some((part) => VAGUE_NAMES.test(part)))).toEqual([]);
  });
});

describe("texts", () => {
  const sources = ["src", "e2e", "scripts", "bin"].flatMap((folder) =>
    listFiles(folder)
      .filter((file) => /\.(?:tsx?|mjs|css|html|md)$/.test(file) && file !== "architecture.test.ts")
      .map((file) => `${folder}/${file}`),
  );

  it.each(FORBIDDEN_TEXT)("do not name %s", (_what, pattern) => {
    const guilty = sources.filter((file) => pattern.test(readFileSync(path.join(ROOT, file), "utf8")));
    expect(guilty).toEqual([]);
  });

  it.each([
    ["../shared/models", 0],
    ["https://cdn.jsdelivr.net/npm/x", 1],
    ['"/home/someone/model"', 2],
    ["C:\\Users\\someone", 2],
    ["https://example.org/home/page", undefined],
  ])("are matched: %s", (text, index) => {
    const matched = FORBIDDEN_TEXT.findIndex(([, pattern]) => pattern.test(text));
    expect(matched).toBe(index ?? -1);
  });
});
