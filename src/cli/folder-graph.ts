/** A graph in a model folder, and another in its place. */
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ModelManifest } from "../core/manifest.ts";
import type { Bytes } from "../core/units.ts";
import type { ExternalData, GraphFiles, PreparedGraph } from "../engine/host.ts";

const GRAPH = /\.onnx$/;
/** What lies beside a graph and is none of its weights. */
const OTHER = /\.(onnx|json|jinja|txt|model)$/;

/** What else transformers.js reads to open a session. */
const CONFIG_FILE = "config.json";

/** @returns `undefined` when the manifest lists no graph. */
export function folderGraph(folder: string, { files }: ModelManifest): GraphFiles | undefined {
  const paths = files.map(({ path }) => path);
  const graphPath = paths.find((path) => GRAPH.test(path));
  if (graphPath === undefined) {
    return undefined;
  }
  // A graph names its external data relative to itself.
  const beside = graphPath.slice(0, graphPath.lastIndexOf("/") + 1);
  const external = new Map(
    paths
      .filter((path) => path.startsWith(beside) && !OTHER.test(path))
      .map((path) => [path.slice(beside.length), join(folder, path)]),
  );
  return {
    readGraph: async () => new Uint8Array(await readFile(join(folder, graphPath))),
    readWeights: async (location, offset, length) => {
      const path = external.get(location);
      return path === undefined ? undefined : readPart(path, offset, length);
    },
    prepare: (other) =>
      other === undefined
        ? Promise.resolve({ pretrainedId: folder })
        : prepareOther(folder, graphPath, external, other),
  };
}

async function readPart(path: string, offset: Bytes, length: Bytes): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  const file = await open(path);
  try {
    const { bytesRead } = await file.read(bytes, 0, length, offset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * transformers.js opens files of a folder: the other graph gets one of its own. The weights are handed over in
 * memory, because the runtime follows no path out of a graph's folder.
 */
async function prepareOther(
  folder: string,
  graphPath: string,
  external: ReadonlyMap<string, string>,
  graph: Uint8Array,
): Promise<PreparedGraph> {
  const pretrainedId = await mkdtemp(join(tmpdir(), "stepscope-graph-"));
  // A file that is still in use somewhere is no reason to give up a model that opened.
  const release = () => rm(pretrainedId, { recursive: true, force: true }).catch(() => undefined);
  try {
    await mkdir(join(pretrainedId, dirname(graphPath)), { recursive: true });
    await writeFile(join(pretrainedId, graphPath), graph);
    await writeFile(join(pretrainedId, CONFIG_FILE), await readFile(join(folder, CONFIG_FILE)));
    const externalData: ExternalData[] = [];
    for (const [path, place] of external) {
      externalData.push({ path, data: await readFile(place) });
    }
    return { pretrainedId, externalData, release };
  } catch (thrown) {
    await release();
    throw thrown;
  }
}
